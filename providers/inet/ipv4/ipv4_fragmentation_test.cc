#include "providers/inet/ipv4/ipv4_fragmentation.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace inet {
namespace {

using ::testing::ElementsAre;

// "offset+size", and "+" where more follow.
std::vector<std::string> Outline(const std::vector<Ipv4Fragment>& fragments) {
  std::vector<std::string> outline;
  for (const auto& [header, payload] : fragments) {
    EXPECT_EQ(header.total_length, header.size() + payload.size());
    outline.push_back(std::to_string(header.fragment_offset * 8) + "+" +
                      std::to_string(payload.size()) + (header.more_fragments ? "+" : ""));
  }
  return outline;
}

class Ipv4Fragmentation : public ::testing::Test {
 protected:
  std::vector<uint8_t> payload_ = std::vector<uint8_t>(1000, 'x');
  Ipv4Header header_{.total_length = 1020, .identification = 7, .time_to_live = 9, .protocol = 6};
};

TEST_F(Ipv4Fragmentation, LeavesWhatFitsAsItIs) {
  const std::vector<Ipv4Fragment> fragments = FragmentIpv4(header_, payload_, 1020);
  ASSERT_EQ(fragments.size(), 1);
  EXPECT_EQ(fragments[0].header, header_);
  EXPECT_EQ(fragments[0].payload, wire::ByteSpan(payload_));
}

TEST_F(Ipv4Fragmentation, LeavesADatagramWithoutDataAsItIs) {
  header_.total_length = 20;
  const std::vector<Ipv4Fragment> fragments = FragmentIpv4(header_, {}, 68);
  ASSERT_EQ(fragments.size(), 1);
  EXPECT_EQ(fragments[0].header, header_);
}

TEST_F(Ipv4Fragmentation, CutsAtMultiplesOf8Octets) {
  EXPECT_THAT(Outline(FragmentIpv4(header_, payload_, 1019)), ElementsAre("0+992+", "992+8"));
  EXPECT_THAT(Outline(FragmentIpv4(header_, payload_, 427)),
              ElementsAre("0+400+", "400+400+", "800+200"));
}

TEST_F(Ipv4Fragmentation, CutsAFragmentAgain) {
  header_.fragment_offset = 100;
  header_.more_fragments = true;
  EXPECT_THAT(Outline(FragmentIpv4(header_, payload_, 620)), ElementsAre("800+600+", "1400+400+"));
  header_.more_fragments = false;
  EXPECT_THAT(Outline(FragmentIpv4(header_, payload_, 620)), ElementsAre("800+600+", "1400+400"));
}

TEST_F(Ipv4Fragmentation, OptionsThatAreToBeCopiedStandInEachFragment) {
  // No operation; record route of 7 octets, not copied; router alert, copied.
  header_.options = {1, 7, 7, 4, 0, 0, 0, 0, 0x94, 4, 0, 0};
  header_.total_length = 1032;
  const std::vector<Ipv4Fragment> fragments = FragmentIpv4(header_, payload_, 600);
  ASSERT_THAT(Outline(fragments), ElementsAre("0+568+", "568+432"));
  EXPECT_EQ(fragments[0].header.options, header_.options);
  EXPECT_THAT(fragments[1].header.options, ElementsAre(0x94, 4, 0, 0));
}

TEST_F(Ipv4Fragmentation, TheNarrowestLinkTakesTheLongestHeader) {  // RFC 791 3.2
  header_.options = {0x82, 40};
  header_.options.resize(40);
  header_.total_length = 60 + 16;
  EXPECT_THAT(Outline(FragmentIpv4(header_, wire::ByteSpan(payload_).first(16), 68)),
              ElementsAre("0+8+", "8+8"));
}

}  // namespace
}  // namespace inet
