#include "providers/osi/tp4/receive_window.h"

#include <algorithm>

namespace osi {
namespace {

constexpr size_t LargestCredit(TpduFormat format) {
  return format == TpduFormat::kNormal ? 15 : UINT16_MAX;
}

}  // namespace

ReceiveWindow::Arrival ReceiveWindow::Place(uint32_t number_on_the_wire) const {
  const TpduNumber number = NearestNumber(number_on_the_wire, next_, format_);
  if (number < next_) return {DtPlace::kDuplicate, number};
  if (number >= upper_edge_) return {DtPlace::kOutside, number};
  return {number == next_ ? DtPlace::kNext : DtPlace::kAhead, number};
}

void ReceiveWindow::SetRoom(size_t dts) { room_ = std::min(dts, LargestCredit(format_)); }

uint64_t ReceiveWindow::unannounced() const {
  const TpduNumber possible = next_ + room_;
  return possible > upper_edge_ ? possible - upper_edge_ : 0;
}

AkTpdu ReceiveWindow::TakeAk() {
  const uint16_t credit = static_cast<uint16_t>(room_);
  if (next_ != told_next_) {
    subsequence_ = 0;
  } else if (credit < told_credit_) {
    ++subsequence_;
  }
  told_next_ = next_;
  told_credit_ = credit;
  upper_edge_ = next_ + credit;
  return {.format = format_,
          .your_tpdu_number = OnTheWire(next_, format_),
          .credit = credit,
          .subsequence_number = subsequence_};
}

bool ReceiveWindow::IsConfirmedBy(const FlowControlConfirmation& confirmation) const {
  return confirmation.lower_window_edge == OnTheWire(told_next_, format_) &&
         confirmation.your_subsequence == subsequence_ && confirmation.your_credit == told_credit_;
}

}  // namespace osi
