#include "providers/inet/tcp/tcp_header.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/wire/codec_testing.h"

namespace inet {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using wire::ByteSpan;
using wire::FromHex;
using wire::WithOctet;

constexpr Ipv4Address kClient{{192, 0, 2, 1}};
constexpr Ipv4Address kServer{{198, 51, 100, 7}};

// A segment as tshark dissects it without complaint, and what it says.
struct Golden {
  absl::string_view name;
  std::vector<uint8_t> segment;
  TcpHeader header;
  std::vector<uint8_t> payload;
};

// A SYN that offers all, ECN included (RFC 3168 6.1.1).
Golden Syn() {
  return {.name = "SYN",
          .segment = FromHex("c00001bb 11223344 00000000 a0c2ffff 547d0000"
                             "020405b4 01030308 0402080a 00000064 00000000"),
          .header = {.source_port = 49152,
                     .destination_port = 443,
                     .seq = SeqNum(0x11223344),
                     .flags = TcpHeader::kSyn | TcpHeader::kEce | TcpHeader::kCwr,
                     .window = 0xFFFF,
                     .checksum = 0x547D,
                     .options = {.max_segment_size = 1460,
                                 .window_scale = 8,
                                 .sack_permitted = true,
                                 .timestamps = TcpTimestamps{.value = 100, .echo_reply = 0}}},
          .payload = {}};
}

// The same offer without timestamps.
Golden SynWithoutTimestamps() {
  return {
      .name = "SYN without timestamps",
      .segment = FromHex("c00101bb 00000001 00000000 8002faf0 c6250000"
                         "020405b4 01030308 01010402"),
      .header = {.source_port = 49153,
                 .destination_port = 443,
                 .seq = SeqNum(1),
                 .flags = TcpHeader::kSyn,
                 .window = 64240,
                 .checksum = 0xC625,
                 .options = {.max_segment_size = 1460, .window_scale = 8, .sack_permitted = true}},
      .payload = {}};
}

TcpSackBlock Block(uint32_t left_edge) { return {SeqNum(left_edge), SeqNum(left_edge + 0x400)}; }

// Data back, with as much as the 40 octets of options hold.
Golden DataWithSack() {
  return {.name = "data with timestamps and SACK",
          .segment = FromHex("01bbc000 99aabbcc 11223345 f0180200 9b280000"
                             "0101080a 000003e7 00000064"
                             "0101051a 11224000 11224400 11225000 11225400 11226000 11226400"
                             "616263"),
          .header = {.source_port = 443,
                     .destination_port = 49152,
                     .seq = SeqNum(0x99AABBCC),
                     .ack = SeqNum(0x11223345),
                     .flags = TcpHeader::kPsh | TcpHeader::kAck,
                     .window = 512,
                     .checksum = 0x9B28,
                     .options = {.timestamps = TcpTimestamps{.value = 999, .echo_reply = 100},
                                 .sack_blocks = {Block(0x11224000), Block(0x11225000),
                                                 Block(0x11226000)}}},
          .payload = {'a', 'b', 'c'}};
}

Golden FourSackBlocks() {
  return {.name = "four SACK blocks",
          .segment = FromHex("01bbc000 99aabbcc 11223345 e0100200 76a30000 01010522"
                             "11224000 11224400 11225000 11225400"
                             "11226000 11226400 11227000 11227400"),
          .header = {.source_port = 443,
                     .destination_port = 49152,
                     .seq = SeqNum(0x99AABBCC),
                     .ack = SeqNum(0x11223345),
                     .flags = TcpHeader::kAck,
                     .window = 512,
                     .checksum = 0x76A3,
                     .options = {.sack_blocks = {Block(0x11224000), Block(0x11225000),
                                                 Block(0x11226000), Block(0x11227000)}}},
          .payload = {}};
}

// No options, an urgent octet, FIN and accurate ECN; over IPv6.
Golden UrgentFin() {
  return {.name = "urgent FIN",
          .segment = FromHex("c00001bb 11223345 99aabbcf 51310100 d59f0001 21"),
          .header = {.source_port = 49152,
                     .destination_port = 443,
                     .seq = SeqNum(0x11223345),
                     .ack = SeqNum(0x99AABBCF),
                     .flags = TcpHeader::kFin | TcpHeader::kAck | TcpHeader::kUrg | TcpHeader::kAe,
                     .window = 256,
                     .checksum = 0xD59F,
                     .urgent_pointer = 1},
          .payload = {'!'}};
}

std::vector<Golden> AllGolden() {
  return {Syn(), SynWithoutTimestamps(), DataWithSack(), FourSackBlocks(), UrgentFin()};
}

TEST(TcpHeader, ReadsTheFieldsAndThePayload) {
  for (const Golden& golden : AllGolden()) {
    SCOPED_TRACE(golden.name);
    ByteSpan payload;
    const absl::StatusOr<TcpHeader> header = TcpHeader::Parse(golden.segment, &payload);
    ASSERT_TRUE(header.ok()) << header.status();
    EXPECT_EQ(*header, golden.header);
    EXPECT_EQ(payload, ByteSpan(golden.payload));
  }
}

TEST(TcpHeader, WritesTheSameOctets) {
  for (const Golden& golden : AllGolden()) {
    SCOPED_TRACE(golden.name);
    std::vector<uint8_t> written;
    golden.header.AppendTo(written);
    EXPECT_EQ(written.size(), golden.header.size());
    written.insert(written.end(), golden.payload.begin(), golden.payload.end());
    EXPECT_EQ(written, golden.segment);
  }
}

TEST(TcpHeader, AppendsBehindWhatStandsThere) {
  std::vector<uint8_t> written = {0xAA};
  UrgentFin().header.AppendTo(written);
  ASSERT_EQ(written.size(), 21u);
  EXPECT_EQ(written[0], 0xAA);
  EXPECT_EQ(written[1], 0xC0);
}

TEST(TcpHeader, RefusesEveryTruncation) {
  for (const Golden& golden : AllGolden()) {
    SCOPED_TRACE(golden.name);
    const ByteSpan header = ByteSpan(golden.segment).first(golden.header.size());
    wire::ForEveryTruncation(header,
                             [](ByteSpan prefix) { EXPECT_FALSE(TcpHeader::Parse(prefix).ok()); });
  }
}

TEST(TcpHeader, DamagedOctetsAreRefusedOrReadAsAHeaderThatCanBeWritten) {
  size_t refused = 0, read = 0;
  for (const Golden& golden : AllGolden()) {
    wire::ForMutations(golden.segment, /*seed=*/9293, 5000, [&](ByteSpan octets) {
      const absl::StatusOr<TcpHeader> header = TcpHeader::Parse(octets);
      if (!header.ok()) {
        ++refused;
        EXPECT_THAT(header.status().message(), HasSubstr("TCP"));
        return;
      }
      ++read;
      std::vector<uint8_t> written;
      header->AppendTo(written);
      ASSERT_LE(written.size(), TcpHeader::kMaxSize);
      ASSERT_EQ(written.size() % 4, 0u);
      absl::StatusOr<TcpHeader> again = TcpHeader::Parse(written);
      ASSERT_TRUE(again.ok()) << again.status();
      // Only what is documented as not written may be missing.
      again->options.unknown_kinds = header->options.unknown_kinds;
      if (header->options.sack_blocks.size() > header->options.sack_room()) {
        again->options.sack_blocks = header->options.sack_blocks;
      }
      EXPECT_EQ(*again, *header);
    });
  }
  EXPECT_GT(refused, 1000u);
  EXPECT_GT(read, 1000u);
}

// The message of the error with which `octets` are refused.
std::string Refusal(ByteSpan octets) {
  const absl::StatusOr<TcpHeader> header = TcpHeader::Parse(octets);
  return header.ok() ? "accepted" : std::string(header.status().message());
}

// A minimal segment with these option octets, already a multiple of 4, and a right data offset.
std::vector<uint8_t> WithOptions(absl::string_view hex) {
  std::vector<uint8_t> segment;
  TcpHeader{.flags = TcpHeader::kAck}.AppendTo(segment);
  const std::vector<uint8_t> options = FromHex(hex);
  segment.insert(segment.end(), options.begin(), options.end());
  segment[12] = static_cast<uint8_t>(segment.size() / 4 << 4);
  return segment;
}

TEST(TcpHeader, RefusesADataOffsetInsideTheFixedPart) {
  EXPECT_EQ(Refusal(WithOctet(UrgentFin().segment, 12, 0x40)),
            "TCP data offset 4 in a segment of 21 octets");
  EXPECT_EQ(Refusal(WithOctet(UrgentFin().segment, 12, 0x00)),
            "TCP data offset 0 in a segment of 21 octets");
}

TEST(TcpHeader, RefusesADataOffsetBeyondTheSegment) {
  EXPECT_EQ(Refusal(WithOctet(UrgentFin().segment, 12, 0x60)),
            "TCP data offset 6 in a segment of 21 octets");
}

TEST(TcpHeader, RefusesAnOptionLengthThatDoesNotCoverItself) {
  EXPECT_EQ(Refusal(WithOptions("fd00 0000")), "TCP option 253 length 0");
  EXPECT_EQ(Refusal(WithOptions("fd01 0000")), "TCP option 253 length 1");
}

TEST(TcpHeader, RefusesAnOptionThatLeavesTheHeader) {
  EXPECT_EQ(Refusal(WithOptions("fd05 0000")), "TCP option 253 length 5");
  EXPECT_EQ(Refusal(WithOptions("0101 01fd")), "TCP option 253 has no length");
}

TEST(TcpHeader, RefusesAKnownOptionWithALengthNotItsOwn) {
  EXPECT_EQ(Refusal(WithOptions("0203 0500")), "TCP option 2 length 3");
  EXPECT_EQ(Refusal(WithOptions("0205 05b4 0000 0000")), "TCP option 2 length 5");
  EXPECT_EQ(Refusal(WithOptions("0302 0000")), "TCP option 3 length 2");
  EXPECT_EQ(Refusal(WithOptions("0304 0800")), "TCP option 3 length 4");
  EXPECT_EQ(Refusal(WithOptions("0403 0000")), "TCP option 4 length 3");
  EXPECT_EQ(Refusal(WithOptions("0809 0000 0000 0000 0000 0000")), "TCP option 8 length 9");
  EXPECT_EQ(Refusal(WithOptions("080b 0000 0000 0000 0000 0000")), "TCP option 8 length 11");
}

TEST(TcpHeader, RefusesSackBlocksThatAreNotWhole) {
  EXPECT_EQ(Refusal(WithOptions("0502 0000")), "TCP option 5 length 2");
  EXPECT_EQ(Refusal(WithOptions("0509 0000 0000 0000 0000 0000")), "TCP option 5 length 9");
}

TcpOptions OptionsOf(absl::string_view hex) {
  const absl::StatusOr<TcpHeader> header = TcpHeader::Parse(WithOptions(hex));
  EXPECT_TRUE(header.ok()) << header.status();
  return header.ok() ? header->options : TcpOptions();
}

TEST(TcpHeader, SkipsUnknownOptionsAndKeepsTheirKinds) {  // RFC 9293 3.1, MUST-6
  const TcpOptions options = OptionsOf("fd04 abcd 1302 0204 05b4 0000");
  EXPECT_THAT(options.unknown_kinds, ElementsAre(253, 19));
  EXPECT_EQ(options.max_segment_size, 1460);
}

TEST(TcpHeader, ReadsNoOptionBehindTheEndOfTheList) {
  EXPECT_EQ(OptionsOf("0100 0204"), TcpOptions());
}

TEST(TcpHeader, TakesTheLastOfOptionsThatComeTwice) {
  EXPECT_EQ(OptionsOf("0204 05b4 0204 0218").max_segment_size, 536);
  EXPECT_THAT(OptionsOf("050a 00000001 00000401 0101 050a 00001000 00001400 0101").sack_blocks,
              ElementsAre(Block(0x1000)));
}

TEST(TcpHeader, ReadsAWindowScaleBeyondTheLargestAsTheLargest) {  // RFC 7323 2.3
  EXPECT_EQ(OptionsOf("0303 0e00").window_scale, 14);
  EXPECT_EQ(OptionsOf("0303 0f00").window_scale, 14);
  EXPECT_EQ(OptionsOf("0303 ff00").window_scale, 14);
}

TEST(TcpHeader, IgnoresTheReservedBits) {
  const absl::StatusOr<TcpHeader> header =
      TcpHeader::Parse(WithOctet(UrgentFin().segment, 12, 0x5F));
  ASSERT_TRUE(header.ok()) << header.status();
  EXPECT_EQ(*header, UrgentFin().header);
}

TEST(TcpHeader, LeavesOffTheSackBlocksThatHaveNoRoom) {
  TcpHeader header = FourSackBlocks().header;
  header.options.timestamps = TcpTimestamps{.value = 999, .echo_reply = 100};
  EXPECT_EQ(header.options.sack_room(), 3u);
  EXPECT_EQ(header.size(), TcpHeader::kMaxSize);

  std::vector<uint8_t> written;
  header.AppendTo(written);
  const absl::StatusOr<TcpHeader> again = TcpHeader::Parse(written);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_THAT(again->options.sack_blocks,
              ElementsAre(Block(0x11224000), Block(0x11225000), Block(0x11226000)));
}

// The options of a SYN without timestamps, as each layout has them.
std::vector<uint8_t> OptionsIn(TcpOptionLayout layout, const TcpHeader& header) {
  std::vector<uint8_t> octets(header.size());
  header.WriteTo(octets.data(), layout);
  return {octets.begin() + TcpHeader::kMinSize, octets.end()};
}

TEST(TcpHeader, HasItsOptionsInTheOrderAskedFor) {
  const TcpHeader bare = SynWithoutTimestamps().header;
  EXPECT_EQ(OptionsIn(TcpOptionLayout::kAligned, bare), FromHex("020405b4 01030308 01010402"));
  EXPECT_EQ(OptionsIn(TcpOptionLayout::kEndPadded, bare), FromHex("020405b4 01030308 04020000"));
  EXPECT_EQ(OptionsIn(TcpOptionLayout::kScaleLast, bare), FromHex("020405b4 01010402 01030308"));
  const TcpHeader full = Syn().header;
  EXPECT_EQ(OptionsIn(TcpOptionLayout::kEndPadded, full),
            FromHex("020405b4 01030308 0402080a 00000064 00000000"));
  EXPECT_EQ(OptionsIn(TcpOptionLayout::kScaleLast, full),
            FromHex("020405b4 0402080a 00000064 00000000 01030308"));
}

TEST(TcpHeader, WhateverTheOrderReadsTheSame) {
  for (const TcpOptionLayout layout :
       {TcpOptionLayout::kAligned, TcpOptionLayout::kEndPadded, TcpOptionLayout::kScaleLast}) {
    TcpHeader header = SynWithoutTimestamps().header;
    header.options.sack_blocks = {{SeqNum(5), SeqNum(9)}};
    std::vector<uint8_t> octets(header.size());
    header.WriteTo(octets.data(), layout);
    EXPECT_EQ(TcpHeader::Parse(octets)->options, header.options);
  }
}

TEST(TcpOptions, HasRoomForFourSackBlocksAloneAndTwoBesideAFullSyn) {
  EXPECT_EQ(TcpOptions().sack_room(), 4u);
  EXPECT_EQ(Syn().header.options.sack_room(), 2u);
}

TEST(TcpHeader, KnowsWhetherAllOfSomeFlagsAreSet) {
  const TcpHeader header{.flags = TcpHeader::kSyn | TcpHeader::kAck};
  EXPECT_TRUE(header.Has(TcpHeader::kSyn));
  EXPECT_TRUE(header.Has(TcpHeader::kSyn | TcpHeader::kAck));
  EXPECT_FALSE(header.Has(TcpHeader::kSyn | TcpHeader::kFin));
}

TEST(TcpFlagsToString, NamesTheFlagsInTheirOrder) {
  EXPECT_EQ(TcpFlagsToString(0), "none");
  EXPECT_EQ(TcpFlagsToString(TcpHeader::kAck | TcpHeader::kSyn), "SYN,ACK");
  EXPECT_EQ(TcpFlagsToString(0x1FF), "FIN,SYN,RST,PSH,ACK,URG,ECE,CWR,AE");
}

TEST(TcpChecksum, OfCapturedSegmentsIsRight) {
  const PseudoHeader sent(kClient, kServer, kProtocolTcp);
  EXPECT_TRUE(VerifyTcpChecksum(sent, Syn().segment).ok());
  EXPECT_TRUE(VerifyTcpChecksum(sent, DataWithSack().segment).ok());  // An odd number of octets.
}

TEST(TcpChecksum, ServesIpv6) {
  const PseudoHeader sent(*Ipv6Address::FromString("2001:db8::1"),
                          *Ipv6Address::FromString("2001:db8::2"), kProtocolTcp);
  EXPECT_TRUE(VerifyTcpChecksum(sent, UrgentFin().segment).ok());
}

TEST(TcpChecksum, FindsEachFlippedBit) {
  const PseudoHeader sent(kClient, kServer, kProtocolTcp);
  const std::vector<uint8_t> good = DataWithSack().segment;
  for (size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::vector<uint8_t> bad = good;
    bad[bit / 8] ^= static_cast<uint8_t>(1u << bit % 8);
    EXPECT_FALSE(VerifyTcpChecksum(sent, bad).ok()) << "bit " << bit;
  }
}

TEST(TcpChecksum, FindsASegmentThatCameToTheWrongHost) {
  const PseudoHeader strayed(kClient, Ipv4Address{{198, 51, 100, 8}}, kProtocolTcp);
  const absl::Status status = VerifyTcpChecksum(strayed, Syn().segment);
  EXPECT_EQ(status.message(), "TCP checksum 0x547d is wrong");
}

TEST(TcpChecksum, IsStoredWhateverStoodThere) {
  const PseudoHeader sent(kClient, kServer, kProtocolTcp);
  std::vector<uint8_t> segment = WithOctet(DataWithSack().segment, 16, 0xEE);
  StoreTcpChecksum(sent, absl::MakeSpan(segment));
  EXPECT_EQ(segment, DataWithSack().segment);
}

}  // namespace
}  // namespace inet
