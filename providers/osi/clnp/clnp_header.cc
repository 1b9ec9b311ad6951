#include "providers/osi/clnp/clnp_header.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "providers/osi/checksum/iso_checksum.h"
#include "providers/osi/clnp/clnp_fault.h"
#include "providers/osi/clnp/clnp_pdu.h"

namespace osi {
namespace {

using wire::ByteReader;
using wire::ByteSpan;

constexpr uint8_t kVersion = 0x01;
constexpr size_t kFixedOctets = 9;

constexpr uint8_t kProtocolIdentifierOctet = 1;
constexpr uint8_t kLengthIndicatorOctet = 2;
constexpr uint8_t kVersionOctet = 3;
constexpr uint8_t kChecksumOctet = 8;

// 7.2.2 to 7.2.4, 7.2.8: enough to know where the header and the PDU end.
absl::Status CheckFixedPart(ByteSpan bytes) {
  if (bytes.size() < kFixedOctets) {
    return ClnpError({.reason = DiscardReason::kIncompletePdu},
                     "CLNP fixed part truncated (ISO 8473 7.2)");
  }
  if (bytes[0] != kClnpProtocolIdentifier) {
    return ClnpSyntaxError(kProtocolIdentifierOctet, "not a CLNP PDU (ISO 8473 7.2.2)");
  }
  const size_t header_octets = bytes[1];
  if (header_octets < kFixedOctets || header_octets > kClnpMaxHeader) {
    return ClnpSyntaxError(kLengthIndicatorOctet,
                           absl::StrCat("CLNP header length ", header_octets, " (ISO 8473 7.2.3)"));
  }
  if (bytes[2] != kVersion) {
    return ClnpError({.reason = DiscardReason::kUnsupportedProtocolVersion, .octet = kVersionOctet},
                     absl::StrCat("CLNP version ", bytes[2], " (ISO 8473 7.2.4)"));
  }
  const size_t segment_length = static_cast<size_t>(bytes[5] << 8 | bytes[6]);
  if (segment_length < header_octets) {
    return ClnpSyntaxError(kClnpSegmentLengthOctet,
                           absl::StrCat("CLNP segment length ", segment_length,
                                        " below the header's (ISO 8473 7.2.8)"));
  }
  if (segment_length > bytes.size()) {
    return ClnpError({.reason = DiscardReason::kIncompletePdu, .octet = kClnpSegmentLengthOctet},
                     absl::StrCat("CLNP PDU of ", segment_length, " octets truncated to ",
                                  bytes.size(), " (ISO 8473 7.2.8)"));
  }
  return absl::OkStatus();
}

// 6.11: 0000 says that no checksum is used, and one zero octet is never right.
absl::Status CheckHeaderChecksum(ByteSpan header, bool& used) {
  const uint8_t x = header[kClnpChecksumOffset];
  const uint8_t y = header[kClnpChecksumOffset + 1];
  used = x != 0 || y != 0;
  if (!used || (x != 0 && y != 0 && ChecksumHolds(header))) return absl::OkStatus();
  return ClnpError({.reason = DiscardReason::kIncorrectChecksum, .octet = kChecksumOctet},
                   "wrong CLNP checksum (ISO 8473 6.11)");
}

absl::Status ReadAddress(ByteReader& in, absl::string_view whose, Nsap& address) {
  const size_t octet = kFixedOctets + in.position() + 1;
  const ByteSpan octets = in.Bytes(in.U8());
  absl::StatusOr<Nsap> nsap = Nsap::FromOctets(octets);
  if (!in.ok() || !nsap.ok()) {
    return ClnpSyntaxError(octet, absl::StrCat("bad CLNP ", whose, " address (ISO 8473 7.3)"));
  }
  address = *nsap;
  return absl::OkStatus();
}

}  // namespace

absl::Status ClnpSyntaxError(size_t octet, absl::string_view text) {
  return ClnpError(
      {.reason = DiscardReason::kHeaderSyntaxError, .octet = static_cast<uint8_t>(octet)}, text);
}

absl::StatusOr<ClnpHeader> ClnpHeader::Parse(ByteSpan bytes) {
  if (absl::Status status = CheckFixedPart(bytes); !status.ok()) return status;
  const ByteSpan octets = bytes.first(bytes[1]);
  ClnpHeader header;
  if (absl::Status status = CheckHeaderChecksum(octets, header.checksum); !status.ok()) {
    return status;
  }
  header.lifetime = octets[kClnpLifetimeOffset];
  header.flags = octets[4];
  header.segment_length = static_cast<uint16_t>(bytes[5] << 8 | bytes[6]);
  header.data = bytes.first(header.segment_length).subspan(octets.size());
  ByteReader in(octets.subspan(kFixedOctets));
  if (absl::Status status = ReadAddress(in, "destination", header.destination); !status.ok()) {
    return status;
  }
  if (absl::Status status = ReadAddress(in, "source", header.source); !status.ok()) return status;
  header.after_addresses_octet = kFixedOctets + in.position() + 1;
  header.after_addresses = in.Rest();
  return header;
}

size_t ClnpHeaderWriter::FixedPartAndAddressesOctets(const Nsap& destination, const Nsap& source) {
  return kFixedOctets + 1 + destination.size() + 1 + source.size();
}

void ClnpHeaderWriter::FixedPartAndAddresses(uint8_t lifetime, uint8_t flags, size_t data_octets,
                                             const Nsap& destination, const Nsap& source) {
  U8(kClnpProtocolIdentifier);
  U8(static_cast<uint8_t>(header_.size()));
  U8(kVersion);
  U8(lifetime);
  U8(flags);
  U16(static_cast<uint16_t>(header_.size() + data_octets));
  U16(0);  // the checksum, known when the header is complete
  Sized(destination.octets());
  Sized(source.octets());
}

void ClnpHeaderWriter::U16(uint16_t value) {
  wire::StoreU16(&header_[end_], value);
  end_ += 2;
}

void ClnpHeaderWriter::Sized(ByteSpan octets) {
  U8(static_cast<uint8_t>(octets.size()));
  std::copy(octets.begin(), octets.end(), header_.begin() + end_);
  end_ += octets.size();
}

void ClnpHeaderWriter::Options(const ClnpOptions& options) {
  for (const ClnpOption& option : options) {
    U8(static_cast<uint8_t>(option.code));
    Sized(option.value);
  }
}

void ClnpHeaderWriter::Finish(bool checksum) {
  if (checksum) StoreChecksum(header_, kClnpChecksumOffset);
}

}  // namespace osi
