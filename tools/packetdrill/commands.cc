#include "tools/packetdrill/commands.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tools/packetdrill/knobs.h"
#include "tools/packetdrill/profile.h"
#include "tools/packetdrill/value.h"

namespace wsim::packetdrill {
namespace {

using Words = std::vector<std::string>;

Words WordsOf(absl::string_view text) {
  return absl::StrSplit(text, absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty());
}

// name=value, or the same with the name as a path below /proc/sys.
absl::Status SetOne(absl::string_view assignment, inet::TcpSettings& settings) {
  const std::pair<std::string, std::string> parts =
      absl::StrSplit(assignment, absl::MaxSplits('=', 1));
  absl::string_view name = parts.first;
  absl::ConsumePrefix(&name, "/proc/sys/");
  const std::string dotted = absl::StrReplaceAll(name, {{"/", "."}});
  const std::string value = absl::StrReplaceAll(parts.second, {{"\"", ""}, {"'", ""}});
  if (value.empty()) return Unsupported(absl::StrCat("sysctl ", dotted, " without a value"));
  return SetKnob(dotted, value, settings);
}

// A value of several words stands in quotes: "4096 87380 100000".
Words Assignments(const Words& words, size_t first) {
  Words assignments;
  bool is_quoted = false;
  for (size_t i = first; i < words.size(); ++i) {
    if (is_quoted) {
      absl::StrAppend(&assignments.back(), " ", words[i]);
    } else if (!absl::StartsWith(words[i], "-")) {
      assignments.push_back(words[i]);
    }
    size_t quotes = 0;
    for (const char c : words[i]) quotes += c == '"' || c == '\'';
    if (quotes % 2 == 1) is_quoted = !is_quoted;
  }
  return assignments;
}

absl::Status SetAll(const Words& words, size_t first, inet::TcpTransport& tcp) {
  inet::TcpSettings settings = tcp.settings();
  for (const std::string& assignment : Assignments(words, first)) {
    if (absl::Status status = SetOne(assignment, settings); !status.ok()) return status;
  }
  tcp.Configure(settings);
  return absl::OkStatus();
}

int64_t CountInState(absl::string_view state, const CommandTarget& target) {
  int64_t count = 0;
  int64_t alive = 0;
  target.tcp.ForEachConnection([&](const inet::TcpConnection& connection) {
    if (connection.state() != inet::TcpState::kClosed) ++alive;
    if (SockstatName(connection.state()) == state) ++count;
  });
  if (state != "CLOSED") return count;
  // A socket whose connection is gone has none of ours.
  int64_t sockets = 0;
  for (const auto& [number, descriptor] : target.process.descriptors()) {
    if (!descriptor.is_listening && !descriptor.is_epoll) ++sockets;
  }
  return std::max<int64_t>(sockets - alive, 0);
}

// sockstat ... | grep packetdril | grep -c STATE | grep N
absl::Status Sockstat(absl::string_view command, const CommandTarget& target) {
  std::string state;
  int64_t expected = -1;
  for (const absl::string_view part : absl::StrSplit(command, '|')) {
    const Words words = WordsOf(part);
    if (words.size() >= 3 && words[0] == "grep" && words[1] == "-c") state = words[2];
    if (words.size() == 2 && words[0] == "grep" && !absl::SimpleAtoi(words[1], &expected)) {
      expected = -1;
    }
  }
  if (state.empty() || expected < 0) return Unsupported(absl::StrCat("the command ", command));
  const int64_t count = CountInState(state, target);
  if (count == expected) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "expected ", expected, " connections in the state ", state, ", counted ", count));
}

// What looks after a real system and has nothing to do on a simulated one.
bool DoesNothingHere(const std::string& program, const Words& words) {
  static constexpr absl::string_view kPrograms[] = {"tcpdrop", "sync",     "true",  ":",
                                                    "sleep",   "ulimit",   "nstat", "kldstat",
                                                    "kldload", "modprobe", "tc",    "ethtool"};
  for (const absl::string_view known : kPrograms) {
    if (program == known) return true;
  }
  if (program == "ip" && words.size() > 2) return words[1] == "tcp_metrics" && words[2] == "flush";
  return absl::StrContains(program, "sysctl_restore") ||
         absl::EndsWith(program, "restore_sysctls.sh");
}

absl::Status RunOne(absl::string_view command, const CommandTarget& target) {
  const Words words = WordsOf(command.substr(0, command.find('|')));
  if (words.empty()) return absl::OkStatus();
  const std::string program = words[0].substr(words[0].rfind('/') + 1);
  if (program == "sysctl") return SetAll(words, 1, target.tcp);
  if (program == "set_sysctls.py") return SetAll(words, 1, target.tcp);
  if (program == "sockstat") return Sockstat(command, target);
  if (absl::EndsWith(program, "defaults.sh")) {
    target.tcp.Configure(LinuxSuiteSettings());
    return absl::OkStatus();
  }
  if (DoesNothingHere(program, words)) return absl::OkStatus();
  return Unsupported(absl::StrCat("the command ", program));
}

// The commands of a text: without remarks and redirections, which change nothing here.
std::vector<std::string> CommandsOf(absl::string_view text) {
  std::vector<std::string> commands(1);
  char quote = '\0';
  bool is_remark = false;
  bool is_target = false;  // what a redirection names
  for (const char c : absl::StrReplaceAll(text, {{"\\\n", " "}, {"2>&1", ""}})) {
    if (c == '\n') is_remark = is_target = false;
    if (is_remark) continue;
    std::string& command = commands.back();
    const bool begins_word = command.empty() || command.back() == ' ' || command.back() == '\t';
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '#' && begins_word) {
      is_remark = true;
      continue;
    } else if (c == '>') {
      is_target = true;
      command.push_back(' ');
      continue;
    } else if (c == '\n' || c == ';' || c == '&') {
      is_target = false;
      commands.emplace_back();
      continue;
    } else if (is_target && (c != ' ' || !begins_word)) {
      is_target = c != ' ' && c != '|';
      if (is_target) continue;
    }
    command.push_back(c);
  }
  return commands;
}

}  // namespace

absl::string_view SockstatName(inet::TcpState state) {
  switch (state) {
    case inet::TcpState::kClosed:
      return "CLOSED";
    case inet::TcpState::kListen:
      return "LISTEN";
    case inet::TcpState::kSynSent:
      return "SYN_SENT";
    case inet::TcpState::kSynReceived:
      return "SYN_RCVD";
    case inet::TcpState::kEstablished:
      return "ESTABLISHED";
    case inet::TcpState::kFinWait1:
      return "FIN_WAIT_1";
    case inet::TcpState::kFinWait2:
      return "FIN_WAIT_2";
    case inet::TcpState::kCloseWait:
      return "CLOSE_WAIT";
    case inet::TcpState::kClosing:
      return "CLOSING";
    case inet::TcpState::kLastAck:
      return "LAST_ACK";
    case inet::TcpState::kTimeWait:
      return "TIME_WAIT";
  }
  return "";
}

absl::Status RunCommand(absl::string_view command, const CommandTarget& target) {
  for (const std::string& each : CommandsOf(command)) {
    if (absl::Status status = RunOne(each, target); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace wsim::packetdrill
