// Sizes and times that the files of the network entity share.
#ifndef PROVIDERS_OSI_CLNP_CLNP_PATH_H_
#define PROVIDERS_OSI_CLNP_CLNP_PATH_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "providers/ethernet/ethernet_header.h"
#include "providers/ethernet/llc_header.h"

namespace osi {

constexpr uint8_t kClnpInitialLifetime = 30;  // of 500 ms: 15 s

// Octets of a discarded PDU that its error report quotes: the whole header and the head of a TPDU.
constexpr size_t kClnpQuotedOctets = 254 + 32;

// The octets of a PDU that a frame of a link with this MTU carries. LLC's frames have a length, not
// a type, so that a link for longer frames does not help them.
inline size_t MaxClnpPduOctets(size_t mtu) {
  const size_t most = std::min<size_t>(mtu, ethernet::EthernetHeader::kMaxLength);
  return most - std::min(most, ethernet::LlcHeader::kSize);
}

}  // namespace osi

#endif  // PROVIDERS_OSI_CLNP_CLNP_PATH_H_
