// Options and ioctls, by their Winsock names.
#include <cstddef>
#include <cstring>
#include <string>

#include "absl/strings/str_cat.h"
#include "providers/osi/session/session_options.h"
#include "stack/names.h"
#include "tools/scenario/bindings.h"
#include "tools/scenario/qos_table.h"
#include "tools/scenario/sandbox/argument.h"
#include "tools/scenario/sandbox/native_function.h"

namespace wsim {
namespace {

// Winsock has IPPROTO_TCP as a level in its own right.
constexpr int kTcpLevel = winsock::IPPROTO_TCP;

struct Option {
  int level;
  int name;
  bool is_linger;
  bool is_octets = false;  // however few
};

Option OptionArgument(lua_State* L, absl::string_view what) {
  const Argument argument(L, 2, what);
  const absl::string_view name = argument.Text();
  if (auto number = winsock::NumberIn(winsock::SocketOptionNames(), name)) {
    return {winsock::SOL_SOCKET, static_cast<int>(*number), *number == winsock::SO_LINGER};
  }
  if (auto number = winsock::NumberIn(winsock::TcpOptionNames(), name)) {
    return {kTcpLevel, static_cast<int>(*number), false};
  }
  if (auto number = winsock::NumberIn(winsock::IsoTransportOptionNames(), name)) {
    return {winsock::ISOPROTO_TP4, static_cast<int>(*number), false};
  }
  for (const osi::SessionOptionName& option : osi::SessionOptionNames()) {
    if (option.name != name) continue;
    return {osi::kSessionProtocol, option.number, false, option.is_octets};
  }
  if (auto number = winsock::NumberIn(winsock::IpOptionNames(), name)) {
    return {winsock::IPPROTO_IP, static_cast<int>(*number), false};
  }
  if (auto number = winsock::NumberIn(winsock::Ipv6OptionNames(), name)) {
    return {winsock::IPPROTO_IPV6, static_cast<int>(*number), false};
  }
  argument.Fail(absl::StrCat("no option named \"", name,
                             "\"; names are Winsock's, such as SO_LINGER or TCP_NODELAY"));
}

winsock::linger ReadLinger(lua_State* L, int index) {
  const Options options(L, index, "setsockopt: SO_LINGER", {"onoff", "linger"});
  winsock::linger value{};
  if (const Argument onoff = options.Get("onoff"); !onoff.is_absent()) {
    value.l_onoff = static_cast<winsock::u_short>(onoff.IntegerOrBoolean(0, UINT16_MAX));
  }
  if (const Argument seconds = options.Get("linger"); !seconds.is_absent()) {
    value.l_linger = static_cast<winsock::u_short>(seconds.Integer(0, UINT16_MAX));
  }
  return value;
}

int SetsockoptMethod(lua_State* L) {
  ScriptSocket& s = SocketArgument(L);
  const Option option = OptionArgument(L, "setsockopt: name");
  if (option.is_linger) {
    const winsock::linger value = ReadLinger(L, 3);
    return PushResult(L, winsock::setsockopt(s.handle, option.level, option.name,
                                             reinterpret_cast<const char*>(&value), sizeof(value)));
  }
  const Argument argument(L, 3, "setsockopt: value");
  if (argument.type() == LUA_TSTRING) {  // options that carry octets
    const absl::string_view octets = argument.Text();
    return PushResult(L, winsock::setsockopt(s.handle, option.level, option.name, octets.data(),
                                             static_cast<int>(octets.size())));
  }
  const int32_t value = static_cast<int32_t>(argument.IntegerOrBoolean(INT32_MIN, UINT32_MAX));
  return PushResult(L, winsock::setsockopt(s.handle, option.level, option.name,
                                           reinterpret_cast<const char*>(&value), sizeof(value)));
}

// A CSADDR_INFO as a table: LocalAddr and RemoteAddr as "host:port", where the socket has them,
// iSocketType, iProtocol.
void PushState(lua_State* L, const ProviderEntry& entry, const char* octets) {
  winsock::CSADDR_INFO state;
  std::memcpy(&state, octets, sizeof(state));
  const auto set_address = [&](const char* field, const winsock::SOCKET_ADDRESS& address) {
    if (address.lpSockaddr == nullptr) return;
    PushOctets(L, AddressText(L, entry,
                              {reinterpret_cast<const uint8_t*>(address.lpSockaddr),
                               static_cast<size_t>(address.iSockaddrLength)}));
    lua_setfield(L, -2, field);
  };
  lua_newtable(L);
  set_address("LocalAddr", state.LocalAddr);
  set_address("RemoteAddr", state.RemoteAddr);
  lua_pushinteger(L, state.iSocketType);
  lua_setfield(L, -2, "iSocketType");
  lua_pushinteger(L, state.iProtocol);
  lua_setfield(L, -2, "iProtocol");
}

int GetsockoptMethod(lua_State* L) {
  ScriptSocket& s = SocketArgument(L);
  const Option option = OptionArgument(L, "getsockopt: name");
  alignas(std::max_align_t) char octets[1024] = {};
  int length = sizeof(octets);
  if (winsock::getsockopt(s.handle, option.level, option.name, octets, &length) ==
      winsock::SOCKET_ERROR) {
    return PushLastError(L);
  }
  if (option.is_linger) {
    winsock::linger value;
    std::memcpy(&value, octets, sizeof(value));
    lua_newtable(L);
    lua_pushinteger(L, value.l_onoff);
    lua_setfield(L, -2, "onoff");
    lua_pushinteger(L, value.l_linger);
    lua_setfield(L, -2, "linger");
    return 1;
  }
  if (option.level == winsock::SOL_SOCKET && option.name == winsock::SO_BSP_STATE) {
    PushState(L, *s.entry, octets);
    return 1;
  }
  if (option.is_octets || length > static_cast<int>(sizeof(uint32_t))) {
    PushOctets(L, absl::string_view(octets, static_cast<size_t>(length)));
    return 1;
  }
  uint32_t value = 0;  // some options answer with fewer octets
  std::memcpy(&value, octets, static_cast<size_t>(length));
  lua_pushinteger(L, value);
  return 1;
}

int IoctlsocketMethod(lua_State* L) {
  ScriptSocket& s = SocketArgument(L);
  static constexpr absl::string_view kNames[] = {"FIONBIO", "FIONREAD", "SIOCATMARK"};
  static constexpr winsock::DWORD kCommands[] = {winsock::FIONBIO, winsock::FIONREAD,
                                                 winsock::SIOCATMARK};
  const winsock::DWORD command = kCommands[Argument(L, 2, "ioctlsocket: name").OneOf(kNames)];
  winsock::u_long value = 0;
  if (command == winsock::FIONBIO) {
    value = static_cast<winsock::u_long>(
        Argument(L, 3, "ioctlsocket: value").IntegerOrBoolean(0, UINT32_MAX));
  }
  const int result = winsock::ioctlsocket(s.handle, command, &value);
  if (result == winsock::SOCKET_ERROR || command == winsock::FIONBIO) return PushResult(L, result);
  lua_pushinteger(L, value);
  return 1;
}

int SetKeepAlive(lua_State* L, winsock::SOCKET s) {
  const Options options(L, 3, "WSAIoctl: SIO_KEEPALIVE_VALS",
                        {"onoff", "keepalivetime", "keepaliveinterval"});
  winsock::tcp_keepalive values{};
  if (const Argument onoff = options.Get("onoff"); !onoff.is_absent()) {
    values.onoff = static_cast<winsock::u_long>(onoff.IntegerOrBoolean(0, UINT32_MAX));
  }
  if (const Argument time = options.Get("keepalivetime"); !time.is_absent()) {
    values.keepalivetime = static_cast<winsock::u_long>(time.Integer(0, UINT32_MAX));
  }
  if (const Argument interval = options.Get("keepaliveinterval"); !interval.is_absent()) {
    values.keepaliveinterval = static_cast<winsock::u_long>(interval.Integer(0, UINT32_MAX));
  }
  winsock::DWORD returned = 0;
  return PushResult(L, winsock::WSAIoctl(s, winsock::SIO_KEEPALIVE_VALS, &values, sizeof(values),
                                         nullptr, 0, &returned, nullptr, nullptr));
}

int SetQuality(lua_State* L, winsock::SOCKET s) {
  winsock::QOS qos = ReadQos(L, Argument(L, 3, "WSAIoctl: SIO_SET_QOS"));
  winsock::DWORD returned = 0;
  return PushResult(L, winsock::WSAIoctl(s, winsock::SIO_SET_QOS, &qos, sizeof(qos), nullptr, 0,
                                         &returned, nullptr, nullptr));
}

int GetQuality(lua_State* L, winsock::SOCKET s) {
  winsock::QOS qos{};
  winsock::DWORD returned = 0;
  if (winsock::WSAIoctl(s, winsock::SIO_GET_QOS, nullptr, 0, &qos, sizeof(qos), &returned, nullptr,
                        nullptr) == winsock::SOCKET_ERROR) {
    return PushLastError(L);
  }
  PushQos(L, &qos);
  return 1;
}

// The ioctls beyond ioctlsocket's that scenarios have use for.
int WsaIoctlMethod(lua_State* L) {
  ScriptSocket& s = SocketArgument(L);
  static constexpr absl::string_view kNames[] = {"SIO_KEEPALIVE_VALS", "SIO_SET_QOS",
                                                 "SIO_GET_QOS"};
  static constexpr int (*kIoctls[])(lua_State*, winsock::SOCKET) = {SetKeepAlive, SetQuality,
                                                                    GetQuality};
  return kIoctls[Argument(L, 2, "WSAIoctl: name").OneOf(kNames)](L, s.handle);
}

}  // namespace

absl::Span<const luaL_Reg> OptionMethods() {
  static constexpr luaL_Reg kMethods[] = {
      {"setsockopt", Native<SetsockoptMethod>},
      {"getsockopt", Native<GetsockoptMethod>},
      {"ioctlsocket", Native<IoctlsocketMethod>},
      {"WSAIoctl", Native<WsaIoctlMethod>},
  };
  return kMethods;
}

}  // namespace wsim
