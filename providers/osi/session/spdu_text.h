// An SPDU in a few words, for people who read a trace.
#ifndef PROVIDERS_OSI_SESSION_SPDU_TEXT_H_
#define PROVIDERS_OSI_SESSION_SPDU_TEXT_H_

#include <string>

#include "providers/osi/session/spdu.h"

namespace osi {

// All but the name: "versions 1 2, from 1111 to 2222", "reason 129 session selector unknown",
// "\"client-total=2\"", "10240 octets". User data that are short and printable are shown.
std::string SpduText(const Spdu& spdu);

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SPDU_TEXT_H_
