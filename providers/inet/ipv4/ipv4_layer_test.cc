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
