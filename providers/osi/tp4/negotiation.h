// What the two ends of a connection agree on with CR and CC (ISO 8073 6.5.5): the initiator
// proposes, the responder may only weaken.
#ifndef PROVIDERS_OSI_TP4_NEGOTIATION_H_
#define PROVIDERS_OSI_TP4_NEGOTIATION_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "providers/osi/tp4/tp4_options.h"
#include "providers/osi/tp4/tpdu_connect.h"

namespace osi {

// What a CR proposes.
struct Offer {
  bool extended_formats = false;
  bool checksum_non_use = false;
  bool expedited = true;
  uint16_t tpdu_size = ConnectTpduContent::kDefaultTpduSize;  // parameter C0
  uint16_t preferred_units = 0;  // parameter F0, of 128 octets each; 0: absent
  uint16_t credit = kReceiveDts;
};

struct Agreement {
  TpduFormat format = TpduFormat::kNormal;
  bool checksum = true;  // in every TPDU
  bool expedited = false;
  bool is_preferred_size = false;  // the TPDU size stands in parameter F0 of the CC
  size_t tpdu_size = ConnectTpduContent::kDefaultTpduSize;  // octets, header included
  uint16_t credit = kReceiveDts;                            // what we grant at first
  // What the peer says of itself: AR, and how often it wants to hear of us at least.
  absl::Duration remote_acknowledge_time = absl::ZeroDuration();
  absl::Duration window_time = absl::ZeroDuration();
};

// How many DTs of that size a receive buffer has room for at first: at least one, at most
// kReceiveDts.
uint16_t FirstCredit(const Tp4Options& options, size_t tpdu_size);

// The largest TPDU size that may be proposed where NSDUs of `nsdu` octets reach the peer in one
// piece.
size_t LargestTpduSize(size_t nsdu);

// What a user's options make of it.
Offer OfferOf(const Tp4Options& options, size_t nsdu);
// Everything in CR and CC but references, selectors, quality of service and user data.
ConnectTpduContent Proposal(const Offer& offer);
// The responder's part, before its user has said what it wants: all that is possible. The error:
// why there is nothing that both can do (DR reason 130).
absl::StatusOr<Agreement> AgreeTo(const CrTpdu& request, size_t nsdu);
// As much of `agreement` as the user wants.
Agreement Weakened(Agreement agreement, const Tp4Options& options);
ConnectTpduContent Answer(const Agreement& agreement);
// The initiator's part, with what it proposed. The error: why the answer is none (DR reason 130).
absl::StatusOr<Agreement> AgreeTo(const CcTpdu& answer, const Offer& offer);

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_NEGOTIATION_H_
