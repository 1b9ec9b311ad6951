#include "providers/osi/tp4/disconnect_cause.h"

namespace osi {
namespace {

using transport::Cause;
using transport::Reason;

Reason Make(Cause cause, DisconnectReason reason) {
  return {.cause = cause, .code = static_cast<int>(reason), .text = DisconnectReasonName(reason)};
}

// What the two have in common.
Cause CauseOf(DisconnectReason reason) {
  switch (reason) {
    case DisconnectReason::kCongestionAtTsap:
    case DisconnectReason::kRemoteCongestion:
    case DisconnectReason::kReferenceOverflow:
      return Cause::kCongestion;
    case DisconnectReason::kSessionEntityNotAttached:
    case DisconnectReason::kAddressUnknown:
      return Cause::kNothingThere;
    case DisconnectReason::kNegotiationFailed:
    case DisconnectReason::kRequestRefused:
      return Cause::kNegotiationFailed;
    case DisconnectReason::kDuplicateSourceReference:
    case DisconnectReason::kMismatchedReferences:
    case DisconnectReason::kProtocolError:
    case DisconnectReason::kInvalidLength:
      return Cause::kProtocolError;
    case DisconnectReason::kNormal:
      return Cause::kPeerUser;
    case DisconnectReason::kUnspecified:
      break;
  }
  return Cause::kPeerLost;  // the peer's transport entity has given up
}

}  // namespace

Reason ReasonOfRefusal(DisconnectReason reason) {
  const Cause cause = CauseOf(reason);
  const bool is_by_user = cause == Cause::kPeerUser || cause == Cause::kPeerLost;
  return Make(is_by_user ? Cause::kRefusedByUser : cause, reason);
}

Reason ReasonOfDisconnect(DisconnectReason reason) { return Make(CauseOf(reason), reason); }

}  // namespace osi
