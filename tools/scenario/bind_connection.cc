// The calling side of a connection.
#include <optional>
#include <string>

#include "tools/scenario/bindings.h"
#include "tools/scenario/qos_table.h"
#include "tools/scenario/sandbox/argument.h"
#include "tools/scenario/sandbox/native_function.h"

namespace wsim {
namespace {

// More than any protocol carries with a connection's answer.
constexpr int64_t kCalleeDataEverything = 65536;

int ListenMethod(lua_State* L) {
  ScriptSocket& s = SocketArgument(L);
  const Argument backlog(L, 2, "listen: backlog");
  return PushResult(
      L, winsock::listen(s.handle, backlog.is_absent()
                                       ? winsock::SOMAXCONN
                                       : static_cast<int>(backlog.Integer(INT32_MIN, INT32_MAX))));
}

int ConnectMethod(lua_State* L) {
  ScriptSocket& s = SocketArgument(L);
  transport::Address address;
  if (const int results =
          ParseAddress(L, *s.entry, Argument(L, 2, "connect: address").Text(), address)) {
    return results;
  }
  return PushResult(
      L, winsock::connect(s.handle, ToSockaddr(address), static_cast<int>(address.size())));
}

int WSAConnectMethod(lua_State* L) {
  ScriptSocket& s = SocketArgument(L);
  const Options options(L, 2, "WSAConnect", {"to", "caller_data", "sqos", "callee_data_max"});
  transport::Address address;
  if (const int results = ParseAddress(L, *s.entry, options.Get("to").Text(), address)) {
    return results;
  }
  std::string caller_data;
  const Argument data = options.Get("caller_data");
  if (!data.is_absent()) caller_data = std::string(OctetsArgument(L, data));
  winsock::WSABUF caller{static_cast<winsock::u_long>(caller_data.size()), caller_data.data()};
  const Argument max = options.Get("callee_data_max");
  std::string callee_data(
      static_cast<size_t>(max.is_absent() ? kCalleeDataEverything
                                          : max.Integer(0, kCalleeDataEverything)),
      '\0');
  winsock::WSABUF callee{static_cast<winsock::u_long>(callee_data.size()), callee_data.data()};
  std::optional<winsock::QOS> qos;
  if (const Argument sqos = options.Get("sqos"); !sqos.is_absent()) qos = ReadQos(L, sqos);
  const int result = winsock::WSAConnect(
      s.handle, ToSockaddr(address), static_cast<int>(address.size()),
      data.is_absent() ? nullptr : &caller, &callee, qos.has_value() ? &*qos : nullptr, nullptr);
  if (result == winsock::SOCKET_ERROR) return PushLastError(L);
  PushOctets(L, absl::string_view(callee_data).substr(0, callee.len));
  return 1;
}

}  // namespace

absl::Span<const luaL_Reg> ConnectionMethods() {
  static constexpr luaL_Reg kMethods[] = {
      {"listen", Native<ListenMethod>},
      {"connect", Native<ConnectMethod>},
      {"WSAConnect", Native<WSAConnectMethod>},
  };
  return kMethods;
}

}  // namespace wsim
