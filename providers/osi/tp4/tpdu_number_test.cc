#include "providers/osi/tp4/tpdu_number.h"

#include "gtest/gtest.h"

namespace osi {
namespace {

constexpr TpduFormat kNormal = TpduFormat::kNormal;
constexpr TpduFormat kExtended = TpduFormat::kExtended;

TEST(TpduNumber, WrapsOnTheWire) {
  EXPECT_EQ(OnTheWire(127, kNormal), 127u);
  EXPECT_EQ(OnTheWire(128, kNormal), 0u);
  EXPECT_EQ(OnTheWire(128, kExtended), 128u);
  EXPECT_EQ(OnTheWire(TpduNumber{1} << 31, kExtended), 0u);
}

TEST(TpduNumber, TheNearestNumberIsMeant) {
  EXPECT_EQ(NearestNumber(5, 5, kNormal), 5u);
  EXPECT_EQ(NearestNumber(5, 133, kNormal), 133u);
  EXPECT_EQ(NearestNumber(0, 127, kNormal), 128u);
  EXPECT_EQ(NearestNumber(127, 128, kNormal), 127u);
  EXPECT_EQ(NearestNumber(63, 128, kNormal), 191u);  // half of the numbers ahead
  EXPECT_EQ(NearestNumber(64, 128, kNormal), 64u);   // the others behind
  EXPECT_EQ(NearestNumber(0x7FFFFFFF, TpduNumber{1} << 31, kExtended), 0x7FFFFFFFu);
}

TEST(TpduNumber, NoneIsBelowZero) { EXPECT_EQ(NearestNumber(127, 0, kNormal), 127u); }

}  // namespace
}  // namespace osi
