// How long frames take, in which order they arrive, and how many may wait.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/decision/seeded_source.h"
#include "sim/net/test_network.h"

namespace sim {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::Duration kStart = absl::ZeroDuration();

TEST(LinkTiming, IsBandwidthAndThenLatency) {
  TestNetwork test;
  test.AddPair({.latency = absl::Milliseconds(1), .bandwidth = 100'000'000});
  test.SendAt(kStart, "client", TaggedFrame(1, 100));  // 80 ns for each octet
  test.Run();
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("1008000 server 1"));
}

TEST(LinkTiming, IsExactToTheNanosecondRoundedUp) {
  TestNetwork test;
  test.AddPair({.latency = absl::Nanoseconds(1), .bandwidth = 7});
  test.SendAt(kStart, "client", TaggedFrame(1, 1));   // 8/7 s = 1.142,857,142,8... s
  test.SendAt(kStart, "server", TaggedFrame(2, 14));  // 16 s
  test.Run();
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("1142857144 server 1", "16000000001 client 2"));
}

TEST(LinkTiming, SendsOneFrameAfterAnotherInEachDirection) {
  TestNetwork test;
  test.AddPair({.latency = absl::Microseconds(10), .bandwidth = 100'000'000});
  test.SendAt(kStart, "client", TaggedFrame(1, 100));
  test.SendAt(kStart, "client", TaggedFrame(2, 50));
  test.SendAt(kStart, "server", TaggedFrame(3, 100));  // The other direction is free.
  test.SendAt(absl::Microseconds(100), "client", TaggedFrame(4, 100));
  test.Run();
  EXPECT_THAT(test.ArrivalLines(),
              ElementsAre("18000 server 1", "18000 client 3", "22000 server 2", "118000 server 4"));
}

TEST(LinkTiming, RecordsTheSendingWhenTheLastBitLeaves) {
  TestNetwork test;
  test.AddPair({.bandwidth = 100'000'000});
  test.SendAt(kStart, "client", TaggedFrame(1, 100));
  test.SendAt(kStart, "client", TaggedFrame(2, 100));
  test.Run();
  const std::vector<TraceEvent> sent = test.EventsOf(TraceKind::kFrameSent);
  ASSERT_EQ(sent.size(), 2u);
  EXPECT_EQ(sent[0].time.nanoseconds(), 8000);
  EXPECT_EQ(sent[1].time.nanoseconds(), 16000);
  EXPECT_EQ(sent[0].host, 1u);
  EXPECT_EQ(sent[1].numbers, (std::array<int64_t, 4>{1, 0, 2, 0}));
  EXPECT_EQ(test.network.frames_sent(), 2u);
  EXPECT_EQ(test.network.octets_sent(), 200u);
}

TEST(LinkTiming, HasNoLatencyWhereThatIsAsked) {
  TestNetwork test;
  test.AddPair({.latency = kStart, .bandwidth = 100'000'000});
  test.SendAt(kStart, "client", TaggedFrame(1, 100));
  test.Run();
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("8000 server 1"));
}

TEST(LinkQueue, DropsWhatFindsItFull) {
  TestNetwork test;
  test.AddPair({.latency = kStart, .queue = 2});
  for (uint8_t tag = 1; tag <= 5; ++tag) test.SendAt(kStart, "client", TaggedFrame(tag, 100));
  test.SendAt(absl::Nanoseconds(8001), "client", TaggedFrame(6, 100));  // One has left by then.
  test.Run();
  EXPECT_THAT(test.ArrivalLines(),
              ElementsAre("8000 server 1", "16000 server 2", "24000 server 3", "32000 server 6"));
  EXPECT_THAT(test.DropLines(), ElementsAre("0 frame 4 queue full", "0 frame 5 queue full"));
  EXPECT_EQ(test.network.frames_sent(), 4u);
}

