#include "providers/inet/ipv6/ipv6_extension.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "providers/wire/codec_testing.h"

namespace inet {
namespace {

using wire::ByteSpan;
using wire::FromHex;
using Verdict = Ipv6Chain::Verdict;

constexpr uint8_t kTcp = 6;

Ipv6Chain Follow(uint8_t next_header, ByteSpan payload, bool is_multicast = false) {
  Ipv6Header header{.next_header = next_header};
  header.destination = *Ipv6Address::FromString(is_multicast ? "ff02::1" : "2001:db8::2");
  return FollowIpv6Chain(header, payload);
}

TEST(Ipv6FragmentHeader, ReadsAndWritesTheSameOctets) {
  const std::vector<uint8_t> golden = FromHex("06 00 0b09 12345678");
  const Ipv6FragmentHeader fields{.next_header = kTcp,
                                  .fragment_offset = 0x161,
                                  .more_fragments = true,
                                  .identification = 0x12345678};
  const absl::StatusOr<Ipv6FragmentHeader> header = Ipv6FragmentHeader::Parse(golden);
  ASSERT_TRUE(header.ok());
  EXPECT_EQ(*header, fields);
  EXPECT_FALSE(header->is_atomic());
  std::vector<uint8_t> written;
  fields.AppendTo(written);
  EXPECT_EQ(written, golden);
  wire::ForEveryTruncation(
      golden, [](ByteSpan octets) { EXPECT_FALSE(Ipv6FragmentHeader::Parse(octets).ok()); });
}

TEST(Ipv6FragmentHeader, OfAWholePacketIsAtomic) {
  EXPECT_TRUE((Ipv6FragmentHeader{.identification = 7}.is_atomic()));
  EXPECT_FALSE((Ipv6FragmentHeader{.fragment_offset = 1}.is_atomic()));
  EXPECT_FALSE((Ipv6FragmentHeader{.more_fragments = true}.is_atomic()));
}

TEST(Ipv6Chain, WithoutExtensionHeadersIsThePayload) {
  const std::vector<uint8_t> payload = FromHex("abcdef");
  const Ipv6Chain chain = Follow(kTcp, payload);
  EXPECT_EQ(chain.verdict, Verdict::kDeliver);
  EXPECT_EQ(chain.next_header, kTcp);
  EXPECT_EQ(chain.pointer, 6);
  EXPECT_EQ(chain.payload, ByteSpan(payload));
}

// Hop-by-hop options (router alert), destination options (padding), a routing header that has been
// followed to its end, a fragment header of a whole packet.
std::vector<uint8_t> LongChain() {
  return FromHex(
      "3c 00 05 02 0000 01 00"
      "2b 01 01 0c 000000000000000000000000"
      "2c 02 00 00 00000000 20010db8000000000000000000000009"
      "06 00 0000 00000001"
      "abcdef");
}

TEST(Ipv6Chain, SkipsHeadersInAnyOrder) {
  const std::vector<uint8_t> payload = LongChain();
  const Ipv6Chain chain = Follow(kHopByHopOptions, payload);
  EXPECT_EQ(chain.verdict, Verdict::kDeliver) << chain.why;
  EXPECT_EQ(chain.next_header, kTcp);
  EXPECT_EQ(chain.pointer, 40 + 8 + 16 + 24);
  EXPECT_EQ(chain.payload, ByteSpan(payload).subspan(56));
}

TEST(Ipv6Chain, DiscardsEveryTruncationOfAHeader) {
  wire::ForEveryTruncation(ByteSpan(LongChain()).first(56), [](ByteSpan octets) {
    const Ipv6Chain chain = Follow(kHopByHopOptions, octets);
    EXPECT_EQ(chain.verdict, Verdict::kDiscard) << octets.size();
    EXPECT_EQ(chain.why, "an extension header is truncated");
  });
}

TEST(Ipv6Chain, NoDamageMakesItLeaveThePacket) {
  wire::ForMutations(LongChain(), 1, 20000, [](ByteSpan octets) {
    const Ipv6Chain chain = Follow(kHopByHopOptions, octets);
    if (chain.verdict == Verdict::kDeliver || chain.verdict == Verdict::kFragment) {
      EXPECT_LE(chain.payload.size(), octets.size());
    } else {
      EXPECT_FALSE(chain.why.empty());
      EXPECT_LT(chain.pointer, 40 + octets.size() + 1);
    }
  });
}

struct Option {
  const char* type;
  Verdict verdict;
  Verdict multicast;
};

TEST(Ipv6Chain, TreatsUnknownOptionsAsTheirTypeSays) {
  constexpr Option kOptions[] = {
      {"1e", Verdict::kDeliver, Verdict::kDeliver},
      {"5e", Verdict::kDiscard, Verdict::kDiscard},
      {"9e", Verdict::kParameterProblem, Verdict::kParameterProblem},
      {"de", Verdict::kParameterProblem, Verdict::kDiscard},
  };
  for (const Option& option : kOptions) {
    SCOPED_TRACE(option.type);
    const std::vector<uint8_t> octets =
        FromHex(absl::StrCat("06 00 00", option.type, "02 0000 00"));
    const Ipv6Chain chain = Follow(kDestinationOptions, octets);
    EXPECT_EQ(chain.verdict, option.verdict);
    EXPECT_EQ(Follow(kDestinationOptions, octets, /*is_multicast=*/true).verdict, option.multicast);
    if (option.verdict == Verdict::kParameterProblem) {
      EXPECT_EQ(chain.code, Ipv6Chain::kUnrecognizedOption);
      EXPECT_EQ(chain.pointer, 43);
    }
  }
}

TEST(Ipv6Chain, RefusesAnOptionThatLeavesItsHeader) {
  const Ipv6Chain chain = Follow(kDestinationOptions, FromHex("06 00 01 05 00000000"));
  EXPECT_EQ(chain.verdict, Verdict::kParameterProblem);
  EXPECT_EQ(chain.code, Ipv6Chain::kErroneousField);
  EXPECT_EQ(chain.pointer, 43);
}

TEST(Ipv6Chain, RefusesHopByHopOptionsInTheMiddle) {
  const Ipv6Chain chain =
      Follow(kDestinationOptions, FromHex("00 00 01 04 00000000 06 00 01 04 00000000"));
  EXPECT_EQ(chain.verdict, Verdict::kParameterProblem);
  EXPECT_EQ(chain.code, Ipv6Chain::kUnrecognizedNextHeader);
  EXPECT_EQ(chain.pointer, 40);
}

TEST(Ipv6Chain, RefusesARouteThatIsNotAtItsEnd) {
  const Ipv6Chain chain = Follow(kRoutingHeader, FromHex("06 00 07 01 00000000"));
  EXPECT_EQ(chain.verdict, Verdict::kParameterProblem);
  EXPECT_EQ(chain.code, Ipv6Chain::kErroneousField);
  EXPECT_EQ(chain.pointer, 42);
}

TEST(Ipv6Chain, EndsAtAFragment) {
  const std::vector<uint8_t> payload = FromHex("2c 00 01 04 00000000  06 00 0009 00000007 abcd");
  const Ipv6Chain chain = Follow(kDestinationOptions, payload);
  EXPECT_EQ(chain.verdict, Verdict::kFragment);
  EXPECT_EQ(
      chain.fragment,
      (Ipv6FragmentHeader{
          .next_header = kTcp, .fragment_offset = 1, .more_fragments = true, .identification = 7}));
  EXPECT_EQ(chain.pointer, 40);
  EXPECT_EQ(chain.fragment_at, 48);
  EXPECT_EQ(chain.payload, ByteSpan(payload).subspan(16));
}

TEST(Ipv6Chain, OfAFirstFragmentShowsTheUpperLayer) {
  const std::vector<uint8_t> first = FromHex("3c 00 0001 00000007  06 00 01 04 00000000 abcd");
  const Ipv6Chain chain = FollowIpv6ChainIntoFragment({.next_header = kFragmentHeader}, first);
  EXPECT_EQ(chain.verdict, Verdict::kDeliver);
  EXPECT_EQ(chain.next_header, kTcp);
  EXPECT_EQ(chain.payload, ByteSpan(first).subspan(16));
}

TEST(Ipv6Chain, OfALaterFragmentShowsNothing) {
  const Ipv6Chain chain = FollowIpv6ChainIntoFragment({.next_header = kFragmentHeader},
                                                      FromHex("06 00 0008 00000007 abcd"));
  EXPECT_EQ(chain.verdict, Verdict::kFragment);
  EXPECT_EQ(chain.next_header, kTcp);
  EXPECT_TRUE(chain.payload.empty());
}

// The verdict on a fragment behind destination options.
Ipv6Chain Check(absl::string_view fragment, size_t more_octets = 0) {
  std::vector<uint8_t> payload = FromHex(absl::StrCat("2c 00 01 04 00000000", fragment));
  payload.resize(payload.size() + more_octets);
  const Ipv6Header header{.next_header = kDestinationOptions};
  return CheckIpv6Fragment(header, FollowIpv6Chain(header, payload));
}

TEST(Ipv6Fragment, HasAMultipleOf8OctetsBeforeTheLast) {
  EXPECT_EQ(Check("06 00 0009 00000007", 16).verdict, Verdict::kDeliver);
  EXPECT_EQ(Check("06 00 0008 00000007", 13).verdict, Verdict::kDeliver);
  const Ipv6Chain chain = Check("06 00 0009 00000007", 13);
  EXPECT_EQ(chain.verdict, Verdict::kParameterProblem);
  EXPECT_EQ(chain.code, Ipv6Chain::kErroneousField);
  EXPECT_EQ(chain.pointer, 4);
}

TEST(Ipv6Fragment, EndsWithinTheLongestPacket) {
  EXPECT_EQ(Check("06 00 fff0 00000007", 7).verdict, Verdict::kDeliver);
  const Ipv6Chain chain = Check("06 00 fff0 00000007", 8);
  EXPECT_EQ(chain.verdict, Verdict::kParameterProblem);
  EXPECT_EQ(chain.code, Ipv6Chain::kErroneousField);
  EXPECT_EQ(chain.pointer, 40 + 8 + 2);
}

TEST(Ipv6Fragment, TheFirstHasAllHeaders) {  // RFC 7112 5
  EXPECT_EQ(Check("06 00 0001 00000007", 24).verdict, Verdict::kDeliver);
  EXPECT_EQ(Check("11 00 0001 00000007", 8).verdict, Verdict::kDeliver);
  EXPECT_EQ(Check("3c 00 0001 00000007 11 00 01 04 00000000", 8).verdict, Verdict::kDeliver);
  for (const char* without :
       {"06 00 0001 00000007 0102030405060708", "3a 00 0001 00000007",
        "3c 00 0001 00000007 11 00 01 04 00000000", "3c 00 0001 00000007 11 01 01 04 00000000"}) {
    const Ipv6Chain chain = Check(without);
    EXPECT_EQ(chain.verdict, Verdict::kParameterProblem) << without;
    EXPECT_EQ(chain.code, Ipv6Chain::kIncompleteChain);
    EXPECT_EQ(chain.pointer, 0);
  }
}

}  // namespace
}  // namespace inet
