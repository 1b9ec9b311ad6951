// What the two ends of a connection agree on with CR and CC (ISO 8073 6.5.5): the initiator
// proposes, the responder may only weaken.
#ifndef PROVIDERS_OSI_TP4_NEGOTIATION_H_
#define PROVIDERS_OSI_TP4_NEGOTIATION_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "providers/osi/tp4/tpdu_connect.h"

namespace osi {

struct Agreement {
  TpduFormat format = TpduFormat::kNormal;
  size_t tpdu_size = ConnectTpduContent::kDefaultTpduSize;  // octets, header included
  bool expedited = false;
  // What the peer says of itself: AR, and how often it wants to hear of us at least.
  absl::Duration remote_acknowledge_time = absl::ZeroDuration();
  absl::Duration window_time = absl::ZeroDuration();
};

// The largest TPDU size that may be proposed where NSDUs of `nsdu` octets reach the peer in one
// piece.
size_t LargestTpduSize(size_t nsdu);

// Everything in CR and CC but references, selectors and user data.
ConnectTpduContent Proposal(size_t tpdu_size);
// The responder's part. The error: why there is nothing that both can do (DR reason 130).
absl::StatusOr<Agreement> AgreeTo(const CrTpdu& request, size_t largest_tpdu_size);
ConnectTpduContent Answer(const Agreement& agreement);
// The initiator's part, with what it proposed. The error: why the answer is none (DR reason 130).
absl::StatusOr<Agreement> AgreeTo(const CcTpdu& answer, size_t proposed_tpdu_size);

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_NEGOTIATION_H_
