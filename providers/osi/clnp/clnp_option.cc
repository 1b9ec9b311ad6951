#include "providers/osi/clnp/clnp_option.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "providers/osi/clnp/clnp_fault.h"

namespace osi {
namespace {

constexpr uint8_t kHighestPriority = 14;

bool IsKnown(ClnpOptionCode code, bool error_report) {
  switch (code) {
    case ClnpOptionCode::kReasonForDiscard:
      return error_report;
    case ClnpOptionCode::kQualityOfService:
    case ClnpOptionCode::kSecurity:
    case ClnpOptionCode::kSourceRouting:
    case ClnpOptionCode::kRecordingOfRoute:
    case ClnpOptionCode::kPadding:
    case ClnpOptionCode::kPriority:
      return true;
  }
  return false;
}

bool HasRightShape(const ClnpOption& option) {
  switch (option.code) {
    case ClnpOptionCode::kReasonForDiscard:
      return option.value.size() == 2;
    case ClnpOptionCode::kPriority:
      return option.value.size() == 1 && option.value[0] <= kHighestPriority;
    case ClnpOptionCode::kPadding:
      return true;
    case ClnpOptionCode::kQualityOfService:
    case ClnpOptionCode::kSecurity:
    case ClnpOptionCode::kSourceRouting:
    case ClnpOptionCode::kRecordingOfRoute:
      return !option.value.empty();
  }
  return false;
}

}  // namespace

absl::StatusOr<ClnpOptions> ParseClnpOptions(wire::ByteSpan part, size_t first_octet,
                                             bool error_report) {
  wire::ByteReader in(part);
  ClnpOptions options;
  while (in.remaining() > 0) {
    const uint8_t octet = static_cast<uint8_t>(first_octet + in.position());
    const uint8_t code = in.U8();
    const wire::ByteSpan value = in.Bytes(in.U8());
    auto error = [&](DiscardReason reason, absl::string_view what) {
      return ClnpError({.reason = reason, .octet = octet},
                       absl::StrCat("CLNP option ", absl::Hex(code, absl::kZeroPad2), " ", what));
    };
    if (!in.ok()) {
      return error(DiscardReason::kHeaderSyntaxError, "beyond the header (ISO 8473 7.5)");
    }
    ClnpOption option{static_cast<ClnpOptionCode>(code), {value.begin(), value.end()}};
    if (!IsKnown(option.code, error_report)) {
      return error(DiscardReason::kUnsupportedOption, "is unknown (ISO 8473 6.19)");
    }
    if (!HasRightShape(option)) {
      return error(DiscardReason::kHeaderSyntaxError, "has a bad value (ISO 8473 7.5)");
    }
    if (std::any_of(options.begin(), options.end(),
                    [&](const ClnpOption& earlier) { return earlier.code == option.code; })) {
      return error(DiscardReason::kDuplicateOption, "stands there twice (ISO 8473 7.5.1)");
    }
    options.push_back(std::move(option));
  }
  return options;
}

const ClnpOption* FindClnpOption(const ClnpOptions& options, ClnpOptionCode code) {
  const auto found = std::find_if(options.begin(), options.end(),
                                  [code](const ClnpOption& option) { return option.code == code; });
  return found == options.end() ? nullptr : &*found;
}

size_t ClnpOptionsOctets(const ClnpOptions& options) {
  size_t octets = 0;
  for (const ClnpOption& option : options) octets += 2 + option.value.size();
  return octets;
}

}  // namespace osi
