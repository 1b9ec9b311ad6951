#include "providers/osi/tp4/tp4_state.h"

namespace osi {

absl::string_view Tp4StateName(Tp4State state) {
  switch (state) {
    case Tp4State::kClosed:
      return "CLOSED";
    case Tp4State::kWfcc:
      return "WFCC";
    case Tp4State::kWftresp:
      return "WFTRESP";
    case Tp4State::kAkwait:
      return "AKWAIT";
    case Tp4State::kOpen:
      return "OPEN";
    case Tp4State::kClosing:
      return "CLOSING";
    case Tp4State::kRefwait:
      return "REFWAIT";
  }
  return "no state";
}

bool IsLegalTransition(Tp4State from, Tp4State to) {
  switch (from) {
    case Tp4State::kClosed:
      return to == Tp4State::kWfcc || to == Tp4State::kWftresp;
    case Tp4State::kWfcc:
      return to == Tp4State::kOpen || to == Tp4State::kClosing || to == Tp4State::kRefwait;
    case Tp4State::kWftresp:
      return to == Tp4State::kAkwait || to == Tp4State::kRefwait;
    case Tp4State::kAkwait:
      return to == Tp4State::kOpen || to == Tp4State::kClosing || to == Tp4State::kRefwait;
    case Tp4State::kOpen:
      return to == Tp4State::kClosing || to == Tp4State::kRefwait;
    case Tp4State::kClosing:
      return to == Tp4State::kRefwait;
    case Tp4State::kRefwait:
      return to == Tp4State::kClosed;
  }
  return false;
}

}  // namespace osi
