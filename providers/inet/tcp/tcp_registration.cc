#include "providers/inet/tcp/tcp_registration.h"

#include "absl/strings/str_cat.h"
#include "providers/inet/ipv4/ipv4_layer.h"
#include "providers/inet/ipv6/ipv6_layer.h"
#include "providers/inet/socket_address.h"
#include "providers/inet/tcp/tcp_settings.h"
#include "sim/world.h"

namespace inet {
namespace {

// A boot's TCP over IPv4, in its slots.
struct TcpOverIpv4 {
  explicit TcpOverIpv4(sim::Boot& boot)
      : transport(boot.world(), absl::StrCat("host/", boot.host().name(), "/tcp"),
                  boot.slots().Get<Ipv4Layer>(),
                  boot.world().slots().Get<TcpWorldSettings>().settings) {}
  TcpTransport transport;
};

// The same over IPv6, with ports and a secret of its own.
struct TcpOverIpv6 {
  explicit TcpOverIpv6(sim::Boot& boot)
      : transport(boot.world(), absl::StrCat("host/", boot.host().name(), "/tcp6"),
                  boot.slots().Get<Ipv6Layer>(),
                  boot.world().slots().Get<TcpWorldSettings>().settings) {}
  TcpTransport transport;
};

// What does not depend on the internet layer.
transport::Registration TcpOver(const transport::AddressFormat& addresses) {
  return {.capabilities = {.graceful_close = true, .expedited_data = true, .expedited_data_max = 1},
          .addresses = &addresses,
          .address_family = addresses.family(),
          .socket_type = 1,  // SOCK_STREAM
          .protocol = kProtocolTcp};
}

}  // namespace

TcpTransport& TcpOfBoot(sim::Boot& boot) { return boot.slots().Get<TcpOverIpv4>().transport; }

TcpTransport& Tcp6OfBoot(sim::Boot& boot) { return boot.slots().Get<TcpOverIpv6>().transport; }

transport::Registration TcpRegistration() {
  transport::Registration entry = TcpOver(Ipv4SocketAddresses());
  entry.name = "tcp";
  entry.description = "Transmission Control Protocol (RFC 9293) over IPv4";
  entry.of_boot = [](sim::Boot& boot) -> transport::Transport& { return TcpOfBoot(boot); };
  return entry;
}

transport::Registration Tcp6Registration() {
  transport::Registration entry = TcpOver(Ipv6SocketAddresses());
  entry.name = "tcp6";
  entry.description = "Transmission Control Protocol (RFC 9293) over IPv6";
  entry.of_boot = [](sim::Boot& boot) -> transport::Transport& { return Tcp6OfBoot(boot); };
  return entry;
}

}  // namespace inet
