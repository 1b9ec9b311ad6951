// Making connections: listen, accept, connect, and their WSA forms.
#include <vector>

#include "absl/strings/str_cat.h"
#include "stack/api/api_call.h"
#include "stack/api/call_text.h"
#include "stack/names.h"
#include "stack/winsock2.h"

namespace winsock {
namespace {

// The application's condition function, on its way through the provider.
struct Condition {
  LPCONDITIONPROC function;
  DWORD_PTR data;
  SOCKET listener;
};

// While it lives, the thread is inside a condition function.
class CallbackScope {
 public:
  explicit CallbackScope(ThreadState& state) : state_(state) { ++state_.callbacks; }
  ~CallbackScope() { --state_.callbacks; }
  CallbackScope(const CallbackScope&) = delete;
  CallbackScope& operator=(const CallbackScope&) = delete;

 private:
  ThreadState& state_;
};

OctetSpan BufferOctets(const WSABUF* buffer) {
  return buffer == nullptr ? OctetSpan() : Octets(buffer->buf, buffer->len);
}

// What providers get for a condition function: it lets the library know that one runs.
int CALLBACK RunCondition(LPWSABUF lpCallerId, LPWSABUF lpCallerData, LPQOS lpSQOS, LPQOS lpGQOS,
                          LPWSABUF lpCalleeId, LPWSABUF lpCalleeData, GROUP* g,
                          DWORD_PTR dwCallbackData) {
  const Condition& condition = *reinterpret_cast<const Condition*>(dwCallbackData);
  ApiCall call(CallId::kConditionFunction,
               {.socket = condition.listener,
                .numbers = {lpCalleeData == nullptr ? 0 : lpCalleeData->len},
                .octets = BufferOctets(lpCallerData)},
               [&] {
                 OctetSpan caller = BufferOctets(lpCallerId);
                 return AddressText(condition.listener,
                                    reinterpret_cast<const sockaddr*>(caller.data()),
                                    static_cast<int64_t>(caller.size()));
               });
  if (!call.is_alive()) return CF_REJECT;
  int decision = 0;
  {
    CallbackScope scope(call.state());
    decision = condition.function(lpCallerId, lpCallerData, lpSQOS, lpGQOS, lpCalleeId,
                                  lpCalleeData, g, condition.data);
  }
  OctetSpan callee_data;
  if (decision == CF_ACCEPT || decision == CF_REJECT) callee_data = BufferOctets(lpCalleeData);
  return call.Return(decision, callee_data);
}

// accept and WSAAccept. `function` may be null.
SOCKET Accept(CallId id, SOCKET s, sockaddr* addr, LPINT addrlen, LPCONDITIONPROC function,
              DWORD_PTR data) {
  ApiCall call(id, {.socket = s, .numbers = {addrlen == nullptr ? 0 : *addrlen}},
               [&] { return absl::StrCat(s); });
  const Provider* provider = call.EnterSocket(s, Waits::kPerhaps);
  if (provider == nullptr) return call.Fail(INVALID_SOCKET);
  Condition condition = {.function = function, .data = data, .listener = s};
  int error = 0;
  SOCKET accepted =
      function == nullptr
          ? provider->calls().lpWSPAccept(s, addr, addrlen, nullptr, data, &error)
          : provider->calls().lpWSPAccept(s, addr, addrlen, RunCondition,
                                          reinterpret_cast<DWORD_PTR>(&condition), &error);
  if (accepted == INVALID_SOCKET) return call.Fail(accepted, error);
  return call.Return(accepted, AddressOctets(addr, addrlen == nullptr ? 0 : *addrlen));
}

// connect and WSAConnect. The trace's octets are the address, then the caller data.
int Connect(CallId id, SOCKET s, const sockaddr* name, int namelen, LPWSABUF caller_data,
            LPWSABUF callee_data, LPQOS sqos, LPQOS gqos) {
  OctetSpan address = AddressOctets(name, namelen);
  const WSABUF parts[] = {{static_cast<u_long>(address.size()),
                           const_cast<char*>(reinterpret_cast<const char*>(address.data()))},
                          caller_data == nullptr ? WSABUF{0, nullptr} : *caller_data};
  std::vector<uint8_t> octets = TracedOctets(parts, 2, kAllOctets);
  ApiCall call(id,
               {.socket = s,
                .numbers = {namelen, caller_data == nullptr ? 0 : caller_data->len,
                            callee_data == nullptr ? 0 : callee_data->len},
                .octets = octets},
               [&] {
                 std::string text = absl::StrCat(s, ", ", AddressText(s, name, namelen));
                 if (parts[1].len != 0) absl::StrAppend(&text, ", caller data ", parts[1].len);
                 return text;
               });
  const Provider* provider = call.EnterSocket(s, Waits::kPerhaps);
  if (provider == nullptr) return call.Fail(SOCKET_ERROR);
  // A provider that carries no connect data may leave the buffer as it was.
  bool fills_callee_data = (provider->entry().info.dwServiceFlags1 & XP1_CONNECT_DATA) != 0;
  int error = 0;
  int result = provider->calls().lpWSPConnect(s, name, namelen, caller_data, callee_data, sqos,
                                              gqos, &error);
  if (result == SOCKET_ERROR) return call.Fail(result, error);
  return call.Return(result, fills_callee_data ? BufferOctets(callee_data) : OctetSpan());
}

}  // namespace

int WSAAPI listen(SOCKET s, int backlog) {
  ApiCall call(CallId::kListen, {.socket = s, .numbers = {backlog}},
               [&] { return absl::StrCat(s, ", ", backlog); });
  return call.Forward(s, Waits::kNever, SOCKET_ERROR, &WSPPROC_TABLE::lpWSPListen, backlog);
}

SOCKET WSAAPI accept(SOCKET s, sockaddr* addr, int* addrlen) {
  return Accept(CallId::kAccept, s, addr, addrlen, nullptr, 0);
}

SOCKET WSAAPI WSAAccept(SOCKET s, sockaddr* addr, LPINT addrlen, LPCONDITIONPROC lpfnCondition,
                        DWORD_PTR dwCallbackData) {
  return Accept(CallId::kWSAAccept, s, addr, addrlen, lpfnCondition, dwCallbackData);
}

int WSAAPI connect(SOCKET s, const sockaddr* name, int namelen) {
  return Connect(CallId::kConnect, s, name, namelen, nullptr, nullptr, nullptr, nullptr);
}

int WSAAPI WSAConnect(SOCKET s, const sockaddr* name, int namelen, LPWSABUF lpCallerData,
                      LPWSABUF lpCalleeData, LPQOS lpSQOS, LPQOS lpGQOS) {
  return Connect(CallId::kWSAConnect, s, name, namelen, lpCallerData, lpCalleeData, lpSQOS, lpGQOS);
}

}  // namespace winsock
