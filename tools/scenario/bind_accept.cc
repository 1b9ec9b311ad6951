// The called side of a connection.
#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "tools/scenario/bindings.h"
#include "tools/scenario/qos_table.h"
#include "tools/scenario/sandbox/argument.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/sandbox/sandbox.h"
#include "tools/scenario/scenario_host.h"

namespace wsim {
namespace {

// Pushes the new socket and its peer's address, or the error.
int PushAccepted(lua_State* L, const ProviderEntry* entry, winsock::SOCKET accepted,
                 std::vector<uint8_t> peer, int peer_length) {
  if (accepted == winsock::INVALID_SOCKET) return PushLastError(L);
  PushSocket(L, accepted, entry);
  peer.resize(std::min(peer.size(), static_cast<size_t>(peer_length)));
  PushOctets(L, AddressText(L, *entry, peer));
  return 2;
}

int AcceptMethod(lua_State* L) {
  ScriptSocket& s = SocketArgument(L);
  std::vector<uint8_t> peer(s.entry->registration.addresses->max_size());
  int length = static_cast<int>(peer.size());
  const winsock::SOCKET accepted =
      winsock::accept(s.handle, reinterpret_cast<winsock::sockaddr*>(peer.data()), &length);
  return PushAccepted(L, s.entry, accepted, std::move(peer), length);
}

// A WSAAccept under way: what its condition function needs, and what became of it.
struct Condition {
  lua_State* L;
  const ProviderEntry* entry;
  int function;  // index on L
  CallResult result;
};

absl::string_view Octets(const winsock::WSABUF* buffer) {
  return buffer == nullptr || buffer->buf == nullptr ? absl::string_view()
                                                     : absl::string_view(buffer->buf, buffer->len);
}

void SetAddress(lua_State* L, const ProviderEntry& entry, const char* field,
                const winsock::WSABUF* buffer) {
  const absl::string_view octets = Octets(buffer);
  PushOctets(
      L, AddressText(L, entry, {reinterpret_cast<const uint8_t*>(octets.data()), octets.size()}));
  lua_setfield(L, -2, field);
}

// The script's function, called with one argument, the table, by CallCondition below. Raises what
// is wrong with its answer, so that it counts as a failure of the function.
int JudgeRequest(lua_State* L) {
  lua_call(L, 1, 2);
  static constexpr absl::string_view kAnswers[] = {"CF_ACCEPT", "CF_REJECT", "CF_DEFER"};
  const size_t answer =
      Argument(L, -2, "WSAAccept: the condition function's answer").OneOf(kAnswers);
  const Argument data(L, -1, "WSAAccept: the condition function's callee data");
  const std::string callee_data =
      data.is_absent() ? std::string() : std::string(OctetsArgument(L, data));
  lua_settop(L, 0);
  lua_pushinteger(L, static_cast<lua_Integer>(answer));
  PushOctets(L, callee_data);
  return 2;
}

// LPCONDITIONPROC. Nothing that the script does may leave it but by its result.
int CALLBACK CallCondition(winsock::LPWSABUF caller_id, winsock::LPWSABUF caller_data,
                           winsock::LPQOS sqos, winsock::LPQOS, winsock::LPWSABUF callee_id,
                           winsock::LPWSABUF callee_data, winsock::GROUP*,
                           winsock::DWORD_PTR callback_data) {
  Condition& condition = *reinterpret_cast<Condition*>(callback_data);
  lua_State* L = condition.L;
  lua_pushcfunction(L, JudgeRequest);
  lua_pushvalue(L, condition.function);
  lua_newtable(L);
  SetAddress(L, *condition.entry, "caller_id", caller_id);
  SetAddress(L, *condition.entry, "callee_id", callee_id);
  PushOctets(L, Octets(caller_data));
  lua_setfield(L, -2, "caller_data");
  PushQos(L, sqos);
  lua_setfield(L, -2, "sqos");
  const size_t room = callee_data == nullptr ? 0 : callee_data->len;
  lua_pushinteger(L, static_cast<lua_Integer>(room));
  lua_setfield(L, -2, "callee_data_max");
  {
    const ScenarioHost::ConditionScope scope;
    condition.result = ProtectedCall(L, 2, 2);
  }
  if (!condition.result.returned()) return winsock::CF_REJECT;
  const int answer = static_cast<int>(lua_tointeger(L, -2));
  size_t length = 0;
  const char* octets = lua_tolstring(L, -1, &length);
  if (callee_data != nullptr) {
    const size_t copied = std::min(length, room);
    if (copied != 0) std::memcpy(callee_data->buf, octets, copied);
    callee_data->len = static_cast<winsock::u_long>(copied);
  }
  if (length > room) {
    ScenarioHost::Of(L).world().trace().Record(
        {.kind = sim::TraceKind::kWarning,
         .numbers = {static_cast<int64_t>(length), static_cast<int64_t>(room)},
         .name = "callee data cut",
         .text =
             "the provider carries fewer octets of callee data than the condition function gave"});
  }
  lua_pop(L, 2);
  return answer;
}

int WSAAcceptMethod(lua_State* L) {
  ScriptSocket& s = SocketArgument(L);
  Argument(L, 2, "WSAAccept: condition function").ExpectFunction();
  lua_settop(L, 2);
  luaL_checkstack(L, 16, "WSAAccept");
  Condition condition{L, s.entry, /*function=*/2, {}};
  std::vector<uint8_t> peer(s.entry->registration.addresses->max_size());
  int length = static_cast<int>(peer.size());
  const winsock::SOCKET accepted =
      winsock::WSAAccept(s.handle, reinterpret_cast<winsock::sockaddr*>(peer.data()), &length,
                         CallCondition, reinterpret_cast<winsock::DWORD_PTR>(&condition));
  RaiseIfEnding(L);
  if (condition.result.kind == CallResult::Kind::kFailed) return lua_error(L);
  return PushAccepted(L, s.entry, accepted, std::move(peer), length);
}

}  // namespace

absl::Span<const luaL_Reg> AcceptMethods() {
  static constexpr luaL_Reg kMethods[] = {
      {"accept", Native<AcceptMethod>},
      {"WSAAccept", Native<WSAAcceptMethod>},
  };
  return kMethods;
}

}  // namespace wsim
