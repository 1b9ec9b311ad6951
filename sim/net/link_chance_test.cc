// Loss, duplication, corruption and reordering, as frames meet them.
#include <algorithm>
#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/decision/seeded_source.h"
#include "sim/net/test_network.h"
#include "sim/trace/fault.h"

namespace sim {
namespace {

using ::testing::ElementsAre;

constexpr int kFrames = 250;  // one tag each
constexpr Ratio kTenPercent{100'000'000};

// Sends 250 frames from client to server, a millisecond apart. 10% of them are 25, with a standard
// deviation of 4.7.
void SendMany(TestNetwork& test, absl::string_view from = "client") {
  for (int i = 0; i < kFrames; ++i) {
    test.SendAt(absl::Milliseconds(i), from, TaggedFrame(static_cast<uint8_t>(i)));
  }
}

std::vector<int> TagsAt(const TestNetwork& test, absl::string_view host) {
  std::vector<int> tags;
  for (const Arrival& arrival : test.arrivals) {
    if (arrival.host == host) tags.push_back(arrival.tag());
  }
  return tags;
}

std::vector<TraceEvent> FaultsOf(const TestNetwork& test, FaultKind kind) {
  std::vector<TraceEvent> found = test.EventsOf(TraceKind::kFault);
  std::erase_if(found,
                [&](const TraceEvent& event) { return event.code != static_cast<uint32_t>(kind); });
  return found;
}

TEST(LinkLoss, StrikesAsOftenAsItShouldAndLaterThanTheSending) {
  SeededSource seeded(1);
  TestNetwork test(seeded);
  test.AddPair({.loss = kTenPercent});
  SendMany(test);
  test.Run();
  EXPECT_EQ(test.network.frames_sent(), 250u);
  EXPECT_EQ(test.sent.size(), 250u) << "a lost frame is captured all the same";
  EXPECT_NEAR(test.DropLines().size(), 25, 4 * 4.7);
  EXPECT_EQ(test.DropLines().size() + test.arrivals.size(), 250u);
  EXPECT_EQ(test.world.decisions().count(), 250u);
}

TEST(LinkLoss, IsCausedByTheSendingAndTheDecision) {
  SeededSource seeded(1);
  TestNetwork test(seeded);
  test.AddPair({.loss = kTenPercent});
  SendMany(test);
  test.Run();
  const TraceEvent dropped = test.EventsOf(TraceKind::kFrameDropped).at(0);
  const TraceEvent& sent = test.events.at(dropped.causes[0] - 1);
  const TraceEvent& decision = test.events.at(dropped.causes[1] - 1);
  EXPECT_EQ(dropped.name, "lost");
  EXPECT_EQ(sent.kind, TraceKind::kFrameSent);
  EXPECT_EQ(sent.numbers, dropped.numbers);
  EXPECT_EQ(decision.kind, TraceKind::kDecision);
  EXPECT_EQ(decision.numbers[2], 1);
}

TEST(LinkLoss, OfEverythingNeedsNoDecision) {
  TestNetwork test;
  test.AddPair({.loss = {Ratio::kOne}});
  SendMany(test);
  test.Run();
  EXPECT_EQ(test.DropLines().size(), 250u);
  EXPECT_EQ(test.world.decisions().count(), 0u);
}

TEST(LinkDuplicate, ArrivesRightBehindItsOriginal) {
  SeededSource seeded(1);
  TestNetwork test(seeded);
  test.AddPair({.duplicate = kTenPercent});
  SendMany(test);
  test.Run();
  std::vector<int> tags = TagsAt(test, "server");
  EXPECT_TRUE(std::is_sorted(tags.begin(), tags.end()));
  const std::set<int> different(tags.begin(), tags.end());
  EXPECT_EQ(different.size(), 250u);
  EXPECT_NEAR(tags.size() - 250, 25, 4 * 4.7);
  EXPECT_EQ(FaultsOf(test, FaultKind::kDuplication).size(), tags.size() - 250);
  EXPECT_EQ(test.network.frames_sent(), 250u) << "the sender knows nothing of it";
}

TEST(LinkDuplicate, IsDrawnForLikeAFrameOfItsOwn) {
  SeededSource seeded(1);
  TestNetwork test(seeded);
  test.AddPair({.jitter = absl::Milliseconds(1), .duplicate = {Ratio::kOne}});
  test.SendAt(absl::ZeroDuration(), "client", TaggedFrame(1));
  test.Run();
  ASSERT_EQ(test.arrivals.size(), 2u);
  EXPECT_EQ(test.world.decisions().count(), 2u) << "the jitter of each";
}

TEST(LinkCorruption, FlipsOneBitOfTheCopyThatArrives) {
  SeededSource seeded(1);
  TestNetwork test(seeded);
  test.AddPair({.corrupt = {Ratio::kOne}});
  const FramePtr frame = TaggedFrame(7, 100);
  test.SendAt(absl::ZeroDuration(), "client", frame);
  test.Run();
  const std::vector<uint8_t> original(frame->octets().begin(), frame->octets().end());
  const std::vector<uint8_t> arrived = test.arrivals.at(0).octets;
  const int64_t bit = FaultsOf(test, FaultKind::kCorruption).at(0).numbers[3];
  ASSERT_EQ(arrived.size(), 100u);
  for (size_t i = 0; i < 100; ++i) {
    const int flipped = static_cast<int64_t>(i) == bit / 8 ? 0x80 >> bit % 8 : 0;
    EXPECT_EQ(arrived[i], original[i] ^ flipped) << i;
  }
  EXPECT_EQ(original.back(), 7) << "the sender's own frame is as it was";
  EXPECT_EQ(test.sent.at(0), original) << "it left the sender whole";
}

TEST(LinkCorruption, HitsAllPartsOfAFrame) {
  SeededSource seeded(1);
  TestNetwork test(seeded);
  test.AddPair({.corrupt = {Ratio::kOne}});
  SendMany(test);
  test.Run();
  std::set<int64_t> octets;
  for (const TraceEvent& fault : FaultsOf(test, FaultKind::kCorruption)) {
    octets.insert(fault.numbers[3] / 8);
  }
  // Of 100 octets, 250 draws miss 8 on average.
  EXPECT_GT(octets.size(), 80u);
  EXPECT_LT(*octets.rbegin(), 100);
}

TEST(LinkReorder, LetsTheFrameBehindOvertake) {
  SeededSource seeded(1);
  TestNetwork test(seeded);
  test.AddPair({.jitter = absl::Microseconds(50), .reorder = kTenPercent, .queue = 250});
  for (int i = 0; i < kFrames; ++i) {
    test.SendAt(absl::ZeroDuration(), "client", TaggedFrame(static_cast<uint8_t>(i)));
  }
  test.Run();
  std::set<int> held_back;
  for (const TraceEvent& fault : FaultsOf(test, FaultKind::kReordering)) {
    held_back.insert(static_cast<int>(fault.numbers[2]) - 1);
  }
  EXPECT_NEAR(held_back.size(), 25, 4 * 4.7);
  const std::vector<int> tags = TagsAt(test, "server");
  ASSERT_EQ(tags.size(), 250u);
  std::vector<int> in_order;
  std::vector<size_t> place(kFrames);
  for (size_t i = 0; i < tags.size(); ++i) {
    place[tags[i]] = i;
    if (!held_back.contains(tags[i])) in_order.push_back(tags[i]);
  }
  EXPECT_TRUE(std::is_sorted(in_order.begin(), in_order.end())) << "the others keep theirs";
  for (int tag : held_back) {
    if (tag + 1 == kFrames || held_back.contains(tag + 1)) continue;
    EXPECT_GT(place[tag], place[tag + 1]) << tag;
  }
}

TEST(LinkChance, OfOneKindIsTheSameWhateverTheOthers) {
  const auto lost = [](const LinkParameters& parameters) {
    SeededSource seeded(1);
    TestNetwork test(seeded);
    test.AddPair(parameters);
    SendMany(test);
    test.Run();
    std::vector<int64_t> frames;
    for (const TraceEvent& dropped : test.EventsOf(TraceKind::kFrameDropped)) {
      frames.push_back(dropped.numbers[2]);
    }
    return frames;
  };
  const LinkParameters lossy{.loss = kTenPercent};
  LinkParameters all = lossy;
  all.jitter = absl::Milliseconds(1);
  all.duplicate = all.reorder = all.corrupt = kTenPercent;
  EXPECT_EQ(lost(lossy), lost(all));
}

TEST(LinkChance, IsMovedByNoOtherLinkOrDirection) {
  const auto arrived = [](bool with_company) {
    SeededSource seeded(1);
    TestNetwork test(seeded);
    if (with_company) {
      test.AddHost("another");
      test.AddHost("client");
      test.AddHost("server");
      test.AddLink("another", "server", {.loss = kTenPercent});
      test.AddLink("client", "server", {.loss = kTenPercent});
      SendMany(test, "another");
      for (int i = 0; i < kFrames;
           ++i) {  // The server's second interface is the one to the client.
        Nic& nic = test.nic("server", 1);
        test.world.At(Time::Zero() + absl::Milliseconds(i), [&nic] { nic.Send(TaggedFrame(0)); });
      }
    } else {
      test.AddPair({.loss = kTenPercent});
    }
    SendMany(test);
    test.Run();
    std::vector<int64_t> lost;
    const int64_t link = with_company ? 2 : 1;
    int64_t n = 0;
    for (const TraceEvent& event : test.events) {
      if (event.numbers[0] != link || event.numbers[1] != 0) continue;
      if (event.kind == TraceKind::kFrameSent) ++n;
      if (event.kind == TraceKind::kFrameDropped) lost.push_back(n);
    }
    return lost;
  };
  EXPECT_EQ(arrived(false), arrived(true));
}

TEST(LinkChance, DiffersBetweenTheDirections) {
  SeededSource seeded(1);
  TestNetwork test(seeded);
  test.AddPair({.loss = kTenPercent});
  SendMany(test, "client");
  SendMany(test, "server");
  test.Run();
  EXPECT_NE(TagsAt(test, "client"), TagsAt(test, "server"));
}

}  // namespace
}  // namespace sim
