// How an SPDU is put together (X.225 8.2), for the parsers and writers of this folder.
//
//    SPDU       SI, LI, units, perhaps user information
//    PGI unit   PGI, LI, PI units or one value
//    PI unit    PI, LI, value
//
// LI is one octet up to 254, else FF and two octets. It counts what follows it, without user
// information.
#ifndef PROVIDERS_OSI_SESSION_SPDU_UNIT_H_
#define PROVIDERS_OSI_SESSION_SPDU_UNIT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "providers/osi/session/spdu_item.h"

namespace osi {

// SI, the first octet.
enum class SpduIdentifier : uint8_t {
  kGtOrDt = 1,
  kPt = 2,
  kEx = 5,
  kPr = 7,
  kNf = 8,
  kFn = 9,
  kDn = 10,
  kRf = 12,
  kCn = 13,
  kAc = 14,
  kAb = 25,
  kAa = 26,
};

// PGI and PI codes.
enum class UnitCode : uint8_t {
  kConnectionIdentifier = 1,  // PGI
  kConnectAcceptItem = 5,     // PGI
  kCalledUserReference = 9,
  kCallingUserReference = 10,
  kCommonReference = 11,
  kAdditionalReference = 12,
  kTokenItem = 16,
  kTransportDisconnect = 17,
  kProtocolOptions = 19,
  kSessionUserRequirements = 20,
  kTsduMaximumSize = 21,
  kVersionNumber = 22,
  kInitialSerialNumber = 23,
  kPrepareType = 24,
  kEnclosureItem = 25,
  kTokenSettingItem = 26,
  kReflectedValues = 49,
  kReasonCode = 50,
  kCallingSelector = 51,
  kCalledSelector = 52,
  kDataOverflow = 60,
  kUserData = 193,          // PGI
  kExtendedUserData = 194,  // PGI
};

// What LI can count: the limit of a value that has no other.
constexpr size_t kMaxUnitValue = 0xFFFF;

struct SpduUnit {
  UnitCode code = UnitCode::kUserData;
  ByteSpan value;
};
using SpduUnits = absl::InlinedVector<SpduUnit, 8>;

// Which SPDU is read, and the clause that lays down its parameters: for errors.
struct SpduRule {
  absl::string_view spdu;
  absl::string_view clause;
};

absl::Status SpduError(const SpduRule& rule, absl::string_view what);
absl::Status UnknownUnit(const SpduRule& rule, const SpduUnit& unit);
absl::Status BadUnit(const SpduRule& rule, const SpduUnit& unit);

// Takes SI, which is `identifier`, LI and what it counts off the front of `bytes`, and returns the
// latter.
absl::StatusOr<ByteSpan> TakeParameters(const SpduRule& rule, SpduIdentifier identifier,
                                        ByteSpan& bytes);
// The units that make up `field`. A code that stands there twice is an error.
absl::StatusOr<SpduUnits> ReadUnits(const SpduRule& rule, ByteSpan field);
// Both of the above, for a `tsdu` that holds an SPDU without user information and nothing else.
absl::StatusOr<SpduUnits> ReadWholeSpdu(const SpduRule& rule, SpduIdentifier identifier,
                                        ByteSpan tsdu);

// Each stores the value of a unit, or returns false where it cannot be one.
bool TakeOctets(ByteSpan value, size_t most, std::vector<uint8_t>& octets);
bool TakeNumber(ByteSpan value, uint8_t& number);
bool TakeNumber(ByteSpan value, uint16_t& number);
bool TakeEnclosure(ByteSpan value, std::optional<Enclosure>& enclosure);
// PI 17 in RF and FN.
bool TakeReleasesTransport(ByteSpan value, bool& releases_transport);

constexpr uint8_t kTransportReleased = 0x01;  // bit 1 of PI 17

// A row of units, to be added in ascending order of their codes.
class UnitWriter {
 public:
  void Add(UnitCode code, ByteSpan value);
  void AddIfAny(UnitCode code, ByteSpan value) {
    if (!value.empty()) Add(code, value);
  }
  void AddU8(UnitCode code, uint8_t value) { Add(code, ByteSpan(&value, 1)); }
  void AddU16(UnitCode code, uint16_t value);
  void AddEnclosure(const std::optional<Enclosure>& enclosure);
  ByteSpan units() const { return units_; }

  // Writes an SPDU of these units at the end of `out`.
  void AppendSpdu(SpduIdentifier identifier, std::vector<uint8_t>& out) const;

 private:
  std::vector<uint8_t> units_;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SPDU_UNIT_H_
