#include "tools/views/ladder_page.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
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
  page.AddArrow(Milliseconds(10), 0, 1, "SYN", /*arrives=*/false, "lost");
  page.AddArrow(Milliseconds(20), 1, 0, "SYN ACK", /*arrives=*/false, "lost");
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
  page.AddArrow(Milliseconds(2), 1, 0, "a label that is too long for the arrow to carry",
                /*arrives=*/false, "queue full");
  EXPECT_EQ("\n" + page.ToString(), R"(
               client                                               server
      0.000000 │ a text that is too long for the column that it     │
               │   stands in                                        │
      0.001000 │─── a label that is too long for the arrow to … ───▶│
      0.002000 │✗─── a label that is too long for … (queue full) ───│
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

TEST(LadderPage, CountsLinesThatRepeatThemselves) {
  LadderPage page({"a", "b"});
  for (int second = 0; second < 20; ++second) {
    page.AddArrow(Milliseconds(1000 * second), 0, 1, "alive?", /*arrives=*/true);
    const bool arrives = second % 2 == 1;
    page.AddArrow(Milliseconds(1000 * second), 1, 0, "alive!", arrives, arrives ? "" : "lost");
  }
  page.AddText(Milliseconds(21'000), 1, "at last");
  for (int i = 0; i < 9; ++i) page.AddText(Milliseconds(22'000), 1, "again");
  const std::string text = page.ToString();
  EXPECT_EQ("\n" + text.substr(text.find("      7.0")), R"(
      7.000000 │───────────────────── alive? ──────────────────────▶│
               │◀───────────────────── alive! ──────────────────────│
     19.000000 │ ⋮ 24 lines more like these                         │
     21.000000 │                                                    │ at last
     22.000000 │                                                    │ again
               │                                                    │ again
               │                                                    │ again
               │                                                    │ again
               │                                                    │ again
               │                                                    │ again
               │                                                    │ again
               │                                                    │ again
               │ ⋮ 1 line more like these                           │
)");
}

TEST(LadderPage, CountsTheLinesThatHaveNoRoom) {
  LadderPage page({"a"});
  for (size_t i = 0; i < LadderPage::kMostLines + 2; ++i) {
    page.AddText(sim::Time::Zero(), 0, absl::StrCat("line ", i));
  }
  const std::string text = page.ToString();
  EXPECT_EQ(static_cast<size_t>(std::count(text.begin(), text.end(), '\n')),
            1 + LadderPage::kMostLines + 1);
  EXPECT_NE(text.find("\n… 2 lines more"), std::string::npos);
}

}  // namespace
}  // namespace wsim
