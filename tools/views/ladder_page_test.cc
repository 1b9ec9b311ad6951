#include "tools/views/ladder_page.h"

#include <algorithm>

#include "absl/time/time.h"
#include "gtest/gtest.h"

namespace wsim {
namespace {

sim::Time Milliseconds(int64_t milliseconds) {
  return sim::Time::Zero() + absl::Milliseconds(milliseconds);
}

TEST(LadderPage, HasALifelineForEachHostAndTheTimeWhereItIsNew) {
  LadderPage page({"client", "server"});
  page.AddText(Milliseconds(0), 1, "listen(4, 5) = 0");
  page.AddText(Milliseconds(0), 0, "connect(8, server:5000) …");
  page.AddArrow(Milliseconds(10), 0, 1, "SYN", /*arrives=*/true);
  page.AddArrow(Milliseconds(20), 1, 0, "SYN ACK", /*arrives=*/true);
  EXPECT_EQ("\n" + page.ToString(), R"(
               client                                               server
      0.000000 │                                                    │ listen(4, 5) = 0
               │ connect(8, server:5000) …                          │
      0.010000 │─────────────────────── SYN ───────────────────────▶│
      0.020000 │◀───────────────────── SYN ACK ─────────────────────│
)");
}

TEST(LadderPage, EndsALostArrowOnItsWay) {
  LadderPage page({"client", "server"});
  page.AddArrow(Milliseconds(10), 0, 1, "SYN (lost)", /*arrives=*/false);
  page.AddArrow(Milliseconds(20), 1, 0, "SYN ACK (lost)", /*arrives=*/false);
  EXPECT_EQ("\n" + page.ToString(), R"(
               client                                               server
      0.010000 │─────────────────── SYN (lost) ───✗                 │
      0.020000 │              ✗─── SYN ACK (lost) ──────────────────│
)");
}

TEST(LadderPage, ContinuesALongTextBelowAndCutsALongLabel) {
  LadderPage page({"client", "server"});
  page.AddText(Milliseconds(0), 0, "a text that is too long for the column that it stands in");
  page.AddArrow(Milliseconds(1), 0, 1, "a label that is too long for the arrow to carry",
                /*arrives=*/true);
  EXPECT_EQ("\n" + page.ToString(), R"(
               client                                               server
      0.000000 │ a text that is too long for the column that it     │
               │   stands in                                        │
      0.001000 │─── a label that is too long for the arrow to … ───▶│
)");
}

TEST(LadderPage, CrossesTheLifelinesBetween) {
  LadderPage page({"a", "b", "c"});
  page.AddArrow(Milliseconds(0), 0, 2, "over b", /*arrives=*/true);
  page.AddArrow(Milliseconds(0), 2, 1, "back", /*arrives=*/true);
  EXPECT_EQ("\n" + page.ToString(), R"(
               a                                        b                                        c
      0.000000 │──────────────────────────────────── over b ────────────────────────────────────▶│
               │                                        │◀──────────────── back ─────────────────│
)");
}

TEST(LadderPage, GivesATimeAfterTenHoursALineOfItsOwn) {
  LadderPage page({"a"});
  page.AddText(Milliseconds(36'000'000), 0, "late");
  page.AddText(Milliseconds(36'000'000), 0, "as late");
  EXPECT_EQ("\n" + page.ToString(), R"(
               a
10:00:00.000000
               │ late
               │ as late
)");
}

TEST(LadderPage, CountsTheLinesThatHaveNoRoom) {
  LadderPage page({"a"});
  for (size_t i = 0; i < LadderPage::kMostLines + 2; ++i) page.AddText(sim::Time::Zero(), 0, "x");
  const std::string text = page.ToString();
  EXPECT_EQ(static_cast<size_t>(std::count(text.begin(), text.end(), '\n')),
            1 + LadderPage::kMostLines + 1);
  EXPECT_NE(text.find("\n… 2 lines more"), std::string::npos);
}

}  // namespace
}  // namespace wsim
