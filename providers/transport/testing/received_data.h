// What has come for one end of a fake connection, and has not been read.
#ifndef PROVIDERS_TRANSPORT_TESTING_RECEIVED_DATA_H_
#define PROVIDERS_TRANSPORT_TESTING_RECEIVED_DATA_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "absl/types/span.h"
#include "providers/transport/transport.h"

namespace transport {

// Reads as Connection::Read and its questions do, but for the end of data, which the connection
// knows. A stream is a message that never ends.
class ReceivedData {
 public:
  // More of the message that is coming.
  void Add(ByteSpan octets, bool ends_message);
  void Clear() { messages_.clear(); }

  ReadResult Read(absl::Span<uint8_t> into, bool peek);
  // There are octets, or the end of a message.
  bool is_readable() const { return !messages_.empty(); }
  bool has_whole_message() const { return is_readable() && messages_.front().is_whole; }
  size_t readable_octets() const { return is_readable() ? messages_.front().octets.size() : 0; }
  size_t queued_octets() const;

 private:
  struct Message {
    std::vector<uint8_t> octets;  // empty only of a message that is whole
    bool is_whole = false;
  };
  std::deque<Message> messages_;
};

}  // namespace transport

#endif  // PROVIDERS_TRANSPORT_TESTING_RECEIVED_DATA_H_
