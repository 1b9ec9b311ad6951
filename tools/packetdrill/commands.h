// The commands in backquotes that mean something to a simulated host.
#ifndef TOOLS_PACKETDRILL_COMMANDS_H_
#define TOOLS_PACKETDRILL_COMMANDS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "providers/inet/tcp/tcp_transport.h"
#include "tools/packetdrill/bsd_process.h"

namespace wsim::packetdrill {

// What a command acts on. All of it outlives the object.
struct CommandTarget {
  inet::TcpTransport& tcp;
  const BsdProcess& process;
};

// Carries out `command`: `sysctl name=value...`, `set_sysctls.py /proc/sys/...=value...`,
// `defaults.sh`, which chooses what suites for Linux assume, and `sockstat ... | grep -c STATE |
// grep N`, which holds where N connections are in the state. What prepares or restores a real
// system (restoring, flushing) does nothing.
// FailedPrecondition: sockstat counts another number. Unimplemented: any other command.
absl::Status RunCommand(absl::string_view command, const CommandTarget& target);

// The name that sockstat gives a state ("SYN_RCVD"), and what TCP_INFO calls it ("SYN_RECEIVED").
absl::string_view SockstatName(inet::TcpState state);

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_COMMANDS_H_
