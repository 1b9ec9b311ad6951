// The states of a transport connection in class 4 (ISO 8073 12.2, annex A), by their names there.
#ifndef PROVIDERS_OSI_TP4_TP4_STATE_H_
#define PROVIDERS_OSI_TP4_TP4_STATE_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace osi {

// The values are part of every fingerprint.
enum class Tp4State : uint8_t {
  kClosed,
  kWfcc,     // wait for CC: our CR is out
  kWftresp,  // wait for the T-CONNECT response: the user has the peer's CR
  kAkwait,   // our CC is out, the third TPDU has not come
  kOpen,
  kClosing,  // our DR is out
  kRefwait,  // over; the reference is frozen
};

// "WFCC".
absl::string_view Tp4StateName(Tp4State state);

// Whether the state table has a way from `from` to `to`.
bool IsLegalTransition(Tp4State from, Tp4State to);

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TP4_STATE_H_
