#include "providers/inet/tcp/timestamps.h"

#include "gtest/gtest.h"

namespace inet {
namespace {

sim::Time At(absl::Duration span) { return sim::Time::Zero() + span; }

TEST(Timestamps, TickEveryMillisecondFromAnOffset) {  // RFC 7323 5.4
  Timestamps ours;
  ours.set_offset(0xFFFFFFFE);
  EXPECT_EQ(ours.Make(At(absl::Microseconds(999))).value, 0xFFFFFFFE);
  EXPECT_EQ(ours.Make(At(absl::Milliseconds(3))).value, 1);
}

TEST(Timestamps, EchoWhatWasTakenLast) {
  Timestamps ours;
  EXPECT_EQ(ours.Make(At(absl::Seconds(1))).echo_reply, 0);
  EXPECT_FALSE(ours.has_recent());
  ours.Take(700, At(absl::Seconds(1)));
  EXPECT_EQ(ours.Make(At(absl::Seconds(2))).echo_reply, 700);
  ours.Take(699, At(absl::Seconds(3)));  // older
  EXPECT_EQ(ours.recent(), 700);
  ours.Take(701, At(absl::Seconds(3)));
  EXPECT_EQ(ours.recent(), 701);
}

TEST(Timestamps, TellOldDuplicates) {  // RFC 7323 5.3, R1
  Timestamps ours;
  EXPECT_FALSE(ours.IsOld(5, At(absl::ZeroDuration())));  // nothing to compare with
  ours.Take(5, At(absl::ZeroDuration()));
  EXPECT_FALSE(ours.IsOld(5, At(absl::Seconds(1))));
  EXPECT_FALSE(ours.IsOld(6, At(absl::Seconds(1))));
  EXPECT_TRUE(ours.IsOld(4, At(absl::Seconds(1))));
  EXPECT_TRUE(ours.IsOld(0xFFFFFFFF, At(absl::Seconds(1))));
  EXPECT_FALSE(ours.IsOld(0x80000004, At(absl::Seconds(1))));
}

TEST(Timestamps, AreOutdatedAfterTwentyFourDays) {  // RFC 7323 5.5
  Timestamps ours;
  ours.Take(5, At(absl::ZeroDuration()));
  EXPECT_TRUE(ours.IsOld(4, At(Timestamps::kOutdated)));
  EXPECT_FALSE(ours.IsOld(4, At(Timestamps::kOutdated + absl::Nanoseconds(1))));
  ours.Take(4, At(Timestamps::kOutdated + absl::Nanoseconds(1)));
  EXPECT_EQ(ours.recent(), 4);
}

TEST(Timestamps, MeasureWhatComesBack) {  // RFC 7323 4.1
  Timestamps ours;
  ours.set_offset(0xFFFFFFF0);
  const uint32_t sent = ours.Make(At(absl::Milliseconds(10))).value;
  EXPECT_EQ(ours.Elapsed(sent, At(absl::Milliseconds(52))), absl::Milliseconds(42));
  EXPECT_EQ(ours.Elapsed(sent, At(absl::Milliseconds(10))), absl::Milliseconds(1));
  EXPECT_EQ(ours.Elapsed(sent, At(absl::Milliseconds(9))), std::nullopt);
  EXPECT_EQ(ours.Elapsed(0xFFFFFFEF, At(absl::Milliseconds(9))), std::nullopt);
}

}  // namespace
}  // namespace inet
