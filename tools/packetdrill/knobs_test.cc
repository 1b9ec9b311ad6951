#include "tools/packetdrill/knobs.h"

#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "tools/packetdrill/profile.h"

namespace wsim::packetdrill {
namespace {

using inet::TcpSettings;

TcpSettings With(absl::string_view name, absl::string_view value) {
  TcpSettings settings;
  const absl::Status status = SetKnob(name, value, settings);
  EXPECT_TRUE(status.ok()) << name << "=" << value << ": " << status;
  return settings;
}
absl::Status StatusOf(absl::string_view name, absl::string_view value) {
  TcpSettings settings;
  return SetKnob(name, value, settings);
}

TEST(PacketdrillKnobs, OfFreebsdAreSettings) {
  EXPECT_FALSE(With("net.inet.tcp.sack.enable", "0").sack);
  EXPECT_TRUE(With("net.inet.tcp.rfc1323", "2").window_scaling);
  EXPECT_FALSE(With("net.inet.tcp.rfc1323", "2").timestamps);
  EXPECT_EQ(With("net.inet.tcp.recvspace", "1000").receive_buffer, 1000u);
  EXPECT_EQ(With("net.inet.tcp.keepinit", "15000").give_up_syn_after, absl::Seconds(15));
  EXPECT_EQ(With("net.inet.tcp.keepcnt", "3").keep_alive_probes, 3);
  EXPECT_EQ(With("net.inet.tcp.ecn.enable", "1").ecn, inet::TcpEcn::kAlways);
  EXPECT_EQ(With("net.inet.tcp.blackhole", "2").closed_ports, inet::TcpClosedPorts::kIgnoreAll);
  EXPECT_EQ(With("net.inet.tcp.cc.algorithm", "cubic").congestion_algorithm,
            inet::TcpCongestionAlgorithm::kCubic);
  EXPECT_EQ(With("net.inet.ip.ttl", "33").hop_limit, 33);
  EXPECT_EQ(With("net.inet.tcp.ack_war_cnt", "5").challenge_acks, 5);
  EXPECT_EQ(With("kern.ipc.maxsockbuf", "4294967295").largest_receive_buffer, 4294967295u);
}

TEST(PacketdrillKnobs, OfLinuxAreSettings) {
  const TcpSettings sizes = With("net.ipv4.tcp_rmem", "4096 540000 15728640");
  EXPECT_EQ(sizes.receive_buffer, 540000u);
  EXPECT_EQ(sizes.largest_receive_buffer, 15728640u);
  EXPECT_EQ(With("net.ipv4.tcp_wmem", "1\t2000 3").send_buffer, 2000u);
  EXPECT_EQ(With("net.ipv4.tcp_syn_retries", "5").give_up_syn_after, absl::Seconds(63));
  EXPECT_EQ(With("net.ipv4.tcp_retries2", "2").give_up_after, absl::Seconds(7)) << "1 + 2 + 4";
  EXPECT_EQ(With("net.ipv4.tcp_reordering", "5").duplicate_ack_threshold, 5u);
  EXPECT_FALSE(With("net.ipv4.tcp_early_retrans", "0").tail_loss_probe);
  EXPECT_FALSE(With("net.ipv4.tcp_recovery", "0").rack);
  EXPECT_FALSE(With("net.ipv4.tcp_slow_start_after_idle", "0").slow_start_after_idle);
  EXPECT_EQ(With("net.ipv4.tcp_keepalive_time", "30").keep_alive_idle, absl::Seconds(30));
  EXPECT_EQ(With("net.ipv4.tcp_fastopen", "0x70403").receive_buffer, TcpSettings().receive_buffer);
}

TEST(PacketdrillKnobs, ThatCannotBeFollowedAreNamed) {
  const std::pair<absl::string_view, absl::string_view> kCases[] = {
      {"net.inet.tcp.nothing", "1"},
      {"net.inet.tcp.ecn.enable", "3"},
      {"net.inet.tcp.recvspace", "-1"},
      {"net.inet.tcp.keepidle", "99999999999999"},
      {"net.inet.tcp.blackhole", "4"},
      {"net.inet.tcp.functions_default", "rack"},
      {"net.inet.tcp.keepcnt", "0"},
      {"net.ipv4.tcp_frto", "2"},
      {"net.ipv4.tcp_early_retrans", "2"},
      {"net.ipv4.tcp_congestion_control", "bbr"},
      {"net.inet.tcp.udp_tunneling_port", "9811"},
  };
  for (const auto& [name, value] : kCases) {
    EXPECT_TRUE(absl::IsUnimplemented(StatusOf(name, value))) << name;
  }
  EXPECT_EQ(StatusOf("net.inet.tcp.ecn.enable", "3").message(), "sysctl net.inet.tcp.ecn.enable=3");
}

TEST(PacketdrillKnobs, WantNumbers) {
  EXPECT_EQ(StatusOf("net.inet.tcp.sack.enable", "on").message(),
            "net.inet.tcp.sack.enable: \"on\" is no number");
  EXPECT_TRUE(absl::IsInvalidArgument(StatusOf("net.ipv4.tcp_rmem", "1 2")));
  EXPECT_TRUE(absl::IsInvalidArgument(StatusOf("net.ipv4.tcp_rmem", "1 2 99999999999")));
}

TEST(PacketdrillProfiles, AreKnownByName) {
  EXPECT_EQ(ProfileOf("freebsd"), Profile::kFreebsd);
  EXPECT_EQ(ProfileOf("solaris"), std::nullopt);
  EXPECT_EQ(SettingsOf(Profile::kLinux).least_rto, absl::Milliseconds(200));
  EXPECT_EQ(SettingsOf(Profile::kFreebsd).rto_slop, absl::Milliseconds(200));
  EXPECT_EQ(SettingsOf(Profile::kRfc).least_rto, absl::Seconds(1));
  EXPECT_EQ(NamesOf(Profile::kFreebsd).count("FreeBSD"), 1u);
  EXPECT_EQ(LinuxSuiteSettings().ecn, inet::TcpEcn::kOff);
}

}  // namespace
}  // namespace wsim::packetdrill
