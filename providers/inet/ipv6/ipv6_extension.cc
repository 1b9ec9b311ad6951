#include "providers/inet/ipv6/ipv6_extension.h"

#include "absl/status/status.h"

namespace inet {
namespace {

using wire::ByteReader;
using wire::ByteSpan;

// RFC 8200 4.2.
constexpr uint8_t kPad1 = 0;
constexpr uint8_t kPadN = 1;

// The two highest bits of an option's type: what to do where it is not known.
enum class UnknownOption : uint8_t {
  kSkip = 0,
  kDiscard = 1,
  kTell = 2,
  kTellUnlessMulticast = 3,
};

constexpr size_t kLengthUnit = 8;     // octets
constexpr size_t kOptionsOffset = 2;  // behind Next Header and Header Length

// The walk over one chain.
class Walk {
 public:
  Walk(const Ipv6Header& header, ByteSpan payload) : header_(header), rest_(payload) {
    chain_.next_header = header.next_header;
    chain_.pointer = 6;  // the Next Header field of the fixed header
  }

  Ipv6Chain Follow() {
    bool goes_on = true;
    for (bool is_first = true; goes_on; is_first = false) goes_on = Step(is_first);
    return chain_;
  }

 private:
  // False: the chain has come to its end, or to a verdict.
  bool Step(bool is_first) {
    switch (chain_.next_header) {
      case kHopByHopOptions:
        // Only right behind the fixed header, RFC 8200 4.1.
        if (!is_first) {
          return Tell(Ipv6Chain::kUnrecognizedNextHeader, chain_.pointer,
                      "hop-by-hop options not in first place", "RFC 8200 4.1");
        }
        return SkipOptions();
      case kDestinationOptions:
        return SkipOptions();
      case kRoutingHeader:
        return SkipRouting();
      case kFragmentHeader:
        return OnFragment();
      default:
        chain_.payload = rest_;
        return false;
    }
  }

  bool SkipOptions() {
    const size_t size = SizeOfHeader();
    if (size == 0) return Truncated();
    ByteReader in(rest_.subspan(kOptionsOffset, size - kOptionsOffset));
    while (in.remaining() > 0) {
      const size_t at = position_ + kOptionsOffset + in.position();
      const uint8_t type = in.U8();
      if (type == kPad1) continue;
      in.Skip(in.U8());
      if (!in.ok()) {
        return Tell(Ipv6Chain::kErroneousField, at + 1, "an option leaves its header",
                    "RFC 8200 4.2");
      }
      if (type != kPadN && !PassesUnknown(type, at)) return false;
    }
    return Advance(size);
  }

  bool PassesUnknown(uint8_t type, size_t at) {
    constexpr absl::string_view kWhy = "an option that is not known";
    constexpr absl::string_view kClause = "RFC 8200 4.2";
    switch (static_cast<UnknownOption>(type >> 6)) {
      case UnknownOption::kSkip:
        return true;
      case UnknownOption::kDiscard:
        return Discard(kWhy, kClause);
      case UnknownOption::kTell:
        return Tell(Ipv6Chain::kUnrecognizedOption, at, kWhy, kClause);
      case UnknownOption::kTellUnlessMulticast:
        if (header_.destination.is_multicast()) return Discard(kWhy, kClause);
        return Tell(Ipv6Chain::kUnrecognizedOption, at, kWhy, kClause);
    }
    return true;
  }

  bool SkipRouting() {
    constexpr size_t kTypeOffset = 2;
    constexpr size_t kSegmentsLeftOffset = 3;
    const size_t size = SizeOfHeader();
    if (size == 0) return Truncated();
    if (rest_[kSegmentsLeftOffset] != 0) {
      return Tell(Ipv6Chain::kErroneousField, position_ + kTypeOffset,
                  "a routing header that is not known", "RFC 8200 4.4");
    }
    return Advance(size);
  }

  bool OnFragment() {
    const absl::StatusOr<Ipv6FragmentHeader> fragment = Ipv6FragmentHeader::Parse(rest_);
    if (!fragment.ok()) return Truncated();
    if (fragment->is_atomic()) return Advance(Ipv6FragmentHeader::kSize);
    chain_.verdict = Ipv6Chain::Verdict::kFragment;
    chain_.fragment = *fragment;
    chain_.fragment_at = static_cast<uint32_t>(position_);
    chain_.payload = rest_.subspan(Ipv6FragmentHeader::kSize);
    return false;
  }

  // Of the header at the front, by its length field; 0: it is not all there.
  size_t SizeOfHeader() const {
    if (rest_.size() < kOptionsOffset) return 0;
    const size_t size = (size_t{rest_[1]} + 1) * kLengthUnit;
    return size <= rest_.size() ? size : 0;
  }

  bool Advance(size_t size) {
    chain_.next_header = rest_[0];
    chain_.pointer = static_cast<uint32_t>(position_);
    rest_.remove_prefix(size);
    position_ += size;
    return true;
  }

