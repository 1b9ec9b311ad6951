// What the TPDU tests share: octets as text, checksums filled in, and faults looked at.
#ifndef PROVIDERS_OSI_TP4_TPDU_TEST_SUPPORT_H_
#define PROVIDERS_OSI_TP4_TPDU_TEST_SUPPORT_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "providers/osi/checksum/iso_checksum.h"
#include "providers/osi/tp4/tpdu.h"
#include "providers/wire/codec_testing.h"

namespace osi {

// A header such as "08 F0 5678 00" and, behind it, user data that one can read.
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
  wire::ForEveryTruncation(tpdu, [format](ByteSpan cut) {
    EXPECT_FALSE(ParseTpdu(cut, format).ok()) << "cut to " << cut.size() << " octets";
  });
}

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TPDU_TEST_SUPPORT_H_
