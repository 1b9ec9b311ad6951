// Every script of this folder, over IPv4 and over IPv6, and what becomes of scripts that are
// broken.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/stack_pool.h"
#include "tools/packetdrill/run.h"

namespace wsim::packetdrill {
namespace {

using ::testing::HasSubstr;

constexpr const char* kFolder = "tests/packetdrill";

std::vector<std::string> Scripts(const std::string& folder = kFolder) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".pkt") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string TextOf(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void ExpectPasses(const std::string& path, const RunOptions& options) {
  const absl::StatusOr<Result> result = RunFile(path, options);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->verdict, Verdict::kPassed)
      << path << ":" << result->line << ": " << result->what << "\nexpected " << result->expected
      << "\nsent     " << result->sent;
}

TEST(PacketdrillScripts, AllPass) {
  sim::StackPool stacks;
  const std::vector<std::string> scripts = Scripts();
  EXPECT_GT(scripts.size(), 50u);
  for (const std::string& path : scripts) ExpectPasses(path, {.stacks = &stacks});
}

TEST(PacketdrillScripts, ThoseOfNoFamilyPassOverIpv6) {
  sim::StackPool stacks;
  for (const std::string& path : Scripts()) {
    if (TextOf(path).find("--ip_version") != std::string::npos) continue;
    ExpectPasses(path, {.overrides = {{0, "ip_version", "ipv6"}}, .stacks = &stacks});
  }
}

// In the style of suites for Linux, whose defaults they assume.
TEST(PacketdrillScripts, ThoseForLinuxPassWithItsProfile) {
  sim::StackPool stacks;
  const std::vector<std::string> scripts = Scripts(absl::StrCat(kFolder, "/linux"));
  EXPECT_GT(scripts.size(), 10u);
  for (const std::string& path : scripts) {
    ExpectPasses(path, {.profile = Profile::kLinux, .stacks = &stacks});
  }
}

TEST(PacketdrillScripts, EachNamesItsClause) {
  for (const std::string& path : Scripts()) {
    EXPECT_EQ(TextOf(path).substr(0, 3), "// ") << path;
  }
}

// --- How scripts end that do not pass.

constexpr const char* kListener =
    "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
    "+0 bind(3, ..., ...) = 0\n"
    "+0 listen(3, 1) = 0\n"
    "+0 < S 0:0(0) win 1000 <mss 1000>\n";

Result Ran(const std::string& text, const RunOptions& options = {}) {
  const absl::StatusOr<Result> result = RunText(text, "a.pkt", options);
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *result : Result();
}

TEST(PacketdrillScripts, AnotherPacketIsShownFieldByField) {
  const Result result = Ran(absl::StrCat(kListener, "+0 > S. 0:0(0) ack 5 win 9 <...>\n"));
  EXPECT_EQ(result.verdict, Verdict::kFailed);
  EXPECT_EQ(result.line, 5);
  EXPECT_EQ(result.expected, "> S. 0:0(0) ack 5 win 9 <...>");
  EXPECT_EQ(result.sent, "> S. 0:0(0) ack 1 win 65535 <mss 1460>");
  ASSERT_EQ(result.differences.size(), 2u);
  EXPECT_EQ(result.differences[0].field, "ack");
  EXPECT_EQ(result.differences[1].sent, "65535");
}

TEST(PacketdrillScripts, SilenceAndLatenessAreFailures) {
  EXPECT_EQ(Ran(absl::StrCat(kListener, "+0 > S. 0:0(0) ack 1 <...>\n+.1 > . 1:1(0) ack 1\n")).line,
            6);
  const Result late = Ran(absl::StrCat(kListener, "+.5 > S. 0:0(0) ack 1 <...>\n"));
  EXPECT_THAT(late.what, HasSubstr("time: expected 500.000 ms +- 62.500 ms, sent 0.0"));
}

TEST(PacketdrillScripts, ACallThatGivesSomethingElseIsAFailure) {
  const Result result = Ran("0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 read(3, ..., 1) = 0");
  EXPECT_EQ(result.what, "expected 0, returned -1 ENOTCONN");
  EXPECT_EQ(Ran("0 close(3) = -1 EBADF").verdict, Verdict::kPassed);
}

TEST(PacketdrillScripts, ACallThatBlocksForEverIsAFailure) {
  const Result result = Ran(absl::StrCat(kListener, "+0 accept(3, ..., ...) = 4\n"));
  EXPECT_EQ(result.verdict, Verdict::kFailed);
  EXPECT_EQ(result.line, 5);
  EXPECT_EQ(Ran(absl::StrCat(kListener, "+0...1 accept(3, ..., ...) = 4\n")).what,
            "the call of line 5 has not returned");
}

TEST(PacketdrillScripts, WhatIsNotSpokenIsNamed) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"0 socket(..., SOCK_DGRAM, IPPROTO_UDP) = 3", "a socket of the type SOCK_DGRAM"},
      {"0 splice(3, 0, 4, 0, 10, 0) = 10", "the call splice"},
      {"0 `iptables -A INPUT`", "the command iptables"},
      {"0 `sysctl -w net.inet.tcp.nothing=1`", "sysctl net.inet.tcp.nothing"},
      {"0 %{ open('f') }%", "the code \"open('f')\""},
      {"--udp_encapsulation=tcp\n0 close(3) = -1", "the option --udp_encapsulation"},
  };
  for (const auto& [text, what] : cases) {
    const Result result = Ran(text);
    EXPECT_EQ(result.verdict, Verdict::kUnsupported) << text;
    EXPECT_EQ(result.what, what);
  }
}

