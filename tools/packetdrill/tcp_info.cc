#include "tools/packetdrill/tcp_info.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "tools/packetdrill/value.h"

namespace wsim::packetdrill {
namespace {

using inet::TcpState;
using Snapshot = inet::TcpConnection::Snapshot;

// The systems number states differently; a script compares names.
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

enum RecoveryStage : int64_t { kOpen, kDisorder, kReduced, kRecovery, kLoss };

constexpr std::pair<absl::string_view, RecoveryStage> kStages[] = {
    {"Open", kOpen},         {"Disorder", kDisorder}, {"CWR", kReduced},
    {"Recovery", kRecovery}, {"Loss", kLoss},
};

int64_t StageOf(const Snapshot& snapshot) {
  if (snapshot.timeouts > 0) return kLoss;
  if (snapshot.in_recovery) return kRecovery;
  return snapshot.sacked_segments > 0 ? kDisorder : kOpen;
}

int64_t InUnits(uint64_t octets, const Snapshot& snapshot, WindowUnit unit) {
  constexpr uint64_t kGreatest = 0x7FFFFFFF;  // what says that there is no threshold yet
  if (unit == WindowUnit::kOctets) return static_cast<int64_t>(std::min(octets, kGreatest));
  if (snapshot.send_mss == 0) return 0;
  return static_cast<int64_t>(std::min(octets / snapshot.send_mss, kGreatest));
}

int64_t SegmentsInFlight(const Snapshot& snapshot) {
  if (snapshot.send_mss == 0) return 0;
  const uint64_t flight = snapshot.snd_nxt - snapshot.snd_una;
  return static_cast<int64_t>((flight + snapshot.send_mss - 1) / snapshot.send_mss);
}

}  // namespace

absl::StatusOr<int64_t> TcpInfoField(absl::string_view field, const inet::TcpConnection* connection,
                                     WindowUnit unit) {
  const Snapshot snapshot =
      connection == nullptr ? Snapshot{.state = TcpState::kClosed} : connection->snapshot();
  if (field == "tcpi_state") return static_cast<int64_t>(snapshot.state);
  if (field == "tcpi_ca_state") return StageOf(snapshot);
  if (field == "tcpi_retransmits" || field == "tcpi_backoff") return snapshot.timeouts;
  if (field == "tcpi_snd_cwnd") return InUnits(snapshot.congestion_window, snapshot, unit);
  if (field == "tcpi_snd_ssthresh") return InUnits(snapshot.slow_start_threshold, snapshot, unit);
  if (field == "tcpi_snd_mss") return static_cast<int64_t>(snapshot.send_mss);
  if (field == "tcpi_snd_wnd") return static_cast<int64_t>(snapshot.send_window);
  if (field == "tcpi_snd_wscale") return snapshot.send_shift;
  if (field == "tcpi_rcv_wscale") return snapshot.receive_shift;
  if (field == "tcpi_rto") return absl::ToInt64Microseconds(snapshot.rto);
  if (field == "tcpi_rtt") return absl::ToInt64Microseconds(snapshot.smoothed_rtt);
  if (field == "tcpi_unacked") return SegmentsInFlight(snapshot);
  if (field == "tcpi_sacked") return static_cast<int64_t>(snapshot.sacked_segments);
  if (field == "tcpi_notsent_bytes") return static_cast<int64_t>(snapshot.unsent);
  return Unsupported(absl::StrCat("the field ", field, " in code"));
}

absl::StatusOr<int64_t> TcpInfoConstant(absl::string_view name) {
  absl::string_view rest = name;
  if (absl::ConsumePrefix(&rest, "TCP_CA_")) {
    for (const auto& [known, stage] : kStages) {
      if (known == rest) return static_cast<int64_t>(stage);
    }
  } else if (absl::ConsumePrefix(&rest, "TCPI_") || absl::ConsumePrefix(&rest, "TCPS_") ||
             absl::ConsumePrefix(&rest, "TCP_")) {
    for (const auto& [known, state] : kStates) {
      if (known == rest) return static_cast<int64_t>(state);
    }
  }
  return Unsupported(absl::StrCat("the value ", name, " in code"));
}

std::string TcpInfoText(absl::string_view field, int64_t value) {
  if (field == "tcpi_state") return std::string(inet::TcpStateName(static_cast<TcpState>(value)));
  if (field == "tcpi_ca_state") {
    for (const auto& [name, stage] : kStages) {
      if (stage == value) return absl::StrCat("TCP_CA_", name);
    }
  }
  return absl::StrCat(value);
}

}  // namespace wsim::packetdrill
