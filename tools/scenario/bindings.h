// The functions of the scenario language, by family. Each file adds its own to the globals.
#ifndef TOOLS_SCENARIO_BINDINGS_H_
#define TOOLS_SCENARIO_BINDINGS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "providers/transport/address.h"
#include "stack/names.h"
#include "stack/winsock2.h"
#include "tools/catalog/provider_catalog.h"
#include "tools/scenario/sandbox/argument.h"
#include "tools/scenario/sandbox/lua.h"
#include "tools/scenario/sandbox/object.h"

namespace wsim {

// All of them; a lua_CFunction for Sandbox::Install.
int AddBindings(lua_State* L);

void AddNetworkBindings(
    lua_State* L);  // bind_network.cc: network, link, partition, heal, crash, restart
void AddProcessBindings(lua_State* L);  // bind_process.cc: process, thread, kill, sleep, now, at
void AddReportBindings(lua_State* L);   // bind_report.cc: note, step, outcome, check, provider
void AddSocketBindings(lua_State* L);   // bind_socket.cc: socket, and all methods of sockets
void AddEventBindings(lua_State* L);    // bind_events.cc: WSACreateEvent, WSAWaitForMultipleEvents
void AddSelectBindings(lua_State* L);   // bind_select.cc: select

// Methods of sockets, by family.
absl::Span<const luaL_Reg> ConnectionMethods();  // bind_connection.cc: listen, connect, WSAConnect
absl::Span<const luaL_Reg> AcceptMethods();      // bind_accept.cc: accept, WSAAccept
absl::Span<const luaL_Reg> TransferMethods();    // bind_transfer.cc: send, recv, sendto, recvfrom
absl::Span<const luaL_Reg> OptionMethods();  // bind_options.cc: setsockopt, getsockopt, ioctlsocket
absl::Span<const luaL_Reg> EventMethods();   // bind_events.cc: WSAEventSelect, WSAEnumNetworkEvents

// A socket as a script holds it. It owns nothing: the handle belongs to the process that made it.
struct ScriptSocket {
  static constexpr char kType[] = "socket";
  winsock::SOCKET handle;
  const ProviderEntry* entry;
};

// An event object, which belongs to the process of that number.
struct ScriptEvent {
  static constexpr char kType[] = "event";
  winsock::WSAEVENT handle;
  uint32_t process;
};

// The first argument. Raises an error unless it is a socket (an event), or when the caller is not a
// thread of a process.
ScriptSocket& SocketArgument(lua_State* L);
ScriptEvent& EventArgument(lua_State* L);
// Whether the calling process made the event: in every other its calls give WSAENOTSOCK.
bool IsOwnEvent(const ScriptEvent& event);
void PushSocket(lua_State* L, winsock::SOCKET handle, const ProviderEntry* entry);
// Raises an error unless a thread of a process is calling: not while the script loads, and not in
// `at`. Counts the call towards the limit of instructions.
void ExpectProcess(lua_State* L);
// Raises an error in a function given to `at`, for what only the script itself and processes do.
void ExpectNotAt(lua_State* L);
// Raises an error while the script loads. Counts the call likewise.
void ExpectRunning(lua_State* L);

// Counts work that a script makes us do towards the limit of instructions.
void ChargeForCall(lua_State* L);
void ChargeForNewObject(lua_State* L);  // beside the call that makes it
void ChargeForOctets(lua_State* L, size_t octets);
void ChargeForListItem(lua_State* L);

// Data that a script passes, counted.
absl::string_view OctetsArgument(lua_State* L, const Argument& argument);

// The list at `index`, item by item: `visit(place)`, from 1, finds each on top of the stack.
// Without metamethods, up to the first nil.
template <typename Visit>
void ForEachListItem(lua_State* L, int index, Visit visit) {
  for (lua_Integer i = 1; lua_rawgeti(L, index, i) != LUA_TNIL; ++i) {
    ChargeForListItem(L);
    visit(i);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

// The object on top of the stack, which stands at `place` in the list that errors call `list`.
template <typename T>
T& ListItem(lua_State* L, absl::string_view list, lua_Integer place) {
  T* object = FindObject<T>(L, -1, T::kType);
  if (object == nullptr) {
    Argument(L, -1, absl::StrCat(list, ": item ", place))
        .Fail(absl::StrCat(T::kType, " expected, got ", luaL_typename(L, -1)));
  }
  return *object;
}

// Pushes `nil, "WSAE..."` for the calling thread's last error; returns 2, the number of results.
int PushLastError(lua_State* L);
int PushError(lua_State* L, int error);
// Pushes true, the value of a call that has none; returns 1.
int PushTrue(lua_State* L);
// What a fault came to: true, or nil and why there was nothing for it to strike
// (FailedPrecondition). Raises any other error.
int PushFault(lua_State* L, const absl::Status& status);
// Pushes true, or nil and the last error where `result` is SOCKET_ERROR.
int PushResult(lua_State* L, int result);
void PushOctets(lua_State* L, absl::string_view octets);

void AddGlobal(lua_State* L, const char* name, lua_CFunction function);

// The bits that a text such as "FD_READ+FD_CLOSE" names. Raises an error that lists the names there
// are.
uint32_t BitsArgument(lua_State* L, int index, absl::string_view what,
                      absl::Span<const winsock::NamedNumber> names);

// "host:port" as an address of that provider: the name of a simulated host, "*" for any of the
// calling host's own, or the address's own text form. Pushes the error (WSAHOST_NOT_FOUND) and
// returns its number of results where there is no such host; 0 for success.
int ParseAddress(lua_State* L, const ProviderEntry& entry, absl::string_view text,
                 transport::Address& address);
// "host:port", or the address's own text where it is no host's.
std::string AddressText(lua_State* L, const ProviderEntry& entry, absl::Span<const uint8_t> octets);

inline const winsock::sockaddr* ToSockaddr(const transport::Address& address) {
  return reinterpret_cast<const winsock::sockaddr*>(address.data());
}

// What a script gets for a durations' deadline: WSA_INFINITE where it is absent, else milliseconds,
// rounded up.
winsock::DWORD TimeoutMilliseconds(const Argument& argument);

}  // namespace wsim

#endif  // TOOLS_SCENARIO_BINDINGS_H_
