#include "providers/inet/tcp/tcp_header.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace inet {
namespace {

using wire::ByteReader;
using wire::ByteSpan;
using wire::StoreU16;
using wire::StoreU32;

constexpr size_t kChecksumOffset = 16;  // octets before the checksum field

// Option kinds, RFC 9293 3.1 and IANA "TCP Option Kind Numbers".
constexpr uint8_t kEndOfOptionList = 0;
constexpr uint8_t kNoOperation = 1;
constexpr uint8_t kMaximumSegmentSize = 2;
constexpr uint8_t kWindowScale = 3;
constexpr uint8_t kSackPermitted = 4;
constexpr uint8_t kSack = 5;
constexpr uint8_t kTimestamps = 8;

constexpr size_t kSackBlockSize = 8;  // octets

// Sizes with the no-operations that WriteTo puts in front, to keep 32-bit alignment.
constexpr size_t kPaddedSackHead = 4;
constexpr size_t kPaddedTimestamps = 12;

// Octets of all options but SACK, as WriteTo pads them.
size_t SizeWithoutSack(const TcpOptions& options) {
  size_t size = 0;
  if (options.max_segment_size) size += 4;
  if (options.window_scale) size += 4;
  if (options.timestamps) {
    size += kPaddedTimestamps;  // SACK permitted takes the place of the two no-operations.
  } else if (options.sack_permitted) {
    size += 4;
  }
  return size;
}

size_t SackBlocksToWrite(const TcpOptions& options) {
  return std::min(options.sack_blocks.size(), options.sack_room());
}

size_t OptionsSize(const TcpOptions& options) {
  const size_t blocks = SackBlocksToWrite(options);
  return SizeWithoutSack(options) + (blocks == 0 ? 0 : kPaddedSackHead + blocks * kSackBlockSize);
}

absl::Status BadLength(uint8_t kind, size_t length) {
  return absl::InvalidArgumentError(absl::StrCat("TCP option ", kind, " length ", length));
}

absl::Status ParseSack(uint8_t length, ByteReader value, TcpOptions& options) {
  if (value.remaining() == 0 || value.remaining() % kSackBlockSize != 0) {
    return BadLength(kSack, length);
  }
  options.sack_blocks.clear();
  while (value.remaining() > 0) {
    const SeqNum left_edge(value.U32());
    const SeqNum right_edge(value.U32());
    options.sack_blocks.push_back({left_edge, right_edge});
  }
  return absl::OkStatus();
}

// One option with a length octet; `octets` is what follows kind and length.
absl::Status ParseOption(uint8_t kind, uint8_t length, ByteSpan octets, TcpOptions& options) {
  ByteReader value(octets);
  switch (kind) {
    case kMaximumSegmentSize:
      if (length != 4) return BadLength(kind, length);
      options.max_segment_size = value.U16();
      return absl::OkStatus();
    case kWindowScale:
      if (length != 3) return BadLength(kind, length);
      options.window_scale = std::min(value.U8(), TcpOptions::kMaxWindowScale);
      return absl::OkStatus();
    case kSackPermitted:
      if (length != 2) return BadLength(kind, length);
      options.sack_permitted = true;
      return absl::OkStatus();
    case kSack:
      return ParseSack(length, value, options);
    case kTimestamps: {
      if (length != 10) return BadLength(kind, length);
      const uint32_t timestamp = value.U32();
      options.timestamps = TcpTimestamps{.value = timestamp, .echo_reply = value.U32()};
      return absl::OkStatus();
    }
    default:
      options.unknown_kinds.push_back(kind);
      return absl::OkStatus();
  }
}

absl::Status ParseOptions(ByteSpan octets, TcpOptions& options) {
  ByteReader in(octets);
  while (in.remaining() > 0) {
    const uint8_t kind = in.U8();
    if (kind == kEndOfOptionList) break;  // What follows is padding.
    if (kind == kNoOperation) continue;
    const uint8_t length = in.U8();
    if (!in.ok()) {
      return absl::InvalidArgumentError(absl::StrCat("TCP option ", kind, " has no length"));
    }
    if (length < 2 || static_cast<size_t>(length - 2) > in.remaining()) {
      return BadLength(kind, length);
    }
    absl::Status status = ParseOption(kind, length, in.Bytes(length - 2u), options);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

// Each Write* returns the place behind what it wrote.
uint8_t* WriteOptionHead(uint8_t* out, uint8_t kind, size_t length) {
  *out++ = kind;
  *out++ = static_cast<uint8_t>(length);
  return out;
}

uint8_t* WriteTwoNoOperations(uint8_t* out) {
  *out++ = kNoOperation;
  *out++ = kNoOperation;
  return out;
}

uint8_t* WriteSack(uint8_t* out, const TcpOptions& options) {
  const size_t blocks = SackBlocksToWrite(options);
  if (blocks == 0) return out;
  out = WriteTwoNoOperations(out);
  out = WriteOptionHead(out, kSack, 2 + blocks * kSackBlockSize);
  for (size_t i = 0; i < blocks; ++i, out += kSackBlockSize) {
    StoreU32(out, options.sack_blocks[i].left_edge.value());
    StoreU32(out + 4, options.sack_blocks[i].right_edge.value());
  }
  return out;
}

uint8_t* WriteWindowScale(uint8_t* out, const TcpOptions& options) {
  if (!options.window_scale) return out;
  *out++ = kNoOperation;
  out = WriteOptionHead(out, kWindowScale, 3);
  *out++ = *options.window_scale;
  return out;
}

// The two fill 32 bits together.
uint8_t* WriteSackPermittedAndTimestamps(uint8_t* out, const TcpOptions& options,
                                         TcpOptionLayout layout) {
  if (options.sack_permitted) {
    const bool pads_behind = layout == TcpOptionLayout::kEndPadded;
    if (!options.timestamps && !pads_behind) out = WriteTwoNoOperations(out);
    out = WriteOptionHead(out, kSackPermitted, 2);
    if (!options.timestamps && pads_behind) {
      *out++ = kEndOfOptionList;
      *out++ = kEndOfOptionList;
    }
  } else if (options.timestamps) {
    out = WriteTwoNoOperations(out);
  }
  if (options.timestamps) {
    out = WriteOptionHead(out, kTimestamps, 10);
    StoreU32(out, options.timestamps->value);
    StoreU32(out + 4, options.timestamps->echo_reply);
    out += 8;
  }
  return out;
}

void WriteOptions(uint8_t* out, const TcpOptions& options, TcpOptionLayout layout) {
  if (options.max_segment_size) {
    out = WriteOptionHead(out, kMaximumSegmentSize, 4);
    StoreU16(out, *options.max_segment_size);
    out += 2;
  }
  const bool scale_is_last = layout == TcpOptionLayout::kScaleLast;
  if (!scale_is_last) out = WriteWindowScale(out, options);
  // Nothing can follow an end of option list.
  const bool ends = options.sack_blocks.empty();
  out = WriteSackPermittedAndTimestamps(out, options,
                                        ends || scale_is_last ? layout : TcpOptionLayout::kAligned);
  if (scale_is_last) out = WriteWindowScale(out, options);
  WriteSack(out, options);
}

}  // namespace

size_t TcpOptions::sack_room() const {
  const size_t used = SizeWithoutSack(*this) + kPaddedSackHead;
  return used >= kMaxSize ? 0 : (kMaxSize - used) / kSackBlockSize;
}

absl::StatusOr<TcpHeader> TcpHeader::Parse(ByteSpan segment, ByteSpan* payload) {
  ByteReader in(segment);
  TcpHeader header;
  header.source_port = in.U16();
  header.destination_port = in.U16();
  header.seq = SeqNum(in.U32());
  header.ack = SeqNum(in.U32());
  const uint16_t offset_and_flags = in.U16();
  header.flags = offset_and_flags & 0x1FF;
  header.window = in.U16();
  header.checksum = in.U16();
  header.urgent_pointer = in.U16();
  if (!in.ok()) return absl::InvalidArgumentError("TCP header truncated");

  const size_t header_size = (offset_and_flags >> 12) * size_t{4};
  if (header_size < kMinSize || header_size > segment.size()) {
    return absl::InvalidArgumentError(absl::StrCat("TCP data offset ", offset_and_flags >> 12,
                                                   " in a segment of ", segment.size(), " octets"));
  }
  absl::Status status = ParseOptions(in.Bytes(header_size - kMinSize), header.options);
  if (!status.ok()) return status;
  if (payload != nullptr) *payload = segment.subspan(header_size);
  return header;
}

size_t TcpHeader::size() const { return kMinSize + OptionsSize(options); }

void TcpHeader::WriteTo(uint8_t* out, TcpOptionLayout layout) const {
  StoreU16(out, source_port);
  StoreU16(out + 2, destination_port);
  StoreU32(out + 4, seq.value());
  StoreU32(out + 8, ack.value());
  StoreU16(out + 12, static_cast<uint16_t>(size() / 4 << 12 | (flags & 0x1FF)));
  StoreU16(out + 14, window);
  StoreU16(out + kChecksumOffset, checksum);
  StoreU16(out + 18, urgent_pointer);
  WriteOptions(out + kMinSize, options, layout);
}

void TcpHeader::AppendTo(std::vector<uint8_t>& out) const {
  const size_t front = out.size();
  out.resize(front + size());
  WriteTo(out.data() + front);
}

std::string TcpFlagsToString(uint16_t flags) {
  constexpr absl::string_view kNames[] = {"FIN", "SYN", "RST", "PSH", "ACK",
                                          "URG", "ECE", "CWR", "AE"};
  std::string text;
  for (size_t bit = 0; bit < std::size(kNames); ++bit) {
    if ((flags >> bit & 1) == 0) continue;
    absl::StrAppend(&text, text.empty() ? "" : ",", kNames[bit]);
  }
  return text.empty() ? "none" : text;
}

absl::Status VerifyTcpChecksum(const PseudoHeader& pseudo_header, ByteSpan segment) {
  if (pseudo_header.Verifies(segment)) return absl::OkStatus();
  const unsigned found = segment[kChecksumOffset] << 8 | segment[kChecksumOffset + 1];
  return absl::InvalidArgumentError(
      absl::StrCat("TCP checksum 0x", absl::Hex(found, absl::kZeroPad4), " is wrong"));
}

void StoreTcpChecksum(const PseudoHeader& pseudo_header, wire::MutableByteSpan segment) {
  StoreU16(segment.data() + kChecksumOffset, 0);
  StoreU16(segment.data() + kChecksumOffset, pseudo_header.Checksum(segment));
}

}  // namespace inet
