#include "providers/osi/session/spdu.h"

#include "absl/strings/str_cat.h"
#include "providers/osi/session/spdu_unit.h"

namespace osi {
namespace {

template <typename Xx>
absl::StatusOr<Spdu> Widen(absl::StatusOr<Xx> parsed) {
  if (!parsed.ok()) return parsed.status();
  return Spdu(*std::move(parsed));
}

// A GT or PT is alone in its TSDU where its own length ends it, else a DT follows.
template <typename Alone>
absl::StatusOr<Spdu> ParseTokensOrData(ByteSpan tsdu) {
  ByteSpan rest = tsdu;
  const absl::StatusOr<ByteSpan> parameters =
      TakeParameters({"GT or PT", "8.2"}, static_cast<SpduIdentifier>(tsdu[0]), rest);
  if (!parameters.ok()) return parameters.status();
  if (rest.empty()) return Widen(Alone::Parse(tsdu));
  return Widen(DtSpdu::Parse(tsdu));
}

}  // namespace

absl::StatusOr<Spdu> ParseSpdu(ByteSpan tsdu) {
  if (tsdu.empty()) return SpduError({"SPDU", "8.1"}, "an empty TSDU");
  switch (static_cast<SpduIdentifier>(tsdu[0])) {
    case SpduIdentifier::kGtOrDt:
      return ParseTokensOrData<GtSpdu>(tsdu);
    case SpduIdentifier::kPt:
      return ParseTokensOrData<PtSpdu>(tsdu);
    case SpduIdentifier::kEx:
      return Widen(ExSpdu::Parse(tsdu));
    case SpduIdentifier::kPr:
      return Widen(PrSpdu::Parse(tsdu));
    case SpduIdentifier::kNf:
      return Widen(NfSpdu::Parse(tsdu));
    case SpduIdentifier::kFn:
      return Widen(FnSpdu::Parse(tsdu));
    case SpduIdentifier::kDn:
      return Widen(DnSpdu::Parse(tsdu));
    case SpduIdentifier::kRf:
      return Widen(RfSpdu::Parse(tsdu));
    case SpduIdentifier::kCn:
      return Widen(CnSpdu::Parse(tsdu));
    case SpduIdentifier::kAc:
      return Widen(AcSpdu::Parse(tsdu));
    case SpduIdentifier::kAb:
      return Widen(AbSpdu::Parse(tsdu));
    case SpduIdentifier::kAa:
      return Widen(AaSpdu::Parse(tsdu));
  }
  return SpduError({"SPDU", "8.3"}, absl::StrCat("identifier ", tsdu[0], " is not in use here"));
}

void AppendSpdu(const Spdu& spdu, std::vector<uint8_t>& out) {
  std::visit([&out](const auto& xx) { xx.AppendTo(out); }, spdu);
}

uint8_t SpduNumber(const Spdu& spdu) {
  using Si = SpduIdentifier;
  static constexpr SpduIdentifier kIdentifiers[] = {
      Si::kCn, Si::kAc,     Si::kRf, Si::kFn,     Si::kDn, Si::kNf, Si::kAb,
      Si::kAa, Si::kGtOrDt, Si::kPt, Si::kGtOrDt, Si::kEx, Si::kPr};
  static_assert(std::size(kIdentifiers) == std::variant_size_v<Spdu>);
  return static_cast<uint8_t>(kIdentifiers[spdu.index()]);
}

absl::string_view SpduName(const Spdu& spdu) {
  static constexpr absl::string_view kNames[] = {"CN", "AC", "RF", "FN", "DN", "NF", "AB",
                                                 "AA", "GT", "PT", "DT", "EX", "PR"};
  static_assert(std::size(kNames) == std::variant_size_v<Spdu>);
  return kNames[spdu.index()];
}

}  // namespace osi
