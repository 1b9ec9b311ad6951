// The timers of a session protocol machine.
#ifndef PROVIDERS_OSI_SESSION_SESSION_TIMERS_H_
#define PROVIDERS_OSI_SESSION_SESSION_TIMERS_H_

#include <array>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace osi {

enum class SessionTimer : uint8_t {
  // TIM (X.225 Annex A): how long STA16 waits for the peer to disconnect the transport connection,
  // before this side does.
  kTim,
  // How long an accepted transport connection may stay without a CN. Not in the standard: a guard
  // against peers that take up a place and say nothing.
  kAwaitConnect,
};
constexpr size_t kSessionTimerCount = 2;
constexpr std::array<absl::string_view, kSessionTimerCount> kSessionTimerNames = {"TIM",
                                                                                  "await CN"};

// Both are local matters. Upkeep: they clear up behind peers that fall silent, and nobody waits for
// them.
constexpr absl::Duration kTimDuration = absl::Seconds(30);
constexpr absl::Duration kAwaitConnectDuration = absl::Seconds(30);

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SESSION_TIMERS_H_
