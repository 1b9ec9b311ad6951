#include "providers/inet/ipv4/ipv4_header.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/wire/codec_testing.h"

namespace inet {
namespace {

using ::testing::HasSubstr;
using wire::ByteSpan;
using wire::FromHex;
using wire::WithOctet;

constexpr Ipv4Address kClient{{192, 0, 2, 1}};
constexpr Ipv4Address kServer{{198, 51, 100, 7}};

// A packet whose header tshark dissects without complaint, and what it says.
struct Golden {
  absl::string_view name;
  std::vector<uint8_t> packet;
  Ipv4Header header;
  std::vector<uint8_t> payload;
};

Golden Plain() {
  return {.name = "plain",
          .packet = FromHex("4500 0017 1234 4000 8006 fc70 c0000201 c6336407 616263"),
          .header = {.total_length = 23,
                     .identification = 0x1234,
                     .dont_fragment = true,
                     .time_to_live = 128,
                     .protocol = 6,
                     .source = kClient,
                     .destination = kServer},
          .payload = {'a', 'b', 'c'}};
}

// The router alert option (RFC 2113), an echo request behind it.
Golden WithRouterAlert() {
  return {.name = "router alert",
          .packet = FromHex("4600 0027 1234 0000 8001 a761 c0000201 c6336407 94040000"
                            "0800 549d 1234 0001 6162 6364 6566 67"),
          .header = {.total_length = 39,
                     .identification = 0x1234,
                     .time_to_live = 128,
                     .protocol = 1,
                     .source = kClient,
                     .destination = kServer,
                     .options = {0x94, 0x04, 0x00, 0x00}},
          .payload = FromHex("0800 549d 1234 0001 6162 6364 6566 67")};
}

// Eight octets out of the middle of a datagram, expedited (RFC 3246) and ECN-capable.
Golden Fragment() {
  return {.name = "fragment",
          .packet = FromHex("45ba 001c beef 20b9 4011 ae32 c0000201 c6336407 0001020304050607"),
          .header = {.dscp = 46,
                     .ecn = 2,
                     .total_length = 28,
                     .identification = 0xBEEF,
                     .more_fragments = true,
                     .fragment_offset = 185,
                     .time_to_live = 64,
                     .protocol = 17,
                     .source = kClient,
                     .destination = kServer},
          .payload = {0, 1, 2, 3, 4, 5, 6, 7}};
}

std::vector<Golden> AllGolden() { return {Plain(), WithRouterAlert(), Fragment()}; }

TEST(Ipv4Header, ReadsTheFieldsAndThePayload) {
  for (const Golden& golden : AllGolden()) {
    SCOPED_TRACE(golden.name);
    ByteSpan payload;
    const absl::StatusOr<Ipv4Header> header = Ipv4Header::Parse(golden.packet, &payload);
    ASSERT_TRUE(header.ok()) << header.status();
    EXPECT_EQ(*header, golden.header);
    EXPECT_EQ(payload, ByteSpan(golden.payload));
    EXPECT_TRUE(VerifyIpv4Checksum(golden.packet).ok());
  }
}

TEST(Ipv4Header, WritesTheSameOctetsWithTheChecksum) {
  for (const Golden& golden : AllGolden()) {
    SCOPED_TRACE(golden.name);
    std::vector<uint8_t> written;
    golden.header.AppendTo(written);
    EXPECT_EQ(written.size(), golden.header.size());
    written.insert(written.end(), golden.payload.begin(), golden.payload.end());
    EXPECT_EQ(written, golden.packet);
  }
}

TEST(Ipv4Header, LeavesThePaddingOfTheLinkOutOfThePayload) {
  std::vector<uint8_t> packet = Plain().packet;
  packet.resize(46);
  ByteSpan payload;
  ASSERT_TRUE(Ipv4Header::Parse(packet, &payload).ok());
  EXPECT_EQ(payload, ByteSpan(Plain().payload));
}

TEST(Ipv4Header, RefusesEveryTruncation) {
  for (const Golden& golden : AllGolden()) {
    SCOPED_TRACE(golden.name);
    wire::ForEveryTruncation(golden.packet,
                             [](ByteSpan prefix) { EXPECT_FALSE(Ipv4Header::Parse(prefix).ok()); });
  }
}

TEST(Ipv4Header, DamagedOctetsAreRefusedOrReadAsAHeaderThatIsWrittenTheSame) {
  size_t refused = 0, read = 0;
  for (const Golden& golden : AllGolden()) {
    wire::ForMutations(golden.packet, /*seed=*/791, 5000, [&](ByteSpan octets) {
      const absl::StatusOr<Ipv4Header> quoted = Ipv4Header::ParseQuoted(octets);
      const absl::StatusOr<Ipv4Header> header = Ipv4Header::Parse(octets);
      if (!header.ok()) {
        ++refused;
        EXPECT_THAT(header.status().message(), HasSubstr("IPv4"));
        return;
      }
      ++read;
      ASSERT_TRUE(quoted.ok());
      EXPECT_EQ(*quoted, *header);
      std::vector<uint8_t> written;
      header->AppendTo(written);
      EXPECT_TRUE(VerifyIpv4Checksum(written).ok());
      // All comes back but the reserved flag and what stood in the checksum.
      written[6] |= octets[6] & 0x80;
      written[10] = octets[10];
      written[11] = octets[11];
      EXPECT_EQ(ByteSpan(written), octets.first(written.size()));
    });
  }
  EXPECT_GT(refused, 1000u);
  EXPECT_GT(read, 1000u);
}

// The message of the error with which `octets` are refused.
std::string Refusal(ByteSpan octets) {
  const absl::StatusOr<Ipv4Header> header = Ipv4Header::Parse(octets);
  return header.ok() ? "accepted" : std::string(header.status().message());
}

TEST(Ipv4Header, RefusesAnotherVersion) {
  EXPECT_EQ(Refusal(WithOctet(Plain().packet, 0, 0x65)), "IPv4 version 6");
}

TEST(Ipv4Header, RefusesAHeaderLengthInsideTheFixedPart) {
  EXPECT_EQ(Refusal(WithOctet(Plain().packet, 0, 0x44)), "IPv4 IHL 4 in a packet of 23 octets");
}

TEST(Ipv4Header, RefusesAHeaderLengthBeyondThePacket) {
  EXPECT_EQ(Refusal(WithOctet(Plain().packet, 0, 0x46)), "IPv4 IHL 6 in a packet of 23 octets");
}

TEST(Ipv4Header, RefusesATotalLengthInsideTheHeader) {
  EXPECT_EQ(Refusal(WithOctet(Plain().packet, 3, 19)),
            "IPv4 total length 19 with a header of 20 octets");
}

TEST(Ipv4Header, RefusesATotalLengthBeyondThePacket) {
  EXPECT_EQ(Refusal(WithOctet(Plain().packet, 3, 24)),
            "IPv4 total length 24 in a packet of 23 octets");
}

TEST(Ipv4Header, RefusesAFragmentThatEndsBeyondTheLargestDatagram) {
  // 8189 * 8 octets, the header and 3 octets of data are 65535 octets.
  std::vector<uint8_t> packet = Plain().packet;
  wire::StoreU16(packet.data() + 6, 8189);
  EXPECT_EQ(Refusal(packet), "accepted");
  wire::StoreU16(packet.data() + 6, 8190);
  EXPECT_EQ(Refusal(packet), "IPv4 fragment offset 8190 with 3 octets of data");
}

TEST(Ipv4Header, RefusesAnOptionThatLeavesTheHeader) {
  EXPECT_EQ(Refusal(WithOctet(WithRouterAlert().packet, 21, 5)), "IPv4 option 148 length 5");
  std::vector<uint8_t> packet = WithRouterAlert().packet;
  packet[20] = packet[21] = packet[22] = 1;
  packet[23] = 0x94;
  EXPECT_EQ(Refusal(packet), "IPv4 option 148 has no length");
}

TEST(Ipv4Header, RefusesAnOptionLengthThatDoesNotCoverItself) {
  EXPECT_EQ(Refusal(WithOctet(WithRouterAlert().packet, 21, 0)), "IPv4 option 148 length 0");
  EXPECT_EQ(Refusal(WithOctet(WithRouterAlert().packet, 21, 1)), "IPv4 option 148 length 1");
}

TEST(Ipv4Header, KeepsWhatStandsBehindTheEndOfTheOptions) {
  std::vector<uint8_t> packet = WithRouterAlert().packet;
  packet[20] = 0x00;
  packet[21] = 0xFF;
  const absl::StatusOr<Ipv4Header> header = Ipv4Header::Parse(packet);
  ASSERT_TRUE(header.ok()) << header.status();
  EXPECT_THAT(header->options, testing::ElementsAre(0x00, 0xFF, 0x00, 0x00));
}

TEST(Ipv4Header, IgnoresTheReservedFlag) {
  const absl::StatusOr<Ipv4Header> header = Ipv4Header::Parse(WithOctet(Plain().packet, 6, 0xC0));
  ASSERT_TRUE(header.ok()) << header.status();
  EXPECT_EQ(*header, Plain().header);
}

TEST(Ipv4Header, ReadsAQuoteThatWasCut) {
  const std::vector<uint8_t> packet = Fragment().packet;
  ByteSpan payload;
  const absl::StatusOr<Ipv4Header> header =
      Ipv4Header::ParseQuoted(ByteSpan(packet).first(25), &payload);
  ASSERT_TRUE(header.ok()) << header.status();
  EXPECT_EQ(*header, Fragment().header);
  EXPECT_EQ(payload, ByteSpan(packet).subspan(20, 5));
}

TEST(Ipv4Header, RefusesAQuoteWithoutAWholeHeader) {
  wire::ForEveryTruncation(ByteSpan(WithRouterAlert().packet).first(24), [](ByteSpan prefix) {
    EXPECT_FALSE(Ipv4Header::ParseQuoted(prefix).ok());
  });
}

TEST(Ipv4Header, KnowsAFragment) {
  EXPECT_FALSE(Plain().header.is_fragment());
  EXPECT_TRUE((Ipv4Header{.more_fragments = true}).is_fragment());
  EXPECT_TRUE((Ipv4Header{.fragment_offset = 1}).is_fragment());
}

TEST(Ipv4Checksum, FindsEachFlippedBitOfTheHeader) {
  for (size_t bit = 8; bit < WithRouterAlert().header.size() * 8; ++bit) {
    std::vector<uint8_t> packet = WithRouterAlert().packet;
    packet[bit / 8] ^= static_cast<uint8_t>(1u << bit % 8);
    EXPECT_FALSE(VerifyIpv4Checksum(packet).ok()) << "bit " << bit;
  }
}

TEST(Ipv4Checksum, NamesWhatWasFound) {
  EXPECT_EQ(VerifyIpv4Checksum(WithOctet(Plain().packet, 11, 0x71)).message(),
            "IPv4 header checksum 0xfc71 is wrong");
}

}  // namespace
}  // namespace inet
