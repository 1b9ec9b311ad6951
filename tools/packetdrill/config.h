// What the options of a script and of the command line choose.
#ifndef TOOLS_PACKETDRILL_CONFIG_H_
#define TOOLS_PACKETDRILL_CONFIG_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tools/packetdrill/script.h"

namespace wsim::packetdrill {

struct Config {
  bool is_ipv6 = false;
  uint16_t bind_port = 8080;
  uint16_t connect_port = 8080;
  size_t mtu = 1500;
  // How far an outbound packet may be from its time: the larger one counts.
  absl::Duration tolerance = absl::Milliseconds(4);
  int64_t tolerance_permille = 125;  // of the gap since the event before
  // One step of the script's TSval; zero: TSval is not compared.
  absl::Duration timestamp_tick = absl::ZeroDuration();
  bool strict_segments = false;  // a larger expected segment is not sent in several
  bool packets_are_fatal = true;
  bool calls_are_fatal = true;
  std::string unsupported;  // not empty: what the options ask for and is not there
};

// `overrides`, those of the command line, go before the script's. InvalidArgument is
// "NAME:LINE: what is wrong", or "--option: ..." for one of the command line.
absl::StatusOr<Config> ReadConfig(const Script& script, const std::vector<ScriptOption>& overrides);

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_CONFIG_H_
