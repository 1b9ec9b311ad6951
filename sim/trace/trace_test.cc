#include "sim/trace/trace.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "sim/trace/fault.h"

namespace sim {
namespace {

// Keeps the events it sees, and appends its letter to a list that several share.
class Witness final : public TraceListener {
 public:
  explicit Witness(char letter = '?', std::string* order = nullptr)
      : letter_(letter), order_(order) {}
  void OnTraceEvent(const TraceEvent& event) override {
    events.push_back(event);
    if (order_ != nullptr) order_->push_back(letter_);
  }
  std::vector<TraceEvent> events;

 private:
  const char letter_;
  std::string* const order_;
};

TEST(Trace, IsOffAndGivesNoNumbersWhileNobodyListens) {
  TraceContext context;
  Trace trace(context);
  EXPECT_FALSE(trace.is_on());
  EXPECT_EQ(trace.Record({.kind = TraceKind::kNote}), 0u);
  EXPECT_EQ(trace.Record({.kind = TraceKind::kNote}), 0u);
}

TEST(Trace, NumbersEventsFromOne) {
  TraceContext context;
  Trace trace(context);
  Witness witness;
  trace.AddListener(witness, false);
  EXPECT_TRUE(trace.is_on());
  EXPECT_EQ(trace.Record({.kind = TraceKind::kNote}), 1u);
  EXPECT_EQ(trace.Record({.kind = TraceKind::kStep}), 2u);
  ASSERT_EQ(witness.events.size(), 2u);
  EXPECT_EQ(witness.events[1].id, 2u);
  EXPECT_EQ(witness.events[1].kind, TraceKind::kStep);
}

TEST(Trace, TakesMomentPlaceAndCauseFromTheContext) {
  TraceContext context;
  Trace trace(context);
  Witness witness;
  trace.AddListener(witness, false);
  context = {.now = Time::FromNanoseconds(7), .cause = 3, .host = 1, .process = 2, .thread = 5};
  // What the caller puts there does not count.
  trace.Record({.kind = TraceKind::kNote, .id = 99, .host = 99}, 4);
  const TraceEvent& event = witness.events.at(0);
  EXPECT_EQ(event.id, 1u);
  EXPECT_EQ(event.time, Time::FromNanoseconds(7));
  EXPECT_EQ(event.causes, (std::array<TraceId, 2>{3, 4}));
  EXPECT_EQ(event.host, 1u);
  EXPECT_EQ(event.process, 2u);
  EXPECT_EQ(event.thread, 5u);
}

TEST(Trace, CallsListenersInTheOrderOfAdding) {
  TraceContext context;
  Trace trace(context);
  std::string order;
  Witness a('a', &order);
  Witness b('b', &order);
  trace.AddListener(a, false);
  trace.AddListener(b, false);
  trace.Record({.kind = TraceKind::kNote});
  trace.Record({.kind = TraceKind::kNote});
  EXPECT_EQ(order, "abab");
}

TEST(Trace, WantsTextAsSoonAsOneListenerDoes) {
  TraceContext context;
  Trace trace(context);
  Witness integers;
  Witness reader;
  trace.AddListener(integers, false);
  EXPECT_FALSE(trace.wants_text());
  trace.AddListener(reader, true);
  Witness another;
  trace.AddListener(another, false);
  EXPECT_TRUE(trace.wants_text());
}

TEST(Fault, HasANameForEachKind) {
  EXPECT_EQ(FaultName(FaultKind::kPartition), "partition");
  EXPECT_EQ(FaultName(FaultKind::kLinkChange), "link change");
  EXPECT_EQ(FaultName(FaultKind::kCorruption), "corruption");
}

}  // namespace
}  // namespace sim
