#include "sim/decision/decisions.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/decision/seeded_source.h"
#include "sim/decision/zero_source.h"

namespace sim {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Writes down what it is asked, and answers what the test says.
class Oracle final : public DecisionSource {
 public:
  uint32_t OpenStream(absl::string_view name) override {
    asked.push_back(absl::StrCat("open ", name));
    return 100 + static_cast<uint32_t>(asked.size());
  }
  bool Branch(uint32_t stream, uint64_t n, Ratio strikes) override {
    asked.push_back(absl::StrCat("branch ", stream, " ", n, " ", strikes.billionths));
    return answer != 0;
  }
  uint64_t Magnitude(uint32_t stream, uint64_t n, uint64_t bound) override {
    asked.push_back(absl::StrCat("magnitude ", stream, " ", n, " ", bound));
    return answer;
  }
  std::vector<std::string> asked;
  uint64_t answer = 1;
};

class Listener final : public TraceListener {
 public:
  void OnTraceEvent(const TraceEvent& event) override {
    seen.push_back(absl::StrCat(event.name, " ", event.text, ": ", event.numbers[0], " ",
                                event.numbers[1], " ", event.numbers[2], " code ", event.code));
  }
  std::vector<std::string> seen;
};

class DecisionsTest : public ::testing::Test {
 protected:
  DecisionsTest() { trace.AddListener(listener, true); }

  TraceContext context;
  Trace trace{context};
  Listener listener;
  Oracle oracle;
  Decisions decisions{oracle, trace};
};

TEST_F(DecisionsTest, CountsTheDrawsOfEachStream) {
  DecisionStream& a = decisions.Stream("a");
  DecisionStream& b = decisions.Stream("b");
  EXPECT_TRUE(a.Strikes(Ratio{5}));
  EXPECT_EQ(b.Below(10), 1u);
  EXPECT_EQ(a.Below(20), 1u);
  EXPECT_THAT(oracle.asked, ElementsAre("open a", "open b", "branch 101 0 5", "magnitude 102 0 10",
                                        "magnitude 101 1 20"));
  EXPECT_EQ(decisions.count(), 3u);
}

TEST_F(DecisionsTest, HasOneStreamForAName) {
  DecisionStream& first = decisions.Stream("a");
  for (int i = 0; i < 100; ++i) decisions.Stream(absl::StrCat("other ", i));
  EXPECT_EQ(&decisions.Stream("a"), &first);
  EXPECT_EQ(first.name(), "a");
}

TEST_F(DecisionsTest, DoesNotDrawWhatCanHaveOneOutcomeOnly) {
  DecisionStream& stream = decisions.Stream("a");
  EXPECT_FALSE(stream.Strikes(Ratio{0}));
  EXPECT_TRUE(stream.Strikes(Ratio{Ratio::kOne}));
  EXPECT_EQ(stream.Below(0), 0u);
  EXPECT_EQ(stream.Below(1), 0u);
  EXPECT_THAT(oracle.asked, ElementsAre("open a"));
  EXPECT_THAT(listener.seen, IsEmpty());
  EXPECT_EQ(decisions.count(), 0u);
}

TEST_F(DecisionsTest, RecordsEachDrawWithItsName) {
  decisions.Stream("link/a-b/loss").Strikes(Ratio{5});
  oracle.answer = 7;
  decisions.Stream("link/a-b/jitter").Below(10);
  decisions.Stream("link/a-b/jitter").Below(10);
  EXPECT_THAT(listener.seen, ElementsAre("branch link/a-b/loss: 1 0 1 code 0",
                                         "magnitude link/a-b/jitter: 2 0 7 code 1",
                                         "magnitude link/a-b/jitter: 2 1 7 code 1"));
}

TEST_F(DecisionsTest, KnowsTheEventOfTheLastDrawForWhatFollowsFromIt) {
  DecisionStream& stream = decisions.Stream("a");
  EXPECT_EQ(stream.last_event(), 0u);
  stream.Strikes(Ratio{5});
  EXPECT_EQ(stream.last_event(), 1u);
  stream.Strikes(Ratio{Ratio::kOne});  // Nobody decided this one.
  EXPECT_EQ(stream.last_event(), 0u);
}

TEST(ZeroSource, LetsNothingHappen) {
  TraceContext context;
  Trace trace(context);
  ZeroSource zero;
  Decisions decisions(zero, trace);
  for (int i = 0; i < 100; ++i) {
    EXPECT_FALSE(decisions.Stream("a").Strikes(Ratio{Ratio::kOne - 1}));
    EXPECT_EQ(decisions.Stream("b").Below(1000), 0u);
  }
  EXPECT_EQ(decisions.count(), 200u);
}

}  // namespace
}  // namespace sim
