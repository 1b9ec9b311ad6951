// Processes, threads, and time.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sim/thread.h"
#include "tools/scenario/bindings.h"
#include "tools/scenario/sandbox/argument.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/scenario_host.h"

namespace wsim {
namespace {

int ProcessFunction(lua_State* L) {
  ScenarioHost& host = ScenarioHost::Of(L);
  if (!host.is_loading()) RaiseError(L, "process: only before time 0; in a process, call thread");
  ChargeForNewObject(L);
  const absl::Status network = host.EnsureNetwork();
  if (!network.ok()) RaiseError(L, network.message());
  const absl::string_view host_name = Argument(L, 1, "process: host").Text();
  const bool is_named = lua_type(L, 2) == LUA_TSTRING;
  const absl::string_view name = is_named ? Argument(L, 2, "process: name").Text() : "";
  if (is_named && name.empty()) RaiseError(L, "process: name: expected at least one character");
  const int main = is_named ? 3 : 2;
  Argument(L, main, "process: main function").ExpectFunction();
  lua_settop(L, main);
  const absl::StatusOr<std::string> chosen = host.AddProcess(host_name, name, Reference::Take(L));
  if (!chosen.ok()) RaiseError(L, absl::StrCat("process: ", chosen.status().message()));
  PushOctets(L, *chosen);
  return 1;
}

int ThreadFunction(lua_State* L) {
  ExpectProcess(L);
  ChargeForNewObject(L);
  Argument(L, 1, "thread: function").ExpectFunction();
  lua_settop(L, 1);
  ScenarioHost::Of(L).StartThread(Reference::Take(L));
  return PushTrue(L);
}

int KillFunction(lua_State* L) {
  ExpectRunning(L);
  return PushFault(L, ScenarioHost::Of(L).KillProcess(Argument(L, 1, "kill: process").Text()));
}

int SleepFunction(lua_State* L) {
  const absl::Duration duration = Argument(L, 1, "sleep: duration").Duration();
  ExpectProcess(L);
  ScenarioHost& host = ScenarioHost::Of(L);
  if (host.is_in_condition()) return PushError(L, winsock::WSAEINPROGRESS);
  sim::Thread::Current()->Wait({}, host.world().now() + duration, /*alertable=*/false);
  return PushTrue(L);
}

int NowFunction(lua_State* L) {
  constexpr int64_t kNanosecondsPerMillisecond = 1'000'000;
  const int64_t now = ScenarioHost::Of(L).world().now().nanoseconds();
  if (now % kNanosecondsPerMillisecond == 0) {
    lua_pushinteger(L, now / kNanosecondsPerMillisecond);
  } else {
    lua_pushnumber(L, static_cast<lua_Number>(now) / kNanosecondsPerMillisecond);
  }
  return 1;
}

int AtFunction(lua_State* L) {
  ExpectNotAt(L);
  ChargeForNewObject(L);
  ScenarioHost& host = ScenarioHost::Of(L);
  const absl::Duration when = Argument(L, 1, "at: time").Duration();
  Argument(L, 2, "at: function").ExpectFunction();
  const sim::Time time = sim::Time::Zero() + when;
  if (time < host.world().now()) RaiseError(L, "at: time: it has passed already");
  lua_settop(L, 2);
  host.RunAt(time, Reference::Take(L));
  return PushTrue(L);
}

}  // namespace

void AddProcessBindings(lua_State* L) {
  AddGlobal(L, "process", Native<ProcessFunction>);
  AddGlobal(L, "thread", Native<ThreadFunction>);
  AddGlobal(L, "kill", Native<KillFunction>);
  AddGlobal(L, "sleep", Native<SleepFunction>);
  AddGlobal(L, "now", Native<NowFunction>);
  AddGlobal(L, "at", Native<AtFunction>);
}

}  // namespace wsim
