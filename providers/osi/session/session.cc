#include "providers/osi/session/session.h"

#include "providers/osi/iso_address.h"
#include "providers/osi/session/session_limits.h"
#include "providers/osi/session/session_transport.h"
#include "providers/osi/tp4/tp4.h"
#include "providers/osi/tp4/tp4_options.h"

namespace osi {
namespace {

constexpr int kSockSeqpacket = 5;

// TEXP is false: T-CONNECT asks for the expedited data of the transport connection only for the
// expedited data functional unit (X.225 6.1), so that an AB never leaves the normal flow.
transport::Option NoTransportExpedited() {
  return {.level = kTransportLevel, .name = kTransportExpedited, .value = {0, 0, 0, 0}};
}

// What a boot's slots hold. Asks for the transport entity first, so that it outlives this one.
struct SessionOfBoot {
  explicit SessionOfBoot(sim::Boot& boot)
      : entity(boot.world(), Tp4Registration().of_boot(boot), IsoAddresses(),
               {NoTransportExpedited()}) {}
  SessionTransport entity;
};

transport::Transport& OfBoot(sim::Boot& boot) { return boot.slots().Get<SessionOfBoot>().entity; }

}  // namespace

transport::Registration SessionRegistration() {
  return {.name = "session",
          .description = "ISO 8327 session, kernel and duplex, over ISO 8073 class 4",
          .capabilities = SessionCapabilities(kSessionVersion2),
          .addresses = &IsoAddresses(),
          .address_family = IsoAddressFormat::kFamily,
          .socket_type = kSockSeqpacket,
          .protocol = kSessionProtocol,
          .of_boot = &OfBoot};
}

}  // namespace osi
