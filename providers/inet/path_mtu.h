// What is known of the MTU of paths: RFC 1191 for IPv4, RFC 8201 for IPv6.
#ifndef PROVIDERS_INET_PATH_MTU_H_
#define PROVIDERS_INET_PATH_MTU_H_

#include <cstddef>

#include "absl/container/btree_map.h"
#include "absl/time/time.h"
#include "providers/inet/endpoint.h"
#include "sim/time.h"

namespace inet {

// The MTUs, in octets of a packet, that routers have told of, by destination.
class PathMtus {
 public:
  // How long a path is taken for as narrow as a router said (RFC 1191 6.3, RFC 8201 4: ten
  // minutes).
  static constexpr absl::Duration Lifetime() { return absl::Minutes(10); }
  // Paths that are remembered; one more makes the oldest forgotten.
  static constexpr size_t kMost = 1024;

  // `least`: what no path is narrower than; a message that says so is not believed beyond it.
  explicit PathMtus(size_t least) : least_(least) {}

  // 0: nothing is known.
  size_t Of(const IpAddress& destination, sim::Time now) const;
  // `current` is what the path is taken to carry so far. True: it carries less than that.
  bool Learn(const IpAddress& destination, size_t mtu, size_t current, sim::Time now);

 private:
  struct Known {
    size_t mtu;
    sim::Time since;
  };

  const size_t least_;
  absl::btree_map<IpAddress, Known> known_;
};

// The MTU to try below a packet of `length` octets that was too big for a router that does not say
// what would not be (RFC 1191 7.1, table 7-1).
size_t PlateauBelow(size_t length);

}  // namespace inet

#endif  // PROVIDERS_INET_PATH_MTU_H_
