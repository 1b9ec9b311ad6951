// As much of a data PDU as can be told where Parse refused it, or where an error report quotes no
// more than its head: who sent it, to whom, and whether he wants to hear of it (ISO 8473 6.10).
#ifndef PROVIDERS_OSI_CLNP_CLNP_OUTLINE_H_
#define PROVIDERS_OSI_CLNP_CLNP_OUTLINE_H_

#include <optional>

#include "providers/osi/clnp/nsap.h"
#include "providers/wire/bytes.h"

namespace osi {

struct ClnpOutline {
  bool error_report_allowed = false;  // flag E/R
  Nsap destination;
  Nsap source;
  wire::ByteSpan data;  // of `bytes`, as far as they are there

  // Nullopt where the header is not whole, is damaged, or is not that of a data PDU: then nothing
  // in it is to be believed.
  static std::optional<ClnpOutline> Parse(wire::ByteSpan bytes);
  friend bool operator==(const ClnpOutline&, const ClnpOutline&) = default;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_CLNP_CLNP_OUTLINE_H_
