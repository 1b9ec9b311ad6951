// Extension headers of IPv6, RFC 8200 4, as a packet's destination follows them.
//
//   +---------------+---------------+-------------------------------+
//   |  Next Header  | Header Length |   options or data             |   hop-by-hop, routing,
//   +---------------+---------------+-------------------------------+   destination options
//   |                 more, in units of 8 octets                    |
//   +---------------+---------------+-------------------------+---+-+
//   |  Next Header  |   Reserved    |     Fragment Offset     |Res|M|   fragment
//   +---------------+---------------+-------------------------+---+-+
//   |                         Identification                        |
//   +---------------------------------------------------------------+
#ifndef PROVIDERS_INET_IPV6_IPV6_EXTENSION_H_
#define PROVIDERS_INET_IPV6_IPV6_EXTENSION_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "providers/inet/ipv6/ipv6_header.h"
#include "providers/wire/bytes.h"

namespace inet {

// Values of a Next Header field (IANA "Protocol Numbers").
inline constexpr uint8_t kHopByHopOptions = 0;
inline constexpr uint8_t kRoutingHeader = 43;
inline constexpr uint8_t kFragmentHeader = 44;
inline constexpr uint8_t kNoNextHeader = 59;
inline constexpr uint8_t kDestinationOptions = 60;

// RFC 8200 4.5.
struct Ipv6FragmentHeader {
  static constexpr size_t kSize = 8;          // octets
  static constexpr size_t kFragmentUnit = 8;  // octets, of fragment_offset

  uint8_t next_header = 0;       // of the first header behind this one
  uint16_t fragment_offset = 0;  // in units of kFragmentUnit, 13 bits
  bool more_fragments = false;
  uint32_t identification = 0;

  // Reads the header at the front of `bytes`. InvalidArgument: it is truncated. Reserved fields are
  // ignored.
  static absl::StatusOr<Ipv6FragmentHeader> Parse(wire::ByteSpan bytes);
  void AppendTo(std::vector<uint8_t>& out) const;

  // A packet in one piece although it has the header (RFC 6946).
  bool is_atomic() const { return fragment_offset == 0 && !more_fragments; }
  friend bool operator==(const Ipv6FragmentHeader&, const Ipv6FragmentHeader&) = default;
};

// What the chain of extension headers comes to at the packet's destination.
struct Ipv6Chain {
  enum class Verdict : uint8_t {
    kDeliver,           // `payload` is of the protocol `next_header`
    kFragment,          // `payload` is a part of what begins with `fragment.next_header`
    kDiscard,           // without a word to the sender
    kParameterProblem,  // and the sender is told: ICMPv6 parameter problem
  };
  // Codes of the parameter problem, RFC 4443 3.4.
  static constexpr uint8_t kErroneousField = 0;
  static constexpr uint8_t kUnrecognizedNextHeader = 1;
  static constexpr uint8_t kUnrecognizedOption = 2;
  static constexpr uint8_t kIncompleteChain = 3;  // RFC 7112 4

  Verdict verdict = Verdict::kDeliver;
  uint8_t next_header = kNoNextHeader;  // the upper layer's protocol
  // Where the octet stands that names the protocol or is at fault, from the packet's first on.
  uint32_t pointer = 0;
  wire::ByteSpan payload;
  Ipv6FragmentHeader fragment;  // with kFragment: `pointer` is of the octet that announces it,
  uint32_t fragment_at = 0;     // and this where it stands, from the packet's first octet on
  bool is_truncated = false;    // discarded because a header is not all there
  uint8_t code = 0;
  // For what is discarded; literals.
  absl::string_view why;
  absl::string_view clause;
};

// Follows the extension headers in `payload`, which stands behind `header`. Options that are not
// known (all but padding) are skipped or refused as the highest bits of their type say (4.2), a
// routing header without segments left is skipped (4.4), and so is an atomic fragment's (RFC 6946).
Ipv6Chain FollowIpv6Chain(const Ipv6Header& header, wire::ByteSpan payload);

// The same for whoever looks at a packet that it is not the destination of, or of which it has a
// part: goes on behind the header of a first fragment. With a later one, which shows nothing of the
// upper layer, `next_header` is the fragment's and the payload empty.
Ipv6Chain FollowIpv6ChainIntoFragment(const Ipv6Header& header, wire::ByteSpan payload);

// What is wrong with the fragment that `chain` has come to, of a packet to this host; kDeliver
// where nothing is: a part before the last that is no multiple of 8 octets, one that ends beyond
// the longest packet, a first one without all the headers up to the transport's (4.5, RFC 7112 5).
Ipv6Chain CheckIpv6Fragment(const Ipv6Header& header, const Ipv6Chain& chain);

}  // namespace inet

#endif  // PROVIDERS_INET_IPV6_IPV6_EXTENSION_H_
