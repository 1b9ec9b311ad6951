#include "providers/osi/tp4/transmit_window.h"

namespace osi {

AkVerdict TransmitWindow::OnAk(const AkTpdu& ak, TpduNumber end) {
  owes_confirmation_ = false;
  const TpduNumber lower_edge = NearestNumber(ak.your_tpdu_number, lower_edge_, format_);
  if (lower_edge > end || !IsInSequence(lower_edge, ak)) return AkVerdict::kOutOfSequence;
  const bool is_repeated = has_ak_ && lower_edge == lower_edge_ &&
                           ak.subsequence_number == subsequence_ && ak.credit == credit_;
  const TpduNumber old_upper_edge = upper_edge();
  const bool opens = is_closed() && ak.credit > 0;
  const bool raises_again =
      was_reduced_ && lower_edge == lower_edge_ && lower_edge + ak.credit > old_upper_edge;
  if (lower_edge > lower_edge_) was_reduced_ = false;
  if (lower_edge + ak.credit < old_upper_edge) was_reduced_ = true;
  lower_edge_ = lower_edge;
  credit_ = ak.credit;
  subsequence_ = ak.subsequence_number;
  has_ak_ = true;
  owes_confirmation_ =
      !ak.flow_control_confirmation.has_value() && (is_repeated || opens || raises_again);
  return is_repeated ? AkVerdict::kRepeated : AkVerdict::kInSequence;
}

// 12.2.3.8.2.
bool TransmitWindow::IsInSequence(TpduNumber lower_edge, const AkTpdu& ak) const {
  if (lower_edge != lower_edge_) return lower_edge > lower_edge_;
  if (ak.subsequence_number != subsequence_) return ak.subsequence_number > subsequence_;
  return ak.credit >= credit_;
}

FlowControlConfirmation TransmitWindow::Confirmation() const {
  return {.lower_window_edge = OnTheWire(lower_edge_, format_),
          .your_subsequence = subsequence_,
          .your_credit = credit_};
}

}  // namespace osi
