#include "providers/osi/session/session_state.h"

#include <vector>

#include "absl/container/btree_set.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace osi {
namespace {

using State = SessionState;

constexpr State kStates[] = {State::kSta01,  State::kSta01A, State::kSta01B, State::kSta01C,
                             State::kSta02A, State::kSta03,  State::kSta08,  State::kSta09,
                             State::kSta16,  State::kSta713};

TEST(SessionState, NamesAreTheStandardsOwn) {
  absl::btree_set<absl::string_view> names;
  for (const State state : kStates) {
    EXPECT_EQ(SessionStateName(state).substr(0, 3), "STA");
    names.insert(SessionStateName(state));
  }
  EXPECT_EQ(names.size(), std::size(kStates));
}

TEST(SessionState, StepsAreThoseOfTheTables) {
  const absl::btree_set<std::string> steps = {
      "STA01 STA01B",  "STA01 STA01C",  "STA01A STA01",  "STA01A STA01C", "STA01B STA01",
      "STA01B STA02A", "STA01C STA01",  "STA01C STA02A", "STA01C STA08",  "STA01C STA16",
      "STA02A STA01",  "STA02A STA01A", "STA02A STA01C", "STA02A STA713", "STA02A STA16",
      "STA03 STA01",   "STA03 STA01A",  "STA03 STA01C",  "STA03 STA09",   "STA03 STA16",
      "STA08 STA01",   "STA08 STA01A",  "STA08 STA01C",  "STA08 STA713",  "STA08 STA16",
      "STA09 STA01",   "STA09 STA01A",  "STA09 STA01C",  "STA09 STA03",   "STA09 STA16",
      "STA16 STA01",   "STA713 STA01",  "STA713 STA01A", "STA713 STA01C", "STA713 STA03",
      "STA713 STA09",  "STA713 STA16"};
  for (const State from : kStates) {
    for (const State to : kStates) {
      const std::string step = absl::StrCat(SessionStateName(from), " ", SessionStateName(to));
      EXPECT_EQ(IsLegalTransition(from, to), steps.contains(step)) << step;
    }
  }
}

}  // namespace
}  // namespace osi
