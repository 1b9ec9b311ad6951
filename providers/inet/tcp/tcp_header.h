// The TCP header, RFC 9293 3.1, with the options that wsim speaks.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-------------------------------+-------------------------------+
//   |          Source Port          |       Destination Port        |
//   +-------------------------------+-------------------------------+
//   |                        Sequence Number                        |
//   +---------------------------------------------------------------+
//   |                    Acknowledgment Number                      |
//   +-------+-----+-+-+-+-+-+-+-+-+-+-------------------------------+
//   | Data  | Rsr |A|C|E|U|A|P|R|S|F|            Window             |
//   | Offset| vd  |E|W|C|R|C|S|S|Y|I|                               |
//   |       |     | |R|E|G|K|H|T|N|N|                               |
//   +-------+-----+-+-+-+-+-+-+-+-+-+-------------------------------+
//   |           Checksum            |         Urgent Pointer        |
//   +-------------------------------+-------------------------------+
//   |                   Options, padded to 32 bits                  |
//   +---------------------------------------------------------------+
#ifndef PROVIDERS_INET_TCP_TCP_HEADER_H_
#define PROVIDERS_INET_TCP_TCP_HEADER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "providers/inet/checksum.h"
#include "providers/inet/tcp/seq_num.h"
#include "providers/inet/tcp/tcp_option_layout.h"
#include "providers/wire/bytes.h"

namespace inet {

// Protocol number of TCP in an IPv4 or IPv6 header.
inline constexpr uint8_t kProtocolTcp = 6;

// Octets that the receiver holds beyond the cumulative acknowledgment, RFC 2018 3.
struct TcpSackBlock {
  SeqNum left_edge;   // first of the block
  SeqNum right_edge;  // first after the block
  friend bool operator==(const TcpSackBlock&, const TcpSackBlock&) = default;
};

// RFC 7323 3.2.
struct TcpTimestamps {
  uint32_t value = 0;       // TSval
  uint32_t echo_reply = 0;  // TSecr; meaningful when ACK is set
  friend bool operator==(const TcpTimestamps&, const TcpTimestamps&) = default;
};

// The options of one segment. An option that came twice has the value that came last. Which of
// them count in a segment with or without SYN is for the connection to judge.
struct TcpOptions {
  static constexpr uint8_t kMaxWindowScale = 14;  // RFC 7323 2.3
  static constexpr size_t kMaxSize = 40;          // octets
  static constexpr size_t kMaxSackBlocks = 4;

  std::optional<uint16_t> max_segment_size;  // octets, RFC 9293 3.7.1
  // Shift count. One above kMaxWindowScale was read as kMaxWindowScale (RFC 7323 2.3).
  std::optional<uint8_t> window_scale;
  bool sack_permitted = false;  // RFC 2018 2
  std::optional<TcpTimestamps> timestamps;
  absl::InlinedVector<TcpSackBlock, kMaxSackBlocks> sack_blocks;  // most recent first
  // Kinds of the options that were skipped as unknown, in their order (RFC 9293 3.1, MUST-6). Read
  // only: never written.
  absl::InlinedVector<uint8_t, 16> unknown_kinds;

  // How many SACK blocks have room beside the other options: 3 with timestamps, else 4
  // (RFC 2018 3), fewer in a SYN.
  size_t sack_room() const;
  friend bool operator==(const TcpOptions&, const TcpOptions&) = default;
};

struct TcpHeader {
  static constexpr size_t kMinSize = 20;  // octets, without options
  static constexpr size_t kMaxSize = 60;

  // Control bits. The three reserved bits are sent as zero and ignored when received.
  enum Flag : uint16_t {
    kFin = 0x001,
    kSyn = 0x002,
    kRst = 0x004,
    kPsh = 0x008,
    kAck = 0x010,
    kUrg = 0x020,
    kEce = 0x040,  // RFC 3168 6.1
    kCwr = 0x080,  // RFC 3168 6.1
    kAe = 0x100,   // RFC 9768 3
  };

  uint16_t source_port = 0;
  uint16_t destination_port = 0;
  SeqNum seq;
  SeqNum ack;           // meaningful with kAck
  uint16_t flags = 0;   // Flag values, or-ed
  uint16_t window = 0;  // as on the wire: not scaled
  uint16_t checksum = 0;
  uint16_t urgent_pointer = 0;  // meaningful with kUrg
  TcpOptions options;

  // Reads the header at the front of `segment`; `payload`, where given, becomes the octets behind
  // it, still owned by the caller. InvalidArgument names the field at fault: a data offset below 5
  // or beyond the segment, an option that leaves the header or has a length not its own. The
  // checksum is not looked at: see VerifyTcpChecksum.
  static absl::StatusOr<TcpHeader> Parse(wire::ByteSpan segment, wire::ByteSpan* payload = nullptr);

  // Octets that WriteTo fills, options included; a multiple of 4.
  size_t size() const;
  // Writes the header, the checksum as it stands in the field, to the front of `out`, which has
  // room for size() octets. SACK blocks beyond sack_room() are left off.
  void WriteTo(uint8_t* out, TcpOptionLayout layout = TcpOptionLayout::kAligned) const;
  void AppendTo(std::vector<uint8_t>& out) const;

  // Whether all of `wanted` are set.
  bool Has(uint16_t wanted) const { return (flags & wanted) == wanted; }
  friend bool operator==(const TcpHeader&, const TcpHeader&) = default;
};

// The names of the set flags in the order of the list above, "SYN,ACK"; "none" for 0.
std::string TcpFlagsToString(uint16_t flags);

// Whether the checksum of a received segment, header and payload, is right. The error names the
// checksum found. `segment` has at least TcpHeader::kMinSize octets.
absl::Status VerifyTcpChecksum(const PseudoHeader& pseudo_header, wire::ByteSpan segment);

// Computes the checksum of a whole segment and stores it in its header, whatever stood there.
// `segment` has at least TcpHeader::kMinSize octets.
void StoreTcpChecksum(const PseudoHeader& pseudo_header, wire::MutableByteSpan segment);

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_TCP_HEADER_H_
