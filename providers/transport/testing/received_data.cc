#include "providers/transport/testing/received_data.h"

#include <algorithm>

namespace transport {

void ReceivedData::Add(ByteSpan octets, bool ends_message) {
  if (octets.empty() && !ends_message) return;
  if (messages_.empty() || messages_.back().is_whole) messages_.emplace_back();
  Message& message = messages_.back();
  message.octets.insert(message.octets.end(), octets.begin(), octets.end());
  message.is_whole = ends_message;
}

ReadResult ReceivedData::Read(absl::Span<uint8_t> into, bool peek) {
  if (messages_.empty()) return {};
  Message& message = messages_.front();
  const size_t count = std::min(into.size(), message.octets.size());
  const bool takes_all = count == message.octets.size();
  std::copy_n(message.octets.begin(), count, into.begin());
  const ReadResult result = {.octets = count, .end_of_message = takes_all && message.is_whole};
  if (peek) return result;
  message.octets.erase(message.octets.begin(),
                       message.octets.begin() + static_cast<std::ptrdiff_t>(count));
  if (takes_all) messages_.pop_front();
  return result;
}

size_t ReceivedData::queued_octets() const {
  size_t octets = 0;
  for (const Message& message : messages_) octets += message.octets.size();
  return octets;
}

}  // namespace transport
