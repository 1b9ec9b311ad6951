// CONNECT, ACCEPT and REFUSE SPDUs (X.225 8.3.1, 8.3.4, 8.3.5).
//
//    +----+----+------------------------------------------------------------+
//    | SI | LI | parameters, in ascending order of their codes              |
//    +----+----+------------------------------------------------------------+
//      CN 13     PGI 1 (PI 10, 11, 12), PGI 5 (PI 19, 21, 22, 23, 26), PI 20,
//                51, 52, 60, PGI 193 or 194
//      AC 14     PGI 1 (PI 9, 11, 12), PGI 5 as CN, PI 16, 20, 25, 51, 52, PGI 193
//      RF 12     PGI 1 (PI 9, 11, 12), PI 17, 20, 22, 25, 50
#ifndef PROVIDERS_OSI_SESSION_SPDU_CONNECT_H_
#define PROVIDERS_OSI_SESSION_SPDU_CONNECT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "providers/osi/session/spdu_item.h"

namespace osi {

// PGI 1, by which the users name the connection. Without effect on the protocol; not sent where all
// of it is empty.
struct ConnectionIdentifier {
  std::vector<uint8_t> user_reference;    // PI 10 calling, PI 9 called SS-user; at most 64 octets
  std::vector<uint8_t> common_reference;  // PI 11, at most 64 octets
  std::vector<uint8_t> additional;        // PI 12, at most 4 octets
  friend bool operator==(const ConnectionIdentifier&, const ConnectionIdentifier&) = default;
};

// PGI 5. What is absent has the values below.
struct ConnectAcceptItem {
  bool extended_concatenation = false;  // PI 19: the sender can receive it
  // PI 21: octets, 0 for no limit. The initiator is who sent the CN.
  uint16_t tsdu_maximum_initiator_to_responder = 0;
  uint16_t tsdu_maximum_responder_to_initiator = 0;
  SessionVersions versions = kSessionVersion1;  // PI 22: all proposed in CN, one in AC
  std::vector<uint8_t> initial_serial_number;   // PI 23: at most 6 digits; absent where empty
  std::optional<uint8_t> token_setting;         // PI 26
  friend bool operator==(const ConnectAcceptItem&, const ConnectAcceptItem&) = default;
};

struct CnSpdu {
  static constexpr size_t kMaxUserData = 512;            // in PGI 193
  static constexpr size_t kMaxExtendedUserData = 10240;  // in PGI 194, version 2

  ConnectionIdentifier identifier;
  ConnectAcceptItem item;
  FunctionalUnits requirements = kDefaultFunctionalUnits;
  std::vector<uint8_t> calling_selector;  // PI 51, at most 16 octets; absent where empty
  std::vector<uint8_t> called_selector;   // PI 52, likewise
  bool data_overflow = false;             // PI 60: more user data follow in CDO SPDUs
  // Sent in PGI 193 if it fits there, else in PGI 194.
  std::vector<uint8_t> user_data;

  // `tsdu` is one whole SPDU. InvalidArgument names the rule.
  static absl::StatusOr<CnSpdu> Parse(ByteSpan tsdu);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const CnSpdu&, const CnSpdu&) = default;
};

struct AcSpdu {
  ConnectionIdentifier identifier;
  ConnectAcceptItem item;
  std::optional<SessionTokens> tokens;  // PI 16: which of its own the acceptor asks for
  FunctionalUnits requirements = kDefaultFunctionalUnits;
  std::optional<Enclosure> enclosure;
  std::vector<uint8_t> calling_selector;     // PI 51, at most 16 octets; absent where empty
  std::vector<uint8_t> responding_selector;  // PI 52, likewise
  std::vector<uint8_t> user_data;            // at most 512 octets in version 1

  // As for CnSpdu.
  static absl::StatusOr<AcSpdu> Parse(ByteSpan tsdu);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const AcSpdu&, const AcSpdu&) = default;
};

// The first octet of PI 50. Other values may arrive.
enum class RefuseReason : uint8_t {
  kUser = 0,
  kUserCongestion = 1,
  kUserWithData = 2,
  kSelectorUnknown = 129,
  kUserNotAttached = 130,
  kProviderCongestion = 131,
  kVersionsNotSupported = 132,
  kProvider = 133,
  kImplementationRestriction = 134,
};

// Such as "session selector unknown"; "unspecified" for a value that has no name.
absl::string_view RefuseReasonName(RefuseReason reason);

struct RfSpdu {
  ConnectionIdentifier identifier;
  bool releases_transport = true;  // PI 17; absent means that it does
  std::optional<FunctionalUnits> requirements;
  std::optional<SessionVersions> versions;
  std::optional<Enclosure> enclosure;
  RefuseReason reason = RefuseReason::kUser;  // PI 50; absent means kUser
  // With kUserWithData only; at most 512 octets in version 1.
  std::vector<uint8_t> user_data;

  // As for CnSpdu.
  static absl::StatusOr<RfSpdu> Parse(ByteSpan tsdu);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const RfSpdu&, const RfSpdu&) = default;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SPDU_CONNECT_H_
