#include "providers/osi/session/spdu_abort.h"

#include <algorithm>

#include "providers/osi/session/spdu_unit.h"

namespace osi {
namespace {

constexpr uint8_t kUserAbort = 0x02;
constexpr uint8_t kProtocolError = 0x04;
constexpr uint8_t kNoReason = 0x08;
constexpr uint8_t kImplementationRestriction = 0x10;

bool TakeTransportDisconnect(ByteSpan value, TransportDisconnect& disconnect) {
  if (value.size() != 1) return false;
  disconnect = {.releases_transport = (value[0] & kTransportReleased) != 0,
                .user_abort = (value[0] & kUserAbort) != 0,
                .protocol_error = (value[0] & kProtocolError) != 0,
                .no_reason = (value[0] & kNoReason) != 0,
                .implementation_restriction = (value[0] & kImplementationRestriction) != 0};
  return true;
}

uint8_t Octet(const TransportDisconnect& disconnect) {
  return static_cast<uint8_t>(
      (disconnect.releases_transport ? kTransportReleased : 0) |
      (disconnect.user_abort ? kUserAbort : 0) | (disconnect.protocol_error ? kProtocolError : 0) |
      (disconnect.no_reason ? kNoReason : 0) |
      (disconnect.implementation_restriction ? kImplementationRestriction : 0));
}

}  // namespace

AbSpdu AbSpdu::ForProtocolError(ByteSpan offending) {
  AbSpdu ab;
  ab.transport_disconnect.protocol_error = true;
  const ByteSpan first = offending.first(std::min(offending.size(), kMaxReflected));
  ab.reflected.assign(first.begin(), first.end());
  return ab;
}

absl::StatusOr<AbSpdu> AbSpdu::Parse(ByteSpan tsdu) {
  const SpduRule rule{"AB", "8.3.9"};
  const absl::StatusOr<SpduUnits> units = ReadWholeSpdu(rule, SpduIdentifier::kAb, tsdu);
  if (!units.ok()) return units.status();
  AbSpdu ab;
  bool disconnect_seen = false;
  for (const SpduUnit& unit : *units) {
    bool taken = false;
    switch (unit.code) {
      case UnitCode::kTransportDisconnect:
        taken = TakeTransportDisconnect(unit.value, ab.transport_disconnect);
        disconnect_seen = true;
        break;
      case UnitCode::kEnclosureItem:
        taken = TakeEnclosure(unit.value, ab.enclosure);
        break;
      case UnitCode::kReflectedValues:
        taken = TakeOctets(unit.value, kMaxReflected, ab.reflected);
        break;
      case UnitCode::kUserData:
        taken = TakeOctets(unit.value, kMaxUnitValue, ab.user_data);
        break;
      default:
        return UnknownUnit(rule, unit);
    }
    if (!taken) return BadUnit(rule, unit);
  }
  if (!disconnect_seen) return SpduError(rule, "transport disconnect is mandatory");
  if (!ab.reflected.empty() && !ab.transport_disconnect.protocol_error) {
    return SpduError(rule, "values are reflected without a protocol error");
  }
  return ab;
}

void AbSpdu::AppendTo(std::vector<uint8_t>& out) const {
  UnitWriter writer;
  writer.AddU8(UnitCode::kTransportDisconnect, Octet(transport_disconnect));
  writer.AddEnclosure(enclosure);
  writer.AddIfAny(UnitCode::kReflectedValues, reflected);
  writer.AddIfAny(UnitCode::kUserData, user_data);
  writer.AppendSpdu(SpduIdentifier::kAb, out);
}

absl::StatusOr<AaSpdu> AaSpdu::Parse(ByteSpan tsdu) {
  const SpduRule rule{"AA", "8.3.10"};
  const absl::StatusOr<SpduUnits> units = ReadWholeSpdu(rule, SpduIdentifier::kAa, tsdu);
  if (!units.ok()) return units.status();
  if (!units->empty()) return UnknownUnit(rule, units->front());
  return AaSpdu{};
}

void AaSpdu::AppendTo(std::vector<uint8_t>& out) const {
  UnitWriter().AppendSpdu(SpduIdentifier::kAa, out);
}

}  // namespace osi
