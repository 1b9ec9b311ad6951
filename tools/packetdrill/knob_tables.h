// The variables of the systems' sysctl, by name, and what they are in our TCP's settings.
#ifndef TOOLS_PACKETDRILL_KNOB_TABLES_H_
#define TOOLS_PACKETDRILL_KNOB_TABLES_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "providers/inet/tcp/tcp_settings.h"

namespace wsim::packetdrill {

struct Knob {
  absl::string_view name;
  // How a value becomes a setting. False: our TCP cannot follow it.
  bool (*set)(int64_t value, inet::TcpSettings& settings);
};

absl::Span<const Knob> FreebsdKnobs();  // tcp(4)
absl::Span<const Knob> LinuxKnobs();    // ip-sysctl

// --- What both tables are made of.

inline constexpr int64_t kMostSeconds = 10'000'000;

template <bool inet::TcpSettings::*kMember>
bool Boolean(int64_t value, inet::TcpSettings& settings) {
  settings.*kMember = value != 0;
  return true;
}
template <size_t inet::TcpSettings::*kMember>
bool Octets(int64_t value, inet::TcpSettings& settings) {
  settings.*kMember = static_cast<size_t>(value);
  return value >= 0 && value <= UINT32_MAX;
}
template <int inet::TcpSettings::*kMember>
bool Count(int64_t value, inet::TcpSettings& settings) {
  settings.*kMember = static_cast<int>(value);
  return value >= 0 && value <= INT32_MAX;
}
template <absl::Duration inet::TcpSettings::*kMember>
bool Milliseconds(int64_t value, inet::TcpSettings& settings) {
  settings.*kMember = absl::Milliseconds(value);
  return value >= 0 && value <= 1000 * kMostSeconds;
}
template <absl::Duration inet::TcpSettings::*kMember>
bool Seconds(int64_t value, inet::TcpSettings& settings) {
  settings.*kMember = absl::Seconds(value);
  return value >= 0 && value <= kMostSeconds;
}

// About what a simulated host has not, or what does not show.
inline bool NoEffect(int64_t, inet::TcpSettings&) { return true; }
// What our TCP never does, or always.
inline bool OnlyOff(int64_t value, inet::TcpSettings&) { return value == 0; }
inline bool OnlyOn(int64_t value, inet::TcpSettings&) { return value != 0; }

// 0: off; 1: asked for and taken; 2: taken when asked for. The same on both systems.
inline bool ExplicitCongestion(int64_t value, inet::TcpSettings& settings) {
  if (value < 0 || value > 2) return false;  // more accurate ECN, which is another protocol
  settings.ecn = value == 0   ? inet::TcpEcn::kOff
                 : value == 1 ? inet::TcpEcn::kAlways
                              : inet::TcpEcn::kOnRequest;
  return true;
}

inline bool KeepAliveProbes(int64_t value, inet::TcpSettings& settings) {
  settings.keep_alive_probes = static_cast<int>(value);
  return value > 0 && value < 256;
}

inline bool HopLimit(int64_t value, inet::TcpSettings& settings) {
  settings.hop_limit = static_cast<uint8_t>(value);
  return value > 0 && value < 256;
}

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_KNOB_TABLES_H_
