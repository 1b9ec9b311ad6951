#include "providers/osi/session/spdu_connect.h"

#include "providers/osi/session/spdu_unit.h"

namespace osi {
namespace {

constexpr size_t kMaxReference = 64;
constexpr size_t kMaxAdditionalReference = 4;
constexpr size_t kMaxSelector = 16;
constexpr size_t kMaxSerialNumber = 6;
constexpr uint8_t kExtendedConcatenation = 0x01;
constexpr uint8_t kMoreToFollow = 0x01;

constexpr SpduRule kCnRule{"CN", "8.3.1"};
constexpr SpduRule kAcRule{"AC", "8.3.4"};
constexpr SpduRule kRfRule{"RF", "8.3.5"};

template <typename Number>
bool TakeNumber(ByteSpan value, std::optional<Number>& number) {
  Number read = 0;
  if (!osi::TakeNumber(value, read)) return false;
  number = read;
  return true;
}

// PGI 1. `user_reference` is the PI of the SS-user that sends the SPDU.
absl::Status TakeIdentifier(const SpduRule& rule, UnitCode user_reference, ByteSpan value,
                            ConnectionIdentifier& identifier) {
  const absl::StatusOr<SpduUnits> units = ReadUnits(rule, value);
  if (!units.ok()) return units.status();
  for (const SpduUnit& unit : *units) {
    bool taken = false;
    if (unit.code == user_reference) {
      taken = TakeOctets(unit.value, kMaxReference, identifier.user_reference);
    } else if (unit.code == UnitCode::kCommonReference) {
      taken = TakeOctets(unit.value, kMaxReference, identifier.common_reference);
    } else if (unit.code == UnitCode::kAdditionalReference) {
      taken = TakeOctets(unit.value, kMaxAdditionalReference, identifier.additional);
    } else {
      return UnknownUnit(rule, unit);
    }
    if (!taken) return BadUnit(rule, unit);
  }
  return absl::OkStatus();
}

void AddIdentifier(const ConnectionIdentifier& identifier, UnitCode user_reference,
                   UnitWriter& writer) {
  UnitWriter group;
  group.AddIfAny(user_reference, identifier.user_reference);
  group.AddIfAny(UnitCode::kCommonReference, identifier.common_reference);
  group.AddIfAny(UnitCode::kAdditionalReference, identifier.additional);
  writer.AddIfAny(UnitCode::kConnectionIdentifier, group.units());
}

bool TakeProtocolOptions(ByteSpan value, bool& extended_concatenation) {
  uint8_t options = 0;
  if (!osi::TakeNumber(value, options)) return false;
  extended_concatenation = (options & kExtendedConcatenation) != 0;
  return true;
}

bool TakeTsduMaximumSize(ByteSpan value, ConnectAcceptItem& item) {
  if (value.size() != 4) return false;
  wire::ByteReader in(value);
  item.tsdu_maximum_initiator_to_responder = in.U16();
  item.tsdu_maximum_responder_to_initiator = in.U16();
  return true;
}

// PGI 5.
absl::Status TakeConnectAcceptItem(const SpduRule& rule, ByteSpan value, ConnectAcceptItem& item) {
  const absl::StatusOr<SpduUnits> units = ReadUnits(rule, value);
  if (!units.ok()) return units.status();
  for (const SpduUnit& unit : *units) {
    bool taken = false;
    switch (unit.code) {
      case UnitCode::kProtocolOptions:
        taken = TakeProtocolOptions(unit.value, item.extended_concatenation);
        break;
      case UnitCode::kTsduMaximumSize:
        taken = TakeTsduMaximumSize(unit.value, item);
        break;
      case UnitCode::kVersionNumber:
        taken = osi::TakeNumber(unit.value, item.versions);
        break;
      case UnitCode::kInitialSerialNumber:
        taken = TakeOctets(unit.value, kMaxSerialNumber, item.initial_serial_number);
        break;
      case UnitCode::kTokenSettingItem:
        taken = TakeNumber(unit.value, item.token_setting);
        break;
      default:
        return UnknownUnit(rule, unit);
    }
    if (!taken) return BadUnit(rule, unit);
  }
  return absl::OkStatus();
}

void AddConnectAcceptItem(const ConnectAcceptItem& item, UnitWriter& writer) {
  UnitWriter group;
  group.AddU8(UnitCode::kProtocolOptions, item.extended_concatenation ? kExtendedConcatenation : 0);
  if (item.tsdu_maximum_initiator_to_responder != 0 ||
      item.tsdu_maximum_responder_to_initiator != 0) {
    uint8_t sizes[4];
    wire::StoreU16(&sizes[0], item.tsdu_maximum_initiator_to_responder);
    wire::StoreU16(&sizes[2], item.tsdu_maximum_responder_to_initiator);
    group.Add(UnitCode::kTsduMaximumSize, sizes);
  }
  group.AddU8(UnitCode::kVersionNumber, item.versions);
  group.AddIfAny(UnitCode::kInitialSerialNumber, item.initial_serial_number);
  if (item.token_setting.has_value()) {
    group.AddU8(UnitCode::kTokenSettingItem, *item.token_setting);
  }
  writer.Add(UnitCode::kConnectAcceptItem, group.units());
}

bool TakeDataOverflow(ByteSpan value, bool& data_overflow) {
  uint8_t octet = 0;
  if (!osi::TakeNumber(value, octet)) return false;
  data_overflow = (octet & kMoreToFollow) != 0;
  return true;
}

// PI 50: the reason, and behind kUserWithData what the user has to say.
bool TakeReasonCode(ByteSpan value, RfSpdu& rf) {
  if (value.empty()) return false;
  rf.reason = static_cast<RefuseReason>(value[0]);
  if (value.size() > 1 && rf.reason != RefuseReason::kUserWithData) return false;
  return TakeOctets(value.subspan(1), kMaxUnitValue, rf.user_data);
}

absl::Status Verdict(const SpduRule& rule, const SpduUnit& unit, bool taken) {
  return taken ? absl::OkStatus() : BadUnit(rule, unit);
}

absl::Status TakeCnUnit(const SpduUnit& unit, CnSpdu& cn) {
  const ByteSpan value = unit.value;
  switch (unit.code) {
    case UnitCode::kConnectionIdentifier:
      return TakeIdentifier(kCnRule, UnitCode::kCallingUserReference, value, cn.identifier);
    case UnitCode::kConnectAcceptItem:
      return TakeConnectAcceptItem(kCnRule, value, cn.item);
    case UnitCode::kSessionUserRequirements:
      return Verdict(kCnRule, unit, osi::TakeNumber(value, cn.requirements));
    case UnitCode::kCallingSelector:
      return Verdict(kCnRule, unit, TakeOctets(value, kMaxSelector, cn.calling_selector));
    case UnitCode::kCalledSelector:
      return Verdict(kCnRule, unit, TakeOctets(value, kMaxSelector, cn.called_selector));
    case UnitCode::kDataOverflow:
      return Verdict(kCnRule, unit, TakeDataOverflow(value, cn.data_overflow));
    case UnitCode::kUserData:
      if (!cn.user_data.empty()) return SpduError(kCnRule, "user data of both kinds");
      return Verdict(kCnRule, unit, TakeOctets(value, CnSpdu::kMaxUserData, cn.user_data));
    case UnitCode::kExtendedUserData:
      if (!cn.user_data.empty()) return SpduError(kCnRule, "user data of both kinds");
      return Verdict(kCnRule, unit, TakeOctets(value, CnSpdu::kMaxExtendedUserData, cn.user_data));
    default:
      return UnknownUnit(kCnRule, unit);
  }
}

absl::Status TakeAcUnit(const SpduUnit& unit, AcSpdu& ac) {
  const ByteSpan value = unit.value;
  switch (unit.code) {
    case UnitCode::kConnectionIdentifier:
      return TakeIdentifier(kAcRule, UnitCode::kCalledUserReference, value, ac.identifier);
    case UnitCode::kConnectAcceptItem:
      return TakeConnectAcceptItem(kAcRule, value, ac.item);
    case UnitCode::kTokenItem:
      return Verdict(kAcRule, unit, TakeNumber(value, ac.tokens));
    case UnitCode::kSessionUserRequirements:
      return Verdict(kAcRule, unit, osi::TakeNumber(value, ac.requirements));
    case UnitCode::kEnclosureItem:
      return Verdict(kAcRule, unit, TakeEnclosure(value, ac.enclosure));
    case UnitCode::kCallingSelector:
      return Verdict(kAcRule, unit, TakeOctets(value, kMaxSelector, ac.calling_selector));
    case UnitCode::kCalledSelector:
      return Verdict(kAcRule, unit, TakeOctets(value, kMaxSelector, ac.responding_selector));
    case UnitCode::kUserData:
      return Verdict(kAcRule, unit, TakeOctets(value, kMaxUnitValue, ac.user_data));
    default:
      return UnknownUnit(kAcRule, unit);
  }
}

absl::Status TakeRfUnit(const SpduUnit& unit, RfSpdu& rf) {
  const ByteSpan value = unit.value;
  switch (unit.code) {
    case UnitCode::kConnectionIdentifier:
      return TakeIdentifier(kRfRule, UnitCode::kCalledUserReference, value, rf.identifier);
    case UnitCode::kTransportDisconnect:
      return Verdict(kRfRule, unit, TakeReleasesTransport(value, rf.releases_transport));
    case UnitCode::kSessionUserRequirements:
      return Verdict(kRfRule, unit, TakeNumber(value, rf.requirements));
    case UnitCode::kVersionNumber:
      return Verdict(kRfRule, unit, TakeNumber(value, rf.versions));
    case UnitCode::kEnclosureItem:
      return Verdict(kRfRule, unit, TakeEnclosure(value, rf.enclosure));
    case UnitCode::kReasonCode:
      return Verdict(kRfRule, unit, TakeReasonCode(value, rf));
    default:
      return UnknownUnit(kRfRule, unit);
  }
}

template <typename Spdu>
absl::StatusOr<Spdu> ParseUnits(const SpduRule& rule, SpduIdentifier identifier, ByteSpan tsdu,
                                absl::Status (*take)(const SpduUnit&, Spdu&)) {
  const absl::StatusOr<SpduUnits> units = ReadWholeSpdu(rule, identifier, tsdu);
  if (!units.ok()) return units.status();
  Spdu spdu;
  for (const SpduUnit& unit : *units) {
    if (absl::Status status = take(unit, spdu); !status.ok()) return status;
  }
  return spdu;
}

}  // namespace

absl::string_view RefuseReasonName(RefuseReason reason) {
  switch (reason) {
    case RefuseReason::kUser:
      return "refused by the called user";
    case RefuseReason::kUserCongestion:
      return "temporary congestion of the called user";
    case RefuseReason::kUserWithData:
      return "refused by the called user, with data";
    case RefuseReason::kSelectorUnknown:
      return "session selector unknown";
    case RefuseReason::kUserNotAttached:
      return "user not attached to the access point";
    case RefuseReason::kProviderCongestion:
      return "congestion of the provider";
    case RefuseReason::kVersionsNotSupported:
      return "proposed versions not supported";
    case RefuseReason::kProvider:
      return "refused by the provider";
    case RefuseReason::kImplementationRestriction:
      return "implementation restriction";
  }
  return "unspecified";
}

absl::StatusOr<CnSpdu> CnSpdu::Parse(ByteSpan tsdu) {
  return ParseUnits(kCnRule, SpduIdentifier::kCn, tsdu, &TakeCnUnit);
}

void CnSpdu::AppendTo(std::vector<uint8_t>& out) const {
  UnitWriter writer;
  AddIdentifier(identifier, UnitCode::kCallingUserReference, writer);
  AddConnectAcceptItem(item, writer);
  writer.AddU16(UnitCode::kSessionUserRequirements, requirements);
  writer.AddIfAny(UnitCode::kCallingSelector, calling_selector);
  writer.AddIfAny(UnitCode::kCalledSelector, called_selector);
  if (data_overflow) writer.AddU8(UnitCode::kDataOverflow, kMoreToFollow);
  writer.AddIfAny(
      user_data.size() <= kMaxUserData ? UnitCode::kUserData : UnitCode::kExtendedUserData,
      user_data);
  writer.AppendSpdu(SpduIdentifier::kCn, out);
}

absl::StatusOr<AcSpdu> AcSpdu::Parse(ByteSpan tsdu) {
  return ParseUnits(kAcRule, SpduIdentifier::kAc, tsdu, &TakeAcUnit);
}

void AcSpdu::AppendTo(std::vector<uint8_t>& out) const {
  UnitWriter writer;
  AddIdentifier(identifier, UnitCode::kCalledUserReference, writer);
  AddConnectAcceptItem(item, writer);
  if (tokens.has_value()) writer.AddU8(UnitCode::kTokenItem, *tokens);
  writer.AddU16(UnitCode::kSessionUserRequirements, requirements);
  writer.AddEnclosure(enclosure);
  writer.AddIfAny(UnitCode::kCallingSelector, calling_selector);
  writer.AddIfAny(UnitCode::kCalledSelector, responding_selector);
  writer.AddIfAny(UnitCode::kUserData, user_data);
  writer.AppendSpdu(SpduIdentifier::kAc, out);
}

absl::StatusOr<RfSpdu> RfSpdu::Parse(ByteSpan tsdu) {
  return ParseUnits(kRfRule, SpduIdentifier::kRf, tsdu, &TakeRfUnit);
}

void RfSpdu::AppendTo(std::vector<uint8_t>& out) const {
  UnitWriter writer;
  AddIdentifier(identifier, UnitCode::kCalledUserReference, writer);
  writer.AddU8(UnitCode::kTransportDisconnect, releases_transport ? kTransportReleased : 0);
  if (requirements.has_value()) writer.AddU16(UnitCode::kSessionUserRequirements, *requirements);
  if (versions.has_value()) writer.AddU8(UnitCode::kVersionNumber, *versions);
  writer.AddEnclosure(enclosure);
  std::vector<uint8_t> reason_code = {static_cast<uint8_t>(reason)};
  reason_code.insert(reason_code.end(), user_data.begin(), user_data.end());
  writer.Add(UnitCode::kReasonCode, reason_code);
  writer.AppendSpdu(SpduIdentifier::kRf, out);
}

}  // namespace osi
