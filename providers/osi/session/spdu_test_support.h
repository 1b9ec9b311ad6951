// What the SPDU tests share: octets as text, and refusals looked at.
#ifndef PROVIDERS_OSI_SESSION_SPDU_TEST_SUPPORT_H_
#define PROVIDERS_OSI_SESSION_SPDU_TEST_SUPPORT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "providers/osi/session/spdu.h"
#include "providers/wire/codec_testing.h"

namespace osi {

// Parameters such as "09 13 110101" and, behind them, user data that one can read.
inline std::vector<uint8_t> Octets(absl::string_view hex, absl::string_view text = "") {
  std::vector<uint8_t> octets = wire::FromHex(hex);
  octets.insert(octets.end(), text.begin(), text.end());
  return octets;
}

inline std::vector<uint8_t> Text(absl::string_view text) { return {text.begin(), text.end()}; }

template <typename Pdu>
std::vector<uint8_t> Written(const Pdu& pdu) {
  std::vector<uint8_t> out;
  pdu.AppendTo(out);
  return out;
}

// Reads `octets` as an SPDU of this one type, through the variant.
template <typename Pdu>
Pdu Read(ByteSpan octets) {
  absl::StatusOr<Spdu> spdu = ParseSpdu(octets);
  if (!spdu.ok() || !std::holds_alternative<Pdu>(*spdu)) {
    ADD_FAILURE() << spdu.status();
    return Pdu{};
  }
  return std::get<Pdu>(*std::move(spdu));
}

inline void ExpectRefused(absl::string_view hex, absl::string_view why) {
  const std::vector<uint8_t> octets = wire::FromHex(hex);
  const absl::Status status = ParseSpdu(octets).status();
  EXPECT_FALSE(status.ok()) << hex;
  EXPECT_TRUE(absl::StrContains(status.message(), why)) << status;
  EXPECT_TRUE(absl::StrContains(status.message(), "ISO 8327 ")) << status;
}

// For an SPDU without user information, every end of which matters.
inline void ExpectTruncationsRefused(ByteSpan tsdu) {
  wire::ForEveryTruncation(tsdu, [](ByteSpan cut) {
    EXPECT_FALSE(ParseSpdu(cut).ok()) << "cut to " << cut.size() << " octets";
  });
}

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SPDU_TEST_SUPPORT_H_
