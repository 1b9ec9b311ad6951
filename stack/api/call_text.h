// Arguments of calls as the trace keeps them: octets, and text for people.
#ifndef STACK_API_CALL_TEXT_H_
#define STACK_API_CALL_TEXT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "stack/api/api_call.h"
#include "stack/ws2spi.h"

namespace winsock {

// The `length` octets at `data`; none where the pointer is null or the length is not positive.
OctetSpan Octets(const void* data, int64_t length);

// The octets of an address, no more than its family has: `length` is the caller's word only.
OctetSpan AddressOctets(const sockaddr* name, int64_t length);

// The first `limit` octets that the buffers hold, joined; none where nobody reads the trace.
std::vector<uint8_t> TracedOctets(const WSABUF* buffers, DWORD count, uint64_t limit);
constexpr uint64_t kAllOctets = UINT64_MAX;

// How many octets the buffers hold together.
uint64_t TotalLength(const WSABUF* buffers, DWORD count);

// An address as the provider of `s` writes it: "10.0.0.2:5000". "none" for a null pointer, and the
// octets in hexadecimal where there is no provider or it cannot.
std::string AddressText(SOCKET s, const sockaddr* name, int64_t length);

// "MSG_OOB+MSG_PEEK", "0".
std::string MessageFlagsText(DWORD flags);

}  // namespace winsock

#endif  // STACK_API_CALL_TEXT_H_
