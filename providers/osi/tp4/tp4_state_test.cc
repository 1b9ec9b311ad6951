#include "providers/osi/tp4/tp4_state.h"

#include <vector>

#include "gtest/gtest.h"

namespace osi {
namespace {

constexpr Tp4State kAll[] = {Tp4State::kClosed, Tp4State::kWfcc, Tp4State::kWftresp,
                             Tp4State::kAkwait, Tp4State::kOpen, Tp4State::kClosing,
                             Tp4State::kRefwait};

TEST(Tp4State, HasTheStandardsNames) {
  EXPECT_EQ(Tp4StateName(Tp4State::kClosed), "CLOSED");
  EXPECT_EQ(Tp4StateName(Tp4State::kWfcc), "WFCC");
  EXPECT_EQ(Tp4StateName(Tp4State::kWftresp), "WFTRESP");
  EXPECT_EQ(Tp4StateName(Tp4State::kAkwait), "AKWAIT");
  EXPECT_EQ(Tp4StateName(Tp4State::kOpen), "OPEN");
  EXPECT_EQ(Tp4StateName(Tp4State::kClosing), "CLOSING");
  EXPECT_EQ(Tp4StateName(Tp4State::kRefwait), "REFWAIT");
}

TEST(Tp4State, NoStateLeadsToItselfAndFromRefwaitAllIsOver) {
  for (Tp4State state : kAll) {
    EXPECT_FALSE(IsLegalTransition(state, state)) << Tp4StateName(state);
    EXPECT_EQ(IsLegalTransition(Tp4State::kRefwait, state), state == Tp4State::kClosed);
  }
}

TEST(Tp4State, EveryStateThatHasBegunCanEnd) {
  for (Tp4State state : kAll) {
    if (state == Tp4State::kClosed || state == Tp4State::kRefwait) continue;
    EXPECT_TRUE(IsLegalTransition(state, Tp4State::kRefwait)) << Tp4StateName(state);
  }
}

}  // namespace
}  // namespace osi
