#include "tools/packetdrill/config.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace wsim::packetdrill {
namespace {

absl::StatusOr<Config> Of(const std::vector<ScriptOption>& options,
                          const std::vector<ScriptOption>& overrides = {}) {
  Script script;
  script.name = "a.pkt";
  script.options = options;
  return ReadConfig(script, overrides);
}
std::string ErrorOf(const std::string& name, const std::string& value) {
  return std::string(Of({{7, name, value}}).status().message());
}

TEST(PacketdrillConfig, ReadsWhatIsSpoken) {
  const absl::StatusOr<Config> config = Of({{1, "ip_version", "ipv6"},
                                            {1, "mtu", "9000"},
                                            {1, "bind_port", "80"},
                                            {1, "connect_port", "81"},
                                            {1, "tolerance_usecs", "75000"},
                                            {1, "tolerance_percent", "5.25"},
                                            {1, "tcp_ts_tick_usecs", "1000"},
                                            {1, "strict_segments", ""},
                                            {1, "non_fatal", "packet,syscall"},
                                            {1, "local_ip", "10.0.0.1"}});
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_TRUE(config->is_ipv6);
  EXPECT_EQ(config->mtu, 9000u);
  EXPECT_EQ(config->bind_port, 80);
  EXPECT_EQ(config->connect_port, 81);
  EXPECT_EQ(config->tolerance, absl::Milliseconds(75));
  EXPECT_EQ(config->tolerance_permille, 52);
  EXPECT_EQ(config->timestamp_tick, absl::Milliseconds(1));
  EXPECT_TRUE(config->strict_segments);
  EXPECT_FALSE(config->packets_are_fatal);
  EXPECT_FALSE(config->calls_are_fatal);
  EXPECT_EQ(config->unsupported, "");
}

TEST(PacketdrillConfig, TheCommandLineGoesFirst) {
  const absl::StatusOr<Config> config =
      Of({{1, "ip_version", "ipv4"}}, {{0, "ip_version", "ipv6"}});
  ASSERT_TRUE(config.ok());
  EXPECT_TRUE(config->is_ipv6);
  EXPECT_EQ(Of({}, {{0, "mtu", "1"}}).status().message(), "--mtu is from 68 to 65535");
}

TEST(PacketdrillConfig, NamesTheLineOfAValueThatIsNone) {
  EXPECT_EQ(ErrorOf("mtu", "67"), "a.pkt:7: --mtu is from 68 to 65535");
  EXPECT_EQ(ErrorOf("bind_port", "0"), "a.pkt:7: --bind_port is from 1 to 65535");
  EXPECT_EQ(ErrorOf("tolerance_usecs", "x"),
            "a.pkt:7: --tolerance_usecs is a number from 0 to 1000000000");
  EXPECT_EQ(ErrorOf("tolerance_percent", "-1"),
            "a.pkt:7: --tolerance_percent is a number of percent, at most 1000");
  EXPECT_EQ(ErrorOf("ip_version", "ipv5"),
            "a.pkt:7: --ip_version is ipv4, ipv6 or ipv4-mapped-ipv6");
  EXPECT_EQ(ErrorOf("non_fatal", "all"), "a.pkt:7: --non_fatal is packet, syscall or both");
}

TEST(PacketdrillConfig, NamesWhatIsNotThere) {
  EXPECT_EQ(Of({{1, "udp_encapsulation", "tcp"}})->unsupported, "the option --udp_encapsulation");
  EXPECT_EQ(Of({{1, "ip_version", "ipv4-mapped-ipv6"}})->unsupported,
            "IPv4 addresses mapped into IPv6");
}

}  // namespace
}  // namespace wsim::packetdrill
