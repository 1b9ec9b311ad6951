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
  // and STA01A for its AA, before this side disconnects.
  kTim,
  // How long an accepted transport connection may stay without a CN. Not in the standard: a guard
  // against peers that take up a place and say nothing.
  kAwaitConnect,
  // How long the initiator of a transport connection keeps it for another session. Not in the
  // standard.
  kKept,
};
constexpr size_t kSessionTimerCount = 3;
constexpr std::array<absl::string_view, kSessionTimerCount> kSessionTimerNames = {"TIM", "await CN",
                                                                                  "kept"};

// All are local matters. Upkeep: they clear up behind peers that fall silent, and nobody waits for
// them.
constexpr absl::Duration kTimDuration = absl::Seconds(30);
constexpr absl::Duration kAwaitConnectDuration = absl::Seconds(30);
// Less than the other side waits, so that no CN meets its end.
constexpr absl::Duration kKeptDuration = absl::Seconds(15);

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SESSION_TIMERS_H_
