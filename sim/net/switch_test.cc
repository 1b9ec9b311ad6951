#include "sim/net/switch.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/net/test_network.h"

namespace sim {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::Duration kStart = absl::ZeroDuration();
constexpr LinkParameters kFast{.latency = absl::Microseconds(1), .bandwidth = 800'000'000};
constexpr MacAddress kBroadcast = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
constexpr MacAddress kAllEndSystems = {0x09, 0x00, 0x2B, 0x00, 0x00, 0x04};

// Frames of 100 octets take 1,000 ns to send and 1,000 more to arrive, on each link.
class SwitchTest : public ::testing::Test {
 protected:
  // Hosts a, b and c on one switch.
  void MakeOneSwitch() {
    test.AddSwitch("switch");
    for (const char* name : {"a", "b", "c"}) {
      test.AddHost(name);
      test.AddLink(name, "switch", kFast);
    }
  }
  // a - left - middle - right - c, and b at the middle.
  void MakeThreeSwitches() {
    for (const char* name : {"a", "b", "c"}) test.AddHost(name);
    for (const char* name : {"left", "middle", "right"}) test.AddSwitch(name);
    test.AddLink("left", "middle", kFast);
    test.AddLink("a", "left", kFast);
    test.AddLink("right", "c", kFast);  // A tree of its own until the next link.
    test.AddLink("right", "middle", kFast);
    test.AddLink("middle", "b", kFast);
  }

  TestNetwork test;
};

TEST_F(SwitchTest, SendsAFrameWhereItsDestinationIs) {
  MakeOneSwitch();
  test.SendAt(kStart, "a", TaggedFrameTo(test.nic("c").mac(), 1));
  test.Run();
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("4000 c 1"));
  EXPECT_EQ(test.network.frames_sent(), 2u) << "once on each link";
}

TEST_F(SwitchTest, SendsAFrameForAGroupToAllOthers) {
  MakeOneSwitch();
  test.SendAt(kStart, "b", TaggedFrameTo(kBroadcast, 1));
  test.SendAt(absl::Milliseconds(1), "c", TaggedFrameTo(kAllEndSystems, 2));
  test.Run();
  EXPECT_THAT(test.ArrivalLines(),
              ElementsAre("4000 a 1", "4000 c 1", "1004000 a 2", "1004000 b 2"));
}

TEST_F(SwitchTest, DropsAFrameForAStationThatIsNotThere) {
  MakeOneSwitch();
  test.SendAt(kStart, "a", TaggedFrameTo({0x02, 0, 0, 0, 0, 0x77}, 1));
  test.SendAt(kStart, "b", TaggedFrameTo(test.nic("b").mac(), 2));  // No way but back.
  test.SendAt(kStart, "c", TaggedFrame(3, 5));
  test.Run();
  EXPECT_THAT(test.ArrivalLines(), IsEmpty());
  EXPECT_THAT(test.DropLines(),
              ElementsAre("1050 frame 0 too short", "2000 frame 0 unknown station",
                          "2000 frame 0 unknown station"));
}

TEST_F(SwitchTest, DropsAFrameThatTheNextLinkCannotTake) {
  test.AddSwitch("switch");
  test.AddHost("a");
  test.AddHost("b");
  test.AddLink("a", "switch", kFast);
  LinkParameters narrow = kFast;
  narrow.mtu = 80;
  test.AddLink("switch", "b", narrow);
  test.SendAt(kStart, "a", TaggedFrameTo(test.nic("b").mac(), 1));
  test.Run();
  EXPECT_THAT(test.DropLines(), ElementsAre("2000 frame 0 too long"));
}

TEST_F(SwitchTest, FindsTheWayThroughATree) {
  MakeThreeSwitches();
  test.SendAt(kStart, "a", TaggedFrameTo(test.nic("c").mac(), 1));
  test.SendAt(kStart, "b", TaggedFrameTo(test.nic("a").mac(), 2));
  test.SendAt(kStart, "c", TaggedFrameTo(test.nic("b").mac(), 3));
  test.Run();
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("6000 a 2", "6000 b 3", "8000 c 1"));
}

TEST_F(SwitchTest, FloodsATreeOnce) {
  MakeThreeSwitches();
  test.SendAt(kStart, "c", TaggedFrameTo(kBroadcast, 1));
  test.Run();
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("6000 b 1", "8000 a 1"));
}

TEST_F(SwitchTest, CarriesTheCauseAlong) {
  MakeOneSwitch();
  test.SendAt(kStart, "a", TaggedFrameTo(test.nic("c").mac(), 1));
  test.Run();
  const std::vector<TraceEvent> delivered = test.EventsOf(TraceKind::kFrameDelivered);
  ASSERT_EQ(delivered.size(), 2u);
  EXPECT_EQ(delivered[0].host, 0u) << "a switch is no host";
  const TraceEvent& onward = test.events.at(delivered[1].causes[0] - 1);
  EXPECT_EQ(onward.kind, TraceKind::kFrameSent);
  EXPECT_EQ(onward.causes[0], delivered[0].id);
}

TEST_F(SwitchTest, IsNeverPartOfALoop) {
  MakeThreeSwitches();
  EXPECT_EQ(
      test.network.AddLink("right", "left", kFast),
      absl::InvalidArgumentError("the link between 'right' and 'left' closes a loop of switches"));
}

}  // namespace
}  // namespace sim
