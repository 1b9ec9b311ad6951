#include "providers/inet/icmp/icmpv6_message.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/inet/ip_address.h"
#include "providers/inet/ipv6/ipv6_header.h"
#include "providers/wire/codec_testing.h"

namespace inet {
namespace {

using ::testing::HasSubstr;
using wire::ByteSpan;
using wire::FromHex;
using wire::WithOctet;

// Of messages from a router to a client.
PseudoHeader Pseudo() {
  return PseudoHeader(*Ipv6Address::FromString("2001:db8::9"),
                      *Ipv6Address::FromString("2001:db8::1"), kProtocolIcmpv6);
}

// The header of a segment's packet and its first 8 octets: ports and sequence number.
constexpr absl::string_view kQuote =
    "60000000 0014 06 40 20010db8000000000000000000000001 20010db8000000000000000000000002"
    "c000 1388 00000001";

// A message as tshark dissects it without complaint, and what it says.
struct Golden {
  std::vector<uint8_t> octets;
  Icmpv6Message message;
  absl::string_view text;
};

std::vector<Golden> Errors() {
  const std::vector<uint8_t> quoted = FromHex(kQuote);
  const auto with_quote = [](absl::string_view header) {
    return FromHex(absl::StrCat(header, kQuote));
  };
  return {
      {with_quote("01 03 0dbb 00000000"),
       {Icmpv6DestinationUnreachable{.code = Icmpv6UnreachableCode::kAddress, .quoted = quoted}},
       "destination unreachable: address"},
      {with_quote("02 00 0746 00000578"),
       {Icmpv6PacketTooBig{.mtu = 1400, .quoted = quoted}},
       "packet too big: MTU 1400"},
      {with_quote("03 00 0bbe 00000000"),
       {Icmpv6TimeExceeded{.quoted = quoted}},
       "time exceeded: hop limit"},
      {with_quote("04 01 0a95 00000028"),
       {Icmpv6ParameterProblem{
           .code = Icmpv6ParameterCode::kUnrecognizedNextHeader, .pointer = 40, .quoted = quoted}},
       "parameter problem: unrecognized next header"},
  };
}

std::vector<Golden> AllGolden() {
  std::vector<Golden> all = Errors();
  all.push_back(
      {FromHex("80 00 80d7 1234 0001 6162 6364 6566 67"),
       {IcmpEcho{.identifier = 0x1234, .sequence = 1, .data = {'a', 'b', 'c', 'd', 'e', 'f', 'g'}}},
       "echo request"});
  all.push_back({FromHex("81 00 110c 1234 0001"),
                 {IcmpEcho{.is_reply = true, .identifier = 0x1234, .sequence = 1}},
                 "echo reply"});
  return all;
}

TEST(Icmpv6Message, ReadsTheFields) {
  for (const Golden& golden : AllGolden()) {
    SCOPED_TRACE(golden.text);
    const absl::StatusOr<Icmpv6Message> message = Icmpv6Message::Parse(golden.octets);
    ASSERT_TRUE(message.ok()) << message.status();
    EXPECT_EQ(*message, golden.message);
    EXPECT_EQ(Icmpv6MessageToString(*message), golden.text);
    EXPECT_TRUE(Pseudo().Verifies(golden.octets));
  }
}

TEST(Icmpv6Message, WritesTheSameOctetsWithTheChecksum) {
  for (const Golden& golden : AllGolden()) {
    SCOPED_TRACE(golden.text);
    std::vector<uint8_t> written;
    golden.message.AppendTo(written, Pseudo());
    EXPECT_EQ(written, golden.octets);
  }
}

TEST(Icmpv6Message, RefusesEveryTruncationOfItsHeaders) {
  for (const Golden& golden : AllGolden()) {
    SCOPED_TRACE(golden.text);
    const bool is_error = golden.octets[0] < Icmpv6Message::kFirstInformational;
    const size_t least = Icmpv6Message::kHeaderSize + (is_error ? Ipv6Header::kSize : 0);
    wire::ForEveryTruncation(ByteSpan(golden.octets).first(least), [](ByteSpan octets) {
      EXPECT_FALSE(Icmpv6Message::Parse(octets).ok()) << octets.size();
    });
    EXPECT_TRUE(Icmpv6Message::Parse(ByteSpan(golden.octets).first(least)).ok());
  }
}

TEST(Icmpv6Message, RefusesCodesThatAreNotKnown) {
  for (const Golden& golden : AllGolden()) {
    SCOPED_TRACE(golden.text);
    const absl::StatusOr<Icmpv6Message> message =
        Icmpv6Message::Parse(WithOctet(golden.octets, 1, 7));
    if (std::holds_alternative<Icmpv6PacketTooBig>(golden.message.body)) {
      EXPECT_TRUE(message.ok()) << "RFC 4443 3.2: the code is ignored";
    } else {
      EXPECT_THAT(std::string(message.status().message()), HasSubstr("code 7"));
    }
  }
}

TEST(Icmpv6Message, TellsAnUnknownTypeFromAWrongMessage) {
  EXPECT_TRUE(absl::IsUnimplemented(
      Icmpv6Message::Parse(WithOctet(AllGolden()[0].octets, 0, 100)).status()));
  EXPECT_TRUE(absl::IsUnimplemented(
      Icmpv6Message::Parse(WithOctet(AllGolden()[0].octets, 0, 135)).status()));
}

TEST(Icmpv6Message, RefusesAQuoteThatIsNoIpv6Packet) {
  for (const Golden& golden : Errors()) {
    const absl::StatusOr<Icmpv6Message> message =
        Icmpv6Message::Parse(WithOctet(golden.octets, 8, 0x45));
    EXPECT_EQ(message.status().message(), "ICMPv6 quote: IPv6 version 4");
  }
}

TEST(Icmpv6Message, NoDamageCrashesIt) {
  for (const Golden& golden : AllGolden()) {
    wire::ForMutations(golden.octets, 1, 5000, [](ByteSpan octets) {
      const absl::StatusOr<Icmpv6Message> message = Icmpv6Message::Parse(octets);
      if (message.ok()) {
        EXPECT_FALSE(Icmpv6MessageToString(*message).empty());
      }
    });
  }
}

TEST(Icmpv6Quote, LeavesTheErrorWithinTheLeastMtu) {
  const std::vector<uint8_t> packet(3000, 0x60);
  EXPECT_EQ(Icmpv6QuoteOf(packet).size(), 1280 - 40 - 8);
  EXPECT_EQ(Icmpv6QuoteOf(ByteSpan(packet).first(100)).size(), 100);
}

}  // namespace
}  // namespace inet
