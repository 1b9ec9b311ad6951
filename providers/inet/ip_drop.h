// Why IPv4, IPv6 and their ICMP discard a packet.
#ifndef PROVIDERS_INET_IP_DROP_H_
#define PROVIDERS_INET_IP_DROP_H_

#include <cstddef>
#include <cstdint>

#include "providers/inet/drop_counter.h"

namespace inet {

// Codes of TraceKind::kPduDropped. None is ever given another meaning.
enum class IpDrop : uint32_t {
  kMalformed = 1,  // a header, or a message of ICMP, that cannot be true
  kBadChecksum = 2,
  kBadAddress = 3,       // one that may not stand there
  kForAnother = 4,       // for another host, and this one is no router
  kHopLimit = 5,         // its hops, or its time to live, are used up
  kNoRoute = 6,          // to its destination
  kTooLong = 7,          // for the next link
  kNoProtocol = 8,       // nobody here speaks what is inside
  kExtension = 9,        // an extension header that ends the packet
  kFragment = 10,        // of a packet that never will be whole
  kReassemblyTime = 11,  // the same, because the time was over
  kUnknownType = 12,     // of ICMP
  kNotBelieved = 13,     // what ICMP says
  kUnasked = 14,         // an answer that nobody waits for
  kErrorLimit = 15,      // an error of our own, one too many
};
inline constexpr size_t kIpDropCodes = 16;  // codes are below that

using IpDrops = DropCounter<IpDrop, kIpDropCodes>;

}  // namespace inet

#endif  // PROVIDERS_INET_IP_DROP_H_
