// A router's fragmentation of datagrams that say nothing against it, RFC 791 3.2.
#ifndef PROVIDERS_INET_IPV4_IPV4_FRAGMENTATION_H_
#define PROVIDERS_INET_IPV4_IPV4_FRAGMENTATION_H_

#include <cstddef>
#include <vector>

#include "providers/inet/ipv4/ipv4_header.h"
#include "providers/wire/bytes.h"

namespace inet {

struct Ipv4Fragment {
  Ipv4Header header;
  wire::ByteSpan payload;
};

// What goes over a link of `mtu`, at least Ipv4Header::kMinMtu, of a datagram or of a fragment of
// one: itself where it fits, else fragments that together are it. The first has all options, the
// others those that say that they are to be copied. `payload` stays the caller's.
std::vector<Ipv4Fragment> FragmentIpv4(const Ipv4Header& header, wire::ByteSpan payload,
                                       size_t mtu);

}  // namespace inet

#endif  // PROVIDERS_INET_IPV4_IPV4_FRAGMENTATION_H_
