// What TCP_INFO says of a connection, by the names of its fields in scripts.
#ifndef TOOLS_PACKETDRILL_TCP_INFO_H_
#define TOOLS_PACKETDRILL_TCP_INFO_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "providers/inet/tcp/tcp_connection.h"

namespace wsim::packetdrill {

// What systems count congestion windows in.
enum class WindowUnit : uint8_t { kSegments, kOctets };

// A field's value ("tcpi_snd_cwnd"). `connection` is null where there is none any more, which is
// CLOSED and zero otherwise. Unimplemented: our TCP has no such thing.
absl::StatusOr<int64_t> TcpInfoField(absl::string_view field, const inet::TcpConnection* connection,
                                     WindowUnit unit);

// The number of a constant that fields are compared with: states ("TCP_ESTABLISHED",
// "TCPI_SYN_SENT") and stages of recovery ("TCP_CA_Open"). Unimplemented: no such constant.
absl::StatusOr<int64_t> TcpInfoConstant(absl::string_view name);

// A field's value for people: states have their names.
std::string TcpInfoText(absl::string_view field, int64_t value);

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_TCP_INFO_H_
