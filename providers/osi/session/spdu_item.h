// Parameters that several SPDUs carry (X.225 8.3).
#ifndef PROVIDERS_OSI_SESSION_SPDU_ITEM_H_
#define PROVIDERS_OSI_SESSION_SPDU_ITEM_H_

#include <cstdint>

#include "providers/wire/bytes.h"

namespace osi {

using wire::ByteSpan;

// Session user requirements, PI 20: a mask of functional units beside the kernel.
using FunctionalUnits = uint16_t;
constexpr FunctionalUnits kHalfDuplexUnit = 0x0001;
constexpr FunctionalUnits kDuplexUnit = 0x0002;
constexpr FunctionalUnits kExpeditedDataUnit = 0x0004;
constexpr FunctionalUnits kMinorSynchronizeUnit = 0x0008;
constexpr FunctionalUnits kMajorSynchronizeUnit = 0x0010;
constexpr FunctionalUnits kResynchronizeUnit = 0x0020;
constexpr FunctionalUnits kActivityManagementUnit = 0x0040;
constexpr FunctionalUnits kNegotiatedReleaseUnit = 0x0080;
constexpr FunctionalUnits kCapabilityDataUnit = 0x0100;
constexpr FunctionalUnits kExceptionsUnit = 0x0200;
constexpr FunctionalUnits kTypedDataUnit = 0x0400;
constexpr FunctionalUnits kSymmetricSynchronizeUnit = 0x0800;
constexpr FunctionalUnits kDataSeparationUnit = 0x1000;
// What a CN or AC without PI 20 asks for.
constexpr FunctionalUnits kDefaultFunctionalUnits = kHalfDuplexUnit | kMinorSynchronizeUnit |
                                                    kActivityManagementUnit | kCapabilityDataUnit |
                                                    kExceptionsUnit;

// Version number, PI 22: a mask.
using SessionVersions = uint8_t;
constexpr SessionVersions kSessionVersion1 = 0x01;
constexpr SessionVersions kSessionVersion2 = 0x02;

// Token item, PI 16: a mask.
using SessionTokens = uint8_t;
constexpr SessionTokens kDataToken = 0x01;
constexpr SessionTokens kSynchronizeMinorToken = 0x04;
constexpr SessionTokens kMajorActivityToken = 0x10;
constexpr SessionTokens kReleaseToken = 0x40;

// Enclosure item, PI 25, version 2: the place of an SPDU in an SSDU that several SPDUs carry. An
// SPDU without it carries a whole SSDU.
struct Enclosure {
  bool beginning = false;
  bool end = false;
  friend bool operator==(const Enclosure&, const Enclosure&) = default;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SPDU_ITEM_H_
