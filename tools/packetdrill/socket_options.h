// BSD's socket options, by the names of scripts, and the options of Winsock that they are.
#ifndef TOOLS_PACKETDRILL_SOCKET_OPTIONS_H_
#define TOOLS_PACKETDRILL_SOCKET_OPTIONS_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace wsim::packetdrill {

struct SocketOption {
  // How a script writes the value, and what Winsock takes.
  enum class Form : uint8_t {
    kNumber,   // [n]: an int
    kBoolean,  // [n]: BSD may give any number for "yes"
    kLinger,   // {onoff=1, linger=2}: two 16-bit numbers
    kTime,     // {tv_sec=1, tv_usec=0}: milliseconds
    kError,    // [ECONNRESET], and it is told once
    kName,     // "cubic": the number of a congestion control algorithm
  };
  absl::string_view level;
  absl::string_view name;
  int winsock_level;
  int winsock_name;
  Form form = Form::kNumber;
};

// Null: there is none that acts here. Levels have several names (SOL_TCP, IPPROTO_TCP).
const SocketOption* FindSocketOption(absl::string_view level, absl::string_view name);

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_SOCKET_OPTIONS_H_
