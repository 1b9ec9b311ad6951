// Sending and receiving. The SPI has the newer functions only; the older ones are these with one
// buffer and no overlapped operation.
#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "stack/api/api_call.h"
#include "stack/api/call_text.h"
#include "stack/names.h"
#include "stack/winsock2.h"

namespace winsock {
namespace {

// What the four calls that send have in common. `to` and `sent` may be null.
struct SendArguments {
  SOCKET s;
  LPWSABUF buffers;
  DWORD count;
  LPDWORD sent;
  DWORD flags;
  bool has_destination;  // WSPSendTo, not WSPSend
  const sockaddr* to;
  int tolen;
  LPWSAOVERLAPPED overlapped;
  LPWSAOVERLAPPED_COMPLETION_ROUTINE routine;
};

int SendThrough(const Provider& provider, ThreadState& state, const SendArguments& a, int* error) {
  WSATHREADID thread = state.id();
  if (a.has_destination) {
    return provider.calls().lpWSPSendTo(a.s, a.buffers, a.count, a.sent, a.flags, a.to, a.tolen,
                                        a.overlapped, a.routine, &thread, error);
  }
  return provider.calls().lpWSPSend(a.s, a.buffers, a.count, a.sent, a.flags, a.overlapped,
                                    a.routine, &thread, error);
}

// The WSA forms: 0 or SOCKET_ERROR.
int WsaSend(CallId id, const SendArguments& a) {
  std::vector<uint8_t> octets = TracedOctets(a.buffers, a.count, kAllOctets);
  ApiCall call(id,
               {.socket = a.s,
                .numbers = {static_cast<int64_t>(TotalLength(a.buffers, a.count)), a.flags},
                .octets = octets},
               [&] {
                 return absl::StrCat(a.s, ", ", TotalLength(a.buffers, a.count), " octets, ",
                                     MessageFlagsText(a.flags));
               });
  const Provider* provider = call.EnterSocket(a.s, Waits::kPerhaps);
  if (provider == nullptr) return call.Fail(SOCKET_ERROR);
  int error = 0;
  int result = SendThrough(*provider, call.state(), a, &error);
  return result == SOCKET_ERROR ? call.Fail(result, error) : call.Return(result);
}

// send and sendto: octets taken, or SOCKET_ERROR.
int PlainSend(CallId id, SOCKET s, const char* buf, int len, int flags, bool has_destination,
              const sockaddr* to, int tolen) {
  ApiCall call(id, {.socket = s, .numbers = {len, flags}, .octets = Octets(buf, len)}, [&] {
    std::string text =
        absl::StrCat(s, ", ", len, " octets, ", MessageFlagsText(static_cast<DWORD>(flags)));
    if (has_destination) absl::StrAppend(&text, ", ", AddressText(s, to, tolen));
    return text;
  });
  const Provider* provider = call.EnterSocket(s, Waits::kPerhaps);
  if (provider == nullptr) return call.Fail(SOCKET_ERROR);
  // No buffer has such a length.
  if (len < 0) return call.Fail(SOCKET_ERROR, WSAEFAULT);
  WSABUF buffer = {static_cast<u_long>(len), const_cast<char*>(buf)};
  DWORD sent = 0;
  int error = 0;
  int result = SendThrough(*provider, call.state(),
                           {.s = s,
                            .buffers = &buffer,
                            .count = 1,
                            .sent = &sent,
                            .flags = static_cast<DWORD>(flags),
                            .has_destination = has_destination,
                            .to = to,
                            .tolen = tolen,
                            .overlapped = nullptr,
                            .routine = nullptr},
                           &error);
  if (result == SOCKET_ERROR) return call.Fail(result, error);
  return call.Return(static_cast<int>(sent));
}

// What the four calls that receive have in common.
struct ReceiveArguments {
  SOCKET s;
  LPWSABUF buffers;
  DWORD count;
  LPDWORD received;
  LPDWORD flags;
  bool has_source;  // WSPRecvFrom, not WSPRecv
  sockaddr* from;
  LPINT fromlen;
  LPWSAOVERLAPPED overlapped;
  LPWSAOVERLAPPED_COMPLETION_ROUTINE routine;
};

int ReceiveThrough(const Provider& provider, ThreadState& state, const ReceiveArguments& a,
                   int* error) {
  WSATHREADID thread = state.id();
  if (a.has_source) {
    return provider.calls().lpWSPRecvFrom(a.s, a.buffers, a.count, a.received, a.flags, a.from,
                                          a.fromlen, a.overlapped, a.routine, &thread, error);
  }
  return provider.calls().lpWSPRecv(a.s, a.buffers, a.count, a.received, a.flags, a.overlapped,
                                    a.routine, &thread, error);
}

// The WSA forms: 0 or SOCKET_ERROR.
int WsaReceive(CallId id, const ReceiveArguments& a) {
  DWORD flags = a.flags == nullptr ? 0 : *a.flags;
  ApiCall call(
      id,
      {.socket = a.s, .numbers = {static_cast<int64_t>(TotalLength(a.buffers, a.count)), flags}},
      [&] {
        return absl::StrCat(a.s, ", at most ", TotalLength(a.buffers, a.count), " octets, ",
                            MessageFlagsText(flags));
      });
  const Provider* provider = call.EnterSocket(a.s, Waits::kPerhaps);
  if (provider == nullptr) return call.Fail(SOCKET_ERROR);
  int error = 0;
  int result = ReceiveThrough(*provider, call.state(), a, &error);
  if (result == SOCKET_ERROR) return call.Fail(result, error);
  DWORD received = a.received == nullptr ? 0 : *a.received;
  return call.Return(result, TracedOctets(a.buffers, a.count, received));
}

// recv and recvfrom: octets received, or SOCKET_ERROR.
int PlainReceive(CallId id, SOCKET s, char* buf, int len, int flags, bool has_source,
                 sockaddr* from, int* fromlen) {
  ApiCall call(id, {.socket = s, .numbers = {len, flags}}, [&] {
    return absl::StrCat(s, ", at most ", len, " octets, ",
                        MessageFlagsText(static_cast<DWORD>(flags)));
  });
  const Provider* provider = call.EnterSocket(s, Waits::kPerhaps);
  if (provider == nullptr) return call.Fail(SOCKET_ERROR);
  if (len < 0) return call.Fail(SOCKET_ERROR, WSAEINVAL);
  WSABUF buffer = {static_cast<u_long>(len), buf};
  DWORD received = 0;
  DWORD in_out_flags = static_cast<DWORD>(flags);
  // recv of no octets returns at once, where WSARecv with an empty buffer waits for what it would
  // take if it could.
  if (len == 0) in_out_flags |= MSG_PUSH_IMMEDIATE;
  int error = 0;
  int result = ReceiveThrough(*provider, call.state(),
                              {.s = s,
                               .buffers = &buffer,
                               .count = 1,
                               .received = &received,
                               .flags = &in_out_flags,
                               .has_source = has_source,
                               .from = from,
                               .fromlen = fromlen,
                               .overlapped = nullptr,
                               .routine = nullptr},
                              &error);
  if (result == SOCKET_ERROR) return call.Fail(result, error);
  OctetSpan octets = Octets(buf, received);
  // These calls have no way to say that the message goes on: the caller has its first part, and
  // gets the rest from the next call.
  bool asked_for_part = (static_cast<DWORD>(flags) & MSG_PARTIAL) != 0;
  if ((in_out_flags & MSG_PARTIAL) != 0 && !asked_for_part) {
    return call.Fail(SOCKET_ERROR, WSAEMSGSIZE, octets);
  }
  return call.Return(static_cast<int>(received), octets);
}

}  // namespace

int WSAAPI send(SOCKET s, const char* buf, int len, int flags) {
  return PlainSend(CallId::kSend, s, buf, len, flags, false, nullptr, 0);
}

int WSAAPI sendto(SOCKET s, const char* buf, int len, int flags, const sockaddr* to, int tolen) {
  return PlainSend(CallId::kSendto, s, buf, len, flags, true, to, tolen);
}

int WSAAPI WSASend(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount, LPDWORD lpNumberOfBytesSent,
                   DWORD dwFlags, LPWSAOVERLAPPED lpOverlapped,
                   LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine) {
  return WsaSend(CallId::kWSASend, {.s = s,
                                    .buffers = lpBuffers,
                                    .count = dwBufferCount,
                                    .sent = lpNumberOfBytesSent,
                                    .flags = dwFlags,
                                    .has_destination = false,
                                    .to = nullptr,
                                    .tolen = 0,
                                    .overlapped = lpOverlapped,
                                    .routine = lpCompletionRoutine});
}

int WSAAPI WSASendTo(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount, LPDWORD lpNumberOfBytesSent,
                     DWORD dwFlags, const sockaddr* lpTo, int iTolen, LPWSAOVERLAPPED lpOverlapped,
                     LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine) {
  return WsaSend(CallId::kWSASendTo, {.s = s,
                                      .buffers = lpBuffers,
                                      .count = dwBufferCount,
                                      .sent = lpNumberOfBytesSent,
                                      .flags = dwFlags,
                                      .has_destination = true,
                                      .to = lpTo,
                                      .tolen = iTolen,
                                      .overlapped = lpOverlapped,
                                      .routine = lpCompletionRoutine});
}

int WSAAPI recv(SOCKET s, char* buf, int len, int flags) {
  return PlainReceive(CallId::kRecv, s, buf, len, flags, false, nullptr, nullptr);
}

int WSAAPI recvfrom(SOCKET s, char* buf, int len, int flags, sockaddr* from, int* fromlen) {
  return PlainReceive(CallId::kRecvfrom, s, buf, len, flags, true, from, fromlen);
}

int WSAAPI WSARecv(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount, LPDWORD lpNumberOfBytesRecvd,
                   LPDWORD lpFlags, LPWSAOVERLAPPED lpOverlapped,
                   LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine) {
  return WsaReceive(CallId::kWSARecv, {.s = s,
                                       .buffers = lpBuffers,
                                       .count = dwBufferCount,
                                       .received = lpNumberOfBytesRecvd,
                                       .flags = lpFlags,
                                       .has_source = false,
                                       .from = nullptr,
                                       .fromlen = nullptr,
                                       .overlapped = lpOverlapped,
                                       .routine = lpCompletionRoutine});
}

int WSAAPI WSARecvFrom(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount,
                       LPDWORD lpNumberOfBytesRecvd, LPDWORD lpFlags, sockaddr* lpFrom,
                       LPINT lpFromlen, LPWSAOVERLAPPED lpOverlapped,
                       LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine) {
  return WsaReceive(CallId::kWSARecvFrom, {.s = s,
                                           .buffers = lpBuffers,
                                           .count = dwBufferCount,
                                           .received = lpNumberOfBytesRecvd,
                                           .flags = lpFlags,
                                           .has_source = true,
                                           .from = lpFrom,
                                           .fromlen = lpFromlen,
                                           .overlapped = lpOverlapped,
                                           .routine = lpCompletionRoutine});
}

}  // namespace winsock
