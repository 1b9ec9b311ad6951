#include "sim/net/nic.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/net/test_network.h"

namespace sim {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::Duration kStart = absl::ZeroDuration();

TEST(Nic, HasAnAddressThatFollowsFromItsNumber) {
  TestNetwork test;
  test.AddPair({});
  EXPECT_EQ(test.nic("client").number(), 1u);
  EXPECT_EQ(test.nic("server").number(), 2u);
  EXPECT_EQ(test.nic("client").mac(), (MacAddress{0x02, 0x00, 0x5E, 0x00, 0x53, 0x01}));
  EXPECT_EQ(test.nic("server").mac(), (MacAddress{0x02, 0x00, 0x5E, 0x00, 0x53, 0x02}));
}

TEST(Nic, HasAnAddressOfItsOwnBeyondTheBlockToo) {
  TestNetwork test;
  test.AddHost("hub");
  for (int i = 1; i <= 128; ++i) {
    const std::string name = absl::StrCat("host", i);
    test.AddHost(name);
    test.AddLink("hub", name);
  }
  EXPECT_EQ(test.nic("hub", 127).mac(), (MacAddress{0x02, 0x00, 0x5E, 0x00, 0x53, 0xFF}));
  EXPECT_EQ(test.nic("host128").mac(), (MacAddress{0x02, 0x00, 0x5E, 0x00, 0x54, 0x00}));
}

TEST(Nic, SendsNoMoreThanTheMtuBehindTheHeader) {
  TestNetwork test;
  test.AddPair({.mtu = 1000});
  EXPECT_EQ(test.nic("client").mtu(), 1000u);
  test.SendAt(kStart, "client", TaggedFrame(1, 1014));
  test.SendAt(kStart, "client", TaggedFrame(2, 1015));
  test.Run();
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("1081120 server 1"));
  EXPECT_THAT(test.DropLines(), ElementsAre("0 frame 0 too long"));
}

TEST(Nic, DropsWhatNothingIsThereToCarry) {
  TestNetwork test;
  Host& host = test.AddHost("alone");
  Nic nic(test.world, &host, 9, {}, 1500);
  test.world.At(Time::Zero(), [&nic] { nic.Send(TaggedFrame(1)); });
  test.Run();
  EXPECT_THAT(test.DropLines(), ElementsAre("0 frame 0 no link"));
}

TEST(Nic, DropsWhatNobodyTakes) {
  TestNetwork test;
  test.AddPair({});
  test.SendAt(kStart, "client", TaggedFrame(1));
  test.world.At(Time::Zero(), [&test] { test.nic("server").SetReceiver(nullptr); });
  test.Run();
  EXPECT_THAT(test.DropLines(), ElementsAre("1008000 frame 1 no receiver"));
  EXPECT_THAT(test.EventsOf(TraceKind::kFrameDelivered), IsEmpty());
}

class LoopbackTest : public ::testing::Test {
 protected:
  LoopbackTest() : host(test.AddHost("host")) {}
  void SendAt(absl::Duration when, FramePtr frame) {
    test.world.At(Time::Zero() + when, [this, frame] { host.loopback().Send(frame); });
  }

  TestNetwork test;
  Host& host;
};

TEST_F(LoopbackTest, GivesFramesBackAtTheSameInstantInOrder) {
  SendAt(absl::Nanoseconds(5), TaggedFrame(1));
  SendAt(absl::Nanoseconds(5), TaggedFrame(2));
  SendAt(absl::Nanoseconds(7), TaggedFrame(3));
  test.Run();
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("5 host 1", "5 host 2", "7 host 3"));
}

TEST_F(LoopbackTest, GivesThemBackByAnEventAndNotInTheMiddleOfTheCall) {
  bool was_back_before_send_returned = true;
  test.world.At(Time::Zero(), [&] {
    host.loopback().Send(TaggedFrame(1));
    was_back_before_send_returned = !test.arrivals.empty();
  });
  test.Run();
  EXPECT_FALSE(was_back_before_send_returned);
  EXPECT_EQ(test.arrivals.size(), 1u);
}

TEST_F(LoopbackTest, IsOnNoLinkAndInNoCapture) {
  SendAt(kStart, TaggedFrame(1));
  test.Run();
  EXPECT_THAT(test.sent, IsEmpty());
  EXPECT_EQ(test.network.frames_sent(), 0u);
  const TraceEvent delivered = test.EventsOf(TraceKind::kFrameDelivered).at(0);
  EXPECT_EQ(delivered.numbers[0], 0) << "no link";
  EXPECT_EQ(delivered.host, 1u);
}

TEST_F(LoopbackTest, LosesWithACrashWhatItHadNotGivenBack) {
  test.world.At(Time::Zero(), [this] {
    host.loopback().Send(TaggedFrame(1));
    host.Crash();
    host.Restart();
  });
  SendAt(absl::Nanoseconds(1), TaggedFrame(2));
  test.Run();
  EXPECT_THAT(test.DropLines(), ElementsAre("0 frame 0 host down"));
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("1 host 2"));
}

TEST_F(LoopbackTest, HasAnMtu) {
  SendAt(kStart, TaggedFrame(1, 1514));
  SendAt(kStart, TaggedFrame(2, 1515));
  test.Run();
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("0 host 1"));
  EXPECT_THAT(test.DropLines(), ElementsAre("0 frame 0 too long"));
}

}  // namespace
}  // namespace sim
