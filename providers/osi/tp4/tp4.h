// The transport protocol of ISO 8073 (X.224), class 4, as the engine and the session layer see it.
#ifndef PROVIDERS_OSI_TP4_TP4_H_
#define PROVIDERS_OSI_TP4_TP4_H_

#include "providers/transport/transport.h"

namespace osi {

// The catalog entry "tp4". Its of_boot gives the transport entity of a boot, which the session
// layer uses as well: both share its selectors.
transport::Registration Tp4Registration();

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TP4_H_
