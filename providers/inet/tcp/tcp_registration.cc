#include "providers/inet/tcp/tcp_registration.h"

#include "providers/inet/ipv4/ipv4_layer.h"
#include "providers/inet/socket_address.h"
#include "providers/inet/tcp/tcp_settings.h"
#include "sim/world.h"

namespace inet {
namespace {

// A boot's TCP over IPv4, in its slots.
struct TcpOverIpv4 {
  explicit TcpOverIpv4(sim::Boot& boot)
      : transport(boot.world(), boot.host().name(), boot.slots().Get<Ipv4Layer>(),
                  boot.world().slots().Get<TcpWorldSettings>().settings) {}
  TcpTransport transport;
};

}  // namespace

TcpTransport& TcpOfBoot(sim::Boot& boot) { return boot.slots().Get<TcpOverIpv4>().transport; }

transport::Registration TcpRegistration() {
  return {.name = "tcp",
          .description = "Transmission Control Protocol (RFC 9293) over IPv4",
          .capabilities = {.graceful_close = true, .expedited_data = true, .expedited_data_max = 1},
          .addresses = &Ipv4SocketAddresses(),
          .address_family = 2,  // AF_INET
          .socket_type = 1,     // SOCK_STREAM
          .protocol = kProtocolTcp,
          .of_boot = [](sim::Boot& boot) -> transport::Transport& { return TcpOfBoot(boot); }};
}

}  // namespace inet
