// A replay token: one word that says how to repeat a run of a scenario.
#ifndef SIM_DECISION_TOKEN_H_
#define SIM_DECISION_TOKEN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "sim/decision/decision_record.h"
#include "sim/net/link_parameters.h"

namespace sim {

// Everything beside the scenario itself that a run depends on.
struct ReplayToken {
  std::string provider;  // name of a catalog entry; what names exist is not known here
  LinkOverrides link;    // the link flags of the command line; valid, in whole nanoseconds
  DecisionRecord decisions;

  friend bool operator==(const ReplayToken&, const ReplayToken&) = default;
};

// `w1.CCCCCCCC.BODY`, of letters, digits, '-', '_' and '.': it needs no quoting in a shell or an
// address.
//   w1    the version of this form
//   C     48 bits of check sum over version and body
//   BODY  base64url (RFC 4648 5, unpadded) of numbers, each 7 bits an octet, the least significant
//   first and the top
//         bit set on all octets but the last:
//           provider: length, octets
//           link: a set of those given, as bits from latency to queue in the order of
//           LinkOverrides; their values,
//             delays in nanoseconds
//           base: 1 and the seed, or 0
//           for each stream with draws, until the end: length and octets of the name, count of
//           draws, and for each
//             draw how many are between it and the one before it, and its value
std::string FormatReplayToken(const ReplayToken& token);

// Accepts what FormatReplayToken gives and nothing else: the check sum refuses what was mistyped or
// cut short. InvalidArgument, in one line that begins with "replay token", says what is wrong.
absl::StatusOr<ReplayToken> ParseReplayToken(absl::string_view text);

}  // namespace sim

#endif  // SIM_DECISION_TOKEN_H_
