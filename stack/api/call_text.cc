#include "stack/api/call_text.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "sim/process.h"
#include "sim/thread.h"
#include "stack/names.h"

namespace winsock {
namespace {

// Longer than the text of any address.
constexpr DWORD kAddressTextLength = 256;

size_t AddressLengthOf(ADDRESS_FAMILY family) {
  switch (family) {
    case AF_INET:
      return sizeof(sockaddr_in);
    case AF_INET6:
      return sizeof(sockaddr_in6);
    case AF_ISO:
      return sizeof(sockaddr_tp);
    default:
      return sizeof(ADDRESS_FAMILY);
  }
}

// Empty: there is no provider at work for the socket, or it refuses the address.
std::string TextByProvider(SOCKET s, OctetSpan address) {
  sim::Thread* thread = sim::Thread::Current();
  Library* library = thread == nullptr ? nullptr : thread->process().slots().Find<Library>();
  const Provider* provider = library == nullptr ? nullptr : library->StartedProviderOf(s);
  if (provider == nullptr) return {};
  sockaddr_storage copy = {};
  std::memcpy(&copy, address.data(), address.size());
  WSAPROTOCOL_INFOW info = provider->entry().info;
  WCHAR wide[kAddressTextLength] = {};
  DWORD written = kAddressTextLength;
  int error = 0;
  if (provider->calls().lpWSPAddressToString(reinterpret_cast<sockaddr*>(&copy),
                                             static_cast<DWORD>(address.size()), &info, wide,
                                             &written, &error) != 0) {
    return {};
  }
  wide[kAddressTextLength - 1] = 0;
  std::string text;
  for (const WCHAR* c = wide; *c != 0; ++c) text.push_back(*c < 0x80 ? static_cast<char>(*c) : '?');
  return text;
}

}  // namespace

OctetSpan Octets(const void* data, int64_t length) {
  if (data == nullptr || length <= 0) return {};
  return {static_cast<const uint8_t*>(data), static_cast<size_t>(length)};
}

OctetSpan AddressOctets(const sockaddr* name, int64_t length) {
  if (length < static_cast<int64_t>(sizeof(ADDRESS_FAMILY)) || name == nullptr) return {};
  ADDRESS_FAMILY family = 0;
  std::memcpy(&family, name, sizeof family);
  return Octets(name, std::min<int64_t>(length, static_cast<int64_t>(AddressLengthOf(family))));
}

std::vector<uint8_t> TracedOctets(const WSABUF* buffers, DWORD count, uint64_t limit) {
  sim::Thread* thread = sim::Thread::Current();
  if (thread == nullptr || !thread->world().trace().is_on()) return {};
  std::vector<uint8_t> joined;
  for (DWORD i = 0; buffers != nullptr && i < count && limit > 0; ++i) {
    OctetSpan octets = Octets(buffers[i].buf, buffers[i].len);
    octets = octets.first(static_cast<size_t>(std::min<uint64_t>(limit, octets.size())));
    joined.insert(joined.end(), octets.begin(), octets.end());
    limit -= octets.size();
  }
  return joined;
}

uint64_t TotalLength(const WSABUF* buffers, DWORD count) {
  uint64_t total = 0;
  for (DWORD i = 0; buffers != nullptr && i < count; ++i) total += buffers[i].len;
  return total;
}

std::string AddressText(SOCKET s, const sockaddr* name, int64_t length) {
  OctetSpan octets = AddressOctets(name, length);
  if (octets.empty()) return "none";
  std::string text = TextByProvider(s, octets);
  if (!text.empty()) return text;
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(octets.data()), octets.size()));
}

std::string MessageFlagsText(DWORD flags) { return NamesOfBits(MessageFlagNames(), flags); }

}  // namespace winsock
