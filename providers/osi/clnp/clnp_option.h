// The options part of a CLNP header (ISO 8473 7.5): a row of `code, length, value` without
// duplicates. What an option asks for is for the network entity; here it is octets of the right
// shape.
#ifndef PROVIDERS_OSI_CLNP_CLNP_OPTION_H_
#define PROVIDERS_OSI_CLNP_CLNP_OPTION_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "providers/wire/bytes.h"

namespace osi {

enum class ClnpOptionCode : uint8_t {
  kReasonForDiscard = 0xC1,  // in an error report only, and not an element of ClnpOptions
  kQualityOfService = 0xC3,
  kSecurity = 0xC5,
  kSourceRouting = 0xC8,
  kRecordingOfRoute = 0xCB,
  kPadding = 0xCC,
  kPriority = 0xCD,  // one octet, 0 (lowest) to 14
};

struct ClnpOption {
  ClnpOptionCode code = ClnpOptionCode::kPadding;
  std::vector<uint8_t> value;  // at least 1 octet, except padding
  friend bool operator==(const ClnpOption&, const ClnpOption&) = default;
};

using ClnpOptions = std::vector<ClnpOption>;

// Reads all of `part`, which begins at octet `first_octet` (from 1) of the header. The reason for
// discard is accepted where `error_report`. The error is a ClnpError.
absl::StatusOr<ClnpOptions> ParseClnpOptions(wire::ByteSpan part, size_t first_octet,
                                             bool error_report);

// Null: it is not among them.
const ClnpOption* FindClnpOption(const ClnpOptions& options, ClnpOptionCode code);

size_t ClnpOptionsOctets(const ClnpOptions& options);

}  // namespace osi

#endif  // PROVIDERS_OSI_CLNP_CLNP_OPTION_H_
