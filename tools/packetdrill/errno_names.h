// The errors of BSD sockets, and those of Winsock that they stand for.
#ifndef TOOLS_PACKETDRILL_ERRNO_NAMES_H_
#define TOOLS_PACKETDRILL_ERRNO_NAMES_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace wsim::packetdrill {

// What kind of call an error came from: the same Winsock error has different names after it.
enum class CallKind : uint8_t { kConnect, kSend, kOther };

// Whether a script that names `name` means `error`. Several names fit an error where BSD tells
// apart what Winsock does not.
bool ErrnoFits(absl::string_view name, int error, CallKind kind);
// The first name that fits, with Winsock's number where there is none.
std::string ErrnoName(int error, CallKind kind);
// Whether it is an errno's name at all.
bool IsErrnoName(absl::string_view name);

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_ERRNO_NAMES_H_
