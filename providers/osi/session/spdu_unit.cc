#include "providers/osi/session/spdu_unit.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace osi {
namespace {

constexpr uint8_t kLongLength = 0xFF;
constexpr uint8_t kEnclosureBeginning = 0x01;
constexpr uint8_t kEnclosureEnd = 0x02;

// A short length in the long form is read too: some senders leave room for it beforehand.
size_t ReadLength(wire::ByteReader& in) {
  const uint8_t length = in.U8();
  return length == kLongLength ? in.U16() : length;
}

void AppendLength(size_t length, std::vector<uint8_t>& out) {
  wire::ByteWriter writer(out);
  if (length < kLongLength) {
    writer.U8(static_cast<uint8_t>(length));
  } else {
    writer.U8(kLongLength);
    writer.U16(static_cast<uint16_t>(length));
  }
}

}  // namespace

absl::Status SpduError(const SpduRule& rule, absl::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat(rule.spdu, ": ", what, " (ISO 8327 ", rule.clause, ")"));
}

absl::Status UnknownUnit(const SpduRule& rule, const SpduUnit& unit) {
  return SpduError(rule, absl::StrCat("no parameter ", static_cast<int>(unit.code), " there"));
}

absl::Status BadUnit(const SpduRule& rule, const SpduUnit& unit) {
  return SpduError(rule, absl::StrCat("bad value of parameter ", static_cast<int>(unit.code)));
}

absl::StatusOr<ByteSpan> TakeParameters(const SpduRule& rule, SpduIdentifier identifier,
                                        ByteSpan& bytes) {
  wire::ByteReader in(bytes);
  const uint8_t found = in.U8();
  const ByteSpan parameters = in.Bytes(ReadLength(in));
  if (!in.ok()) return SpduError({rule.spdu, "8.2"}, "LI beyond the TSDU");
  if (found != static_cast<uint8_t>(identifier)) {
    return SpduError(rule, absl::StrCat("identifier ", found, " in its place"));
  }
  bytes.remove_prefix(in.position());
  return parameters;
}

absl::StatusOr<SpduUnits> ReadUnits(const SpduRule& rule, ByteSpan field) {
  wire::ByteReader in(field);
  SpduUnits units;
  while (in.remaining() > 0) {
    SpduUnit unit{.code = static_cast<UnitCode>(in.U8())};
    unit.value = in.Bytes(ReadLength(in));
    if (!in.ok()) {
      return SpduError({rule.spdu, "8.2"},
                       absl::StrCat("parameter ", static_cast<int>(unit.code), " beyond LI"));
    }
    if (std::any_of(units.begin(), units.end(),
                    [&](const SpduUnit& earlier) { return earlier.code == unit.code; })) {
      return SpduError({rule.spdu, "8.2"}, absl::StrCat("parameter ", static_cast<int>(unit.code),
                                                        " stands there twice"));
    }
    units.push_back(unit);
  }
  return units;
}

absl::StatusOr<SpduUnits> ReadWholeSpdu(const SpduRule& rule, SpduIdentifier identifier,
                                        ByteSpan tsdu) {
  const absl::StatusOr<ByteSpan> parameters = TakeParameters(rule, identifier, tsdu);
  if (!parameters.ok()) return parameters.status();
  if (!tsdu.empty()) return SpduError({rule.spdu, "6.3.7"}, "more in the same TSDU");
  return ReadUnits(rule, *parameters);
}

bool TakeOctets(ByteSpan value, size_t most, std::vector<uint8_t>& octets) {
  if (value.size() > most) return false;
  octets.assign(value.begin(), value.end());
  return true;
}

bool TakeNumber(ByteSpan value, uint8_t& number) {
  if (value.size() != 1) return false;
  number = value[0];
  return true;
}

bool TakeNumber(ByteSpan value, uint16_t& number) {
  if (value.size() != 2) return false;
  number = static_cast<uint16_t>(value[0] << 8 | value[1]);
  return true;
}

bool TakeEnclosure(ByteSpan value, std::optional<Enclosure>& enclosure) {
  if (value.size() != 1 || value[0] > (kEnclosureBeginning | kEnclosureEnd)) return false;
  enclosure = {.beginning = (value[0] & kEnclosureBeginning) != 0,
               .end = (value[0] & kEnclosureEnd) != 0};
  return true;
}

bool TakeReleasesTransport(ByteSpan value, bool& releases_transport) {
  if (value.size() != 1) return false;
  releases_transport = (value[0] & kTransportReleased) != 0;
  return true;
}

void UnitWriter::Add(UnitCode code, ByteSpan value) {
  units_.push_back(static_cast<uint8_t>(code));
  AppendLength(value.size(), units_);
  units_.insert(units_.end(), value.begin(), value.end());
}

void UnitWriter::AddU16(UnitCode code, uint16_t value) {
  uint8_t octets[2];
  wire::StoreU16(octets, value);
  Add(code, octets);
}

void UnitWriter::AddEnclosure(const std::optional<Enclosure>& enclosure) {
  if (!enclosure.has_value()) return;
  AddU8(UnitCode::kEnclosureItem,
        static_cast<uint8_t>((enclosure->beginning ? kEnclosureBeginning : 0) |
                             (enclosure->end ? kEnclosureEnd : 0)));
}

void UnitWriter::AppendSpdu(SpduIdentifier identifier, std::vector<uint8_t>& out) const {
  out.push_back(static_cast<uint8_t>(identifier));
  AppendLength(units_.size(), out);
  out.insert(out.end(), units_.begin(), units_.end());
}

}  // namespace osi
