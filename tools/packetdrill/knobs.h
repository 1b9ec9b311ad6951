// The variables of FreeBSD's and Linux's sysctl that our TCP has a setting for.
#ifndef TOOLS_PACKETDRILL_KNOBS_H_
#define TOOLS_PACKETDRILL_KNOBS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "providers/inet/tcp/tcp_settings.h"

namespace wsim::packetdrill {

// Sets what `name` (net.inet.tcp.sack.enable, net.ipv4.tcp_sack) stands for. Ok without any effect
// for the variables of what is not here, at the value that says so. Unimplemented: a variable that
// is not known, or a value that our TCP cannot follow. InvalidArgument: not a value of it.
absl::Status SetKnob(absl::string_view name, absl::string_view value, inet::TcpSettings& settings);

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_KNOBS_H_
