// How a run ends, and what limits it.
#include "tools/scenario/run.h"

#include "absl/strings/match.h"
#include "gtest/gtest.h"
#include "tools/scenario/scenario_testing.h"

namespace wsim {
namespace {

RunReport Report(absl::string_view text, const RunOptions& options = {}) {
  return RunScenario(ScenarioFromText(text), options);
}

class RunsOver : public OverEachProvider {};

TEST_P(RunsOver, AnUncaughtErrorResetsTheSocketsOfItsProcessAndTheRunGoesOn) {
  EXPECT_EQ(RunEnds(R"(
    local data, err = s:recv()
    outcome("the server sees", data, err)
    sleep("1s")
    outcome("and goes on", true)
  )",
                    R"(
    sleep("100ms")
    error("oops")
  )"),
            "\nthe server sees: WSAECONNRESET\nand goes on: true\nfailure: test.lua:10: oops\n");
}

TEST_P(RunsOver, AnErrorInOneThreadEndsItsWholeProcess) {
  EXPECT_EQ(Run(R"(
    process("client", function()
      thread(function() sleep("1s") error("oops") end)
      sleep("1h")
      outcome("never", true)
    end))"),
            "\nfailure: test.lua:3: oops\n");
}

TEST_P(RunsOver, TheFirstFailureIsReportedNotTheDeadlockThatItLeadsTo) {
  EXPECT_EQ(RunPrograms(R"(
    listener:accept()
  )",
                        R"(
    error("first")
  )"),
            "\nfailure: test.lua:6: first\n");
}

TEST_P(RunsOver, ADeadlockNamesEachThreadItsCallAndItsSocket) {
  const std::string seen = RunPrograms(R"(
    thread(function() WSAWaitForMultipleEvents({assert(WSACreateEvent())}) end)
    listener:accept()
  )",
                                       R"(
    local other = assert(socket())
    assert(other:bind(77))
    assert(other:listen(1))
    select{read = {other}}
  )");
  EXPECT_TRUE(absl::StrContains(seen, "\nfailure: deadlock: ")) << seen;
  EXPECT_TRUE(absl::StrContains(seen, "server/server/1 in accept on socket 4")) << seen;
  EXPECT_TRUE(absl::StrContains(seen, " in WSAWaitForMultipleEvents")) << seen;
  EXPECT_TRUE(absl::StrContains(seen, "client/client/2 in select")) << seen;
}

TEST_P(RunsOver, VirtualTimeIsWhenTheLastThreadEnded) {
  const RunReport report = Report(TwoEnds(R"( s:recv() )", R"( sleep("2s") s:closesocket() )"),
                                  {.provider = GetParam()});
  EXPECT_TRUE(report.ok()) << report.failure;
  // What the protocols still do (TIME-WAIT, frozen references) does not count.
  EXPECT_GT(report.virtual_time, sim::Time::Zero() + absl::Seconds(2));
  EXPECT_LT(report.virtual_time, sim::Time::Zero() + absl::Seconds(3));
}

TEST_P(RunsOver, TheEndOfAProgramResetsWhatItLeavesOpen) {
  EXPECT_EQ(RunEnds(R"(
    local data, err = s:recv()
    outcome("the end", data, err)
  )",
                    ""),
            "\nthe end: WSAECONNRESET\n");
}

INSTANTIATE_TEST_SUITE_P(Over, RunsOver, testing::ValuesIn(ConnectionProviders()), ProviderOf);

TEST(Runs, ReportWhatWasRun) {
  RunOptions options;
  options.provider = "tp4";
  options.seed = 77;
  const RunReport report = Report(TwoEnds("", "sleep('1s')"), options);
  EXPECT_EQ(report.scenario, "test.lua");
  EXPECT_EQ(report.provider, "tp4");
  EXPECT_EQ(report.seed, 77u);
  EXPECT_GT(report.frames, 0u);
  EXPECT_GT(report.wire_octets, 60 * report.frames);
  EXPECT_NE(report.fingerprint, 0u);
}

TEST(Runs, OfAScenarioWithoutProcessesHoldAtOnce) {
  const RunReport report = Report("");
  EXPECT_TRUE(report.ok());
  EXPECT_EQ(report.virtual_time, sim::Time::Zero());
  EXPECT_EQ(report.frames, 0u);
}

TEST(Runs, AreTheSameForASeedAndDrawFromIt) {
  const std::string scenario = R"(
    process("client", function() outcome("die", math.random(1, 1000000000)) end))";
  const RunReport first = Report(scenario, {.seed = 1});
  const RunReport again = Report(scenario, {.seed = 1});
  const RunReport other = Report(scenario, {.seed = 2});
  EXPECT_EQ(first.fingerprint, again.fingerprint);
  EXPECT_EQ(OutcomeOf(first, "die"), OutcomeOf(again, "die"));
  EXPECT_NE(OutcomeOf(first, "die"), OutcomeOf(other, "die"));
  EXPECT_GT(first.decisions, 0u);
}

TEST(Runs, NeedAProviderThatThereIs) {
  const absl::StatusOr<RunReport> report =
      wsim::Run(ScenarioFromText(""), RunOptions{.provider = "netbios"});
  EXPECT_EQ(report.status().message(),
            "no provider named \"netbios\"; there are tcp, tp4, session and tcp6");
}

// What is wrong before time 0: the run does not begin.
TEST(Loading, ErrorsNameTheFileAndTheLine) {
  EXPECT_EQ(LoadError("x ="), "test.lua:1: unexpected symbol near <eof>");
  EXPECT_EQ(LoadError("\n\nprocess('client', function()"), "test.lua:3: 'end' expected near <eof>");
  EXPECT_EQ(LoadError("\nerror('oops')"), "test.lua:2: oops");
  EXPECT_EQ(LoadError("assert(nil, 'WSAEINVAL')"), "test.lua:1: WSAEINVAL");
  EXPECT_EQ(LoadError("local t = nil + 1"),
            "test.lua:1: attempt to perform arithmetic on a nil value");
  EXPECT_EQ(LoadError("error({})"), "test.lua:1: the error is a table value");
  EXPECT_EQ(LoadError("error('two\\nlines', 0)"), "test.lua:1: two\\nlines");
}