TEST(PacketdrillScripts, CommandsAreReadAsAShellReadsThem) {
  const auto run = [](absl::string_view command) {
    return Ran(absl::StrCat("0 `", command, "`\n+0 close(9) = -1 EBADF\n"));
  };
  for (const absl::string_view command : {
           "# a remark\nsysctl -q net.ipv4.tcp_sack=0 > /dev/null 2>&1",
           "sysctl net.ipv4.tcp_rmem=\"4096 5000 6000\" net.ipv4.tcp_sack='1' # behind it",
           "sysctl -w net.inet.tcp.msl=5 && true; ip tcp_metrics flush all >/dev/null",
           "../common/set_sysctls.py /proc/sys/net/ipv4/tcp_sack=0 \\\n"
           " /proc/sys/net/ipv4/tcp_reordering=4",
           "/tmp/sysctl_restore_17.sh",
           "../common/defaults.sh",
       }) {
    EXPECT_EQ(run(command).what, "") << command;
  }
  EXPECT_EQ(run("ip link set lo up").what, "the command ip");
  EXPECT_EQ(run("echo 1 > /proc/sys/net/ipv4/tcp_sack").what, "the command echo");
  EXPECT_EQ(run("sysctl net.ipv4.tcp_sack=x").verdict, Verdict::kFailed);
  EXPECT_EQ(run("sockstat -4 | grep -c LISTEN | grep 1").what,
            "expected 1 connections in the state LISTEN, counted 0");
}

TEST(PacketdrillScripts, OptionsReadAsOnTheSystemOfTheProfile) {
  const std::string script =
      "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
      "+0 getsockopt(3, SOL_SOCKET, SO_KEEPALIVE, [0], [4]) = 0\n"
      "+0 setsockopt(3, SOL_SOCKET, SO_KEEPALIVE, [1], 4) = 0\n"
      "+0 getsockopt(3, SOL_SOCKET, SO_KEEPALIVE, [1], [4]) = 0\n"
      "+0 getsockopt(3, SOL_SOCKET, SO_PROTOCOL, [IPPROTO_TCP], [4]) = 0\n"
      "+0 getsockopt(3, SOL_SOCKET, SO_TYPE, [SOCK_STREAM], [4]) = 0\n"
      "+0 getsockopt(3, IPPROTO_TCP, TCP_MAXSEG, [536], [4]) = 0\n"
      "+0 setsockopt(3, IPPROTO_TCP, TCP_MAXSEG, [500], 4) = 0\n"
      "+0 getsockopt(3, IPPROTO_TCP, TCP_MAXSEG, [500], [4]) = 0\n"
      "+0 setsockopt(3, IPPROTO_TCP, TCP_CONGESTION, \"cubic\", 5) = 0\n"
      "+0 getsockopt(3, IPPROTO_TCP, TCP_CONGESTION, \"cubic\", [16]) = 0\n"
      "+0 setsockopt(3, IPPROTO_TCP, TCP_KEEPINIT, [0], 4) = -1 EINVAL\n"
      "+0 getsockopt(3, IPPROTO_TCP, TCP_INFO, ..., ...) = 0\n";
  for (const Profile profile : {Profile::kRfc, Profile::kFreebsd, Profile::kLinux}) {
    const Result result = Ran(script, {.profile = profile});
    EXPECT_EQ(result.what, "") << result.line;
  }
}

TEST(PacketdrillScripts, ProfilesChooseDefaults) {
  const std::string script =
      "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
      "+0 fcntl(3, F_SETFL, O_RDWR | O_NONBLOCK) = 0\n"
      "+0 connect(3, ..., ...) = -1 EINPROGRESS\n"
      "#ifdef FreeBSD\n"
      "+0 > S 0:0(0) <mss 1460,nop,wscale 6,sackOK,TS val 1 ecr 0>\n"
      "#endif\n"
      "#ifdef Linux\n"
      "+0 > S 0:0(0) <mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7>\n"
      "#endif\n"
      "#ifdef STANDARD\n"
      "+0 > S 0:0(0) <mss 1460,nop,wscale 8,sackOK,TS val 1 ecr 0>\n"
      "#endif\n";
  for (const Profile profile : {Profile::kRfc, Profile::kFreebsd, Profile::kLinux}) {
    const Result result = Ran(script, {.profile = profile});
    EXPECT_EQ(result.verdict, Verdict::kPassed) << result.what;
  }
}

}  // namespace
}  // namespace wsim::packetdrill
