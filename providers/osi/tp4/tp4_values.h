// Values that ISO 8073 12.2.1 leaves to each transport entity, and how they depend on each other.
#ifndef PROVIDERS_OSI_TP4_TP4_VALUES_H_
#define PROVIDERS_OSI_TP4_TP4_VALUES_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace osi {

// N: how often a TPDU is transmitted at most.
constexpr int kMaxTransmissions = 10;

// T1: how long an answer may take before a TPDU is transmitted again. At first, and between which
// bounds it adapts.
constexpr absl::Duration kFirstT1 = absl::Seconds(1);
constexpr absl::Duration kLeastT1 = absl::Milliseconds(200);
constexpr absl::Duration kGreatestT1 = absl::Seconds(60);
// Each transmission of the same TPDU waits twice as long as the one before, up to this (or T1, if
// that is more).
constexpr absl::Duration kBackOffLimit = absl::Seconds(4);

// A: how long an acknowledgement may be put off, and after how many DTs it is not.
constexpr absl::Duration kAcknowledgeTime = absl::Milliseconds(50);
constexpr int kDtsPerAcknowledgement = 2;

// W: an AK is sent at least this often.
constexpr absl::Duration kWindowTime = absl::Seconds(10);
// I: a peer that is silent for so long is lost.
constexpr absl::Duration kInactivityTime = absl::Seconds(200);

// MLR, MRL: how long an NSDU lives, by the lifetime that CLNP gives it.
constexpr absl::Duration kNsduLifetime = absl::Seconds(15);
// R: how long one TPDU is transmitted again and again, the wait after the last time included.
inline absl::Duration Persistence() {
  return kMaxTransmissions * kBackOffLimit + kWindowTime + kNsduLifetime;
}
// L: how long a reference is frozen, at least MLR + MRL + R + AR (12.2.1.1.6).
inline absl::Duration FreezeTime() { return 2 * kNsduLifetime + Persistence() + kAcknowledgeTime; }

// DTs that a user has not read yet, and which are kept for it: in the normal formats the greatest
// credit that there is.
constexpr size_t kReceiveDts = 15;
constexpr size_t kReceiveDtsExtended = 64;
// Octets of them unless a user says otherwise: as many as so many DTs bring at most, and more.
constexpr size_t kReceiveOctets = 1048576;
// Octets written and not acknowledged, and in how many DTs.
constexpr size_t kSendOctets = 32768;
constexpr size_t kSendDts = 1024;
// Expedited TSDUs, of 16 octets at most, that a user has not read yet. Further ones are not
// acknowledged; and as the peer gives the connection up when an ED never is (12.2.1.2 i), there is
// room for more than any user leaves unread for long.
constexpr size_t kReceiveExpedited = 1024;

// TPDU sizes proposed (13.3.4 b).
constexpr size_t kLeastTpduSize = 128;
constexpr size_t kGreatestTpduSize = 8192;
// In which the preferred maximum TPDU size is counted.
constexpr size_t kTpduSizeUnit = 128;

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TP4_VALUES_H_
