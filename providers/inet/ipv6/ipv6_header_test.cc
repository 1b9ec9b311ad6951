#include "providers/inet/ipv6/ipv6_header.h"

#include <cstdint>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "providers/wire/codec_testing.h"

namespace inet {
namespace {

using wire::ByteSpan;
using wire::FromHex;
using wire::WithOctet;

// Expedited (RFC 3246), congestion experienced, with a flow label; a TCP segment behind it. tshark
// dissects it without complaint.
std::vector<uint8_t> Packet() {
  return FromHex(
      "6bb12345 0015 06 40 20010db8000000000000000000000001 20010db8000000000000000000000002"
      "c00001bb 11223345 99aabbcf 51310100 d59f0001 21");
}
Ipv6Header Header() {
  return {.dscp = 46,
          .ecn = 3,
          .flow_label = 0x12345,
          .payload_length = 21,
          .next_header = 6,
          .hop_limit = 64,
          .source = *Ipv6Address::FromString("2001:db8::1"),
          .destination = *Ipv6Address::FromString("2001:db8::2")};
}

TEST(Ipv6Header, ReadsTheFieldsAndThePayload) {
  const std::vector<uint8_t> packet = Packet();
  ByteSpan payload;
  const absl::StatusOr<Ipv6Header> header = Ipv6Header::Parse(packet, &payload);
  ASSERT_TRUE(header.ok()) << header.status();
  EXPECT_EQ(*header, Header());
  EXPECT_EQ(payload, ByteSpan(packet).subspan(40));
}

TEST(Ipv6Header, WritesTheSameOctets) {
  std::vector<uint8_t> written;
  Header().AppendTo(written);
  EXPECT_EQ(written.size(), Header().size());
  EXPECT_EQ(ByteSpan(written), ByteSpan(Packet()).first(40));
}

TEST(Ipv6Header, LeavesThePaddingOfTheLinkOutOfThePayload) {
  std::vector<uint8_t> packet = Packet();
  packet.resize(packet.size() + 6);
  ByteSpan payload;
  ASSERT_TRUE(Ipv6Header::Parse(packet, &payload).ok());
  EXPECT_EQ(payload, ByteSpan(packet).subspan(40, 21));
}

TEST(Ipv6Header, RefusesEveryTruncation) {
  wire::ForEveryTruncation(Packet(),
                           [](ByteSpan prefix) { EXPECT_FALSE(Ipv6Header::Parse(prefix).ok()); });
}

TEST(Ipv6Header, RefusesAnotherVersion) {
  EXPECT_EQ(Ipv6Header::Parse(WithOctet(Packet(), 0, 0x4B)).status().message(), "IPv6 version 4");
}

TEST(Ipv6Header, RefusesAPayloadLengthBeyondThePacket) {
  EXPECT_EQ(Ipv6Header::Parse(WithOctet(Packet(), 5, 22)).status().message(),
            "IPv6 payload length 22 with 21 octets of data");
}

TEST(Ipv6Header, DamagedOctetsAreRefusedOrReadAsTheyStand) {
  size_t refused = 0, read = 0;
  wire::ForMutations(Packet(), /*seed=*/8200, 5000, [&](ByteSpan octets) {
    const absl::StatusOr<Ipv6Header> header = Ipv6Header::Parse(octets);
    if (!header.ok()) {
      ++refused;
      return;
    }
    ++read;
    std::vector<uint8_t> written;
    header->AppendTo(written);
    EXPECT_EQ(ByteSpan(written), octets.first(40));
  });
  EXPECT_GT(refused, 500u);
  EXPECT_GT(read, 500u);
}

}  // namespace
}  // namespace inet
