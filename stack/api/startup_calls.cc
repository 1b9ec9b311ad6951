// WSAStartup, WSACleanup, the last error, and the byte order.
#include "absl/strings/str_cat.h"
#include "sim/process.h"
#include "stack/api/api_call.h"
#include "stack/winsock2.h"

namespace winsock {

int WSAAPI WSAStartup(WORD wVersionRequested, LPWSADATA lpWSAData) {
  ApiCall call(CallId::kWSAStartup, {.numbers = {wVersionRequested}}, [&] {
    return absl::StrCat(LOBYTE(wVersionRequested), ".", HIBYTE(wVersionRequested));
  });
  if (!call.is_alive()) return WSASYSNOTREADY;
  return call.ReturnError(
      call.thread().process().slots().Get<Library>().Startup(wVersionRequested, lpWSAData));
}

int WSAAPI WSACleanup() {
  ApiCall call(CallId::kWSACleanup, {});
  // A condition function runs inside a provider that this could take away.
  Library* library = call.Enter(Waits::kPerhaps);
  if (library == nullptr) return call.Fail(SOCKET_ERROR);
  int error = library->Cleanup();
  return error == 0 ? call.Return(0) : call.Fail(SOCKET_ERROR, error);
}

// The calls below leave no trace: they tell what the calls before them have told already, or
// nothing.

int WSAAPI WSAGetLastError() {
  sim::Thread* thread = sim::Thread::Current();
  return thread == nullptr ? WSANOTINITIALISED : thread->slots().Get<ThreadState>().last_error;
}

void WSAAPI WSASetLastError(int iError) {
  sim::Thread* thread = sim::Thread::Current();
  if (thread != nullptr) thread->slots().Get<ThreadState>().last_error = iError;
}

u_long WSAAPI htonl(u_long hostlong) {
  const u_char octets[] = {static_cast<u_char>(hostlong >> 24), static_cast<u_char>(hostlong >> 16),
                           static_cast<u_char>(hostlong >> 8), static_cast<u_char>(hostlong)};
  u_long netlong = 0;
  static_assert(sizeof netlong == sizeof octets);
  __builtin_memcpy(&netlong, octets, sizeof netlong);
  return netlong;
}

u_short WSAAPI htons(u_short hostshort) {
  const u_char octets[] = {static_cast<u_char>(hostshort >> 8), static_cast<u_char>(hostshort)};
  u_short netshort = 0;
  static_assert(sizeof netshort == sizeof octets);
  __builtin_memcpy(&netshort, octets, sizeof netshort);
  return netshort;
}

// Exchanging octets is its own inverse.
u_long WSAAPI ntohl(u_long netlong) { return htonl(netlong); }
u_short WSAAPI ntohs(u_short netshort) { return htons(netshort); }

}  // namespace winsock
