#include "tools/views/report_json.h"

#include <nlohmann/json.hpp>

#include "gtest/gtest.h"

namespace wsim {
namespace {

RunReport Report() {
  RunReport report;
  report.scenario = "lesson.lua";
  report.provider = "tcp";
  report.seed = 18446744073709551615u;
  report.fingerprint = 0xABCDEF;
  report.virtual_time = sim::Time::FromNanoseconds(10'000'001);
  report.frames = 7;
  report.wire_octets = 420;
  report.decisions = 3;
  report.outcomes = {{"z comes first", "1"}, {"a", "WSAECONNRESET"}};
  return report;
}

TEST(ReportJson, IsOneObjectWithTheMembersOfTheContractInTheirOrder) {
  EXPECT_EQ(ReportJson(Report()), R"({
  "scenario": "lesson.lua",
  "provider": "tcp",
  "seed": 18446744073709551615,
  "ok": true,
  "failure": null,
  "fingerprint": "0000000000abcdef",
  "virtual_time_ns": 10000001,
  "frames": 7,
  "wire_bytes": 420,
  "decisions": 3,
  "outcomes": {
    "z comes first": "1",
    "a": "WSAECONNRESET"
  }
}
)");
}

TEST(ReportJson, HasTheFailureAsText) {
  RunReport report = Report();
  report.failure = "lesson.lua:3: check failed: \"all\"";
  report.outcomes.clear();
  const auto json = nlohmann::json::parse(ReportJson(report));
  EXPECT_EQ(json["ok"], false);
  EXPECT_EQ(json["failure"], "lesson.lua:3: check failed: \"all\"");
  EXPECT_EQ(json["outcomes"], nlohmann::json::object());
}

TEST(ReportJson, IsValidWhateverOctetsTextsHave) {
  RunReport report = Report();
  report.scenario = "\xFF.lua";
  report.failure = "\x80";
  report.outcomes = {{"\xC3", std::string("a\0b", 3)}};
  const auto json = nlohmann::json::parse(ReportJson(report));
  EXPECT_EQ(json["scenario"], "\\xFF.lua");
  EXPECT_EQ(json["failure"], "\\x80");
  EXPECT_EQ(json["outcomes"]["\\xC3"], std::string("a\0b", 3));
}

TEST(ComparisonJson, HasARunForEachProvider) {
  RunReport other = Report();
  other.provider = "tp4";
  other.outcomes = {{"a", "2"}};
  const auto json = nlohmann::ordered_json::parse(ComparisonJson({Report(), other}));
  std::vector<std::string> members;
  for (const auto& [name, value] : json.items()) members.push_back(name);
  EXPECT_EQ(members, (std::vector<std::string>{"scenario", "seed", "providers", "runs"}));
  EXPECT_EQ(json["scenario"], "lesson.lua");
  EXPECT_EQ(json["seed"], 18446744073709551615u);
  EXPECT_EQ(json["providers"], (std::vector<std::string>{"tcp", "tp4"}));
  EXPECT_EQ(json["runs"].size(), 2u);
  EXPECT_EQ(json["runs"]["tcp"], nlohmann::ordered_json::parse(ReportJson(Report())));
  EXPECT_EQ(json["runs"]["tp4"]["outcomes"]["a"], "2");
}

TEST(ProvidersJson, IsAnArrayWithTheMembersOfTheContractInTheirOrder) {
  ProviderDescription stream;
  stream.name = "tcp";
  stream.description = "a stream";
  stream.address_family = "AF_INET";
  stream.socket_type = "SOCK_STREAM";
  stream.protocol = "IPPROTO_TCP";
  stream.service_flags1 = 0x22;
  stream.flags = {"XP1_GUARANTEED_DELIVERY", "XP1_GRACEFUL_CLOSE"};
  stream.chain = {"tcp"};
  EXPECT_EQ(ProvidersJson({stream}), R"([
  {
    "name": "tcp",
    "description": "a stream",
    "address_family": "AF_INET",
    "socket_type": "SOCK_STREAM",
    "protocol": "IPPROTO_TCP",
    "max_message_size": null,
    "service_flags1": 34,
    "flags": [
      "XP1_GUARANTEED_DELIVERY",
      "XP1_GRACEFUL_CLOSE"
    ],
    "connect_data_max": 0,
    "accept_data_max": 0,
    "disconnect_data_max": 0,
    "disconnect_reply_data_max": 0,
    "chain": [
      "tcp"
    ]
  }
]
)");
}

TEST(ProvidersJson, HasNumbersForMessagesAndTheirLimits) {
  ProviderDescription messages;
  messages.max_message_size = 0xFFFFFFFF;
  messages.connect_data_max = 32;
  messages.accept_data_max = 31;
  messages.disconnect_data_max = 64;
  messages.disconnect_reply_data_max = 63;
  const auto json = nlohmann::json::parse(ProvidersJson({messages})).at(0);
  EXPECT_EQ(json["max_message_size"], 4294967295);
  EXPECT_EQ(json["connect_data_max"], 32);
  EXPECT_EQ(json["accept_data_max"], 31);
  EXPECT_EQ(json["disconnect_data_max"], 64);
  EXPECT_EQ(json["disconnect_reply_data_max"], 63);
}

}  // namespace
}  // namespace wsim
