#include "providers/osi/session/spdu_release.h"

#include "providers/osi/session/spdu_unit.h"

namespace osi {
namespace {

// DN and NF have the same parameters.
template <typename Answer>
absl::StatusOr<Answer> ParseAnswer(const SpduRule& rule, SpduIdentifier identifier, ByteSpan tsdu) {
  const absl::StatusOr<SpduUnits> units = ReadWholeSpdu(rule, identifier, tsdu);
  if (!units.ok()) return units.status();
  Answer answer;
  for (const SpduUnit& unit : *units) {
    bool taken = false;
    switch (unit.code) {
      case UnitCode::kEnclosureItem:
        taken = TakeEnclosure(unit.value, answer.enclosure);
        break;
      case UnitCode::kUserData:
        taken = TakeOctets(unit.value, kMaxUnitValue, answer.user_data);
        break;
      default:
        return UnknownUnit(rule, unit);
    }
    if (!taken) return BadUnit(rule, unit);
  }
  return answer;
}

template <typename Answer>
void AppendAnswer(const Answer& answer, SpduIdentifier identifier, std::vector<uint8_t>& out) {
  UnitWriter writer;
  writer.AddEnclosure(answer.enclosure);
  writer.AddIfAny(UnitCode::kUserData, answer.user_data);
  writer.AppendSpdu(identifier, out);
}

}  // namespace

absl::StatusOr<FnSpdu> FnSpdu::Parse(ByteSpan tsdu) {
  const SpduRule rule{"FN", "8.3.6"};
  const absl::StatusOr<SpduUnits> units = ReadWholeSpdu(rule, SpduIdentifier::kFn, tsdu);
  if (!units.ok()) return units.status();
  FnSpdu fn;
  for (const SpduUnit& unit : *units) {
    bool taken = false;
    switch (unit.code) {
      case UnitCode::kTransportDisconnect:
        taken = TakeReleasesTransport(unit.value, fn.releases_transport);
        break;
      case UnitCode::kEnclosureItem:
        taken = TakeEnclosure(unit.value, fn.enclosure);
        break;
      case UnitCode::kUserData:
        taken = TakeOctets(unit.value, kMaxUnitValue, fn.user_data);
        break;
      default:
        return UnknownUnit(rule, unit);
    }
    if (!taken) return BadUnit(rule, unit);
  }
  return fn;
}

void FnSpdu::AppendTo(std::vector<uint8_t>& out) const {
  UnitWriter writer;
  writer.AddU8(UnitCode::kTransportDisconnect, releases_transport ? kTransportReleased : 0);
  writer.AddEnclosure(enclosure);
  writer.AddIfAny(UnitCode::kUserData, user_data);
  writer.AppendSpdu(SpduIdentifier::kFn, out);
}

absl::StatusOr<DnSpdu> DnSpdu::Parse(ByteSpan tsdu) {
  return ParseAnswer<DnSpdu>({"DN", "8.3.7"}, SpduIdentifier::kDn, tsdu);
}

void DnSpdu::AppendTo(std::vector<uint8_t>& out) const {
  AppendAnswer(*this, SpduIdentifier::kDn, out);
}

absl::StatusOr<NfSpdu> NfSpdu::Parse(ByteSpan tsdu) {
  return ParseAnswer<NfSpdu>({"NF", "8.3.8"}, SpduIdentifier::kNf, tsdu);
}

void NfSpdu::AppendTo(std::vector<uint8_t>& out) const {
  AppendAnswer(*this, SpduIdentifier::kNf, out);
}

}  // namespace osi
