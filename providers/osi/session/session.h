// The session protocol of ISO 8327 (X.225), kernel and duplex, as the engine sees it.
#ifndef PROVIDERS_OSI_SESSION_SESSION_H_
#define PROVIDERS_OSI_SESSION_SESSION_H_

#include "providers/osi/session/session_options.h"
#include "providers/transport/transport.h"

namespace osi {

// The catalog entry "session", of protocol kSessionProtocol (session_options.h). The connections of
// a boot go over its class 4 transport entity, at the port kSessionEntityPort
// (session_transport.h), which transport users cannot listen at while a session user listens
// anywhere.
transport::Registration SessionRegistration();

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SESSION_H_
