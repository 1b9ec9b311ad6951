// In which order a header has its options. Receivers take any (RFC 9293 3.2); to know a host by
// them, or to compare byte for byte, one has to choose.
#ifndef PROVIDERS_INET_TCP_TCP_OPTION_LAYOUT_H_
#define PROVIDERS_INET_TCP_TCP_OPTION_LAYOUT_H_

#include <cstdint>

namespace inet {

// All take the same number of octets. They differ in a SYN only.
enum class TcpOptionLayout : uint8_t {
  // MSS, window scale, SACK permitted, timestamps; each begins or ends on 32 bits, with
  // no-operations in front.
  kAligned,
  // The same, but what is left of the last 32 bits is an end of option list (FreeBSD).
  kEndPadded,
  // MSS, SACK permitted, timestamps, window scale (Linux).
  kScaleLast,
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_TCP_OPTION_LAYOUT_H_
