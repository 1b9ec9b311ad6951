// FINISH, DISCONNECT and NOT FINISHED SPDUs (X.225 8.3.6 to 8.3.8): orderly release, a question and
// its two answers, each with user data.
//
//    +----+----+-------------------------+
//    | SI | LI | parameters              |
//    +----+----+-------------------------+
//      FN  9     PI 17, 25, PGI 193
//      DN 10     PI 25, PGI 193
//      NF  8     PI 25, PGI 193
#ifndef PROVIDERS_OSI_SESSION_SPDU_RELEASE_H_
#define PROVIDERS_OSI_SESSION_SPDU_RELEASE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "providers/osi/session/spdu_item.h"

namespace osi {

struct FnSpdu {
  bool releases_transport = true;  // PI 17; absent means that it does
  std::optional<Enclosure> enclosure;
  std::vector<uint8_t> user_data;  // at most 512 octets in version 1

  // `tsdu` is one whole SPDU. InvalidArgument names the rule.
  static absl::StatusOr<FnSpdu> Parse(ByteSpan tsdu);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const FnSpdu&, const FnSpdu&) = default;
};

struct DnSpdu {
  std::optional<Enclosure> enclosure;
  std::vector<uint8_t> user_data;  // at most 512 octets in version 1

  // As for FnSpdu.
  static absl::StatusOr<DnSpdu> Parse(ByteSpan tsdu);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const DnSpdu&, const DnSpdu&) = default;
};

// Only where negotiated release was agreed.
struct NfSpdu {
  std::optional<Enclosure> enclosure;
  std::vector<uint8_t> user_data;  // at most 512 octets in version 1

  // As for FnSpdu.
  static absl::StatusOr<NfSpdu> Parse(ByteSpan tsdu);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const NfSpdu&, const NfSpdu&) = default;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SPDU_RELEASE_H_
