// Threads end from outside (kill, crash, limit, deadlock) wherever they wait and whatever part of
// the script waits: nothing of the script runs on, and the run goes on to its end.
#include <ostream>
#include <string>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "tools/scenario/scenario_testing.h"

namespace wsim {
namespace {

// How a thread comes to wait, in a function `wait` whose upvalue `s` is connected to a peer that
// never sends and never reads.
struct Wait {
  const char* name;
  const char* body;
  const char* call;  // as a deadlock names it; empty: it ends by itself some day

  friend std::ostream& operator<<(std::ostream& out, const Wait& wait) { return out << wait.name; }
};

constexpr Wait kWaits[] = {
    {"Accept", "listener:accept()", "accept"},
    {"WSAAccept", "listener:WSAAccept(function() return 'CF_ACCEPT' end)", "WSAAccept"},
    {"Connect", "partition('client', 'server') other:connect('server:5000')", ""},
    {"Recv", "s:recv()", "WSARecv"},
    {"Send", "while true do s:send(('x'):rep(100000)) end", "send"},
    {"Sleep", "sleep('1000h')", ""},
    {"WaitAny", "WSAWaitForMultipleEvents({event, event2})", "WSAWaitForMultipleEvents"},
    {"WaitAll", "WSAWaitForMultipleEvents({event, event2}, {all = true})",
     "WSAWaitForMultipleEvents"},
    {"Select", "select{read = {listener}}", "select"},
    {"LingerClose",
     "s:setsockopt('SO_LINGER', {onoff = 1, linger = 60000})"
     " s:ioctlsocket('FIONBIO', true) while s:send(('x'):rep(10000)) do end"
     " s:ioctlsocket('FIONBIO', false) s:closesocket()",
     ""},
};

// Which part of the script waits: WAIT is the function that does.
struct Place {
  const char* name;
  const char* text;
};

constexpr Place kPlaces[] = {
    {"InTheOpen", "WAIT()"},
    {"InPcall", "pcall(WAIT)"},
    {"InPcallsInALoop", "while true do pcall(pcall, WAIT) end"},
    {"InAMessageHandler", "xpcall(error, WAIT)"},
    {"InXpcall", "xpcall(WAIT, function() late() end)"},
    {"InAToBeClosedVariable", "do local x <close> = setmetatable({}, {__close = WAIT}) end"},
    {"BesideAToBeClosedVariable", "local x <close> = setmetatable({}, {__close = late}) WAIT()"},
    {"InAToBeClosedVariableAfterAnError",
     "pcall(function() local x <close> = setmetatable({}, {__close = WAIT}) error('x') end)"},
    {"InASortComparator", "table.sort({3, 2, 1}, function(a, b) WAIT() return a < b end)"},
    {"InAGsubCallback", "string.gsub('xyz', '.', function() WAIT() end)"},
    {"InACoroutine", "coroutine.wrap(function() WAIT() end)()"},
    {"InACoroutineThatIsClosed",
     "local c = coroutine.create(function()"
     "  local x <close> = setmetatable({}, {__close = WAIT}) coroutine.yield() end)"
     " coroutine.resume(c) coroutine.close(c)"},
    {"InPcallsOfCoroutines", "pcall(coroutine.wrap(function() pcall(function() WAIT() end) end))"},
    {"InAMetamethod", "local x = setmetatable({}, {__index = function() WAIT() end}).x"},
    {"InTostring", "tostring(setmetatable({}, {__tostring = function() WAIT() return '' end}))"},
    {"InAnIterator", "for x in WAIT do end"},
};

std::string ScenarioOf(const Wait& wait, const Place& place, absl::string_view end) {
  return absl::StrReplaceAll(
      R"(
process("server", function()
  local l = assert(socket())
  assert(l:bind(4000))
  assert(l:listen(1))
  local s = assert(l:accept())
  WSAWaitForMultipleEvents({assert(WSACreateEvent())})
end)
process("client", "victim", function()
  sleep("1ms")
  local s, other, listener = assert(socket()), assert(socket()), assert(socket())
  local event, event2 = assert(WSACreateEvent()), assert(WSACreateEvent())
  assert(s:connect("server:4000"))
  assert(listener:bind(5000))
  assert(listener:listen(1))
  sleep("1s")
  local function late() outcome("late", true) end
  local waits = 0
  local function wait() waits = waits + 1 outcome("wait " .. waits, true) BODY late() end
  PLACE
  late()
end)
END
)",
      {{"BODY", wait.body},
       {"PLACE", absl::StrReplaceAll(place.text, {{"WAIT", "wait"}})},
       {"END", end}});
}

using Combination = std::tuple<std::string, Wait>;  // provider, wait

class ThreadsEnd : public testing::TestWithParam<Combination> {
 protected:
  // The report of a run in which the thread waits and is ended.
  RunReport Report(const Place& place, absl::string_view end, RunOptions options = {}) {
    options.provider = std::get<std::string>(GetParam());
    const std::string text = ScenarioOf(wait(), place, end);
    RunReport report = RunScenario(ScenarioFromText(text), options);
    EXPECT_EQ(OutcomeOf(report, "wait 1"), "true") << place.name << "\n" << text;
    EXPECT_EQ(report.outcomes.size(), 1u) << place.name << ": " << report.outcomes.back().name;
    return report;
  }
  static const Wait& wait() { return std::get<Wait>(GetParam()); }
};

TEST_P(ThreadsEnd, WhenTheirProcessIsKilled) {
  for (const Place& place : kPlaces) {
    const RunReport report =
        Report(place, "at('10s', function() kill('victim') kill('server') end)");
    EXPECT_EQ(report.failure, "") << place.name;
    EXPECT_EQ(report.virtual_time, sim::Time::Zero() + absl::Seconds(10)) << place.name;
  }
}

TEST_P(ThreadsEnd, WhenTheirHostCrashes) {
  for (const Place& place : kPlaces) {
    const RunReport report =
        Report(place, "at('10s', function() crash('client') crash('server') end)");
    EXPECT_EQ(report.failure, "") << place.name;
    EXPECT_EQ(report.virtual_time, sim::Time::Zero() + absl::Seconds(10)) << place.name;
  }
}

TEST_P(ThreadsEnd, WhenTheRunMeetsALimit) {
  RunOptions options;
  options.limits.max_time = absl::Seconds(10);
  for (const Place& place : kPlaces) {
    const RunReport report = Report(place, R"(
      process("server", "ticker", function() while true do sleep("1s") end end))",
                                    options);
    EXPECT_TRUE(absl::StartsWith(report.failure, "limit: ")) << place.name << report.failure;
  }
}

