#include "sim/trace/fingerprint.h"

#include <functional>
#include <vector>

#include "gtest/gtest.h"

namespace sim {
namespace {

const std::vector<uint8_t> kOctets = {1, 2, 3};

TraceEvent Sample() {
  TraceEvent event{.kind = TraceKind::kPduSent,
                   .code = 2,
                   .subject = 3,
                   .numbers = {4, -5, 6, 7},
                   .octets = kOctets,
                   .name = "DR",
                   .text = "goodbye",
                   .clause = "ISO 8073 6.7"};
  event.id = 8;
  event.time = Time::FromNanoseconds(9);
  event.causes = {10, 11};
  event.host = 12;
  event.process = 13;
  event.thread = 14;
  return event;
}

uint64_t FingerprintOf(const TraceEvent& event) {
  Fingerprint fingerprint;
  fingerprint.OnTraceEvent(event);
  return fingerprint.value();
}

TEST(Fingerprint, OfNothingIsZero) { EXPECT_EQ(Fingerprint().ToString(), "0000000000000000"); }

TEST(Fingerprint, IsSixteenDigitsAndTheSameEverywhere) {
  Fingerprint fingerprint;
  fingerprint.OnTraceEvent(Sample());
  EXPECT_EQ(fingerprint.ToString(), "8b23fa38d1523a9a");
}

TEST(Fingerprint, CoversEachIntegerAndTheOctets) {
  const std::vector<uint8_t> others = {1, 2, 4};
  const std::vector<std::function<void(TraceEvent&)>> changes = {
      [](TraceEvent& event) { event.kind = TraceKind::kPduReceived; },
      [](TraceEvent& event) { ++event.code; },
      [](TraceEvent& event) { ++event.subject; },
      [](TraceEvent& event) { ++event.numbers[0]; },
      [](TraceEvent& event) { ++event.numbers[1]; },
      [](TraceEvent& event) { ++event.numbers[2]; },
      [](TraceEvent& event) { ++event.numbers[3]; },
      [&](TraceEvent& event) { event.octets = others; },
      [](TraceEvent& event) { event.octets.remove_suffix(1); },
      [](TraceEvent& event) { ++event.id; },
      [](TraceEvent& event) { event.time = Time::FromNanoseconds(10); },
      [](TraceEvent& event) { ++event.causes[0]; },
      [](TraceEvent& event) { ++event.causes[1]; },
      [](TraceEvent& event) { ++event.host; },
      [](TraceEvent& event) { ++event.process; },
      [](TraceEvent& event) { ++event.thread; },
  };
  std::vector<uint64_t> seen = {FingerprintOf(Sample())};
  for (size_t i = 0; i < changes.size(); ++i) {
    TraceEvent event = Sample();
    changes[i](event);
    const uint64_t value = FingerprintOf(event);
    for (uint64_t other : seen) EXPECT_NE(value, other) << "change " << i;
    seen.push_back(value);
  }
}

TEST(Fingerprint, NeverDependsOnWords) {
  TraceEvent event = Sample();
  event.name = "disconnect request";
  event.text = "farewell";
  event.clause = "";
  EXPECT_EQ(FingerprintOf(event), FingerprintOf(Sample()));
}

TEST(Fingerprint, DependsOnTheOrderOfEvents) {
  TraceEvent other = Sample();
  other.id = 9;
  Fingerprint a;
  a.OnTraceEvent(Sample());
  a.OnTraceEvent(other);
  Fingerprint b;
  b.OnTraceEvent(other);
  b.OnTraceEvent(Sample());
  EXPECT_NE(a.value(), b.value());
}

TEST(Fingerprint, IsTheSameWhoeverElseListens) {
  struct Idle final : TraceListener {
    void OnTraceEvent(const TraceEvent&) override {}
  };
  const auto run = [](bool with_company) {
    TraceContext context;
    Trace trace(context);
    Idle idle;
    if (with_company) trace.AddListener(idle, true);
    Fingerprint fingerprint;
    trace.AddListener(fingerprint, false);
    for (uint32_t code = 0; code < 10; ++code) {
      context.cause = trace.Record({.kind = TraceKind::kState, .code = code});
    }
    return fingerprint.value();
  };
  EXPECT_EQ(run(false), run(true));
}

}  // namespace
}  // namespace sim
