#include "providers/osi/session/spdu_data.h"

#include "absl/strings/str_cat.h"
#include "providers/osi/session/spdu_unit.h"

namespace osi {
namespace {

constexpr SpduRule kGtRule{"GT", "8.3.16"};
constexpr SpduRule kPtRule{"PT", "8.3.17"};
constexpr SpduRule kDtRule{"DT", "8.3.11"};
constexpr SpduRule kExRule{"EX", "8.3.12"};
constexpr SpduRule kPrRule{"PR", "8.3.26"};

// Takes a GT off the front of `bytes`.
absl::StatusOr<GtSpdu> TakeGt(ByteSpan& bytes) {
  const absl::StatusOr<ByteSpan> parameters =
      TakeParameters(kGtRule, SpduIdentifier::kGtOrDt, bytes);
  if (!parameters.ok()) return parameters.status();
  GtSpdu gt;
  if (parameters->empty()) return gt;
  const absl::StatusOr<SpduUnits> units = ReadUnits(kGtRule, *parameters);
  if (!units.ok()) return units.status();
  for (const SpduUnit& unit : *units) {
    if (unit.code != UnitCode::kTokenItem) return UnknownUnit(kGtRule, unit);
    if (!TakeNumber(unit.value, gt.tokens)) return BadUnit(kGtRule, unit);
  }
  return gt;
}

// Takes a PT off the front of `bytes`.
absl::StatusOr<PtSpdu> TakePt(ByteSpan& bytes) {
  const absl::StatusOr<ByteSpan> parameters = TakeParameters(kPtRule, SpduIdentifier::kPt, bytes);
  if (!parameters.ok()) return parameters.status();
  const absl::StatusOr<SpduUnits> units = ReadUnits(kPtRule, *parameters);
  if (!units.ok()) return units.status();
  PtSpdu pt;
  for (const SpduUnit& unit : *units) {
    bool taken = false;
    switch (unit.code) {
      case UnitCode::kTokenItem:
        taken = TakeNumber(unit.value, pt.tokens);
        break;
      case UnitCode::kUserData:
        taken = TakeOctets(unit.value, kMaxUnitValue, pt.user_data);
        break;
      default:
        return UnknownUnit(kPtRule, unit);
    }
    if (!taken) return BadUnit(kPtRule, unit);
  }
  return pt;
}

absl::Status CheckNothingFollows(const SpduRule& rule, ByteSpan rest) {
  return rest.empty() ? absl::OkStatus() : SpduError({rule.spdu, "6.3.7"}, "more in the same TSDU");
}

}  // namespace

absl::StatusOr<GtSpdu> GtSpdu::Parse(ByteSpan tsdu) {
  absl::StatusOr<GtSpdu> gt = TakeGt(tsdu);
  if (!gt.ok()) return gt;
  if (absl::Status status = CheckNothingFollows(kGtRule, tsdu); !status.ok()) return status;
  return gt;
}

void GtSpdu::AppendTo(std::vector<uint8_t>& out) const {
  UnitWriter writer;
  if (tokens != 0) writer.AddU8(UnitCode::kTokenItem, tokens);
  writer.AppendSpdu(SpduIdentifier::kGtOrDt, out);
}

absl::StatusOr<PtSpdu> PtSpdu::Parse(ByteSpan tsdu) {
  absl::StatusOr<PtSpdu> pt = TakePt(tsdu);
  if (!pt.ok()) return pt;
  if (absl::Status status = CheckNothingFollows(kPtRule, tsdu); !status.ok()) return status;
  return pt;
}

void PtSpdu::AppendTo(std::vector<uint8_t>& out) const {
  UnitWriter writer;
  if (tokens != 0) writer.AddU8(UnitCode::kTokenItem, tokens);
  writer.AddIfAny(UnitCode::kUserData, user_data);
  writer.AppendSpdu(SpduIdentifier::kPt, out);
}

absl::StatusOr<DtSpdu> DtSpdu::Parse(ByteSpan tsdu) {
  DtSpdu dt;
  if (!tsdu.empty() && tsdu[0] == static_cast<uint8_t>(SpduIdentifier::kPt)) {
    absl::StatusOr<PtSpdu> pt = TakePt(tsdu);
    if (!pt.ok()) return pt.status();
    dt.first = *std::move(pt);
  } else {
    const absl::StatusOr<GtSpdu> gt = TakeGt(tsdu);
    if (!gt.ok()) return gt.status();
    dt.first = *gt;
  }
  const absl::StatusOr<ByteSpan> parameters =
      TakeParameters(kDtRule, SpduIdentifier::kGtOrDt, tsdu);
  if (!parameters.ok()) return parameters.status();
  dt.user_information = tsdu;
  if (parameters->empty()) return dt;
  const absl::StatusOr<SpduUnits> units = ReadUnits(kDtRule, *parameters);
  if (!units.ok()) return units.status();
  for (const SpduUnit& unit : *units) {
    if (unit.code != UnitCode::kEnclosureItem) return UnknownUnit(kDtRule, unit);
    if (!TakeEnclosure(unit.value, dt.enclosure)) return BadUnit(kDtRule, unit);
  }
  return dt;
}

void DtSpdu::AppendHeaderTo(std::vector<uint8_t>& out) const {
  std::visit([&out](const auto& spdu) { spdu.AppendTo(out); }, first);
  UnitWriter writer;
  writer.AddEnclosure(enclosure);
  writer.AppendSpdu(SpduIdentifier::kGtOrDt, out);
}

void DtSpdu::AppendTo(std::vector<uint8_t>& out) const {
  AppendHeaderTo(out);
  out.insert(out.end(), user_information.begin(), user_information.end());
}

absl::StatusOr<ExSpdu> ExSpdu::Parse(ByteSpan tsdu) {
  const absl::StatusOr<ByteSpan> parameters = TakeParameters(kExRule, SpduIdentifier::kEx, tsdu);
  if (!parameters.ok()) return parameters.status();
  if (!parameters->empty()) return SpduError(kExRule, "parameters");
  if (tsdu.empty() || tsdu.size() > kMaxUserInformation) {
    return SpduError(kExRule, absl::StrCat(tsdu.size(), " octets of user information"));
  }
  return ExSpdu{.user_information = tsdu};
}

void ExSpdu::AppendTo(std::vector<uint8_t>& out) const {
  UnitWriter().AppendSpdu(SpduIdentifier::kEx, out);
  out.insert(out.end(), user_information.begin(), user_information.end());
}

absl::StatusOr<PrSpdu> PrSpdu::Parse(ByteSpan tsdu) {
  const absl::StatusOr<SpduUnits> units = ReadWholeSpdu(kPrRule, SpduIdentifier::kPr, tsdu);
  if (!units.ok()) return units.status();
  if (units->empty()) return SpduError(kPrRule, "prepare type is mandatory");
  const SpduUnit& unit = units->front();
  uint8_t type = 0;
  if (unit.code != UnitCode::kPrepareType) return UnknownUnit(kPrRule, unit);
  if (units->size() > 1) return UnknownUnit(kPrRule, units->back());
  if (!TakeNumber(unit.value, type) || type < static_cast<uint8_t>(PrepareType::kMajorSyncAck) ||
      type > static_cast<uint8_t>(PrepareType::kAbort)) {
    return BadUnit(kPrRule, unit);
  }
  return PrSpdu{.type = static_cast<PrepareType>(type)};
}

void PrSpdu::AppendTo(std::vector<uint8_t>& out) const {
  UnitWriter writer;
  writer.AddU8(UnitCode::kPrepareType, static_cast<uint8_t>(type));
  writer.AppendSpdu(SpduIdentifier::kPr, out);
}

}  // namespace osi