TEST(LinkQueue, OfNoneSendsWhatComesWhileNothingIsSent) {
  TestNetwork test;
  test.AddPair({.latency = kStart, .queue = 0});
  test.SendAt(kStart, "client", TaggedFrame(1, 100));
  test.SendAt(absl::Nanoseconds(7999), "client", TaggedFrame(2, 100));
  test.SendAt(absl::Nanoseconds(8001), "client", TaggedFrame(3, 100));
  test.Run();
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("8000 server 1", "16001 server 3"));
  EXPECT_THAT(test.DropLines(), ElementsAre("7999 frame 2 queue full"));
}

TEST(LinkJitter, DelaysButKeepsTheOrder) {
  SeededSource seeded(1);
  TestNetwork test(seeded);
  test.AddPair({.latency = absl::Milliseconds(1), .jitter = absl::Milliseconds(5)});
  for (int i = 0; i < 200; ++i) {
    test.SendAt(absl::Microseconds(100 * i), "client", TaggedFrame(static_cast<uint8_t>(i), 100));
  }
  test.Run();
  ASSERT_EQ(test.arrivals.size(), 200u);
  int held_up = 0;
  for (int i = 0; i < 200; ++i) {
    EXPECT_EQ(test.arrivals[i].tag(), i);
    const absl::Duration took =
        test.arrivals[i].time - (Time::Zero() + absl::Microseconds(100 * i + 8));
    EXPECT_GE(took, absl::Milliseconds(1));
    EXPECT_LE(took, absl::Milliseconds(6));
    if (i > 0 && test.arrivals[i].time == test.arrivals[i - 1].time) ++held_up;
  }
  EXPECT_GT(held_up, 50) << "most of them would have overtaken another";
}

TEST(LinkEvents, AreTwoForEachFrameAndNoneWhenIdle) {
  TestNetwork test;
  test.AddPair({});
  for (int i = 0; i < 50; ++i) test.SendAt(kStart, "client", TaggedFrame(1));
  const RunResult result = test.Run();
  EXPECT_EQ(result.failure, "");
  EXPECT_EQ(test.arrivals.size(), 50u);
  EXPECT_EQ(result.events, 50u * (1 + 2)) << "one to send it from the test, two for the link";
  EXPECT_TRUE(test.world.events().empty());
}

TEST(LinkEvents, AreLinkedByTheirCauses) {
  TestNetwork test;
  test.AddPair({});
  Nic& client = test.nic("client");
  TraceId note = 0;
  test.world.At(Time::Zero(), [&] {
    note = test.world.trace().Record({.kind = TraceKind::kNote});
    World::CauseScope cause(test.world, note);
    client.Send(TaggedFrame(1));
  });
  test.Run();
  const TraceEvent sent = test.EventsOf(TraceKind::kFrameSent).at(0);
  const TraceEvent delivered = test.EventsOf(TraceKind::kFrameDelivered).at(0);
  EXPECT_EQ(sent.causes[0], note);
  EXPECT_EQ(delivered.causes[0], sent.id);
  EXPECT_EQ(delivered.numbers, sent.numbers);
  EXPECT_EQ(delivered.host, 2u);
}

TEST(LinkEvents, OfUpkeepDoNotKeepTheRunGoing) {
  TestNetwork test;
  test.AddPair({});
  Nic& client = test.nic("client");
  test.world.At(Time::Zero(), [&] {
    World::CauseScope cause(test.world, 0, Urgency::kUpkeep);
    client.Send(TaggedFrame(1));
  });
  test.Run();
  EXPECT_THAT(test.arrivals, IsEmpty());
}

TEST(LinkEvents, OfUpkeepAreWaitedForByTheWorkBehindThem) {
  TestNetwork test;
  test.AddPair({.latency = kStart});
  Nic& client = test.nic("client");
  test.world.At(Time::Zero(), [&] {
    {
      World::CauseScope cause(test.world, 0, Urgency::kUpkeep);
      client.Send(TaggedFrame(1, 100));
    }
    client.Send(TaggedFrame(2, 100));
  });
  test.Run();
  EXPECT_THAT(test.ArrivalLines(), ElementsAre("8000 server 1", "16000 server 2"));
}

}  // namespace
}  // namespace sim
