#include "sim/net/link_faults.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace sim {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Lets every fault strike, and each magnitude be what the test says.
class EverythingHappens final : public DecisionSource {
 public:
  uint32_t OpenStream(absl::string_view name) override {
    opened.emplace_back(name);
    return 0;
  }
  bool Branch(uint32_t, uint64_t, Ratio) override { return true; }
  uint64_t Magnitude(uint32_t, uint64_t, uint64_t bound) override {
    bounds.push_back(bound);
    return greatest ? bound - 1 : 0;
  }
  std::vector<std::string> opened;
  std::vector<uint64_t> bounds;
  bool greatest = false;
};

class Listener final : public TraceListener {
 public:
  void OnTraceEvent(const TraceEvent&) override {}
};

class LinkFaultsTest : public ::testing::Test {
 protected:
  LinkFaultsTest() { trace.AddListener(listener, false); }

  TraceContext context;
  Trace trace{context};
  Listener listener;
  EverythingHappens source;
  Decisions decisions{source, trace};
  LinkFaults faults{decisions, "client-server"};
};

constexpr Ratio kSome{1};

TEST_F(LinkFaultsTest, DrawFromStreamsNamedAfterDirectionAndKind) {
  const LinkParameters parameters{.jitter = absl::Nanoseconds(1),
                                  .loss = kSome,
                                  .duplicate = kSome,
                                  .reorder = kSome,
                                  .corrupt = kSome};
  faults.Loses(parameters);
  faults.Duplicates(parameters);
  faults.Corrupts(parameters, 100);
  faults.Jitter(parameters);
  faults.HoldsBack(parameters);
  faults.Loses(parameters);
  EXPECT_THAT(source.opened,
              ElementsAre("link/client-server/loss", "link/client-server/duplicate",
                          "link/client-server/corrupt", "link/client-server/corrupt-bit",
                          "link/client-server/jitter", "link/client-server/reorder",
                          "link/client-server/reorder-delay"));
}

TEST_F(LinkFaultsTest, OpenNoStreamForWhatCannotStrike) {
  const LinkParameters parameters;
  EXPECT_FALSE(faults.Loses(parameters));
  EXPECT_FALSE(faults.Duplicates(parameters));
  EXPECT_FALSE(faults.Corrupts(parameters, 100).has_value());
  EXPECT_EQ(faults.Jitter(parameters), absl::ZeroDuration());
  EXPECT_FALSE(faults.HoldsBack(parameters).has_value());
  EXPECT_THAT(source.opened, IsEmpty());
  EXPECT_EQ(decisions.count(), 0u);
}

TEST_F(LinkFaultsTest, FlipAnyBitOfTheFrame) {
  const LinkParameters parameters{.corrupt = kSome};
  EXPECT_EQ(faults.Corrupts(parameters, 60), 0u);
  source.greatest = true;
  EXPECT_EQ(faults.Corrupts(parameters, 60), 479u);
  EXPECT_FALSE(faults.Corrupts(parameters, 0).has_value()) << "no bit to flip";
}

TEST_F(LinkFaultsTest, JitterUpToAndWithWhatIsAllowed) {
  const LinkParameters parameters{.jitter = absl::Microseconds(3)};
  EXPECT_EQ(faults.Jitter(parameters), absl::ZeroDuration());
  source.greatest = true;
  EXPECT_EQ(faults.Jitter(parameters), absl::Microseconds(3));
}

// At 100 Mbps a frame of 1,514 octets takes 121,120 ns.
TEST_F(LinkFaultsTest, HoldAFrameBackForAnotherToOvertakeIt) {
  const LinkParameters parameters{.latency = absl::Milliseconds(2),
                                  .jitter = absl::Microseconds(3),
                                  .bandwidth = 100'000'000,
                                  .reorder = kSome,
                                  .mtu = 1500};
  const absl::Duration least = absl::Nanoseconds(121'120 + 3'000 + 1);
  EXPECT_EQ(faults.HoldsBack(parameters), least);
  source.greatest = true;
  EXPECT_EQ(faults.HoldsBack(parameters), least + absl::Milliseconds(2));
}

TEST_F(LinkFaultsTest, KnowTheEventOfTheLastChoice) {
  faults.Loses({.loss = kSome});
  EXPECT_EQ(faults.last_event(), 1u);
  faults.Corrupts({.corrupt = kSome}, 10);
  EXPECT_EQ(faults.last_event(), 3u) << "which bit";
  faults.Loses({.loss = {Ratio::kOne}});
  EXPECT_EQ(faults.last_event(), 0u) << "nobody chose";
}

TEST(TransmissionTime, IsRoundedUp) {
  EXPECT_EQ(TransmissionTime(0, 1), absl::ZeroDuration());
  EXPECT_EQ(TransmissionTime(1, 8'000'000'000), absl::Nanoseconds(1));
  EXPECT_EQ(TransmissionTime(1, 8'000'000'001), absl::Nanoseconds(1));
  EXPECT_EQ(TransmissionTime(1, 7'999'999'999), absl::Nanoseconds(2));
  EXPECT_EQ(TransmissionTime(1514, 100'000'000), absl::Nanoseconds(121'120));
  EXPECT_EQ(TransmissionTime(65549, 1), absl::Seconds(524'392));
}

}  // namespace
}  // namespace sim
