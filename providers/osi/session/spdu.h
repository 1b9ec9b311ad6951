// The SPDUs of the session kernel with the duplex functional unit, and of the release and expedited
// units beside it, each a plain struct with Parse and AppendTo. Clauses are those of X.225 (1995),
// which is ISO/IEC 8327-1.
//
// One TSDU holds one SPDU, or a GT or PT followed by a DT, which is one DtSpdu here. Parameters
// have at most 65535 octets in all; a caller that writes user data sees to it that they do. Limits
// that only version 1 has are for the caller to check, who knows the version.
#ifndef PROVIDERS_OSI_SESSION_SPDU_H_
#define PROVIDERS_OSI_SESSION_SPDU_H_

#include <variant>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "providers/osi/session/spdu_abort.h"
#include "providers/osi/session/spdu_connect.h"
#include "providers/osi/session/spdu_data.h"
#include "providers/osi/session/spdu_release.h"

namespace osi {

using Spdu = std::variant<CnSpdu, AcSpdu, RfSpdu, FnSpdu, DnSpdu, NfSpdu, AbSpdu, AaSpdu, GtSpdu,
                          PtSpdu, DtSpdu, ExSpdu, PrSpdu>;

// Reads one whole TSDU, of either flow; whether it may come on that flow, and now, is for the
// caller to see. DT and EX refer to `tsdu`. InvalidArgument names the rule; the answer to it is
// AbSpdu::ForProtocolError.
absl::StatusOr<Spdu> ParseSpdu(ByteSpan tsdu);

void AppendSpdu(const Spdu& spdu, std::vector<uint8_t>& out);

// SI; of a DT its own, not that of the GT or PT in front of it.
uint8_t SpduNumber(const Spdu& spdu);
// "CN", "AC", ...
absl::string_view SpduName(const Spdu& spdu);

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SPDU_H_
