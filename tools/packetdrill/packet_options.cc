// TCP options in the order of the wire.
#include "tools/packetdrill/packet_options.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace wsim::packetdrill {
namespace {

using Kind = OptionSpec::Kind;

// IANA "TCP Option Kind Numbers".
constexpr std::pair<Kind, uint8_t> kNumbers[] = {
    {Kind::kEnd, 0},
    {Kind::kNop, 1},
    {Kind::kMaxSegmentSize, 2},
    {Kind::kWindowScale, 3},
    {Kind::kSackPermitted, 4},
    {Kind::kSack, 5},
    {Kind::kTimestamps, 8},
    {Kind::kMd5, 19},
    {Kind::kFastOpen, 34},
    {Kind::kExperimentalFastOpen, 254},
    {Kind::kAccurateEcn, 172},
};
constexpr uint16_t kFastOpenExperiment = 0xF989;  // RFC 7413 4.1.1

uint8_t NumberOf(Kind kind) {
  for (const auto& [known, number] : kNumbers) {
    if (known == kind) return number;
  }
  return 1;
}

void ReadContent(wire::ByteReader content, OptionSpec& option) {
  switch (option.kind) {
    case Kind::kMaxSegmentSize:
      option.value = content.U16();
      break;
    case Kind::kWindowScale:
      option.value = content.U8();
      break;
    case Kind::kSack:
      while (content.remaining() >= 8) {
        const uint32_t left = content.U32();
        option.sack.emplace_back(left, content.U32());
      }
      break;
    case Kind::kTimestamps:
      option.value = content.U32();
      option.echo_reply = content.U32();
      break;
    case Kind::kExperimentalFastOpen:
      content.Skip(2);
      [[fallthrough]];
    case Kind::kMd5:
    case Kind::kFastOpen:
    case Kind::kAccurateEcn: {
      const wire::ByteSpan rest = content.Rest();
      option.octets.assign(rest.begin(), rest.end());
      break;
    }
    case Kind::kEnd:
    case Kind::kNop:
    case Kind::kSackPermitted:
      break;
  }
}

}  // namespace

size_t SizeOf(const OptionSpec& option) {
  switch (option.kind) {
    case Kind::kEnd:
    case Kind::kNop:
      return 1;
    case Kind::kSackPermitted:
      return 2;
    case Kind::kWindowScale:
      return 3;
    case Kind::kMaxSegmentSize:
      return 4;
    case Kind::kSack:
      return 2 + 8 * option.sack.size();
    case Kind::kTimestamps:
      return 10;
    case Kind::kExperimentalFastOpen:
      return 4 + option.octets.size();
    case Kind::kMd5:
    case Kind::kFastOpen:
    case Kind::kAccurateEcn:
      return 2 + option.octets.size();
  }
  return 0;
}

void AppendOption(const OptionSpec& option, std::vector<uint8_t>& octets) {
  wire::ByteWriter out(octets);
  out.U8(NumberOf(option.kind));
  if (option.kind == Kind::kEnd || option.kind == Kind::kNop) return;
  out.U8(static_cast<uint8_t>(SizeOf(option)));
  switch (option.kind) {
    case Kind::kMaxSegmentSize:
      out.U16(static_cast<uint16_t>(option.value));
      break;
    case Kind::kWindowScale:
      out.U8(static_cast<uint8_t>(option.value));
      break;
    case Kind::kTimestamps:
      out.U32(option.value);
      out.U32(option.echo_reply);
      break;
    case Kind::kExperimentalFastOpen:
      out.U16(kFastOpenExperiment);
      break;
    default:
      break;
  }
  for (const auto& [left, right] : option.sack) {
    out.U32(left);
    out.U32(right);
  }
  out.Bytes(option.octets);
}

absl::StatusOr<std::vector<OptionSpec>> ReadOptions(wire::ByteSpan octets) {
  std::vector<OptionSpec> options;
  wire::ByteReader in(octets);
  while (in.remaining() > 0) {
    const uint8_t number = in.U8();
    OptionSpec option;
    bool is_known = false;
    for (const auto& [kind, known] : kNumbers) {
      if (known != number) continue;
      option.kind = kind;
      is_known = true;
    }
    if (number > 1) {
      const uint8_t length = in.U8();
      if (length < 2) return absl::InvalidArgumentError("a TCP option shorter than its header");
      const wire::ByteSpan content = in.Bytes(length - 2u);
      if (!in.ok()) return absl::InvalidArgumentError("a TCP option that leaves the header");
      if (!is_known) {
        return absl::InvalidArgumentError(absl::StrCat("a TCP option of kind ", number));
      }
      ReadContent(wire::ByteReader(content), option);
    }
    options.push_back(std::move(option));
  }
  return options;
}

std::string ToString(const OptionSpec& option) {
  const auto octets = [&option] {
    return absl::BytesToHexString(
        {reinterpret_cast<const char*>(option.octets.data()), option.octets.size()});
  };
  switch (option.kind) {
    case Kind::kEnd:
      return "eol";
    case Kind::kNop:
      return "nop";
    case Kind::kSackPermitted:
      return "sackOK";
    case Kind::kWindowScale:
      return absl::StrCat("wscale ", option.value);
    case Kind::kMaxSegmentSize:
      return absl::StrCat("mss ", option.value);
    case Kind::kTimestamps:
      return absl::StrCat("TS val ", option.value, " ecr ", option.echo_reply);
    case Kind::kMd5:
      return absl::StrCat("md5 ", octets());
    case Kind::kFastOpen:
      return absl::StrCat("FO ", octets());
    case Kind::kExperimentalFastOpen:
      return absl::StrCat("FOEXP ", octets());
    case Kind::kAccurateEcn:
      return absl::StrCat("ECN ", octets());
    case Kind::kSack:
      break;
  }
  std::string text = "sack";
  for (const auto& [left, right] : option.sack) absl::StrAppend(&text, " ", left, ":", right);
  return text;
}

std::string ToString(absl::Span<const OptionSpec> options) {
  if (options.empty()) return "";
  return absl::StrCat("<",
                      absl::StrJoin(options, ",",
                                    [](std::string* out, const OptionSpec& option) {
                                      absl::StrAppend(out, ToString(option));
                                    }),
                      ">");
}

}  // namespace wsim::packetdrill
