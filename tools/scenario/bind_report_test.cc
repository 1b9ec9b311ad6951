// What a run says about itself: note, step, outcome, check, provider.
#include "gtest/gtest.h"
#include "tools/scenario/scenario_testing.h"

namespace wsim {
namespace {

std::string RunText(absl::string_view text) { return Outcomes(text, {}); }

// Runs `lines` in a process.
std::string RunLines(absl::string_view lines) {
  return RunText(absl::StrCat("process('client', function()", lines, "\nend)"));
}

TEST(Outcome, IsTextInTheOrderReported) {
  EXPECT_EQ(RunLines(R"(
    outcome("z", "text")
    outcome("a", 5)
    outcome("float", 5.0)
    outcome("boolean", true)
    outcome("nil", nil)
    outcome("table", {})
    outcome("function", print)
    outcome("with a name", setmetatable({}, {__tostring = function() return "me" end}))
  )"),
            R"(
z: text
a: 5
float: 5.0
boolean: true
nil: nil
table: table
function: function
with a name: me
)");
}

TEST(Outcome, JoinsSeveralValues) {
  EXPECT_EQ(RunLines(R"( outcome("several", 1, "two", nil, false) )"),
            "\nseveral: 1, two, nil, false\n");
}

TEST(Outcome, ShowsAFailedCallAsItsError) {
  EXPECT_EQ(RunLines(R"(
    outcome("a call", socket():listen(5))
    outcome("the same", nil, "WSAEINVAL")
    outcome("an answer", "x", nil)
  )"),
            "\na call: WSAEINVAL\nthe same: WSAEINVAL\nan answer: x, nil\n");
}

TEST(Outcome, ShowsOctetsThatAreNotUtf8InHexadecimal) {
  EXPECT_EQ(RunLines(R"( outcome("octets", "caf\xC3\xA9 \xFF\x80", "\xC3") )"),
            "\noctets: caf\xC3\xA9 \\xFF\\x80, \\xC3\n");
}

TEST(Outcome, TwiceIsAnError) {
  EXPECT_EQ(RunLines(R"(
    outcome("a", 1)
    outcome("a", pcall(outcome, "a", 2))
  )"),
            "\na: 1\nfailure: test.lua:3: outcome: the outcome \"a\" was reported before\n");
}

TEST(Outcome, NeedsANameAndAValue) {
  EXPECT_EQ(RunLines(R"(
    outcome("no name", pcall(outcome))
    outcome("an empty one", pcall(outcome, "", 1))
    outcome("no value", pcall(outcome, "x"))
  )"),
            R"(
no name: false, outcome: name: string expected, got no value
an empty one: false, outcome: name: expected at least one character
no value: false, outcome: value expected
)");
}

TEST(Outcome, AllTogetherHaveALimit) {
  const std::string seen = RunLines(R"(
    local megabyte = ("x"):rep(1 << 20)
    for i = 1, 17 do outcome(i, megabyte) sleep("1ms") end
  )");
  EXPECT_NE(seen.find("failure: test.lua:3: outcome: all outcomes together take more than 16 MiB"),
            std::string::npos)
      << seen.substr(seen.size() - 200);
}

TEST(Check, FailsTheRunAndLetsItGoOn) {
  EXPECT_EQ(RunLines(R"(
    outcome("held", check(true, "fine"))
    outcome("failed", check(1 == 2, "one is two"))
    check(false, "another")
    outcome("goes on", true)
  )"),
            "\nheld: true\nfailed: false\ngoes on: true\n"
            "failure: test.lua:3: check failed: one is two\n");
  EXPECT_EQ(RunLines(" check(nil) "), "\nfailure: test.lua:1: check failed\n");
}

TEST(Check, BeforeTime0IsWrongBeforeTime0) {
  EXPECT_EQ(LoadError("check(false, 'the world is flat')"),
            "test.lua:1: check failed: the world is flat");
}

TEST(Provider, IsTheEntryOfTheRun) {
  EXPECT_EQ(Outcomes(R"(
    local loading = provider().name
    process("client", function()
      local p = provider()
      outcome("name", p.name, loading)
      outcome("socket", p.address_family, p.socket_type, p.protocol)
      outcome("flags", p.service_flags1 > 0, p.flags[1])
      outcome("connect data", p.connect_data_max, p.accept_data_max)
      outcome("disconnect data", p.disconnect_data_max, p.disconnect_reply_data_max)
      outcome("chain", table.concat(p.chain, " "))
      outcome("described", #p.description > 0)
      outcome("message size", p.max_message_size)
    end))",
                     {.provider = "tp4"}),
            R"(
name: tp4, tp4
socket: AF_ISO, SOCK_SEQPACKET, ISOPROTO_TP4
flags: true, XP1_GUARANTEED_DELIVERY
connect data: 32, 32
disconnect data: 64, 0
chain: tp4
described: true
message size: 4294967295
)");
}

TEST(Provider, OfAStreamHasNoMessageSize) {
  EXPECT_EQ(RunLines(R"( outcome("message size", provider().max_message_size) )"),
            "\nmessage size: nil\n");
}

// Keeps the remarks of a run.
class Remarks final : public RunListener {
 public:
  void OnStart(const Cast& cast) override { texts.push_back(cast.hosts.front() + " takes part"); }
  bool wants_text() const override { return true; }
  void OnTraceEvent(const sim::TraceEvent& event) override {
    const std::string text(event.octets.begin(), event.octets.end());
    if (event.kind == sim::TraceKind::kNote) texts.push_back("note: " + text);
    if (event.kind == sim::TraceKind::kStep) {
      texts.push_back(absl::StrCat("step ", event.text, ": ", text));
    }
  }
  std::vector<std::string> texts;
};

TEST(Remarks, AreInTheTraceFromLoadingOn) {
  Remarks remarks;
  RunOptions options;
  options.listeners = {&remarks};
  Outcomes(R"(
    note("while it loads")
    process("client", function()
      note("a remark")
      print("printed", 5)
      step("5a", "a step")
      step(6, 7)
    end))",
           options);
  EXPECT_EQ(remarks.texts,
            (std::vector<std::string>{"client takes part", "note: while it loads", "note: a remark",
                                      "note: printed\t5", "step 5a: a step", "step 6: 7"}));
}

}  // namespace
}  // namespace wsim
