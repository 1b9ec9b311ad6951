// The TPDUs of class 4 (ISO 8073 clause 13), each a plain struct with Parse and AppendTo.
//
// How a transport entity reads an NSDU:
//
//    TakeTpdu           until the NSDU is empty: one TPDU at a time
//    TpduHeader::Parse  which type, for which reference: this leads to the connection
//    XxTpdu::Parse      the fields, in the format that the connection agreed
//
// Each Parse sums the TPDU where a checksum is there, before any other rule is looked at that does
// not concern where the parameters lie. On a connection that uses checksums, a TPDU for which
// ChecksumHolds is false is discarded (6.17.3) even if Parse found another fault first, for the
// damage may have hit the octets that say where the checksum stands.
#ifndef PROVIDERS_OSI_TP4_TPDU_H_
#define PROVIDERS_OSI_TP4_TPDU_H_

#include <variant>

#include "absl/status/statusor.h"
#include "providers/osi/tp4/tpdu_acknowledge.h"
#include "providers/osi/tp4/tpdu_connect.h"
#include "providers/osi/tp4/tpdu_data.h"
#include "providers/osi/tp4/tpdu_disconnect.h"
#include "providers/osi/tp4/tpdu_error.h"
#include "providers/osi/tp4/tpdu_fault.h"
#include "providers/osi/tp4/tpdu_header.h"

namespace osi {

using Tpdu = std::variant<CrTpdu, CcTpdu, DrTpdu, DcTpdu, DtTpdu, EdTpdu, AkTpdu, EaTpdu, ErTpdu>;

// Reads one whole TPDU of any type. DT and ED refer to `tpdu`. An RJ is kInvalidTpduType.
absl::StatusOr<Tpdu> ParseTpdu(ByteSpan tpdu, TpduFormat format);

void AppendTpdu(const Tpdu& tpdu, std::vector<uint8_t>& out);

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TPDU_H_
