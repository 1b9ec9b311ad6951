#include "providers/osi/session/session_state.h"

namespace osi {

absl::string_view SessionStateName(SessionState state) {
  switch (state) {
    case SessionState::kSta01:
      return "STA01";
    case SessionState::kSta01A:
      return "STA01A";
    case SessionState::kSta01B:
      return "STA01B";
    case SessionState::kSta01C:
      return "STA01C";
    case SessionState::kSta02A:
      return "STA02A";
    case SessionState::kSta03:
      return "STA03";
    case SessionState::kSta08:
      return "STA08";
    case SessionState::kSta09:
      return "STA09";
    case SessionState::kSta16:
      return "STA16";
    case SessionState::kSta713:
      return "STA713";
  }
  return "";
}

bool IsLegalTransition(SessionState from, SessionState to) {
  using State = SessionState;
  // The transport connection may go in every state.
  if (to == State::kSta01) return from != State::kSta01;
  // Every association may end with an abort, or with a transport connection that is kept.
  const bool is_end = to == State::kSta01A || to == State::kSta01C || to == State::kSta16;
  switch (from) {
    case State::kSta01:
      return to == State::kSta01B || to == State::kSta01C;
    case State::kSta01A:
      return to == State::kSta01C;
    case State::kSta01B:
      return to == State::kSta02A;
    case State::kSta01C:
      return to == State::kSta02A || to == State::kSta08 || to == State::kSta16;
    case State::kSta02A:
    case State::kSta08:
      return to == State::kSta713 || is_end;
    case State::kSta713:
      return to == State::kSta03 || to == State::kSta09 || is_end;
    case State::kSta03:
      return to == State::kSta09 || is_end;
    case State::kSta09:
      return to == State::kSta03 || is_end;
    case State::kSta16:
      return false;
  }
  return false;
}

bool IsAssociated(SessionState state) {
  switch (state) {
    case SessionState::kSta02A:
    case SessionState::kSta03:
    case SessionState::kSta08:
    case SessionState::kSta09:
    case SessionState::kSta713:
      return true;
    case SessionState::kSta01:
    case SessionState::kSta01A:
    case SessionState::kSta01B:
    case SessionState::kSta01C:
    case SessionState::kSta16:
      return false;
  }
  return false;
}

}  // namespace osi
