#include "providers/osi/tp4/receive_window.h"

#include "gtest/gtest.h"

namespace osi {
namespace {

ReceiveWindow Window(uint16_t credit) { return ReceiveWindow(TpduFormat::kNormal, credit); }

void Advance(ReceiveWindow& window, int count) {
  for (int i = 0; i < count; ++i) window.Advance();
}

TEST(ReceiveWindow, TellsWhereADtStands) {
  ReceiveWindow window = Window(4);
  EXPECT_EQ(window.Place(0).place, DtPlace::kNext);
  EXPECT_EQ(window.Place(1).place, DtPlace::kAhead);
  EXPECT_EQ(window.Place(3).place, DtPlace::kAhead);
  EXPECT_EQ(window.Place(4).place, DtPlace::kOutside);
  window.Advance();
  EXPECT_EQ(window.Place(0).place, DtPlace::kDuplicate);
  EXPECT_EQ(window.Place(4).place, DtPlace::kOutside);  // no AK has said otherwise
}

TEST(ReceiveWindow, NumbersWrap) {
  ReceiveWindow window = Window(15);
  for (int i = 0; i < 20; ++i) {
    Advance(window, 10);
    window.TakeAk();
  }
  EXPECT_EQ(window.next(), 200u);
  EXPECT_EQ(window.Place(200 % 128).place, DtPlace::kNext);
  EXPECT_EQ(window.Place(205 % 128).number, 205u);
  EXPECT_EQ(window.Place(199 % 128).place, DtPlace::kDuplicate);
}

TEST(ReceiveWindow, AnAkAcknowledgesAndGrantsTheRoom) {
  ReceiveWindow window = Window(15);
  Advance(window, 2);
  window.SetRoom(13);
  EXPECT_EQ(window.TakeAk(), (AkTpdu{.your_tpdu_number = 2, .credit = 13}));
  EXPECT_EQ(window.unannounced(), 0u);
  window.SetRoom(15);
  EXPECT_EQ(window.unannounced(), 2u);
  EXPECT_EQ(window.Place(15).place, DtPlace::kOutside);
  window.TakeAk();
  EXPECT_EQ(window.Place(15).place, DtPlace::kAhead);
}

TEST(ReceiveWindow, ClosesWhenAllThatWasGrantedHasCome) {
  ReceiveWindow window = Window(2);
  EXPECT_FALSE(window.is_closed());
  Advance(window, 2);
  EXPECT_TRUE(window.is_closed());
  window.SetRoom(1);
  window.TakeAk();
  EXPECT_FALSE(window.is_closed());
}

TEST(ReceiveWindow, AReductionAtTheSameLowerEdgeRaisesTheSubsequence) {  // 12.2.3.8.1
  ReceiveWindow window = Window(10);
  window.SetRoom(8);
  EXPECT_EQ(window.TakeAk().subsequence_number, 1);
  window.SetRoom(9);
  EXPECT_EQ(window.TakeAk().subsequence_number, 1);  // more credit needs no new number
  window.SetRoom(4);
  EXPECT_EQ(window.TakeAk().subsequence_number, 2);
  window.Advance();
  window.SetRoom(2);
  EXPECT_EQ(window.TakeAk().subsequence_number, 0);
}

TEST(ReceiveWindow, RoomBeyondTheLargestCreditIsNotGranted) {
  ReceiveWindow window = Window(1);
  window.SetRoom(100);
  EXPECT_EQ(window.TakeAk().credit, 15);
}

TEST(ReceiveWindow, KnowsWhatConfirmsTheLastAk) {
  ReceiveWindow window = Window(0);
  window.SetRoom(3);
  window.TakeAk();
  const FlowControlConfirmation right{.your_credit = 3};
  EXPECT_TRUE(window.IsConfirmedBy(right));
  EXPECT_FALSE(window.IsConfirmedBy({.your_credit = 2}));
  EXPECT_FALSE(window.IsConfirmedBy({.lower_window_edge = 1, .your_credit = 3}));
  EXPECT_FALSE(window.IsConfirmedBy({.your_subsequence = 1, .your_credit = 3}));
}

}  // namespace
}  // namespace osi
