#include "providers/inet/icmp/icmp_message.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/inet/ipv4/ipv4_header.h"
#include "providers/wire/codec_testing.h"

namespace inet {
namespace {

using ::testing::HasSubstr;
using wire::ByteSpan;
using wire::FromHex;
using wire::WithOctet;

// The header of a SYN's datagram and its first 8 octets: ports and sequence number.
std::vector<uint8_t> QuotedSyn() {
  return FromHex("4500 0034 1234 4000 8006 fc53 c6336407 c0000201 c001 01bb 00000001");
}

// A message as tshark dissects it without complaint, and what it says.
struct Golden {
  std::vector<uint8_t> octets;
  IcmpMessage message;
  absl::string_view text;
};

Golden FragmentationNeeded() {
  return {.octets = FromHex("0304 363e 0000 0500 4500 0034 1234 4000"
                            "8006 fc53 c6336407 c0000201 c001 01bb 00000001"),
          .message = {IcmpDestinationUnreachable{.code = IcmpUnreachableCode::kFragmentationNeeded,
                                                 .next_hop_mtu = 1280,
                                                 .quoted = QuotedSyn()}},
          .text = "destination unreachable: fragmentation needed"};
}

Golden TimeExceeded() {
  return {.octets = FromHex("0b00 3342 0000 0000 4500 0034 1234 4000"
                            "8006 fc53 c6336407 c0000201 c001 01bb 00000001"),
          .message = {IcmpTimeExceeded{.code = IcmpTimeExceededCode::kTimeToLive,
                                       .quoted = QuotedSyn()}},
          .text = "time exceeded: time to live"};
}

Golden ParameterProblem() {
  return {.octets = FromHex("0c00 1e42 1400 0000 4500 0034 1234 4000"
                            "8006 fc53 c6336407 c0000201 c001 01bb 00000001"),
          .message = {IcmpParameterProblem{
              .code = IcmpParameterCode::kErroneousField, .pointer = 20, .quoted = QuotedSyn()}},
          .text = "parameter problem: erroneous field"};
}

Golden EchoRequest() {
  return {.octets = FromHex("0800 549d 1234 0001 6162 6364 6566 67"),
          .message = {IcmpEcho{
              .identifier = 0x1234, .sequence = 1, .data = {'a', 'b', 'c', 'd', 'e', 'f', 'g'}}},
          .text = "echo request"};
}

Golden EchoReply() {
  return {.octets = FromHex("0000 edca 1234 0001"),
          .message = {IcmpEcho{.is_reply = true, .identifier = 0x1234, .sequence = 1}},
          .text = "echo reply"};
}

std::vector<Golden> AllGolden() {
  return {FragmentationNeeded(), TimeExceeded(), ParameterProblem(), EchoRequest(), EchoReply()};
}

TEST(IcmpMessage, ReadsTheFields) {
  for (const Golden& golden : AllGolden()) {
    SCOPED_TRACE(golden.text);
    const absl::StatusOr<IcmpMessage> message = IcmpMessage::Parse(golden.octets);
    ASSERT_TRUE(message.ok()) << message.status();
    EXPECT_EQ(*message, golden.message);
    EXPECT_EQ(IcmpMessageToString(*message), golden.text);
    EXPECT_TRUE(VerifyIcmpChecksum(golden.octets).ok());
  }
}

TEST(IcmpMessage, WritesTheSameOctetsWithTheChecksum) {
  for (const Golden& golden : AllGolden()) {
    SCOPED_TRACE(golden.text);
    std::vector<uint8_t> written;
    golden.message.AppendTo(written);
    EXPECT_EQ(written, golden.octets);
  }
}

TEST(IcmpMessage, SumsOnlyItselfBehindWhatStandsThere) {
  std::vector<uint8_t> written = {0xAA};
  EchoRequest().message.AppendTo(written);
  EXPECT_EQ(ByteSpan(written).subspan(1), ByteSpan(EchoRequest().octets));
}

TEST(IcmpMessage, RefusesEveryTruncationOfAnError) {
  for (const Golden& golden : {FragmentationNeeded(), TimeExceeded(), ParameterProblem()}) {
    SCOPED_TRACE(golden.text);
    wire::ForEveryTruncation(golden.octets, [](ByteSpan prefix) {
      EXPECT_FALSE(IcmpMessage::Parse(prefix).ok()) << prefix.size();
    });
  }
}

TEST(IcmpMessage, RefusesEveryTruncationOfTheHeaderOfAnEcho) {
  wire::ForEveryTruncation(ByteSpan(EchoRequest().octets).first(8), [](ByteSpan prefix) {
    EXPECT_EQ(IcmpMessage::Parse(prefix).status().message(), "ICMP header truncated");
  });
}

TEST(IcmpChecksum, FindsATruncatedEcho) {  // Its data has no length of its own.
  wire::ForEveryTruncation(EchoRequest().octets, [](ByteSpan prefix) {
    if (prefix.size() >= IcmpMessage::kHeaderSize) {
      EXPECT_FALSE(VerifyIcmpChecksum(prefix).ok()) << prefix.size();
    }
  });
}

TEST(IcmpMessage, DamagedOctetsAreRefusedOrReadAsAMessageThatIsReadTheSameAgain) {
  size_t refused = 0, read = 0;
  for (const Golden& golden : AllGolden()) {
    wire::ForMutations(golden.octets, /*seed=*/792, 5000, [&](ByteSpan octets) {
      const absl::StatusOr<IcmpMessage> message = IcmpMessage::Parse(octets);
      if (!message.ok()) {
        ++refused;
        EXPECT_THAT(message.status().message(), HasSubstr("ICMP"));
        return;
      }
      ++read;
      EXPECT_FALSE(IcmpMessageToString(*message).empty());
      std::vector<uint8_t> written;
      message->AppendTo(written);
      EXPECT_TRUE(VerifyIcmpChecksum(written).ok());
      const absl::StatusOr<IcmpMessage> again = IcmpMessage::Parse(written);
      ASSERT_TRUE(again.ok()) << again.status();
      EXPECT_EQ(*again, *message);
    });
  }
  EXPECT_GT(refused, 1000u);
  EXPECT_GT(read, 1000u);
}

// The message of the error with which `octets` are refused.
std::string Refusal(ByteSpan octets) {
  const absl::StatusOr<IcmpMessage> message = IcmpMessage::Parse(octets);
  return message.ok() ? "accepted" : std::string(message.status().message());
}

TEST(IcmpMessage, SaysThatATypeIsNotKnownRatherThanWrong) {  // RFC 1122 3.2.2
  const absl::Status status = IcmpMessage::Parse(WithOctet(EchoRequest().octets, 0, 13)).status();
  EXPECT_EQ(status, absl::UnimplementedError("ICMP type 13"));
}

TEST(IcmpMessage, KnowsEveryCodeOfDestinationUnreachable) {
  for (uint8_t code = 0; code <= 15; ++code) {
    const absl::StatusOr<IcmpMessage> message =
        IcmpMessage::Parse(WithOctet(FragmentationNeeded().octets, 1, code));
    ASSERT_TRUE(message.ok()) << message.status();
    const auto& body = std::get<IcmpDestinationUnreachable>(message->body);
    EXPECT_EQ(static_cast<uint8_t>(body.code), code);
    EXPECT_EQ(body.next_hop_mtu, code == 4 ? 1280 : 0);  // Elsewhere the field is unused.
  }
}

TEST(IcmpMessage, RefusesAnUnknownCode) {
  EXPECT_EQ(Refusal(WithOctet(FragmentationNeeded().octets, 1, 16)), "ICMP type 3 code 16");
  EXPECT_EQ(Refusal(WithOctet(TimeExceeded().octets, 1, 1)), "accepted");
  EXPECT_EQ(Refusal(WithOctet(TimeExceeded().octets, 1, 2)), "ICMP type 11 code 2");
  EXPECT_EQ(Refusal(WithOctet(ParameterProblem().octets, 1, 2)), "accepted");
  EXPECT_EQ(Refusal(WithOctet(ParameterProblem().octets, 1, 3)), "ICMP type 12 code 3");
  EXPECT_EQ(Refusal(WithOctet(EchoRequest().octets, 1, 1)), "ICMP type 8 code 1");
  EXPECT_EQ(Refusal(WithOctet(EchoReply().octets, 1, 1)), "ICMP type 0 code 1");
}

TEST(IcmpMessage, RefusesAQuoteThatIsNoDatagram) {
  EXPECT_EQ(Refusal(WithOctet(TimeExceeded().octets, 8, 0x65)), "ICMP quote: IPv4 version 6");
}

TEST(IcmpMessage, RefusesAQuoteWithTooLittleData) {
  EXPECT_EQ(Refusal(ByteSpan(TimeExceeded().octets).first(35)), "ICMP quote with 7 octets of data");
}

TEST(IcmpMessage, TakesAQuoteOfADatagramThatHadLittleData) {
  std::vector<uint8_t> octets = WithOctet(TimeExceeded().octets, 11, 23);  // Its total length.
  octets.resize(8 + 23);
  EXPECT_EQ(Refusal(octets), "accepted");
}

TEST(IcmpQuoteOf, IsTheWholeOfASmallDatagram) { EXPECT_EQ(IcmpQuoteOf(QuotedSyn()), QuotedSyn()); }

TEST(IcmpQuoteOf, KeepsTheErrorWithin576Octets) {  // RFC 1812 4.3.2.3
  Ipv4Header header{.total_length = 1500};
  std::vector<uint8_t> datagram;
  header.AppendTo(datagram);
  datagram.resize(1500);
  std::vector<uint8_t> error;
  IcmpMessage{IcmpTimeExceeded{.quoted = IcmpQuoteOf(datagram)}}.AppendTo(error);
  EXPECT_EQ(Ipv4Header::kMinSize + error.size(), 576u);
  EXPECT_EQ(Refusal(error), "accepted");
}

TEST(IcmpChecksum, NamesWhatWasFound) {
  EXPECT_EQ(VerifyIcmpChecksum(WithOctet(EchoReply().octets, 3, 0xCB)).message(),
            "ICMP checksum 0xedcb is wrong");
}

}  // namespace
}  // namespace inet
