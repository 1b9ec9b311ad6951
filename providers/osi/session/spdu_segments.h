// SPDUs whose user data several SPDUs of the same kind carry, each with an enclosure item (X.225
// 6.3.5, 8.3): AC, RF, FN, DN and AB in version 2, where a maximum TSDU size was agreed on.
#ifndef PROVIDERS_OSI_SESSION_SPDU_SEGMENTS_H_
#define PROVIDERS_OSI_SESSION_SPDU_SEGMENTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "providers/osi/session/spdu.h"

namespace osi {

// `spdu` in as many SPDUs as it takes for each to have at most `tsdu_maximum` octets, 0 for no
// limit. One that fits goes without enclosure item; where several are needed, the first carries all
// other parameters. SPDUs that have no enclosure item are left whole. The maximum leaves room for
// the parameters (SessionOptions::kLeastTsduMaximum does).
std::vector<Spdu> InSegments(const Spdu& spdu, size_t tsdu_maximum);

// Puts them together again.
class SpduAssembler {
 public:
  // Of all segments of an SPDU: what one SPDU could carry.
  static constexpr size_t kMaxUserData = 65535;

  // Nullopt: more of it must follow. InvalidArgument: out of place, or too much. An AB takes the
  // place of whatever was under way.
  absl::StatusOr<std::optional<Spdu>> Add(Spdu spdu);
  bool is_empty() const { return !first_.has_value(); }

 private:
  std::optional<Spdu> first_;  // with the user data of all that have come
};

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SPDU_SEGMENTS_H_
