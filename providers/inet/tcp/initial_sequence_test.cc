#include "providers/inet/tcp/initial_sequence.h"

#include <vector>

#include "gtest/gtest.h"
#include "sim/decision/seeded_source.h"
#include "sim/trace/trace.h"

namespace inet {
namespace {

FourTuple Tuple(uint16_t port) {
  return {.local = {Ipv4Address{{10, 0, 0, 1}}, port}, .remote = {Ipv4Address{{10, 0, 0, 2}}, 80}};
}

TEST(SipHash24, FollowsTheExampleOfItsAuthors) {  // appendix A: key 00..0f, input 00..0e
  std::vector<uint8_t> input(15);
  for (uint8_t i = 0; i < 15; ++i) input[i] = i;
  EXPECT_EQ(SipHash24(0x0706050403020100, 0x0F0E0D0C0B0A0908, input), 0xA129CA6149BE45E5);
}

class InitialSequenceTest : public testing::Test {
 protected:
  sim::TraceContext context_;
  sim::Trace trace_{context_};
};

TEST_F(InitialSequenceTest, RunsWithTheClock) {  // RFC 9293 3.4.1: a tick is 4 microseconds
  sim::SeededSource source(1);
  sim::Decisions decisions(source, trace_);
  InitialSequence numbers(decisions.Stream("secret"));
  const SeqNum at_zero = numbers.Next(Tuple(1), sim::Time::Zero());
  const SeqNum later = numbers.Next(Tuple(1), sim::Time::FromNanoseconds(4'000'000));
  EXPECT_EQ(at_zero.DistanceTo(later), 1000);
}

TEST_F(InitialSequenceTest, TimestampsBeginElsewhereForEachNameAndAlwaysThere) {  // RFC 7323 5.4
  sim::SeededSource source(1);
  sim::Decisions decisions(source, trace_);
  InitialSequence numbers(decisions.Stream("secret"));
  const uint32_t offset = numbers.TimestampOffset(Tuple(1));
  EXPECT_EQ(numbers.TimestampOffset(Tuple(1)), offset);
  EXPECT_NE(numbers.TimestampOffset(Tuple(2)), offset);
  EXPECT_NE(numbers.Next(Tuple(1), sim::Time::Zero()).value(), offset);
}

TEST_F(InitialSequenceTest, DiffersByNameAndSecret) {  // RFC 6528 3
  sim::SeededSource one(1);
  sim::SeededSource two(2);
  sim::Decisions decisions(one, trace_);
  sim::Decisions others(two, trace_);
  InitialSequence numbers(decisions.Stream("secret"));
  InitialSequence others_numbers(others.Stream("secret"));
  const SeqNum first = numbers.Next(Tuple(1), sim::Time::Zero());
  EXPECT_NE(first, numbers.Next(Tuple(2), sim::Time::Zero()));
  EXPECT_NE(first, others_numbers.Next(Tuple(1), sim::Time::Zero()));
  EXPECT_EQ(decisions.count(), 2) << "drawn once";
}

}  // namespace
}  // namespace inet
