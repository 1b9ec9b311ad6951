// What the TPDU tests share: octets written in hexadecimal, and the three things that every PDU
// must withstand.
#ifndef PROVIDERS_OSI_TP4_TPDU_TEST_SUPPORT_H_
#define PROVIDERS_OSI_TP4_TPDU_TEST_SUPPORT_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "providers/osi/checksum/iso_checksum.h"
#include "providers/osi/tp4/tpdu.h"

namespace osi {

// "08 F0 5678" and the like; blanks do not count.
inline std::vector<uint8_t> Octets(absl::string_view hex) {
  const std::string bytes = absl::HexStringToBytes(absl::StrReplaceAll(hex, {{" ", ""}}));
  return {bytes.begin(), bytes.end()};
}

inline std::vector<uint8_t> Octets(absl::string_view hex, absl::string_view text) {
  std::vector<uint8_t> octets = Octets(hex);
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

// As Octets, with the checksum filled in where the text says C3020000.
inline std::vector<uint8_t> Summed(absl::string_view hex) {
  std::vector<uint8_t> octets = Octets(hex);
  const std::vector<uint8_t> blank = {0xC3, 0x02, 0x00, 0x00};
  const auto found = std::search(octets.begin(), octets.end(), blank.begin(), blank.end());
  if (found == octets.end()) {
    ADD_FAILURE() << "no C3020000 in " << hex;
    return octets;
  }
  StoreChecksum(absl::MakeSpan(octets), static_cast<size_t>(found - octets.begin()) + 2);
  return octets;
}

// The fault for which `tpdu` is refused. Fails the test where it is not.
inline TpduFault FaultIn(ByteSpan tpdu, TpduFormat format = TpduFormat::kNormal) {
  const absl::StatusOr<Tpdu> parsed = ParseTpdu(tpdu, format);
  if (parsed.ok()) {
    ADD_FAILURE() << "accepted";
    return {};
  }
  EXPECT_TRUE(absl::StrContains(parsed.status().message(), "ISO 8073 ")) << parsed.status();
  const std::optional<TpduFault> fault = TpduFaultOf(parsed.status());
  if (!fault.has_value()) {
    ADD_FAILURE() << "no fault with " << parsed.status();
    return {};
  }
  EXPECT_LE(fault->rejected_octets, tpdu.size());
  return *fault;
}

// Every shorter version of `tpdu` is refused. With user data a shorter TPDU is one with a wrong
// checksum; the caller passes one with a checksum.
inline void ExpectTruncationsRefused(ByteSpan tpdu, TpduFormat format = TpduFormat::kNormal) {
  for (size_t size = 0; size < tpdu.size(); ++size) {
    EXPECT_FALSE(ParseTpdu(tpdu.first(size), format).ok()) << "cut to " << size << " octets";
  }
}

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TPDU_TEST_SUPPORT_H_
