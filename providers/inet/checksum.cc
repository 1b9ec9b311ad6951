#include "providers/inet/checksum.h"

namespace inet {

void ChecksumAccumulator::Add(wire::ByteSpan bytes) {
  const uint8_t* next = bytes.data();
  size_t left = bytes.size();
  if (left == 0) return;
  if (odd_) {
    sum_ += *next++;
    --left;
    odd_ = false;
  }
  // Four octets at a time: a 32-bit word is congruent to the sum of its two halves modulo 2^16-1.
  for (; left >= 4; left -= 4, next += 4) {
    sum_ += static_cast<uint32_t>(next[0]) << 24 | static_cast<uint32_t>(next[1]) << 16 |
            static_cast<uint32_t>(next[2]) << 8 | next[3];
  }
  if (left >= 2) {
    sum_ += static_cast<uint32_t>(next[0]) << 8 | next[1];
    next += 2;
    left -= 2;
  }
  if (left == 1) {
    sum_ += static_cast<uint32_t>(next[0]) << 8;
    odd_ = true;
  }
}

void ChecksumAccumulator::AddU16(uint16_t value) {
  const uint8_t octets[] = {static_cast<uint8_t>(value >> 8), static_cast<uint8_t>(value)};
  Add(octets);
}

void ChecksumAccumulator::AddU32(uint32_t value) {
  AddU16(static_cast<uint16_t>(value >> 16));
  AddU16(static_cast<uint16_t>(value));
}

uint16_t ChecksumAccumulator::Finish() const {
  uint64_t sum = sum_;
  while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
  return static_cast<uint16_t>(~sum);
}

uint16_t InternetChecksum(wire::ByteSpan bytes) {
  ChecksumAccumulator sum;
  sum.Add(bytes);
  return sum.Finish();
}

PseudoHeader::PseudoHeader(const Ipv4Address& source, const Ipv4Address& destination,
                           uint8_t protocol) {
  constant_.Add(source.octets);
  constant_.Add(destination.octets);
  constant_.AddU16(protocol);
}

PseudoHeader::PseudoHeader(const Ipv6Address& source, const Ipv6Address& destination,
                           uint8_t next_header) {
  constant_.Add(source.octets);
  constant_.Add(destination.octets);
  constant_.AddU16(next_header);
}

ChecksumAccumulator PseudoHeader::Begin(uint32_t length) const {
  ChecksumAccumulator sum = constant_;
  sum.AddU32(length);  // IPv4 has 16 bits here; the upper half of any length that fits is zero.
  return sum;
}

uint16_t PseudoHeader::Checksum(wire::ByteSpan segment) const {
  ChecksumAccumulator sum = Begin(static_cast<uint32_t>(segment.size()));
  sum.Add(segment);
  return sum.Finish();
}

bool PseudoHeader::Verifies(wire::ByteSpan segment) const { return Checksum(segment) == 0; }

}  // namespace inet
