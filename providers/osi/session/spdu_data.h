// GIVE TOKENS and PLEASE TOKENS, the DATA TRANSFER SPDU that always follows one of them, and what
// goes on the expedited flow: EXPEDITED and PREPARE (X.225 8.3.16, 8.3.17, 8.3.11, 8.3.12, 8.3.26).
//
//    +----+----+------------+ +----+----+------------+------------------+
//    | GT | LI | parameters | | DT | LI | parameters | user information |  one TSDU
//    | PT |    |            | |    |    |            |                  |
//    +----+----+------------+ +----+----+------------+------------------+
//      GT 1      PI 16          DT 1      PI 25
//      PT 2      PI 16, PGI 193
//
//    EX 5   no parameters, user information      PR 7   PI 24
//
// GT and DT share their identifier: a DT is known by its place after a GT or PT, without which it
// never goes. LI does not count user information, which runs to the end of the TSDU.
#ifndef PROVIDERS_OSI_SESSION_SPDU_DATA_H_
#define PROVIDERS_OSI_SESSION_SPDU_DATA_H_

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "providers/osi/session/spdu_item.h"

namespace osi {

struct GtSpdu {
  SessionTokens tokens = 0;  // PI 16, absent where none are given

  // `tsdu` is one whole SPDU. InvalidArgument names the rule.
  static absl::StatusOr<GtSpdu> Parse(ByteSpan tsdu);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const GtSpdu&, const GtSpdu&) = default;
};

struct PtSpdu {
  SessionTokens tokens = 0;        // PI 16, absent where none are asked for
  std::vector<uint8_t> user_data;  // at most 512 octets in version 1

  // As for GtSpdu.
  static absl::StatusOr<PtSpdu> Parse(ByteSpan tsdu);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const PtSpdu&, const PtSpdu&) = default;
};

// With the SPDU in front of it, in basic concatenation. Refers to its user information, which lives
// elsewhere: in the TSDU that was parsed, or with the sender.
struct DtSpdu {
  std::variant<GtSpdu, PtSpdu> first;
  std::optional<Enclosure> enclosure;
  ByteSpan user_information;

  // `tsdu` is one whole TSDU. InvalidArgument names the rule.
  static absl::StatusOr<DtSpdu> Parse(ByteSpan tsdu);
  void AppendTo(std::vector<uint8_t>& out) const;
  // All that goes in front of the user information; 01 00 01 00 as a rule.
  void AppendHeaderTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const DtSpdu&, const DtSpdu&) = default;
};

// Refers to its user information as DtSpdu does.
struct ExSpdu {
  static constexpr size_t kMaxUserInformation = 14;

  ByteSpan user_information;  // 1 .. 14 octets

  // As for GtSpdu.
  static absl::StatusOr<ExSpdu> Parse(ByteSpan tsdu);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const ExSpdu&, const ExSpdu&) = default;
};

// PI 24: what will arrive on the normal flow.
enum class PrepareType : uint8_t {
  kMajorSyncAck = 1,
  kResynchronize = 2,
  kResynchronizeAck = 3,
  kAbort = 4,
};

struct PrSpdu {
  PrepareType type = PrepareType::kAbort;  // mandatory

  // As for GtSpdu.
  static absl::StatusOr<PrSpdu> Parse(ByteSpan tsdu);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const PrSpdu&, const PrSpdu&) = default;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SPDU_DATA_H_
