// The flags that every command which runs a scenario takes.
#ifndef TOOLS_WSIM_LINK_FLAGS_H_
#define TOOLS_WSIM_LINK_FLAGS_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "sim/net/network.h"
#include "sim/world.h"

namespace wsim {

// As texts, until all of the command line has been read; Apply says what is wrong with them in
// words of its own. Empty: not given.
struct LinkFlags {
  std::string latency;
  std::string jitter;
  std::string bandwidth;
  std::string loss;
  std::string duplicate;
  std::string reorder;
  std::string corrupt;
  std::string mtu;

  void AddTo(CLI::App& command);
  // Only what was given. InvalidArgument names the flag, and what it would accept.
  absl::Status Apply(sim::LinkOverrides& overrides) const;
};

// --max-events and --max-time, likewise.
struct LimitFlags {
  std::string max_events;
  std::string max_time;

  void AddTo(CLI::App& command);
  absl::Status Apply(sim::Limits& limits) const;
};

// A whole number in [lowest, highest], in decimal digits. `flag` is how the error names it.
absl::Status ReadNumber(const std::string& text, absl::string_view flag, uint64_t lowest,
                        uint64_t highest, uint64_t& number);

}  // namespace wsim

#endif  // TOOLS_WSIM_LINK_FLAGS_H_
