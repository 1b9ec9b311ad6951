#include "tools/packetdrill/parser.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_header.h"

namespace wsim::packetdrill {
namespace {

using ::testing::HasSubstr;
using Flag = inet::TcpHeader;

Script Parsed(absl::string_view text, const Definitions& given = {}) {
  const absl::StatusOr<Script> script = Parse(text, "a.pkt", given);
  EXPECT_TRUE(script.ok()) << script.status();
  return script.ok() ? *script : Script();
}

std::string ErrorOf(absl::string_view text) {
  return std::string(Parse(text, "a.pkt", {}).status().message());
}

const PacketEvent& PacketOf(const Script& script) {
  return std::get<PacketEvent>(script.events.at(0).action);
}
const TcpSpec& TcpOf(const Script& script) { return std::get<TcpSpec>(PacketOf(script).body); }
const CallEvent& CallOf(const Script& script) {
  return std::get<CallEvent>(script.events.at(0).action);
}

TEST(PacketdrillParser, ReadsEveryFieldOfASegment) {
  const Script script =
      Parsed("0 > (ect0, ttl 9) 8080 > 77 SEW. 5:8(3) ack 12 win 100 urg 2 <mss 9,nop,wscale 3>");
  const PacketEvent& packet = PacketOf(script);
  EXPECT_FALSE(packet.is_inbound);
  EXPECT_EQ(packet.network.ecn, EcnSpec::kEct0);
  EXPECT_EQ(packet.network.hop_limit, 9);
  EXPECT_EQ(packet.ports->source, 8080);
  EXPECT_EQ(packet.ports->destination, 77);
  const TcpSpec& tcp = TcpOf(script);
  EXPECT_EQ(tcp.flags, Flag::kSyn | Flag::kEce | Flag::kCwr | Flag::kAck);
  EXPECT_EQ(tcp.seq, 5u);
  EXPECT_EQ(tcp.payload, 3u);
  EXPECT_EQ(tcp.ack, 12u);
  EXPECT_EQ(tcp.window, 100);
  EXPECT_EQ(tcp.urgent_pointer, 2);
  ASSERT_EQ(tcp.options.size(), 3u);
  EXPECT_EQ(tcp.options[0].value, 9u);
  EXPECT_EQ(tcp.options[2].kind, OptionSpec::Kind::kWindowScale);
}

TEST(PacketdrillParser, ReadsTheOptionsThatCarryNumbers) {
  const Script script =
      Parsed("0 < . 1:1(0) ack 1 win 0 <sack 1:3 7:9,TS val 4 ecr 5,FO 0a0B,nop,nop>");
  const std::vector<OptionSpec>& options = TcpOf(script).options;
  using Blocks = std::vector<std::pair<uint32_t, uint32_t>>;
  EXPECT_EQ(options.at(0).sack, (Blocks{{1, 3}, {7, 9}}));
  EXPECT_EQ(options.at(1).value, 4u);
  EXPECT_EQ(options.at(1).echo_reply, 5u);
  EXPECT_EQ(options.at(2).octets, (std::vector<uint8_t>{0x0A, 0x0B}));
}

TEST(PacketdrillParser, ReadsWildcards) {
  const Script script = Parsed("0 > S. ...(0) ack 1 <...>");
  EXPECT_TRUE(TcpOf(script).any_seq);
  EXPECT_TRUE(TcpOf(script).any_options);
  EXPECT_EQ(Parsed("0 > - 1:1(0)").events.size(), 1u);
  EXPECT_TRUE(TcpOf(Parsed("0 > R. 0:0(0)! ack 1")).absolute);
}

TEST(PacketdrillParser, ReadsTheAceField) {
  EXPECT_EQ(TcpOf(Parsed("0 > .5 1:1(0) ack 1")).flags, Flag::kAck | Flag::kAe | Flag::kEce);
}

TEST(PacketdrillParser, ReadsTimesOfEveryKind) {
  const Script script = Parsed(
      "0 > . 1:1(0) ack 1\n"
      "+.5 > . 1:1(0) ack 1\n"
      "* > . 1:1(0) ack 1\n"
      "+1~+2 > . 1:1(0) ack 1\n"
      "+0...1.25 accept(3, ..., ...) = 4\n");
  using Kind = EventTime::Kind;
  EXPECT_EQ(script.events[0].time.kind, Kind::kAbsolute);
  EXPECT_EQ(script.events[1].time.begin, absl::Milliseconds(500));
  EXPECT_EQ(script.events[2].time.kind, Kind::kAny);
  EXPECT_EQ(script.events[3].time.kind, Kind::kRelativeRange);
  EXPECT_EQ(script.events[3].time.end, absl::Seconds(2));
  EXPECT_EQ(script.events[4].time.blocking_end, absl::Milliseconds(1250));
  EXPECT_EQ(script.events[4].line, 5);
}

TEST(PacketdrillParser, ReadsCallsWithStructsListsAndRemarks) {
  const Script script = Parsed(
      "0 poll([{fd=4, events=POLLIN|POLLOUT, revents=0}], 1, -1) = -1 EINTR (Don't (really) ask)");
  const CallEvent& call = CallOf(script);
  EXPECT_EQ(call.name, "poll");
  EXPECT_EQ(call.error, "EINTR");
  EXPECT_EQ(call.result.integer, -1);
  EXPECT_EQ(call.arguments.at(2).integer, -1);
  const Expression& asked = call.arguments.at(0).items.at(0);
  EXPECT_EQ(asked.Field("fd")->integer, 4);
  EXPECT_EQ(asked.Field("events")->items.size(), 2u);
  EXPECT_EQ(asked.Field("msg_iov"), nullptr);
}

TEST(PacketdrillParser, ReadsAMessageWithItsVector) {
  const Script script = Parsed(
      "0 recvmsg(3, {msg_name(...)=..., msg_iov(2)=[{..., 10}, {..., 20}], msg_flags=0}, 0) = 30");
  const Expression& message = CallOf(script).arguments.at(1);
  ASSERT_NE(message.Field("msg_iov"), nullptr);
  EXPECT_EQ(message.Field("msg_iov")->items.at(1).items.at(1).integer, 20);
}

TEST(PacketdrillParser, ReadsOptionsCommandsAndCode) {
  const Script script = Parsed(
      "--ip_version=ipv6 --define=CC=\"cubic\"\n"
      "`prepare`\n"
      "0 `sysctl -w a=1`\n"
      "+0 %{ assert tcpi_state == 1 }%\n"
      "`tidy up`");
  EXPECT_EQ(script.options.at(0).name, "ip_version");
  EXPECT_EQ(script.options.at(0).value, "ipv6");
  EXPECT_EQ(script.init->command, "prepare");
  EXPECT_EQ(std::get<CommandEvent>(script.events.at(0).action).command, "sysctl -w a=1");
  EXPECT_EQ(std::get<CodeEvent>(script.events.at(1).action).code, " assert tcpi_state == 1 ");
  EXPECT_EQ(script.cleanup->command, "tidy up");
}

TEST(PacketdrillParser, ReplacesDefinedWordsTheCommandLineFirst) {
  const absl::string_view text = "--define=SIZE=10\n0 write(3, ..., SIZE) = SIZE";
  EXPECT_EQ(CallOf(Parsed(text)).arguments.at(2).integer, 10);
  EXPECT_EQ(CallOf(Parsed(text, {{"SIZE", "20"}})).result.integer, 20);
}

TEST(PacketdrillParser, LeavesOutWhatIsNotDefined) {
  const absl::string_view text =
      "0 close(3) = 0\n#ifdef STANDARD\n+0 close(4) = 0\n#else\n+0 close(5) = 0\n#endif\n";
  EXPECT_EQ(std::get<CallEvent>(Parsed(text).events.at(1).action).arguments.at(0).integer, 5);
  const Script standard = Parsed(text, {{"STANDARD", "1"}});
  EXPECT_EQ(std::get<CallEvent>(standard.events.at(1).action).arguments.at(0).integer, 4);
  EXPECT_EQ(standard.events.at(1).line, 3);
}

TEST(PacketdrillParser, KeepsWhatItUnderstandsAndCannotSpeak) {
  const Script script = Parsed(
      "0 < F. 1:1(0) ack 1 win 9/udp(1 > 9811)\n"
      "+0 > udp (1000)\n"
      "+0 > . 1:1(0) ack 1 <nop,nop,md5 valid>\n");
  ASSERT_EQ(script.events.size(), 3u);
  for (const Event& event : script.events) {
    EXPECT_NE(std::get<PacketEvent>(event.action).unsupported, "");
  }
}

TEST(PacketdrillParser, LeavesOutRemarksOfEveryKind) {
  const Script script = Parsed(
      "# one\n#two\n#!/usr/bin/packetdrill\n// three\n/* four\n */ 0 close(3) = 0 # five\n"
      "+0 %{ # six\nassert 1 }% // seven\n");
  ASSERT_EQ(script.events.size(), 2u);
  EXPECT_EQ(script.events.at(0).line, 6);
  EXPECT_EQ(std::get<CodeEvent>(script.events.at(1).action).code, " # six\nassert 1 ");
  EXPECT_THAT(ErrorOf("#define A 1\n0 close(3) = 0"), HasSubstr("a.pkt:1: out of place"));
  EXPECT_THAT(ErrorOf("0 close(3) = 0\n#else"), HasSubstr("a.pkt:2: out of place"));
}

TEST(PacketdrillParser, NamesTheLineOfWhatIsWrong) {
  EXPECT_EQ(ErrorOf("0 close(3) = 0\n+0 close(3 = 0"),
            "a.pkt:2: expected ) at the end of a list, but found \"=\"");
  EXPECT_THAT(ErrorOf("0 < S 0:1(0) win 1"), HasSubstr("a.pkt:1: the range and the length"));
  EXPECT_THAT(ErrorOf("0 < S 0:0(0)"), HasSubstr("says its window"));
  EXPECT_THAT(ErrorOf("1 close(3) = 0"), HasSubstr("the first event has to be at time 0"));
  EXPECT_THAT(ErrorOf("0 close(3) = 0\n2 close(3) = 0\n1 close(3) = 0"),
              HasSubstr("a.pkt:3: the time lies before an earlier one"));
  EXPECT_THAT(ErrorOf("* close(3) = 0"), HasSubstr("only an outbound packet"));
  EXPECT_THAT(ErrorOf("0 < S 0:0(0) win 1 <mss>"), HasSubstr("expected a segment size"));
  EXPECT_THAT(ErrorOf("/* no end"), HasSubstr("a comment that does not end"));
  EXPECT_THAT(ErrorOf("#ifdef A\n0 close(3) = 0"), HasSubstr("#endif is missing"));
  EXPECT_THAT(ErrorOf(""), HasSubstr("expected an event"));
  EXPECT_EQ(ErrorOf("0 close(3) = `one\ntwo`"), "a.pkt:1: expected a value, but found \"one...\"");
}

constexpr absl::string_view kWhole =
    "--tolerance_usecs=10000 // a remark\n"
    "0 `sysctl -w net.inet.tcp.sack.enable=1`\n"
    "+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
    "+0 setsockopt(3, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = 0\n"
    "+0 < S 0:0(0) win 65535 <mss 1460,sackOK,TS val 1 ecr 0>\n"
    "* > S. 0:0(0) ack 1 win 65535 <...>\n"
    "+0...0.5 recv(4, ..., 10, MSG_PEEK) = -1 ECONNRESET (reset)\n"
    "+0 < icmp unreachable frag_needed mtu 500 [1:1(0)]\n"
    "+0 %{ assert tcpi_state == TCP_CLOSE }%\n";

TEST(PacketdrillParser, AnyTruncationIsReadOrRefused) {
  for (size_t size = 0; size <= kWhole.size(); ++size) {
    const absl::StatusOr<Script> script = Parse(kWhole.substr(0, size), "a.pkt", {});
    if (script.ok()) continue;
    EXPECT_THAT(std::string(script.status().message()), HasSubstr("a.pkt:"));
  }
}

TEST(PacketdrillParser, AnyOctetMayBeAnyOther) {
  static constexpr char kOctets[] = {'\0', '\n', '"', '`', '(', '{', '<', '9', '.', '/', '\xFF'};
  for (size_t place = 0; place < kWhole.size(); ++place) {
    for (const char octet : kOctets) {
      std::string text(kWhole);
      text[place] = octet;
      const absl::StatusOr<Script> script = Parse(text, "a.pkt", {});
      if (script.ok()) continue;
      EXPECT_THAT(std::string(script.status().message()), HasSubstr("a.pkt:"));
    }
  }
}

TEST(PacketdrillParser, RefusesWhatStandsTooDeep) {
  const std::string deep(100'000, '[');
  EXPECT_THAT(ErrorOf("0 poll(" + deep), HasSubstr("too deep"));
}

}  // namespace
}  // namespace wsim::packetdrill
