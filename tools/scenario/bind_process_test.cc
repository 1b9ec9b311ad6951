// Processes, threads and time.
#include "gtest/gtest.h"
#include "tools/scenario/scenario_testing.h"

namespace wsim {
namespace {

std::string RunText(absl::string_view text) { return Outcomes(text, {}); }

TEST(Processes, StartInTheOrderDeclared) {
  EXPECT_EQ(RunText(R"(
    local order = {}
    local function enter(name) return function() order[#order + 1] = name .. "@" .. now() end end
    process("server", enter("a"))
    process("client", enter("b"))
    process("server", enter("c"))
    process("client", function() sleep("1ms") outcome("order", table.concat(order, " ")) end))"),
            "\norder: a@0 b@0 c@0\n");
}

TEST(Processes, AreNamedAfterTheirHostUnlessTheyHaveANameOfTheirOwn) {
  EXPECT_EQ(RunText(R"(
    local names = {}
    for _, name in ipairs{"", "", "worker", "client 3", ""} do
      names[#names + 1] = name == "" and process("client", print) or process("client", name, print)
    end
    process("server", function() outcome("names", table.concat(names, ", ")) end))"),
            "\nnames: client, client 2, worker, client 3, client 4\n");
}

TEST(Processes, AreDeclaredProperlyOrNotAtAll) {
  EXPECT_EQ(LoadError("process('nobody', print)"), "test.lua:1: process: no host named \"nobody\"");
  EXPECT_EQ(LoadError("process('client')"),
            "test.lua:1: process: main function: function expected, got no value");
  EXPECT_EQ(LoadError("process('client', 'worker', 5)"),
            "test.lua:1: process: main function: function expected, got number");
  EXPECT_EQ(LoadError("process('client', '', print)"),
            "test.lua:1: process: name: expected at least one character");
  EXPECT_EQ(LoadError("process('client', 'a', print) process('server', 'a', print)"),
            "test.lua:1: process: there is a process named \"a\" already");
  EXPECT_EQ(LoadError("network{hosts = {'a'}, routers = {'r'}} process('r', print)"),
            "test.lua:1: process: no host named \"r\"");
  EXPECT_EQ(
      RunText("process('client', function() outcome('late', pcall(process, 'client', print)) end)"),
      "\nlate: false, process: only before time 0; in a process, call thread\n");
}

TEST(Processes, ShareGlobalsAndUpvalues) {
  EXPECT_EQ(RunText(R"(
    local upvalue
    process("client", function() upvalue = "u" global = "g" end)
    process("server", function() sleep("1ms") outcome("seen", upvalue, global) end))"),
            "\nseen: u, g\n");
}

TEST(Threads, RunInTheCallingProcess) {
  EXPECT_EQ(RunText(R"(process("client", function()
    outcome("thread", thread(function()
      sleep("1ms")
      outcome("in it", now())
    end))
    outcome("goes on at once", now())
  end))"),
            "\nthread: true\ngoes on at once: 0\nin it: 1\n");
  EXPECT_EQ(LoadError("thread(print)"),
            "test.lua:1: only a process can do this: call it in a function given to process or "
            "thread");
}

TEST(Threads, OutliveTheFunctionThatStartedThem) {
  EXPECT_EQ(RunText(R"(process("client", function()
    thread(function() sleep("1h") outcome("end", now()) end)
  end))"),
            "\nend: 3600000\n");
}

TEST(Kill, EndsEveryThreadOfAProcessAndNoOther) {
  EXPECT_EQ(RunText(R"(
    process("client", "victim", function()
      thread(function() sleep("1h") outcome("never", true) end)
      sleep("1h")
      outcome("never either", true)
    end)
    process("client", "killer", function()
      sleep("1s")
      outcome("kill", kill("victim"))
      outcome("again", select(2, kill("victim")))
      sleep("1s")
      outcome("later", select(2, kill("victim")))
      crash("server")
      outcome("of a host that is down", select(2, kill("server")))
      outcome("unknown", pcall(kill, "nobody"))
    end)
    process("server", function() end))"),
            R"(
kill: true
again: the process 'victim' has ended already
later: the process 'victim' has ended already
of a host that is down: the host 'server' is down
unknown: false, kill: no process named "nobody"
)");
}

TEST(Kill, OfTheOwnProcessEndsItAtOnce) {
  EXPECT_EQ(RunText(R"(
    process("client", function()
      pcall(function() kill("client") end)
      outcome("never", true)
    end)
    process("server", function() sleep("1s") outcome("others go on", true) end))"),
            "\nothers go on: true\n");
}

TEST(Time, IsVirtualAndExact) {
  EXPECT_EQ(RunText(R"(process("client", function()
    outcome("at first", now())
    outcome("sleep", sleep("1.5ms"))
    outcome("then", now())
    sleep(250)
    outcome("a number is milliseconds", now())
    sleep("100h")
    outcome("much later", now())
    sleep(0)
    outcome("no time", now())
    outcome("no unit", pcall(sleep, "10"))
    outcome("negative", pcall(sleep, -1))
    outcome("nothing", pcall(sleep))
  end))"),
            R"(
at first: 0
sleep: true
then: 1.5
a number is milliseconds: 251.5
much later: 360000251.5
no time: 360000251.5
no unit: false, sleep: duration: '10' is not a duration; write a number and its unit, such as 10ms
negative: false, sleep: duration: the duration '-1ms' is out of range; it is from 0 to 365 days
nothing: false, sleep: duration: a duration (text such as "10ms", or a number of milliseconds) expected, got no value
)");
}

TEST(At, RunsOutsideAnyProcessAtThatTime) {
  EXPECT_EQ(RunText(R"(
    at("2s", function() outcome("second", now()) end)
    at("1s", function()
      outcome("first", now())
      note("a remark")
      step("1", "a step")
      check(true, "a check")
      partition("client", "server")
      heal("client", "server")
      link("client", "server", {loss = 0})
      crash("server")
      restart("server")
      kill("client")
    end)
    process("client", function()
      outcome("at", at("500ms", function() outcome("from a process", now()) end))
      sleep("1h")
      outcome("never", true)
    end))"),
            "\nat: true\nfrom a process: 500\nfirst: 1000\nsecond: 2000\n");
}

TEST(At, RefusesEverythingElse) {
  EXPECT_EQ(RunText(R"(
    local s, e
    process("client", function() s, e = socket(), WSACreateEvent() sleep("1h") end)
    at("1s", function()
      local process_only = ": only a process can do this: call it in a function given to process or thread"
      for name, call in pairs{
        sleep = function() sleep("1ms") end,
        socket = function() socket() end,
        method = function() s:bind(5000) end,
        event = function() WSACreateEvent() end,
        set = function() e:set() end,
        wait = function() WSAWaitForMultipleEvents({e}) end,
        select = function() select{read = {s}} end,
        thread = function() thread(print) end,
      } do
        local ok, why = pcall(call)
        check(not ok and why:find(process_only, 1, true), name)
      end
      outcome("process", pcall(process, "client", print))
      outcome("network", pcall(network, {hosts = {"a"}}))
      outcome("at", pcall(at, "2s", print))
    end))"),
            R"(
process: false, process: only before time 0; in a process, call thread
network: false, network: only before time 0, outside any process
at: false, not in a function given to at: there are faults, note, step, outcome, check, now
)");
}

TEST(At, TakesNoTimeThatHasPassed) {
  EXPECT_EQ(RunText(R"(process("client", function()
    sleep("1s")
    outcome("past", pcall(at, "999ms", print))
    outcome("now", at("1s", function() outcome("at once", now()) end))
    sleep("1ms")
  end))"),
            "\npast: false, at: time: it has passed already\nnow: true\nat once: 1000\n");
  EXPECT_EQ(LoadError("at('1s', 5)"), "test.lua:1: at: function: function expected, got number");
}

TEST(At, AnErrorFailsTheRunWhichGoesOn) {
  EXPECT_EQ(RunText(R"(
    at("1s", function() error("oops") end)
    process("client", function() sleep("2s") outcome("goes on", true) end))"),
            "\ngoes on: true\nfailure: test.lua:2: oops\n");
}

}  // namespace
}  // namespace wsim
