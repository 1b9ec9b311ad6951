// TCP options on the wire, in their order.
#ifndef TOOLS_PACKETDRILL_PACKET_OPTIONS_H_
#define TOOLS_PACKETDRILL_PACKET_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "providers/wire/bytes.h"
#include "tools/packetdrill/script.h"

namespace wsim::packetdrill {

// Octets that one option takes.
size_t SizeOf(const OptionSpec& option);
void AppendOption(const OptionSpec& option, std::vector<uint8_t>& octets);
// InvalidArgument: an option that leaves the header, or one that scripts cannot name.
absl::StatusOr<std::vector<OptionSpec>> ReadOptions(wire::ByteSpan octets);

// As a script writes it: "mss 1460", "sack 1:2 5:9".
std::string ToString(const OptionSpec& option);
// "<mss 1460,nop,wscale 6>"; empty where there are none.
std::string ToString(absl::Span<const OptionSpec> options);

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_PACKET_OPTIONS_H_
