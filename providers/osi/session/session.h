// The session protocol of ISO 8327 (X.225), kernel and duplex, as the engine sees it.
#ifndef PROVIDERS_OSI_SESSION_SESSION_H_
#define PROVIDERS_OSI_SESSION_SESSION_H_

#include "providers/transport/transport.h"

namespace osi {

// The protocol number of the entry. wsiso.h numbers the ISO protocols from 25 (TP0) to 35, and has
// none for session; this is the next.
constexpr int kSessionProtocol = 36;

// The catalog entry "session". The connections of a boot go over its class 4 transport entity, at
// the port kSessionEntityPort (session_transport.h), which transport users cannot listen at while
// a session user listens anywhere.
transport::Registration SessionRegistration();

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SESSION_H_
