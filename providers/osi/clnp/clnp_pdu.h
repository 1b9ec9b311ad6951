// PDUs of the connectionless network protocol (ISO 8473 clause 7): data, and error reports.
//
//      1    2    3    4     5        6 .. 7    8 .. 9    10 ..
//    +----+----+----+------+--------+---------+----------+-----------------------+
//    | 81 | LI | 01 | life | flags, | segment | checksum | len, destination NSAP |
//    |    |    |    | time | type   | length  |          | len, source NSAP      |
//    +----+----+----+------+--------+---------+----------+-----------------------+
//    | segmentation part, where flag SP is set: data unit identifier (2),        |
//    | segment offset (2), total length (2)                                      |
//    +---------------------------------------------------------------------------+
//    | options                                                                   |
//    +---------------------------------------------------------------------------+
//    | data                                                                      |
//    +---------------------------------------------------------------------------+
//
// LI is the length of all of the header, at most 254. The checksum covers the header; 0000 says
// that there is none.
#ifndef PROVIDERS_OSI_CLNP_CLNP_PDU_H_
#define PROVIDERS_OSI_CLNP_CLNP_PDU_H_

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "providers/osi/clnp/clnp_fault.h"
#include "providers/osi/clnp/clnp_option.h"
#include "providers/osi/clnp/nsap.h"
#include "providers/wire/bytes.h"

namespace osi {

constexpr uint8_t kClnpProtocolIdentifier = 0x81;
constexpr size_t kClnpMaxHeader = 254;  // octets

// Where the data of a PDU stand in the data unit that was sent (7.4).
struct ClnpSegmentation {
  uint16_t data_unit_identifier = 0;
  uint16_t offset = 0;         // octets of data before this segment's, a multiple of 8
  uint16_t total_length = 0;   // octets of the initial PDU: header and all data
  bool more_segments = false;  // then a segment has a multiple of 8 octets of data, and not 0
  friend bool operator==(const ClnpSegmentation&, const ClnpSegmentation&) = default;
};

// DT PDU (7.7). Refers to its data, which live elsewhere.
struct ClnpDataPdu {
  uint8_t lifetime = 0;               // what remains, in units of 500 ms
  bool error_report_allowed = false;  // flag E/R: the sender wants to hear of a discard
  bool checksum = true;               // there is one, and it is right
  Nsap destination;
  Nsap source;
  std::optional<ClnpSegmentation> segmentation;  // absent: must not be segmented
  ClnpOptions options;
  wire::ByteSpan data;

  // Reads the PDU at the front of `bytes`; what follows its segment length is not looked at. The
  // error is a ClnpError.
  static absl::StatusOr<ClnpDataPdu> Parse(wire::ByteSpan bytes);
  void AppendTo(std::vector<uint8_t>& out) const;

  // For a sender that lays out the PDU itself: `header` has header_octets() octets, at most
  // kClnpMaxHeader, and goes in front of the data.
  size_t header_octets() const;
  void WriteHeaderTo(wire::MutableByteSpan header) const;

  friend bool operator==(const ClnpDataPdu&, const ClnpDataPdu&) = default;
};

// ER PDU (7.9): sent to the source of a data PDU that was discarded. Refers to the discarded
// octets.
struct ClnpErrorReportPdu {
  uint8_t lifetime = 0;
  bool checksum = true;
  Nsap destination;
  Nsap source;
  ClnpFault fault;  // parameter C1, reason for discard
  ClnpOptions options;
  wire::ByteSpan discarded;  // the header of the discarded PDU and perhaps some of its data

  // As for ClnpDataPdu.
  static absl::StatusOr<ClnpErrorReportPdu> Parse(wire::ByteSpan bytes);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const ClnpErrorReportPdu&, const ClnpErrorReportPdu&) = default;
};

using ClnpPdu = std::variant<ClnpDataPdu, ClnpErrorReportPdu>;

// Reads the PDU at the front of `bytes`, of either type.
absl::StatusOr<ClnpPdu> ParseClnpPdu(wire::ByteSpan bytes);

// Gives a PDU that was parsed another lifetime, in place, and corrects its checksum if it has one:
// what an intermediate system does (6.4, 6.11).
void SetClnpLifetime(wire::MutableByteSpan pdu, uint8_t lifetime);

}  // namespace osi

#endif  // PROVIDERS_OSI_CLNP_CLNP_PDU_H_
