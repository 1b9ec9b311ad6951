// Sockets: making, naming, ending.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "stack/names.h"
#include "tools/scenario/bindings.h"
#include "tools/scenario/sandbox/argument.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/sandbox/object.h"
#include "tools/scenario/scenario_host.h"

namespace wsim {
namespace {

using winsock::SOCKET_ERROR;

int SocketFunction(lua_State* L) {
  const Argument name(L, 1, "socket: provider");
  const ProviderEntry* entry = &ScenarioHost::Of(L).provider();
  if (!name.is_absent()) {
    entry = FindProvider(name.Text());
    if (entry == nullptr) {
      name.Fail(
          absl::StrCat("no provider named \"", name.Text(), "\"; there are ", ProviderNames()));
    }
  }
  ExpectProcess(L);
  ChargeForNewObject(L);
  winsock::WSAPROTOCOL_INFOW info = entry->info;
  const winsock::SOCKET handle =
      winsock::WSASocketW(winsock::FROM_PROTOCOL_INFO, winsock::FROM_PROTOCOL_INFO,
                          winsock::FROM_PROTOCOL_INFO, &info, 0, winsock::WSA_FLAG_OVERLAPPED);
  if (handle == winsock::INVALID_SOCKET) return PushLastError(L);
  PushSocket(L, handle, entry);
  return 1;
}

// A number, or digits alone: no host has such a name with a port behind it.
bool IsPort(const Argument& where) {
  if (where.type() != LUA_TSTRING) return where.type() == LUA_TNUMBER;
  const absl::string_view text = where.Text();
  return !text.empty() && text.find_first_not_of("0123456789") == absl::string_view::npos;
}

int BindMethod(lua_State* L) {
  ScriptSocket& s = SocketArgument(L);
  const Argument where(L, 2, "bind: address");
  transport::Address address;
  if (where.is_absent() || IsPort(where)) {
    const uint16_t port = where.is_absent() ? 0 : where.Port();
    address = s.entry->registration.addresses->Wildcard(port);
  } else if (const int results = ParseAddress(L, *s.entry, where.Text(), address)) {
    return results;
  }
  return PushResult(L,
                    winsock::bind(s.handle, ToSockaddr(address), static_cast<int>(address.size())));
}

using NameCall = int(WSAAPI*)(winsock::SOCKET, winsock::sockaddr*, int*);

int PushName(lua_State* L, NameCall call) {
  ScriptSocket& s = SocketArgument(L);
  std::vector<uint8_t> octets(s.entry->registration.addresses->max_size());
  int length = static_cast<int>(octets.size());
  if (call(s.handle, reinterpret_cast<winsock::sockaddr*>(octets.data()), &length) ==
      SOCKET_ERROR) {
    return PushLastError(L);
  }
  octets.resize(static_cast<size_t>(length));
  PushOctets(L, AddressText(L, *s.entry, octets));
  return 1;
}

int GetsocknameMethod(lua_State* L) { return PushName(L, winsock::getsockname); }
int GetpeernameMethod(lua_State* L) { return PushName(L, winsock::getpeername); }

int ShutdownMethod(lua_State* L) {
  ScriptSocket& s = SocketArgument(L);
  static constexpr absl::string_view kHow[] = {"SD_RECEIVE", "SD_SEND", "SD_BOTH"};
  const size_t how = Argument(L, 2, "shutdown: how").OneOf(kHow);
  return PushResult(L, winsock::shutdown(s.handle, static_cast<int>(how)));
}

int WSASendDisconnectMethod(lua_State* L) {
  ScriptSocket& s = SocketArgument(L);
  const Argument data(L, 2, "WSASendDisconnect: data");
  if (data.is_absent()) return PushResult(L, winsock::WSASendDisconnect(s.handle, nullptr));
  std::string octets(OctetsArgument(L, data));
  winsock::WSABUF buffer{static_cast<winsock::u_long>(octets.size()), octets.data()};
  return PushResult(L, winsock::WSASendDisconnect(s.handle, &buffer));
}

int WSARecvDisconnectMethod(lua_State* L) {
  ScriptSocket& s = SocketArgument(L);
  // More than any protocol carries: without a limit of the script's, everything fits.
  constexpr int64_t kEverything = 65536;
  const Argument max(L, 2, "WSARecvDisconnect: max");
  std::string octets(
      static_cast<size_t>(max.is_absent() ? kEverything : max.Integer(0, kEverything)), '\0');
  winsock::WSABUF buffer{static_cast<winsock::u_long>(octets.size()), octets.data()};
  if (winsock::WSARecvDisconnect(s.handle, &buffer) == SOCKET_ERROR) return PushLastError(L);
  PushOctets(L, absl::string_view(octets).substr(0, buffer.len));
  return 1;
}

int ClosesocketMethod(lua_State* L) {
  return PushResult(L, winsock::closesocket(SocketArgument(L).handle));
}

}  // namespace

void AddSocketBindings(lua_State* L) {
  static constexpr luaL_Reg kMethods[] = {
      {"bind", Native<BindMethod>},
      {"getsockname", Native<GetsocknameMethod>},
      {"getpeername", Native<GetpeernameMethod>},
      {"shutdown", Native<ShutdownMethod>},
      {"WSASendDisconnect", Native<WSASendDisconnectMethod>},
      {"WSARecvDisconnect", Native<WSARecvDisconnectMethod>},
      {"closesocket", Native<ClosesocketMethod>},
      {nullptr, nullptr},
  };
  std::vector<luaL_Reg> methods(std::begin(kMethods), std::end(kMethods) - 1);
  for (absl::Span<const luaL_Reg> family :
       {ConnectionMethods(), AcceptMethods(), TransferMethods(), OptionMethods(), EventMethods()}) {
    methods.insert(methods.end(), family.begin(), family.end());
  }
  methods.push_back({nullptr, nullptr});
  DefineObjectType(L, ScriptSocket::kType, methods.data());
  AddGlobal(L, "socket", Native<SocketFunction>);
}

}  // namespace wsim
