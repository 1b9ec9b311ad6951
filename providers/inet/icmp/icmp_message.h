// Messages of ICMP for IPv4, RFC 792: the errors that a transport hears of, and echo, in the form
// of icmp_layout.h.
#ifndef PROVIDERS_INET_ICMP_ICMP_MESSAGE_H_
#define PROVIDERS_INET_ICMP_ICMP_MESSAGE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "providers/inet/icmp/icmp_layout.h"
#include "providers/wire/bytes.h"

namespace inet {

// Protocol number of ICMP in an IPv4 header.
inline constexpr uint8_t kProtocolIcmp = 1;

// Codes of destination unreachable: RFC 792, RFC 1122 3.2.2.1, RFC 1812 5.2.7.1. Which of them a
// transport takes as final (TCP: 2 to 4) is for the transport to say (RFC 9293 3.9.2.2).
enum class IcmpUnreachableCode : uint8_t {
  kNetwork = 0,
  kHost = 1,
  kProtocol = 2,
  kPort = 3,
  kFragmentationNeeded = 4,  // and the datagram says don't fragment
  kSourceRouteFailed = 5,
  kNetworkUnknown = 6,
  kHostUnknown = 7,
  kSourceHostIsolated = 8,
  kNetworkProhibited = 9,
  kHostProhibited = 10,
  kNetworkTypeOfService = 11,
  kHostTypeOfService = 12,
  kCommunicationProhibited = 13,
  kHostPrecedenceViolation = 14,
  kPrecedenceCutoff = 15,
};

enum class IcmpTimeExceededCode : uint8_t {
  kTimeToLive = 0,  // in transit
  kReassembly = 1,
};

// RFC 792, RFC 1122 3.2.2.5.
enum class IcmpParameterCode : uint8_t { kErroneousField = 0, kMissingOption = 1, kBadLength = 2 };

// In all errors `quoted` is the beginning of the datagram at fault: its IPv4 header, which
// Ipv4Header::ParseQuoted reads, and at least 8 octets of its data or all of it.
struct IcmpDestinationUnreachable {
  IcmpUnreachableCode code = IcmpUnreachableCode::kNetwork;
  // Octets, RFC 1191 4. Other than 0 only with kFragmentationNeeded, where 0 means not told.
  uint16_t next_hop_mtu = 0;
  std::vector<uint8_t> quoted;
  friend bool operator==(const IcmpDestinationUnreachable&,
                         const IcmpDestinationUnreachable&) = default;
};

struct IcmpTimeExceeded {
  IcmpTimeExceededCode code = IcmpTimeExceededCode::kTimeToLive;
  std::vector<uint8_t> quoted;
  friend bool operator==(const IcmpTimeExceeded&, const IcmpTimeExceeded&) = default;
};

struct IcmpParameterProblem {
  IcmpParameterCode code = IcmpParameterCode::kErroneousField;
  uint8_t pointer = 0;  // of the octet at fault, from the datagram's first on
  std::vector<uint8_t> quoted;
  friend bool operator==(const IcmpParameterProblem&, const IcmpParameterProblem&) = default;
};

struct IcmpMessage {
  static constexpr size_t kHeaderSize = IcmpLayout::kHeaderSize;
  static constexpr size_t kMinQuotedData = 8;  // octets behind the quoted header, RFC 792

  std::variant<IcmpDestinationUnreachable, IcmpTimeExceeded, IcmpParameterProblem, IcmpEcho> body;

  // Reads the message that fills `message`. Unimplemented for a type that is not known here, which
  // a host discards without a word (RFC 1122 3.2.2); InvalidArgument names the field at fault: a
  // truncated header, an unknown code, a quote without a whole header or with too little data. The
  // checksum is not looked at: see VerifyIcmpChecksum.
  static absl::StatusOr<IcmpMessage> Parse(wire::ByteSpan message);
  // Writes the message with its checksum.
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const IcmpMessage&, const IcmpMessage&) = default;
};

// What an ICMP error quotes of a datagram: as much as leaves the error, with an IPv4 header without
// options, within 576 octets (RFC 1812 4.3.2.3).
std::vector<uint8_t> IcmpQuoteOf(wire::ByteSpan datagram);

// Whether the checksum of a received message is right. The error names the checksum found.
// `message` has at least IcmpMessage::kHeaderSize octets.
absl::Status VerifyIcmpChecksum(wire::ByteSpan message);

// What the message says, for people: "echo request", "destination unreachable: port".
std::string IcmpMessageToString(const IcmpMessage& message);

}  // namespace inet

#endif  // PROVIDERS_INET_ICMP_ICMP_MESSAGE_H_
