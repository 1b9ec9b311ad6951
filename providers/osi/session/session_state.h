// States of the session protocol machine (X.225 Annex A), as far as kernel and duplex lead to them.
#ifndef PROVIDERS_OSI_SESSION_SESSION_STATE_H_
#define PROVIDERS_OSI_SESSION_SESSION_STATE_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace osi {

// The standard's own numbers.
enum class SessionState : uint8_t {
  kSta01,   // idle, no transport connection
  kSta01A,  // waits for AA, after an abort that keeps the transport connection
  kSta01B,  // waits for T-CONNECT confirm
  kSta01C,  // idle, with a transport connection
  kSta02A,  // waits for AC
  kSta03,   // waits for DN
  kSta08,   // waits for S-CONNECT response
  kSta09,   // waits for S-RELEASE response
  kSta16,   // waits for T-DISCONNECT indication
  kSta713,  // data transfer
};

// "STA713"; a string literal.
absl::string_view SessionStateName(SessionState state);

// Whether the tables lead from one to the other in one step.
bool IsLegalTransition(SessionState from, SessionState to);

// A session connection, or a request for one, exists between the users.
bool IsAssociated(SessionState state);

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SESSION_STATE_H_
