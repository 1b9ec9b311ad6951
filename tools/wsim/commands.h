// The commands of wsim, one file each.
#ifndef TOOLS_WSIM_COMMANDS_H_
#define TOOLS_WSIM_COMMANDS_H_

#include <CLI/CLI.hpp>
#include <functional>

namespace wsim {

// Adds the command to `app`; when the command line names it, `run` becomes what carries it out and
// returns the exit status. What the flags were is kept by `run`.
using Command = std::function<int()>;
void AddProvidersCommand(CLI::App& app, Command& run);    // providers_command.cc
void AddRunCommand(CLI::App& app, Command& run);          // run_command.cc
void AddCompareCommand(CLI::App& app, Command& run);      // compare_command.cc
void AddPacketdrillCommand(CLI::App& app, Command& run);  // packetdrill_command.cc

}  // namespace wsim

#endif  // TOOLS_WSIM_COMMANDS_H_
