#include "tools/views/trace_lines.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace wsim {
namespace {

Cast TwoHosts() {
  return {.hosts = {"client", "server"},
          .processes = {"client", "server"},
          .process_hosts = {"client", "server"},
          .links = {{"client", "server"}}};
}

class TraceLinesTest : public testing::Test {
 protected:
  std::vector<std::string> written_;
  TraceLines lines_{[this](absl::string_view line) { written_.emplace_back(line); }};
};

TEST_F(TraceLinesTest, BeginWithWhoTakesPart) {
  lines_.OnStart(TwoHosts());
  EXPECT_EQ(written_,
            (std::vector<std::string>{"{\"kind\":\"run\",\"hosts\":[\"client\",\"server\"],"
                                      "\"processes\":[\"client\",\"server\"]}\n"}));
}

TEST_F(TraceLinesTest, SayAllThatAnEventHas) {
  lines_.OnStart(TwoHosts());
  const std::vector<uint8_t> data = {'h', 'i', 0xFF};
  lines_.OnTraceEvent({.kind = sim::TraceKind::kApiCall,
                       .code = 5,
                       .subject = 8,
                       .numbers = {8, 0, 3, 0},
                       .octets = data,
                       .name = "send",
                       .text = "8, \"hi\xFF\"",
                       .clause = "Winsock page: send",
                       .id = 12,
                       .time = sim::Time::FromNanoseconds(1'000'000),
                       .causes = {9, 10},
                       .host = 2,
                       .process = 1,
                       .thread = 3});
  EXPECT_EQ(
      written_.back(),
      "{\"id\":12,\"time_ns\":1000000,\"kind\":\"api call\",\"host\":\"server\",\"process\":1,"
      "\"thread\":3,\"subject\":8,\"code\":5,\"name\":\"send\",\"numbers\":[8,0,3],"
      "\"text\":\"8, \\\"hi\\\\xFF\\\"\",\"clause\":\"Winsock page: send\","
      "\"octets\":\"6869ff\",\"causes\":[9,10]}\n");
}

TEST_F(TraceLinesTest, LeaveOutWhatAnEventDoesNotHave) {
  lines_.OnStart(TwoHosts());
  lines_.OnTraceEvent({.kind = sim::TraceKind::kThread, .id = 1});
  EXPECT_EQ(written_.back(), "{\"id\":1,\"time_ns\":0,\"kind\":\"thread\"}\n");
}

TEST_F(TraceLinesTest, ReadTheFramesThatAreSent) {
  lines_.OnStart(TwoHosts());
  const std::vector<uint8_t> runt = {1, 2, 3};
  lines_.OnTraceEvent({.kind = sim::TraceKind::kFrameSent, .octets = runt, .id = 1});
  const auto json = nlohmann::json::parse(written_.back());
  EXPECT_EQ(json["kind"], "frame sent");
  EXPECT_EQ(json["text"], "Ethernet, malformed");
  EXPECT_EQ(json["octets"], "010203");
}

TEST_F(TraceLinesTest, NameEveryKindOfEvent) {
  lines_.OnStart(TwoHosts());
  std::vector<std::string> names;
  for (int kind = 0; kind <= static_cast<int>(sim::TraceKind::kWarning); ++kind) {
    lines_.OnTraceEvent({.kind = static_cast<sim::TraceKind>(kind)});
    names.push_back(nlohmann::json::parse(written_.back())["kind"]);
  }
  EXPECT_EQ(names,
            (std::vector<std::string>{"api call", "api return", "network event", "state", "timer",
                                      "pdu sent", "pdu received", "pdu dropped", "frame sent",
                                      "frame delivered", "frame dropped", "fault", "decision",
                                      "thread", "note", "step", "outcome", "check", "warning"}));
}

}  // namespace
}  // namespace wsim
