#include "tools/packetdrill/assertions.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tools/packetdrill/value.h"

namespace wsim::packetdrill {
namespace {

using inet::TcpState;
using Snapshot = inet::TcpConnection::Snapshot;

// Linux's numbers; a script compares names.
constexpr std::pair<absl::string_view, TcpState> kStates[] = {
    {"ESTABLISHED", TcpState::kEstablished}, {"SYN_SENT", TcpState::kSynSent},
    {"SYN_RECV", TcpState::kSynReceived},    {"SYN_RECEIVED", TcpState::kSynReceived},
    {"FIN_WAIT1", TcpState::kFinWait1},      {"FIN_WAIT_1", TcpState::kFinWait1},
    {"FIN_WAIT2", TcpState::kFinWait2},      {"FIN_WAIT_2", TcpState::kFinWait2},
    {"TIME_WAIT", TcpState::kTimeWait},      {"CLOSE", TcpState::kClosed},
    {"CLOSED", TcpState::kClosed},           {"CLOSE_WAIT", TcpState::kCloseWait},
    {"LAST_ACK", TcpState::kLastAck},        {"LISTEN", TcpState::kListen},
    {"CLOSING", TcpState::kClosing},
};

absl::StatusOr<int64_t> NumberOf(absl::string_view word) {
  int64_t number = 0;
  if (absl::SimpleAtoi(word, &number)) return number;
  absl::string_view name = word;
  if (absl::ConsumePrefix(&name, "TCPI_") || absl::ConsumePrefix(&name, "TCP_")) {
    for (const auto& [known, state] : kStates) {
      if (known == name) return static_cast<int64_t>(state);
    }
  }
  return Unsupported(absl::StrCat("the value ", word, " in code"));
}

int64_t Segments(uint64_t octets, const Snapshot& snapshot) {
  return snapshot.send_mss == 0 ? 0 : static_cast<int64_t>(octets / snapshot.send_mss);
}

absl::StatusOr<int64_t> FieldOf(absl::string_view field, const inet::TcpConnection* connection) {
  if (field == "tcpi_state") {
    return static_cast<int64_t>(connection == nullptr ? TcpState::kClosed : connection->state());
  }
  const Snapshot snapshot = connection == nullptr ? Snapshot{} : connection->snapshot();
  if (field == "tcpi_snd_cwnd") return Segments(snapshot.congestion_window, snapshot);
  if (field == "tcpi_snd_ssthresh") return Segments(snapshot.slow_start_threshold, snapshot);
  if (field == "tcpi_snd_mss") return static_cast<int64_t>(snapshot.send_mss);
  if (field == "tcpi_rto") return absl::ToInt64Microseconds(snapshot.rto);
  if (field == "tcpi_unacked") {
    const uint64_t flight = snapshot.snd_nxt - snapshot.snd_una;
    return snapshot.send_mss == 0
               ? 0
               : static_cast<int64_t>((flight + snapshot.send_mss - 1) / snapshot.send_mss);
  }
  return Unsupported(absl::StrCat("the field ", field, " in code"));
}

absl::StatusOr<bool> Holds(int64_t left, absl::string_view operation, int64_t right) {
  if (operation == "==") return left == right;
  if (operation == "!=") return left != right;
  if (operation == "<=") return left <= right;
  if (operation == ">=") return left >= right;
  if (operation == "<") return left < right;
  if (operation == ">") return left > right;
  return Unsupported(absl::StrCat("the comparison ", operation, " in code"));
}

absl::Status CheckOne(absl::string_view comparison, const inet::TcpConnection* connection) {
  const std::vector<std::string> words =
      absl::StrSplit(comparison, absl::ByAnyChar(" \t"), absl::SkipEmpty());
  if (words.size() != 3) return Unsupported(absl::StrCat("the code \"", comparison, "\""));
  const absl::StatusOr<int64_t> left = FieldOf(words[0], connection);
  if (!left.ok()) return left.status();
  const absl::StatusOr<int64_t> right = NumberOf(words[2]);
  if (!right.ok()) return right.status();
  const absl::StatusOr<bool> holds = Holds(*left, words[1], *right);
  if (!holds.ok()) return holds.status();
  if (*holds) return absl::OkStatus();
  const std::string is = words[0] == "tcpi_state" && connection != nullptr
                             ? std::string(inet::TcpStateName(connection->state()))
                             : absl::StrCat(*left);
  return absl::FailedPreconditionError(
      absl::StrCat("expected ", words[0], " ", words[1], " ", words[2], ", is ", is));
}

// With blanks around what compares, and what joins made one sign.
std::string Spread(absl::string_view code) {
  std::string spread = absl::StrReplaceAll(code, {{"==", " == "},
                                                  {"!=", " != "},
                                                  {"<=", " <= "},
                                                  {">=", " >= "},
                                                  {"(", " "},
                                                  {")", " "},
                                                  {" and ", ";"},
                                                  {"\n", ";"}});
  return spread;
}

}  // namespace

absl::Status CheckAssertions(absl::string_view code, const inet::TcpConnection* connection) {
  for (absl::string_view statement : absl::StrSplit(Spread(code), ';')) {
    // A message for people may stand behind a comma, a remark behind #.
    statement = statement.substr(0, statement.find_first_of(",#"));
    statement = absl::StripAsciiWhitespace(statement);
    if (statement.empty()) continue;
    if (!absl::ConsumePrefix(&statement, "assert ") && !absl::StartsWith(statement, "tcpi_")) {
      return Unsupported(absl::StrCat("the code \"", statement, "\""));
    }
    if (absl::Status status = CheckOne(statement, connection); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace wsim::packetdrill
