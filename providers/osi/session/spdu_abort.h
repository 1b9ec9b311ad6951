// ABORT and ABORT ACCEPT SPDUs (X.225 8.3.9, 8.3.10).
//
//    +----+----+-------------------------+
//    | SI | LI | parameters              |
//    +----+----+-------------------------+
//      AB 25     PI 17, 25, 49, PGI 193
//      AA 26     none
#ifndef PROVIDERS_OSI_SESSION_SPDU_ABORT_H_
#define PROVIDERS_OSI_SESSION_SPDU_ABORT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "providers/osi/session/spdu_item.h"

namespace osi {

// PI 17 as AB carries it.
struct TransportDisconnect {
  bool releases_transport = true;           // bit 1
  bool user_abort = false;                  // bit 2
  bool protocol_error = false;              // bit 3
  bool no_reason = false;                   // bit 4
  bool implementation_restriction = false;  // bit 5
  friend bool operator==(const TransportDisconnect&, const TransportDisconnect&) = default;
};

struct AbSpdu {
  static constexpr size_t kMaxReflected = 9;
  static constexpr size_t kMaxUserDataVersion1 = 9;

  TransportDisconnect transport_disconnect;  // mandatory
  std::optional<Enclosure> enclosure;
  // PI 49: the first octets of the SPDU that was not understood, at most 9. With protocol_error
  // only; absent where empty.
  std::vector<uint8_t> reflected;
  std::vector<uint8_t> user_data;  // at most 9 octets in version 1

  // The abort of a provider that received `offending`.
  static AbSpdu ForProtocolError(ByteSpan offending);

  // `tsdu` is one whole SPDU. InvalidArgument names the rule.
  static absl::StatusOr<AbSpdu> Parse(ByteSpan tsdu);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const AbSpdu&, const AbSpdu&) = default;
};

struct AaSpdu {
  // As for AbSpdu.
  static absl::StatusOr<AaSpdu> Parse(ByteSpan tsdu);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const AaSpdu&, const AaSpdu&) = default;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SPDU_ABORT_H_
