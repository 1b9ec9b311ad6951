// Linux's variables, ip-sysctl.
#include <algorithm>

#include "tools/packetdrill/knob_tables.h"

namespace wsim::packetdrill {
namespace {

using inet::TcpSettings;

// How often a SYN is repeated: the time until the one after the last would go.
bool SynRetries(int64_t value, TcpSettings& settings) {
  if (value < 0 || value > 127) return false;
  absl::Duration all = settings.initial_rto;
  absl::Duration each = settings.initial_rto;
  for (int64_t i = 0; i < value; ++i) {
    each = std::min(2 * each, settings.greatest_rto);
    all += each;
  }
  settings.give_up_syn_after = all;
  return true;
}

// The same for data, counted from the least time-out.
bool Retries(int64_t value, TcpSettings& settings) {
  if (value < 0 || value > 127) return false;
  absl::Duration all = settings.least_rto;
  absl::Duration each = settings.least_rto;
  for (int64_t i = 0; i < value; ++i) {
    each = std::min(2 * each, settings.greatest_rto);
    all += each;
  }
  settings.give_up_after = all;
  settings.fewest_retransmissions = 0;
  return true;
}

bool Reordering(int64_t value, TcpSettings& settings) {
  settings.duplicate_ack_threshold = static_cast<size_t>(value);
  return value > 0 && value <= 300;
}

// 0: no loss probes; 1 and 2: an early retransmit that was given up long ago; 3 and 4: probes.
bool EarlyRetransmit(int64_t value, TcpSettings& settings) {
  settings.tail_loss_probe = value >= 3;
  return value == 0 || value == 3 || value == 4;
}

// Bit 0: RACK; bit 1: its reordering window does not grow; bit 2: it is none.
bool Recovery(int64_t value, TcpSettings& settings) {
  settings.rack = (value & 1) != 0;
  return value == 0 || value == 1;
}

// Whether a SYN that asks for ECN is repeated as one that does not.
bool EcnFallback(int64_t value, TcpSettings& settings) {
  constexpr int kNever = 255;
  settings.ecn_syn_retransmissions = value == 0 ? kNever : 0;
  return true;
}

bool ChallengeAcks(int64_t value, TcpSettings& settings) {
  settings.challenge_acks = static_cast<int>(std::min<int64_t>(value, INT32_MAX));
  settings.challenge_ack_interval = absl::Seconds(1);
  return value >= 0;
}

bool LeastRto(int64_t value, TcpSettings& settings) {
  settings.least_rto = settings.clock_granularity = absl::Microseconds(value);
  return value > 0 && value <= 1'000'000 * kMostSeconds;
}

constexpr Knob kKnobs[] = {
    {"net.ipv4.tcp_sack", Boolean<&TcpSettings::sack>},
    {"net.ipv4.tcp_timestamps", Boolean<&TcpSettings::timestamps>},
    {"net.ipv4.tcp_window_scaling", Boolean<&TcpSettings::window_scaling>},
    {"net.ipv4.tcp_ecn", ExplicitCongestion},
    {"net.ipv4.tcp_ecn_fallback", EcnFallback},
    {"net.ipv4.tcp_keepalive_time", Seconds<&TcpSettings::keep_alive_idle>},
    {"net.ipv4.tcp_keepalive_intvl", Seconds<&TcpSettings::keep_alive_interval>},
    {"net.ipv4.tcp_keepalive_probes", KeepAliveProbes},
    {"net.ipv4.tcp_fin_timeout", Seconds<&TcpSettings::fin_wait_2_timeout>},
    {"net.ipv4.tcp_syn_retries", SynRetries},
    {"net.ipv4.tcp_synack_retries", SynRetries},
    {"net.ipv4.tcp_retries2", Retries},
    {"net.ipv4.tcp_reordering", Reordering},
    {"net.ipv4.tcp_early_retrans", EarlyRetransmit},
    {"net.ipv4.tcp_recovery", Recovery},
    {"net.ipv4.tcp_slow_start_after_idle", Boolean<&TcpSettings::slow_start_after_idle>},
    {"net.ipv4.tcp_challenge_ack_limit", ChallengeAcks},
    {"net.ipv4.tcp_rto_min_us", LeastRto},
    {"net.ipv4.tcp_max_syn_backlog", Octets<&TcpSettings::syn_queue>},
    {"net.ipv4.ip_default_ttl", HopLimit},
    {"net.ipv6.conf.all.hop_limit", HopLimit},
    // What it never does, or always.
    {"net.ipv4.tcp_dsack", OnlyOn},
    {"net.ipv4.tcp_fack", OnlyOff},
    {"net.ipv4.tcp_frto", OnlyOff},
    {"net.ipv4.tcp_mtu_probing", OnlyOff},
    {"net.ipv4.tcp_thin_linear_timeouts", OnlyOff},
    {"net.ipv4.tcp_syn_linear_timeouts", OnlyOff},
    {"net.ipv4.tcp_workaround_signed_windows", OnlyOff},
    {"net.ipv4.tcp_abort_on_overflow", OnlyOff},
    {"net.ipv4.tcp_rfc1337", OnlyOff},
    {"net.ipv4.ip_no_pmtu_disc", OnlyOff},
    // What does not show in one connection alone.
    {"net.ipv4.tcp_fastopen", NoEffect},
    {"net.ipv4.tcp_fastopen_blackhole_timeout_sec", NoEffect},
    {"net.ipv4.tcp_no_metrics_save", NoEffect},
    {"net.ipv4.tcp_no_ssthresh_metrics_save", NoEffect},
    {"net.ipv4.tcp_autocorking", NoEffect},
    {"net.ipv4.tcp_min_tso_segs", NoEffect},
    {"net.ipv4.tcp_tso_win_divisor", NoEffect},
    {"net.ipv4.tcp_tso_rtt_log", NoEffect},
    {"net.ipv4.tcp_limit_output_bytes", NoEffect},
    {"net.ipv4.tcp_pacing_ss_ratio", NoEffect},
    {"net.ipv4.tcp_pacing_ca_ratio", NoEffect},
    {"net.ipv4.tcp_syncookies", NoEffect},
    {"net.ipv4.tcp_moderate_rcvbuf", NoEffect},
    {"net.ipv4.tcp_tw_reuse", NoEffect},
    {"net.ipv4.tcp_max_tw_buckets", NoEffect},
    {"net.ipv4.tcp_invalid_ratelimit", NoEffect},
    {"net.ipv4.tcp_min_rtt_wlen", NoEffect},
    {"net.ipv4.tcp_base_mss", NoEffect},
    {"net.ipv4.ip_local_port_range", NoEffect},
    {"net.core.rmem_max", NoEffect},
    {"net.core.wmem_max", NoEffect},
    {"net.core.somaxconn", NoEffect},
    {"net.core.netdev_max_backlog", NoEffect},
};

}  // namespace

absl::Span<const Knob> LinuxKnobs() { return kKnobs; }

}  // namespace wsim::packetdrill
