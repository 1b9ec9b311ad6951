#include "providers/osi/tp4/transmit_window.h"

#include "gtest/gtest.h"

namespace osi {
namespace {

TransmitWindow Window(uint16_t credit) { return TransmitWindow(TpduFormat::kNormal, credit); }

AkTpdu Ak(uint32_t number, uint16_t credit, uint16_t subsequence = 0) {
  return {.your_tpdu_number = number, .credit = credit, .subsequence_number = subsequence};
}

AkTpdu Confirming(AkTpdu ak) {
  ak.flow_control_confirmation = FlowControlConfirmation{};
  return ak;
}

TEST(TransmitWindow, BeginsWithTheCreditOfCrOrCc) {
  EXPECT_EQ(Window(5).lower_edge(), 0u);
  EXPECT_EQ(Window(5).upper_edge(), 5u);
  EXPECT_TRUE(Window(0).is_closed());
}

TEST(TransmitWindow, AnAkMovesBothEdges) {
  TransmitWindow window = Window(5);
  EXPECT_EQ(window.OnAk(Ak(3, 4), 5), AkVerdict::kInSequence);
  EXPECT_EQ(window.lower_edge(), 3u);
  EXPECT_EQ(window.upper_edge(), 7u);
}

TEST(TransmitWindow, CreditMayBeReduced) {
  TransmitWindow window = Window(15);
  EXPECT_EQ(window.OnAk(Ak(1, 2), 5), AkVerdict::kInSequence);
  EXPECT_EQ(window.upper_edge(), 3u);
  // At the same lower edge only with a higher subsequence number.
  EXPECT_EQ(window.OnAk(Ak(1, 1), 5), AkVerdict::kOutOfSequence);
  EXPECT_EQ(window.OnAk(Ak(1, 1, 1), 5), AkVerdict::kInSequence);
  EXPECT_EQ(window.upper_edge(), 2u);
  EXPECT_EQ(window.OnAk(Ak(1, 15, 0), 5), AkVerdict::kOutOfSequence);  // it is older
  EXPECT_EQ(window.upper_edge(), 2u);
}

TEST(TransmitWindow, OldAndImpossibleAksAreOutOfSequence) {
  TransmitWindow window = Window(15);
  window.OnAk(Ak(3, 15), 5);
  EXPECT_EQ(window.OnAk(Ak(2, 15), 5), AkVerdict::kOutOfSequence);
  EXPECT_EQ(window.OnAk(Ak(6, 15), 5), AkVerdict::kOutOfSequence);
  EXPECT_EQ(window.lower_edge(), 3u);
}

TEST(TransmitWindow, NumbersWrap) {
  TransmitWindow window = Window(15);
  TpduNumber end = 0;
  for (int i = 0; i < 30; ++i) {
    end += 10;
    EXPECT_EQ(window.OnAk(Ak(OnTheWire(end, TpduFormat::kNormal), 15), end),
              AkVerdict::kInSequence);
  }
  EXPECT_EQ(window.lower_edge(), 300u);
  EXPECT_EQ(window.Confirmation(),
            (FlowControlConfirmation{.lower_window_edge = 300 % 128, .your_credit = 15}));
}

TEST(TransmitWindow, OwesAConfirmationInThreeCases) {  // 12.2.3.9
  TransmitWindow window = Window(3);
  window.OnAk(Ak(0, 3), 3);  // CR or CC said the same, but no AK did
  EXPECT_FALSE(window.owes_confirmation());
  EXPECT_EQ(window.OnAk(Ak(0, 3), 3), AkVerdict::kRepeated);
  EXPECT_TRUE(window.owes_confirmation());

  window.OnAk(Ak(3, 0), 3);
  EXPECT_FALSE(window.owes_confirmation());
  window.OnAk(Ak(3, 2), 3);  // opens a closed window
  EXPECT_TRUE(window.owes_confirmation());

  window.OnAk(Ak(3, 1, 1), 3);  // a reduction
  EXPECT_FALSE(window.owes_confirmation());
  window.OnAk(Ak(3, 4, 1), 3);  // raises the upper edge alone
  EXPECT_TRUE(window.owes_confirmation());
}

TEST(TransmitWindow, OwesNoneToAnAkThatConfirms) {
  TransmitWindow window = Window(0);
  window.OnAk(Confirming(Ak(0, 2)), 0);
  EXPECT_FALSE(window.owes_confirmation());
  EXPECT_EQ(window.OnAk(Confirming(Ak(0, 2)), 0), AkVerdict::kRepeated);
  EXPECT_FALSE(window.owes_confirmation());
}

}  // namespace
}  // namespace osi
