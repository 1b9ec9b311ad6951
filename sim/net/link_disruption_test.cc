// Partitions, changes of a link, crashes: what becomes of frames on their way.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/net/test_network.h"
#include "sim/trace/fault.h"

namespace sim {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::Duration kStart = absl::ZeroDuration();
constexpr LinkParameters kPlain{.latency = absl::Microseconds(100), .bandwidth = 100'000'000};

class LinkDisruptionTest : public ::testing::Test {
 protected:
  void At(absl::Duration when, std::function<void()> action) {
    test.world.At(Time::Zero() + when, std::move(action));
  }
  void PartitionAt(absl::Duration when) {
    At(when, [this] { EXPECT_TRUE(test.network.Partition("server", "client").ok()); });
  }
  void HealAt(absl::Duration when) {
    At(when, [this] { EXPECT_TRUE(test.network.Heal("client", "server").ok()); });
  }
  void ChangeAt(absl::Duration when, const LinkOverrides& overrides) {
    At(when, [this, overrides] {
      EXPECT_TRUE(test.network.ChangeLink("client", "server", overrides).ok());
    });
  }
  std::vector<std::string> FaultLines() const {
    std::vector<std::string> lines;
    for (const TraceEvent& event : test.EventsOf(TraceKind::kFault)) {
      lines.push_back(absl::StrCat(event.time.nanoseconds(), " ", event.name));
    }
    return lines;
  }

  TestNetwork test;
};

TEST_F(LinkDisruptionTest, APartitionLosesWhatIsOnItsWay) {
  test.AddPair(kPlain);
  test.SendAt(kStart, "client", TaggedFrame(1));
  test.SendAt(kStart, "server", TaggedFrame(2));
  PartitionAt(absl::Microseconds(50));
  HealAt(absl::Microseconds(60));
  test.SendAt(absl::Microseconds(70), "client", TaggedFrame(3));
  test.Run();
  EXPECT_THAT(test.DropLines(),
              ElementsAre("50000 frame 1 partitioned", "50000 frame 2 partitioned"));
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("178000 server 3"));
  EXPECT_THAT(FaultLines(), ElementsAre("50000 partition", "60000 heal"));
}

TEST_F(LinkDisruptionTest, APartitionLosesTheFrameThatIsHalfSent) {
  test.AddPair(kPlain);
  test.SendAt(kStart, "client", TaggedFrame(1));
  test.SendAt(kStart, "client", TaggedFrame(2));
  PartitionAt(absl::Microseconds(3));
  HealAt(absl::Microseconds(4));
  test.Run();
  EXPECT_THAT(test.DropLines(), ElementsAre("8000 frame 1 partitioned"));
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("116000 server 2")) << "it had not begun";
}

TEST_F(LinkDisruptionTest, APartitionLosesWhatIsSentMeanwhile) {
  test.AddPair(kPlain);
  PartitionAt(kStart);
  test.SendAt(absl::Microseconds(10), "client", TaggedFrame(1));
  test.SendAt(absl::Microseconds(20), "client", TaggedFrame(2));
  HealAt(absl::Microseconds(25));  // Its last bit leaves at 28.
  test.SendAt(absl::Microseconds(30), "client", TaggedFrame(3));
  test.Run();
  EXPECT_EQ(test.network.frames_sent(), 3u) << "the sender does not know";
  EXPECT_THAT(test.DropLines(), ElementsAre("18000 frame 1 partitioned"));
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("128000 server 2", "138000 server 3"));
}

TEST_F(LinkDisruptionTest, APartitionIsTheSecondCauseOfALoss) {
  test.AddPair(kPlain);
  test.SendAt(kStart, "client", TaggedFrame(1));
  PartitionAt(absl::Microseconds(50));
  test.SendAt(absl::Microseconds(60), "client", TaggedFrame(2));
  test.Run();
  for (const TraceEvent& dropped : test.EventsOf(TraceKind::kFrameDropped)) {
    EXPECT_EQ(test.events.at(dropped.causes[0] - 1).kind, TraceKind::kFrameSent);
    EXPECT_EQ(test.events.at(dropped.causes[1] - 1).kind, TraceKind::kFault);
    EXPECT_EQ(dropped.host, 1u) << "the sender's";
  }
}

TEST_F(LinkDisruptionTest, APartitionIsOneHoweverOftenItIsAskedFor) {
  test.AddPair(kPlain);
  PartitionAt(absl::Microseconds(1));
  At(absl::Microseconds(2), [this] {
    EXPECT_EQ(
        test.network.Partition("client", "server"),
        absl::FailedPreconditionError("the link between 'client' and 'server' is cut already"));
  });
  HealAt(absl::Microseconds(3));
  At(absl::Microseconds(4), [this] {
    EXPECT_EQ(test.network.Heal("server", "client"),
              absl::FailedPreconditionError("the link between 'server' and 'client' is not cut"));
  });
  test.Run();
  EXPECT_THAT(FaultLines(), ElementsAre("1000 partition", "3000 heal"));
}

