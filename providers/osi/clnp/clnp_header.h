// What data PDUs and error reports have in common (ISO 8473 7.2, 7.3), for the parsers and writers
// of this folder.
#ifndef PROVIDERS_OSI_CLNP_CLNP_HEADER_H_
#define PROVIDERS_OSI_CLNP_CLNP_HEADER_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "providers/osi/clnp/clnp_option.h"
#include "providers/osi/clnp/nsap.h"
#include "providers/wire/bytes.h"

namespace osi {

constexpr size_t kClnpLifetimeOffset = 3;
constexpr size_t kClnpChecksumOffset = 7;

// Octets of the fixed part, from 1, as error reports name them.
constexpr uint8_t kClnpFlagsOctet = 5;
constexpr uint8_t kClnpSegmentLengthOctet = 6;

// A header syntax error at `octet` (from 1, 0 for none in particular).
absl::Status ClnpSyntaxError(size_t octet, absl::string_view text);

// The fixed part and the addresses, with a right checksum or none. Refers to the rest of the PDU.
struct ClnpHeader {
  uint8_t lifetime = 0;
  uint8_t flags = 0;  // with the type
  bool checksum = false;
  Nsap destination;
  Nsap source;
  wire::ByteSpan after_addresses;    // of the header
  size_t after_addresses_octet = 0;  // from 1
  wire::ByteSpan data;
  uint16_t segment_length = 0;

  uint8_t type() const { return flags & 0x1F; }
  size_t header_octets() const { return segment_length - data.size(); }

  // Reads the PDU at the front of `bytes`. The error is a ClnpError.
  static absl::StatusOr<ClnpHeader> Parse(wire::ByteSpan bytes);
};

// Writes the parts of a header one after the other into memory of its exact size.
class ClnpHeaderWriter {
 public:
  static size_t FixedPartAndAddressesOctets(const Nsap& destination, const Nsap& source);

  explicit ClnpHeaderWriter(wire::MutableByteSpan header) : header_(header) {}

  void FixedPartAndAddresses(uint8_t lifetime, uint8_t flags, size_t data_octets,
                             const Nsap& destination, const Nsap& source);
  void U8(uint8_t value) { header_[end_++] = value; }
  void U16(uint16_t value);
  // The length in one octet, then the octets.
  void Sized(wire::ByteSpan octets);
  void Options(const ClnpOptions& options);
  // The end of every header: its checksum, if it has one.
  void Finish(bool checksum);

 private:
  wire::MutableByteSpan header_;
  size_t end_ = 0;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_CLNP_CLNP_HEADER_H_
