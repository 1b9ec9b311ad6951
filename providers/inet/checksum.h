// The internet checksum (RFC 1071) and the pseudo headers that TCP, UDP and ICMPv6 put under it.
#ifndef PROVIDERS_INET_CHECKSUM_H_
#define PROVIDERS_INET_CHECKSUM_H_

#include <cstddef>
#include <cstdint>

#include "providers/inet/ip_address.h"
#include "providers/wire/bytes.h"

namespace inet {

// The one's complement sum of 16-bit words, gathered over any number of spans. The spans count as
// one run of octets: one that ends in the middle of a word is continued by the next (RFC 1071 2).
class ChecksumAccumulator {
 public:
  void Add(wire::ByteSpan bytes);
  void AddU16(uint16_t value);
  void AddU32(uint32_t value);
  // What goes into the checksum field, after everything else was added with that field as zero;
  // or 0 when the field was added as received and is right.
  uint16_t Finish() const;

 private:
  uint64_t sum_ = 0;  // 32-bit words are added, folded at the end (RFC 1071 2 (C))
  bool odd_ = false;  // an odd number of octets so far
};

// The checksum of one run of octets.
uint16_t InternetChecksum(wire::ByteSpan bytes);

// The part of the checksum that comes from the internet layer: addresses and protocol. It is the
// same for every segment of a connection, so a connection makes it once.
class PseudoHeader {
 public:
  // RFC 9293 3.1, figure 2 (TCP); RFC 768 (UDP).
  PseudoHeader(const Ipv4Address& source, const Ipv4Address& destination, uint8_t protocol);
  // RFC 8200 8.1.
  PseudoHeader(const Ipv6Address& source, const Ipv6Address& destination, uint8_t next_header);

  // A sum to which the segment, `length` octets of upper-layer header and data, is still to be
  // added, in as many spans as it has.
  ChecksumAccumulator Begin(uint32_t length) const;
  // The checksum of a whole segment in which the checksum field is zero.
  uint16_t Checksum(wire::ByteSpan segment) const;
  // Whether the checksum that stands in `segment`, header and data, is right.
  bool Verifies(wire::ByteSpan segment) const;

 private:
  ChecksumAccumulator constant_;
};

}  // namespace inet

#endif  // PROVIDERS_INET_CHECKSUM_H_
