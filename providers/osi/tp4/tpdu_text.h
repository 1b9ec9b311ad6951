// A TPDU in a few words, for people who read a trace.
#ifndef PROVIDERS_OSI_TP4_TPDU_TEXT_H_
#define PROVIDERS_OSI_TP4_TPDU_TEXT_H_

#include <string>

#include "providers/osi/tp4/tpdu_header.h"

namespace osi {

// "nr 3 EOT, 100 octets", "nr 4 cdt 15", "reason 128 normal disconnect": all but the type. Of a
// TPDU that cannot be read: why.
std::string TpduText(ByteSpan tpdu, TpduFormat format);

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TPDU_TEXT_H_
