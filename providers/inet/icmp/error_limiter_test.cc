#include "providers/inet/icmp/error_limiter.h"

#include "gtest/gtest.h"

namespace inet {
namespace {

int Allowed(IcmpErrorLimiter& limiter, sim::Time now, int tries) {
  int allowed = 0;
  for (int i = 0; i < tries; ++i) allowed += limiter.Allow(now) ? 1 : 0;
  return allowed;
}

TEST(IcmpErrorLimiter, LetsABurstThroughAndThenOneForEachInterval) {
  IcmpErrorLimiter limiter;
  sim::Time now = sim::Time::Zero() + absl::Seconds(1);
  EXPECT_EQ(Allowed(limiter, now, 100), 10);
  now = now + absl::Milliseconds(99);
  EXPECT_EQ(Allowed(limiter, now, 100), 0);
  now = now + absl::Milliseconds(1);
  EXPECT_EQ(Allowed(limiter, now, 100), 1);
  now = now + absl::Milliseconds(250);
  EXPECT_EQ(Allowed(limiter, now, 100), 2);
}

TEST(IcmpErrorLimiter, NeverSavesMoreThanABurst) {
  IcmpErrorLimiter limiter;
  sim::Time now = sim::Time::Zero();
  EXPECT_EQ(Allowed(limiter, now, 100), 10);
  now = now + absl::Hours(1);
  EXPECT_EQ(Allowed(limiter, now, 100), 10);
}

}  // namespace
}  // namespace inet