TEST(Loading, HasTheLimitsOfEveryThread) {
  EXPECT_TRUE(absl::StrContains(LoadError("while true do end"), "instruction limit"));
  EXPECT_TRUE(absl::StrContains(LoadError("x = ('x'):rep(1 << 30)"), "memory limit"));
  EXPECT_TRUE(absl::StrContains(LoadError("while true do pcall(error) end"), "instruction limit"));
}

// What no script can outrun or catch.
struct Excess {
  const char* name;
  const char* lines;
  const char* limit;
};

class Limits : public testing::TestWithParam<Excess> {};

// A run in which a thread does this and another waits.
RunReport ReportOf(absl::string_view lines) {
  return Report(
      absl::StrCat("process('client', function() ", lines,
                   " outcome('went on', true) end)\n"
                   "process('server', function() sleep('1h') outcome('late', true) end)"));
}

TEST_P(Limits, EndTheRun) {
  const RunReport report = ReportOf(GetParam().lines);
  EXPECT_TRUE(absl::StrContains(report.failure, GetParam().limit)) << report.failure;
  EXPECT_TRUE(report.outcomes.empty()) << report.outcomes[0].name;
}

INSTANTIATE_TEST_SUITE_P(
    Of, Limits,
    testing::Values(
        Excess{"Loop", "while true do end", "instruction limit"},
        Excess{"Calls", "local s = socket() while true do s:getsockname() end",
               "instruction limit"},
        Excess{"Remarks", "while true do note('x') end", "instruction limit"},
        Excess{"Checks", "while true do check(true) end", "instruction limit"},
        Excess{"At", "while true do at('1h', print) end", "instruction limit"},
        Excess{"Threads", "while true do thread(print) end", "threads at the same time"},
        Excess{"ThreadsOfThreads", "local function f() thread(f) thread(f) end f() sleep('1h')",
               "threads at the same time"},
        Excess{"Sockets", "while true do socket() end", "instruction limit"},
        Excess{"Events", "while true do WSACreateEvent() end", "instruction limit"},
        Excess{"Lists",
               "local l, s = {}, socket() for i = 1, 100000 do l[i] = s end"
               " while true do select{read = l, timeout = 0} end",
               "instruction limit"},
        Excess{"Octets",
               "local s, big = socket(), ('x'):rep(1 << 24) while true do s:send(big) end",
               "instruction limit"},
        Excess{"OneString", "local x = ('x'):rep(1 << 30)", "memory limit"},
        Excess{"ManyTables", "local t = {} while true do t[#t + 1] = {} end", "memory limit"}),
    [](const auto& info) { return info.param.name; });

class Catching : public testing::TestWithParam<Excess> {};

TEST_P(Catching, NoneIsPossible) {
  const std::string lines = GetParam().lines;
  for (const std::string& text : {
           "pcall(function() " + lines + " end)",
           "xpcall(function() " + lines + " end, function() outcome('handled', 1) end)",
           "coroutine.wrap(function() " + lines + " end)()",
           "coroutine.close(coroutine.create(function() end)) pcall(pcall, function() " + lines +
               " end)",
           "local x <close> = setmetatable({}, {__close = function() outcome('closed', 1) end}) " +
               lines,
           "table.sort({2, 1}, function() " + lines + " end)",
           "string.gsub('x', 'x', function() " + lines + " end)",
       }) {
    const RunReport report = ReportOf(text);
    EXPECT_TRUE(absl::StrContains(report.failure, GetParam().limit)) << text << report.failure;
    EXPECT_TRUE(report.outcomes.empty()) << text;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Of, Catching,
    testing::Values(Excess{"Instructions", "while true do end", "instruction limit"},
                    Excess{"Memory", "local x = ('x'):rep(1 << 30)", "memory limit"}),
    [](const auto& info) { return info.param.name; });

TEST(RunLimits, OfEventsAndOfTimeAreTheRuns) {
  RunOptions options;
  options.limits.max_events = 1000;
  const std::string forever = "process('client', function() while true do sleep('1s') end end)";
  const RunReport events = Report(forever, options);
  EXPECT_TRUE(absl::StrContains(events.failure, "1000 events")) << events.failure;
  options.limits = {.max_time = absl::Minutes(1)};
  const RunReport time = Report(forever, options);
  EXPECT_TRUE(absl::StartsWith(time.failure, "limit: ")) << time.failure;
  EXPECT_TRUE(absl::StrContains(time.failure, "1m")) << time.failure;
  EXPECT_LE(time.virtual_time, sim::Time::Zero() + absl::Minutes(1));
}

TEST(RunLimits, CountInstructionsSinceAThreadLastBlocked) {
  const RunReport report = Report(R"(process("client", function()
    for i = 1, 10 do
      for j = 1, 4000000 do end
      sleep("1ms")
    end
  end))");
  EXPECT_TRUE(report.ok()) << report.failure;
}

TEST(RunLimits, OfMemoryAreTheRunsAndNotAThreads) {
  const RunReport report = Report(R"(
    local kept = {}
    for i = 1, 4 do
      process("client", function() sleep(i) kept[i] = ("x"):rep(20 << 20) sleep("1h") end)
    end)");
  EXPECT_TRUE(absl::StrContains(report.failure, "memory limit")) << report.failure;
}

}  // namespace
}  // namespace wsim
