// What a DR's reason (ISO 8073 13.5.3) means to the user who hears of it.
#ifndef PROVIDERS_OSI_TP4_DISCONNECT_CAUSE_H_
#define PROVIDERS_OSI_TP4_DISCONNECT_CAUSE_H_

#include "providers/osi/tp4/tpdu_disconnect.h"
#include "providers/transport/reason.h"

namespace osi {

// Of a DR that answers our CR.
transport::Reason ReasonOfRefusal(DisconnectReason reason);
// Of any other.
transport::Reason ReasonOfDisconnect(DisconnectReason reason);

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_DISCONNECT_CAUSE_H_
