// Whose defaults a suite of scripts assumes.
#ifndef TOOLS_PACKETDRILL_PROFILE_H_
#define TOOLS_PACKETDRILL_PROFILE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "providers/inet/tcp/tcp_settings.h"
#include "tools/packetdrill/lexer.h"

namespace wsim::packetdrill {

// kRfc: what the standards recommend, which are wsim's own defaults. The others choose, among what
// the standards allow, as that system does out of the box.
enum class Profile : uint8_t { kRfc, kFreebsd, kLinux };

// "rfc", "freebsd" or "linux"; nullopt: none of them.
std::optional<Profile> ProfileOf(absl::string_view name);

// The provider's settings.
inet::TcpSettings SettingsOf(Profile profile);

// What the script defaults.sh, which suites for Linux run first, sets on top of kLinux.
inet::TcpSettings LinuxSuiteSettings();

// The names that #ifdef finds defined: STANDARD, FreeBSD or Linux.
Definitions NamesOf(Profile profile);

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_PROFILE_H_