  bool Truncated() {
    chain_.is_truncated = true;
    return Discard("an extension header is truncated", "RFC 8200 4");
  }

  bool Discard(absl::string_view why, absl::string_view clause) {
    chain_.verdict = Ipv6Chain::Verdict::kDiscard;
    chain_.why = why;
    chain_.clause = clause;
    return false;
  }

  bool Tell(uint8_t code, size_t pointer, absl::string_view why, absl::string_view clause) {
    Discard(why, clause);
    chain_.verdict = Ipv6Chain::Verdict::kParameterProblem;
    chain_.code = code;
    chain_.pointer = static_cast<uint32_t>(pointer);
    return false;
  }

  const Ipv6Header& header_;
  ByteSpan rest_;
  size_t position_ = Ipv6Header::kSize;  // of `rest_` in the packet
  Ipv6Chain chain_;
};

// Octets that the header of an upper layer has at least.
size_t LeastHeaderOf(uint8_t protocol) {
  constexpr uint8_t kTcp = 6, kUdp = 17, kIcmpv6 = 58;
  switch (protocol) {
    case kTcp:
      return 20;
    case kUdp:
    case kIcmpv6:
      return 8;
    default:
      return 0;
  }
}

// The chain behind a first fragment's header.
Ipv6Chain Inside(const Ipv6Header& header, const Ipv6Chain& first) {
  Ipv6Header inner = header;
  inner.next_header = first.fragment.next_header;
  return FollowIpv6Chain(inner, first.payload);
}

// Whether the first part of a packet has all its headers, the upper layer's included.
bool HasAllHeaders(const Ipv6Header& header, const Ipv6Chain& first) {
  const Ipv6Chain rest = Inside(header, first);
  if (rest.is_truncated) return false;
  return rest.verdict != Ipv6Chain::Verdict::kDeliver ||
         rest.payload.size() >= LeastHeaderOf(rest.next_header);
}

Ipv6Chain Problem(uint8_t code, size_t pointer, absl::string_view why) {
  return {.verdict = Ipv6Chain::Verdict::kParameterProblem,
          .pointer = static_cast<uint32_t>(pointer),
          .code = code,
          .why = why,
          .clause = "RFC 8200 4.5"};
}

}  // namespace

Ipv6Chain CheckIpv6Fragment(const Ipv6Header& header, const Ipv6Chain& chain) {
  constexpr size_t kPayloadLengthAt = 4;   // of the fixed header
  constexpr size_t kFragmentOffsetAt = 2;  // of the fragment header
  const size_t offset = chain.fragment.fragment_offset * Ipv6FragmentHeader::kFragmentUnit;
  if (chain.fragment.more_fragments &&
      chain.payload.size() % Ipv6FragmentHeader::kFragmentUnit != 0) {
    return Problem(Ipv6Chain::kErroneousField, kPayloadLengthAt,
                   "a fragment before the last of no multiple of 8 octets");
  }
  if (chain.fragment_at - Ipv6Header::kSize + offset + chain.payload.size() >
      Ipv6Header::kMaxPayload) {
    return Problem(Ipv6Chain::kErroneousField, chain.fragment_at + kFragmentOffsetAt,
                   "a fragment that ends beyond the longest packet");
  }
  if (offset == 0 && !HasAllHeaders(header, chain)) {
    return Problem(Ipv6Chain::kIncompleteChain, 0, "a first fragment without all headers");
  }
  return {};
}

absl::StatusOr<Ipv6FragmentHeader> Ipv6FragmentHeader::Parse(ByteSpan bytes) {
  ByteReader in(bytes);
  Ipv6FragmentHeader header{.next_header = in.U8()};
  in.Skip(1);
  const uint16_t offset_and_flags = in.U16();
  header.fragment_offset = offset_and_flags >> 3;
  header.more_fragments = (offset_and_flags & 1) != 0;
  header.identification = in.U32();
  if (!in.ok()) return absl::InvalidArgumentError("IPv6 fragment header truncated");
  return header;
}

void Ipv6FragmentHeader::AppendTo(std::vector<uint8_t>& out) const {
  wire::ByteWriter writer(out);
  writer.U8(next_header);
  writer.U8(0);
  writer.U16(static_cast<uint16_t>((fragment_offset & 0x1FFF) << 3 | (more_fragments ? 1 : 0)));
  writer.U32(identification);
}

Ipv6Chain FollowIpv6Chain(const Ipv6Header& header, ByteSpan payload) {
  return Walk(header, payload).Follow();
}

Ipv6Chain FollowIpv6ChainIntoFragment(const Ipv6Header& header, ByteSpan payload) {
  Ipv6Chain chain = FollowIpv6Chain(header, payload);
  if (chain.verdict != Ipv6Chain::Verdict::kFragment) return chain;
  if (chain.fragment.fragment_offset == 0) return Inside(header, chain);
  chain.next_header = chain.fragment.next_header;
  chain.payload = {};
  return chain;
}

}  // namespace inet
