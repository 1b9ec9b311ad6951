#include "providers/osi/session/session.h"

#include "providers/osi/iso_address.h"
#include "providers/osi/session/session_limits.h"
#include "providers/osi/session/session_transport.h"
#include "providers/osi/tp4/tp4.h"

namespace osi {
namespace {

constexpr int kSockSeqpacket = 5;

// What a boot's slots hold. Asks for the transport entity first, so that it outlives this one.
struct SessionOfBoot {
  explicit SessionOfBoot(sim::Boot& boot)
      : entity(boot.world(), Tp4Registration().of_boot(boot), IsoAddresses()) {}
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
