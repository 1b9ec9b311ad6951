#include "tools/packetdrill/config.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace wsim::packetdrill {
namespace {

constexpr int64_t kMostMicroseconds = 1'000'000'000;

absl::Status SetIpVersion(const std::string& value, Config& config) {
  config.is_ipv6 = value == "ipv6";
  if (value == "ipv4" || value == "ipv6") return absl::OkStatus();
  if (value != "ipv4-mapped-ipv6") {
    return absl::InvalidArgumentError("is ipv4, ipv6 or ipv4-mapped-ipv6");
  }
  config.unsupported = "IPv4 addresses mapped into IPv6";
  return absl::OkStatus();
}

absl::Status SetNonFatal(const std::string& value, Config& config) {
  for (const absl::string_view what : absl::StrSplit(value, ',')) {
    if (what == "packet") {
      config.packets_are_fatal = false;
    } else if (what == "syscall") {
      config.calls_are_fatal = false;
    } else {
      return absl::InvalidArgumentError("is packet, syscall or both");
    }
  }
  return absl::OkStatus();
}

// "12.5": in thousandths.
absl::Status SetPercent(const std::string& value, Config& config) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(value, '.');
  int64_t whole = 0;
  const char tenth = parts.second.empty() ? '0' : parts.second.front();
  if (!absl::SimpleAtoi(parts.first, &whole) || whole < 0 || whole > 1000 || tenth < '0' ||
      tenth > '9') {
    return absl::InvalidArgumentError("is a number of percent, at most 1000");
  }
  config.tolerance_permille = whole * 10 + (tenth - '0');
  return absl::OkStatus();
}

absl::Status SetNumber(const ScriptOption& option, Config& config) {
  int64_t number = 0;
  if (!absl::SimpleAtoi(option.value, &number) || number < 0 || number > kMostMicroseconds) {
    return absl::InvalidArgumentError(absl::StrCat("is a number from 0 to ", kMostMicroseconds));
  }
  if (option.name == "tolerance_usecs") {
    config.tolerance = absl::Microseconds(number);
  } else if (option.name == "tcp_ts_tick_usecs") {
    config.timestamp_tick = absl::Microseconds(number);
  } else if (option.name == "mtu") {
    if (number < 68 || number > 65535) return absl::InvalidArgumentError("is from 68 to 65535");
    config.mtu = static_cast<size_t>(number);
  } else {
    if (number < 1 || number > 65535) return absl::InvalidArgumentError("is from 1 to 65535");
    (option.name == "bind_port" ? config.bind_port : config.connect_port) =
        static_cast<uint16_t>(number);
  }
  return absl::OkStatus();
}

bool IsOneOf(const std::string& name, std::initializer_list<absl::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

absl::Status Set(const ScriptOption& option, Config& config) {
  if (option.name == "ip_version") return SetIpVersion(option.value, config);
  if (option.name == "non_fatal") return SetNonFatal(option.value, config);
  if (option.name == "tolerance_percent") return SetPercent(option.value, config);
  if (option.name == "strict_segments") {
    config.strict_segments = true;
    return absl::OkStatus();
  }
  if (IsOneOf(option.name,
              {"tolerance_usecs", "tcp_ts_tick_usecs", "mtu", "bind_port", "connect_port"})) {
    return SetNumber(option, config);
  }
  // The addresses are those of the simulated network, whatever a script says; the rest is about
  // how a real system is driven.
  if (IsOneOf(option.name, {"local_ip", "remote_ip", "gateway_ip", "netmask_ip", "live_local_ip",
                            "live_remote_ip", "live_gateway_ip", "live_netmask_ip", "mss", "define",
                            "init_scripts", "v", "verbose", "dry_run", "code_command",
                            "code_format", "code_sockopt", "persistent_tun_dev", "speed"})) {
    return absl::OkStatus();
  }
  config.unsupported = absl::StrCat("the option --", option.name);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Config> ReadConfig(const Script& script,
                                  const std::vector<ScriptOption>& overrides) {
  Config config;
  for (const ScriptOption& option : script.options) {
    if (absl::Status status = Set(option, config); !status.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat(script.name, ":", option.line, ": --", option.name, " ", status.message()));
    }
  }
  for (const ScriptOption& option : overrides) {
    if (absl::Status status = Set(option, config); !status.ok()) {
      return absl::InvalidArgumentError(absl::StrCat("--", option.name, " ", status.message()));
    }
  }
  return config;
}

}  // namespace wsim::packetdrill
