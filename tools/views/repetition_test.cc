#include "tools/views/repetition.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace wsim {
namespace {

constexpr size_t kMost = Repetition::kMostAlike;

TEST(Repetition, HidesWhatIsSaidTooOften) {
  Repetition repetition;
  for (size_t i = 0; i < kMost; ++i) EXPECT_FALSE(repetition.Hides("ping"));
  EXPECT_EQ(repetition.TakeHidden(), 0u);
  EXPECT_TRUE(repetition.Hides("ping"));
  EXPECT_TRUE(repetition.Hides("ping"));
  EXPECT_FALSE(repetition.Hides("pong"));
  EXPECT_EQ(repetition.TakeHidden(), 2u);
  EXPECT_EQ(repetition.TakeHidden(), 0u);
}

TEST(Repetition, SeesLinesThatTakeTurns) {
  Repetition repetition;
  size_t shown = 0;
  for (int i = 0; i < 1000; ++i) {
    shown += repetition.Hides("ping") ? 0 : 1;
    shown += repetition.Hides("pong") ? 0 : 1;
  }
  EXPECT_EQ(shown, 2 * kMost);
}

TEST(Repetition, IsOverWhenManyOtherLinesHaveCome) {
  Repetition repetition;
  for (size_t i = 0; i < kMost; ++i) EXPECT_FALSE(repetition.Hides("ping"));
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(repetition.Hides(absl::StrCat("line ", i)));
  EXPECT_FALSE(repetition.Hides("ping"));
}

}  // namespace
}  // namespace wsim