TEST_P(ThreadsEnd, WhenAnotherThreadMeetsALimit) {
  for (const Place& place : kPlaces) {
    const RunReport report = Report(place, R"(
      process("server", "spinner", function() sleep("10s") local x = ("x"):rep(1 << 30) end))");
    EXPECT_TRUE(absl::StrContains(report.failure, "memory limit")) << place.name << report.failure;
  }
}

TEST_P(ThreadsEnd, WhenTheRunIsDeadlocked) {
  if (wait().call[0] == '\0') GTEST_SKIP() << "it ends by itself some day";
  const std::string provider = std::get<std::string>(GetParam());
  const std::string call =
      ProtocolOf(provider) == "tcp" && std::string(wait().call) == "WSARecv" ? "recv" : wait().call;
  for (const Place& place : kPlaces) {
    const RunReport report = Report(place, "");
    EXPECT_TRUE(absl::StartsWith(report.failure, "deadlock:")) << place.name << report.failure;
    EXPECT_TRUE(absl::StrContains(report.failure, absl::StrCat("client/victim/2 in ", call)))
        << place.name << ": " << report.failure;
  }
}

INSTANTIATE_TEST_SUITE_P(Over, ThreadsEnd,
                         testing::Combine(testing::ValuesIn(ConnectionProviders()),
                                          testing::ValuesIn(kWaits)),
                         [](const auto& info) {
                           return absl::StrCat(std::get<std::string>(info.param), "_",
                                               std::get<Wait>(info.param).name);
                         });

// A condition function may not wait, but its thread can end while it runs.
class ThreadsEndInAConditionFunction : public OverEachProvider {
 protected:
  // A server that accepts with a condition function which does this.
  std::string RunCondition(absl::string_view does) const {
    return RunPrograms(
        absl::StrCat("\n pcall(function() listener:WSAAccept(function() outcome('asked', 1) ", does,
                     " outcome('late', 1) return 'CF_ACCEPT' end) outcome('later', 1) end)"
                     " outcome('last', 1)"),
        R"( s:connect("server:5000") s:closesocket() )");
  }
};

TEST_P(ThreadsEndInAConditionFunction, ByKillingTheirProcess) {
  EXPECT_EQ(RunCondition("kill('server')"), "\nasked: 1\n");
  EXPECT_EQ(RunCondition("pcall(kill, 'server')"), "\nasked: 1\n");
  EXPECT_EQ(RunCondition("coroutine.wrap(function() kill('server') end)()"), "\nasked: 1\n");
}

TEST_P(ThreadsEndInAConditionFunction, ByCrashingTheirHost) {
  EXPECT_EQ(RunCondition("crash('server')"), "\nasked: 1\n");
}

TEST_P(ThreadsEndInAConditionFunction, ByALimit) {
  EXPECT_TRUE(absl::StartsWith(RunCondition("while true do end"),
                               "\nasked: 1\nfailure: test.lua:2: instruction limit: "));
  EXPECT_TRUE(absl::StartsWith(RunCondition("local x = ('x'):rep(1 << 30)"),
                               "\nasked: 1\nfailure: test.lua:2: memory limit: "));
}

INSTANTIATE_TEST_SUITE_P(Over, ThreadsEndInAConditionFunction,
                         testing::ValuesIn(ConnectionProviders()), ProviderOf);

}  // namespace
}  // namespace wsim