TEST_F(LinkDisruptionTest, AFrameUnderWayKeepsItsLatency) {
  test.AddPair(kPlain);
  test.SendAt(kStart, "client", TaggedFrame(1));
  ChangeAt(absl::Microseconds(50), {.latency = absl::Microseconds(500)});
  test.SendAt(absl::Microseconds(60), "client", TaggedFrame(2));
  test.Run();
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("108000 server 1", "568000 server 2"));
  EXPECT_THAT(FaultLines(), ElementsAre("50000 link change"));
}

TEST_F(LinkDisruptionTest, AFasterLinkStillKeepsTheOrder) {
  test.AddPair(kPlain);
  test.SendAt(kStart, "client", TaggedFrame(1));
  ChangeAt(absl::Microseconds(10), {.latency = kStart});
  test.SendAt(absl::Microseconds(20), "client", TaggedFrame(2));
  test.Run();
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("108000 server 1", "108000 server 2"));
}

TEST_F(LinkDisruptionTest, AFrameBeingSentKeepsItsBandwidthAndItsLoss) {
  test.AddPair(kPlain);
  test.SendAt(kStart, "client", TaggedFrame(1));
  test.SendAt(kStart, "client", TaggedFrame(2));
  ChangeAt(absl::Microseconds(4), {.bandwidth = 10'000'000, .loss = Ratio{Ratio::kOne}});
  test.Run();
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("108000 server 1"));
  EXPECT_THAT(test.DropLines(), ElementsAre("88000 frame 2 lost"));
}

TEST_F(LinkDisruptionTest, ASmallerMtuStopsWhatIsSentFromThenOn) {
  test.AddPair(kPlain);
  test.SendAt(kStart, "client", TaggedFrame(1, 1514));
  test.SendAt(kStart, "client", TaggedFrame(2, 1515));
  ChangeAt(absl::Microseconds(1), {.mtu = 576});
  test.SendAt(absl::Microseconds(2), "server", TaggedFrame(3, 591));
  test.SendAt(absl::Microseconds(2), "client", TaggedFrame(4, 590));
  test.Run();
  EXPECT_THAT(test.DropLines(), ElementsAre("0 frame 0 too long", "2000 frame 0 too long"));
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("221120 server 1", "268320 server 4"));
}

TEST_F(LinkDisruptionTest, ASmallerQueueKeepsWhatWaits) {
  test.AddPair(kPlain);
  for (uint8_t tag = 1; tag <= 3; ++tag) test.SendAt(kStart, "client", TaggedFrame(tag));
  ChangeAt(kStart, {.queue = 0});
  test.SendAt(absl::Microseconds(1), "client", TaggedFrame(4));
  test.Run();
  EXPECT_THAT(test.ArrivalLines(),
              ElementsAre("108000 server 1", "116000 server 2", "124000 server 3"));
  EXPECT_THAT(test.DropLines(), ElementsAre("1000 frame 4 queue full"));
}

TEST_F(LinkDisruptionTest, ACrashTakesWhatWaitsAtTheInterfaceWithIt) {
  test.AddPair(kPlain);
  for (uint8_t tag = 1; tag <= 3; ++tag) test.SendAt(kStart, "client", TaggedFrame(tag));
  At(absl::Microseconds(12), [this] { test.network.FindHost("client")->Crash(); });
  test.SendAt(absl::Microseconds(14), "client", TaggedFrame(4));
  test.Run();
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("108000 server 1")) << "it had left";
  EXPECT_THAT(test.DropLines(), ElementsAre("14000 frame 0 host down", "16000 frame 2 host down",
                                            "16000 frame 3 host down"));
  EXPECT_EQ(test.network.frames_sent(), 1u);
}

TEST_F(LinkDisruptionTest, ARestartedHostDoesNotSendWhatItsFormerBootLeft) {
  test.AddPair(kPlain);
  for (uint8_t tag = 1; tag <= 3; ++tag) test.SendAt(kStart, "client", TaggedFrame(tag));
  At(absl::Microseconds(1), [this] { test.network.FindHost("client")->Crash(); });
  At(absl::Microseconds(2), [this] { test.network.FindHost("client")->Restart(); });
  test.SendAt(absl::Microseconds(3), "client", TaggedFrame(4));
  test.Run();
  EXPECT_THAT(test.DropLines(), ElementsAre("8000 frame 1 host down", "8000 frame 2 host down",
                                            "8000 frame 3 host down"));
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("116000 server 4"));
}

TEST_F(LinkDisruptionTest, ACrashedHostReceivesNothing) {
  test.AddPair(kPlain);
  test.SendAt(kStart, "client", TaggedFrame(1));
  test.SendAt(absl::Microseconds(50), "client", TaggedFrame(2));
  At(absl::Microseconds(60), [this] { test.network.FindHost("server")->Crash(); });
  At(absl::Microseconds(120), [this] { test.network.FindHost("server")->Restart(); });
  test.Run();
  EXPECT_THAT(test.DropLines(), ElementsAre("108000 frame 1 host down"));
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("158000 server 2")) << "a new boot gets old frames";
  EXPECT_THAT(test.EventsOf(TraceKind::kFrameDelivered).size(), 1u);
}

}  // namespace
}  // namespace sim
