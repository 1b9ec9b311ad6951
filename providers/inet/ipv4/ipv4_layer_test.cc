#include "providers/inet/ipv4/ipv4_layer.h"

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/inet/ip_layer_testing.h"

namespace inet {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Ipv4LayerTest = IpLayerWorld<Ipv4InTests>;

TEST_F(Ipv4LayerTest, AHeaderWithAWrongChecksumIsDropped) {
  Run([this] {
    std::vector<uint8_t> packet = PacketOf(ToServer(), "a wrong checksum");
    packet[10] ^= 1;
    SendOctets(packet);
  });
  EXPECT_THAT(server_.heard, IsEmpty());
  EXPECT_THAT(drops(), ElementsAre(HasSubstr("is wrong (RFC 1122 3.2.1.2)")));
}

// What the octet at a position has to be to break a rule of RFC 791 3.1; and the drop.
struct BrokenRule {
  size_t position;
  uint8_t value;
  const char* drop;
};

TEST_F(Ipv4LayerTest, AHeaderThatCannotBeTrueIsDropped) {
  constexpr BrokenRule kRules[] = {
      {0, 0x65, "IPv4: IPv4 version 6"},
      {0, 0x44, "IPv4: IPv4 IHL 4 in a packet"},
      {0, 0x4F, "IPv4: IPv4 IHL 15 in a packet"},
      {2, 0x7F, "IPv4: IPv4 total length 32"},
      {3, 0x13, "IPv4: IPv4 total length 19 with a header of 20 octets"},
      {6, 0x1F, "IPv4: IPv4 fragment offset 8191"},
      {20, 0x07, "IPv4: IPv4 option 7 length 1"},
  };
  Run([&, this] {
    for (const BrokenRule& rule : kRules) {
      Ipv4Header header = ToServer();
      if (rule.position == 6) header.fragment_offset = 0xFF;
      if (rule.position == 20) header.options = {1, 1, 1, 1};
      std::vector<uint8_t> packet = PacketOf(header, "payload");
      packet[rule.position] = rule.value;
      SendOctets(packet);
    }
  });
  ASSERT_EQ(drops().size(), std::size(kRules));
  for (size_t i = 0; i < drops().size(); ++i) {
    EXPECT_THAT(drops()[i], ::testing::StartsWith(kRules[i].drop));
    EXPECT_THAT(drops()[i], HasSubstr("(RFC 1122 3.2.1)"));
  }
}

TEST_F(Ipv4LayerTest, AMessageWithAWrongChecksumIsDropped) {
  Run([this] {
    std::vector<uint8_t> message;
    IcmpMessage{IcmpEcho{.data = {'p', 'i', 'n', 'g'}}}.AppendTo(message);
    message[2] ^= 1;
    SendRaw(ToServer(kProtocolIcmp), Text(message));
  });
  EXPECT_THAT(drops(), ElementsAre(HasSubstr("is wrong (RFC 792)")));
}

TEST_F(Ipv4LayerTest, NothingIsToldAboutALaterFragment) {  // RFC 1122 3.2.2
  Run([this] {
    Ipv4Header header = ToServer(kProtocolInTests, /*hops=*/1);
    header.fragment_offset = 1;
    SendRaw(header, "a later fragment");
  });
  EXPECT_THAT(client_.heard, IsEmpty());
  EXPECT_THAT(drops(), ElementsAre("IPv4: time to live exceeded (RFC 1812 5.3.1)"));
}

TEST_F(Ipv4LayerTest, ARouterFragmentsWhatDoesNotForbidIt) {  // RFC 791 3.2
  std::string text(1400, 'x');
  text += "end";
  Run([&, this] { SendRaw(ToServer(), text); });
  EXPECT_THAT(server_.heard, ElementsAre("from 10.0.0.1 to 10.0.0.3 hops 8 class 0: " + text));
  EXPECT_THAT(drops(), IsEmpty());
}

}  // namespace
}  // namespace inet
