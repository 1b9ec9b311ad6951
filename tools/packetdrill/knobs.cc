#include "tools/packetdrill/knobs.h"

#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "tools/packetdrill/value.h"

namespace wsim::packetdrill {
namespace {

using inet::TcpSettings;

// How a value becomes a setting. False: our TCP cannot follow it.
using Setter = bool (*)(int64_t value, TcpSettings& settings);

struct Knob {
  absl::string_view name;
  Setter set;
};

template <bool TcpSettings::*kMember>
bool Boolean(int64_t value, TcpSettings& settings) {
  settings.*kMember = value != 0;
  return true;
}
template <size_t TcpSettings::*kMember>
bool Octets(int64_t value, TcpSettings& settings) {
  settings.*kMember = static_cast<size_t>(value);
  return value >= 0;
}
template <absl::Duration TcpSettings::*kMember>
bool Milliseconds(int64_t value, TcpSettings& settings) {
  settings.*kMember = absl::Milliseconds(value);
  return value >= 0;
}
template <absl::Duration TcpSettings::*kMember>
bool Seconds(int64_t value, TcpSettings& settings) {
  settings.*kMember = absl::Seconds(value);
  return value >= 0;
}

bool NoEffect(int64_t, TcpSettings&) { return true; }
bool OnlyOff(int64_t value, TcpSettings&) { return value == 0; }
bool OnlyOn(int64_t value, TcpSettings&) { return value != 0; }

// 0: neither; 1: both; 2: window scale alone; 3: timestamps alone.
bool HighPerformance(int64_t value, TcpSettings& settings) {
  settings.window_scaling = value == 1 || value == 2;
  settings.timestamps = value == 1 || value == 3;
  return value >= 0 && value <= 3;
}

bool InitialWindow(int64_t value, TcpSettings& settings) {
  settings.initial_window_segments = static_cast<size_t>(value);
  return value >= 0 && value <= 1000;
}

// 0: off; 1: asked for and taken; 2: taken when asked for. The same on both systems.
bool ExplicitCongestion(int64_t value, TcpSettings& settings) {
  static constexpr inet::TcpEcn kMeanings[] = {inet::TcpEcn::kOff, inet::TcpEcn::kAlways,
                                               inet::TcpEcn::kOnRequest};
  if (value < 0 || value > 2) return false;  // more accurate ECN, which is another protocol
  settings.ecn = kMeanings[value];
  return true;
}

bool EcnSynRetransmissions(int64_t value, TcpSettings& settings) {
  settings.ecn_syn_retransmissions = static_cast<int>(value);
  return value >= 0 && value < 256;
}

// SYNs with options before plain ones; 0: all have them.
bool DropSynOptions(int64_t value, TcpSettings& settings) {
  constexpr int kThirdRetransmission = 3;
  settings.plain_syn_after = value == 0 ? 0 : kThirdRetransmission;
  return true;
}

// 0: answered; 1: not to a SYN; 2: not at all.
bool Blackhole(int64_t value, TcpSettings& settings) {
  static constexpr inet::TcpClosedPorts kMeanings[] = {inet::TcpClosedPorts::kReset,
                                                       inet::TcpClosedPorts::kIgnoreSyn,
                                                       inet::TcpClosedPorts::kIgnoreAll};
  if (value < 0 || value > 2) return false;
  settings.closed_ports = kMeanings[value];
  return true;
}

bool KeepAliveProbes(int64_t value, TcpSettings& settings) {
  settings.keep_alive_probes = static_cast<int>(value);
  return value > 0 && value < 256;
}

constexpr Knob kKnobs[] = {
    // FreeBSD, tcp(4)
    {"net.inet.tcp.rfc1323", HighPerformance},
    {"net.inet.tcp.sack.enable", Boolean<&TcpSettings::sack>},
    {"net.inet.tcp.rfc3042", Boolean<&TcpSettings::limited_transmit>},
    {"net.inet.tcp.do_prr", Boolean<&TcpSettings::proportional_rate_reduction>},
    {"net.inet.tcp.do_lrd", OnlyOff},
    {"net.inet.tcp.initcwnd_segments", InitialWindow},
    {"net.inet.tcp.mssdflt", Octets<&TcpSettings::default_send_mss>},
    {"net.inet.tcp.v6mssdflt", Octets<&TcpSettings::default_send_mss6>},
    {"net.inet.tcp.minmss", Octets<&TcpSettings::least_send_mss>},
    {"net.inet.tcp.recvspace", Octets<&TcpSettings::receive_buffer>},
    {"net.inet.tcp.sendspace", Octets<&TcpSettings::send_buffer>},
    {"kern.ipc.maxsockbuf", Octets<&TcpSettings::largest_receive_buffer>},
    {"net.inet.tcp.rexmit_initial", Milliseconds<&TcpSettings::initial_rto>},
    {"net.inet.tcp.rexmit_min", Milliseconds<&TcpSettings::least_rto>},
    {"net.inet.tcp.rexmit_slop", Milliseconds<&TcpSettings::rto_slop>},
    {"net.inet.tcp.rexmit_drop_options", DropSynOptions},
    {"net.inet.tcp.ecn.enable", ExplicitCongestion},
    {"net.inet.tcp.ecn.maxretries", EcnSynRetransmissions},
    {"net.inet.tcp.insecure_rst", Boolean<&TcpSettings::insecure_resets>},
    {"net.inet.tcp.insecure_syn", Boolean<&TcpSettings::insecure_syns>},
    {"net.inet.tcp.icmp_may_rst", Boolean<&TcpSettings::hard_errors_abort>},
    {"net.inet.tcp.drop_synfin", Boolean<&TcpSettings::drop_syn_fin>},
    {"net.inet.tcp.delacktime", Milliseconds<&TcpSettings::delayed_ack>},
    {"net.inet.tcp.keepidle", Milliseconds<&TcpSettings::keep_alive_idle>},
    {"net.inet.tcp.keepintvl", Milliseconds<&TcpSettings::keep_alive_interval>},
    {"net.inet.tcp.keepcnt", KeepAliveProbes},
    {"net.inet.tcp.keepinit", Milliseconds<&TcpSettings::give_up_syn_after>},
    {"net.inet.tcp.msl", Milliseconds<&TcpSettings::maximum_segment_lifetime>},
    {"net.inet.tcp.finwait2_timeout", Milliseconds<&TcpSettings::fin_wait_2_timeout>},
    {"net.inet.tcp.tolerate_missing_ts", Boolean<&TcpSettings::tolerate_missing_timestamps>},
    {"net.inet.tcp.blackhole", Blackhole},
    {"net.inet.tcp.hostcache.purgenow", NoEffect},
    {"net.inet.tcp.hostcache.purge", NoEffect},
    {"net.inet.tcp.hostcache.enable", NoEffect},
    {"net.inet.tcp.syncookies", NoEffect},
    {"net.inet.tcp.syncookies_only", OnlyOff},
    {"net.inet.tcp.tso", NoEffect},
    {"net.inet.tcp.log_in_vain", NoEffect},
    {"net.inet.tcp.log_debug", NoEffect},
    {"net.inet.tcp.recvbuf_auto", NoEffect},
    {"net.inet.tcp.sendbuf_auto", NoEffect},
    {"net.inet.tcp.recvbuf_max", NoEffect},
    {"net.inet.tcp.sendbuf_max", NoEffect},
    {"net.inet.tcp.always_keepalive", Boolean<&TcpSettings::keep_alive>},
    {"net.inet.icmp.icmplim", NoEffect},
    {"net.inet.icmp.icmplim_output", NoEffect},
    // Linux, ip-sysctl
    {"net.ipv4.tcp_sack", Boolean<&TcpSettings::sack>},
    {"net.ipv4.tcp_timestamps", Boolean<&TcpSettings::timestamps>},
    {"net.ipv4.tcp_window_scaling", Boolean<&TcpSettings::window_scaling>},
    {"net.ipv4.tcp_ecn", ExplicitCongestion},
    {"net.ipv4.tcp_keepalive_time", Seconds<&TcpSettings::keep_alive_idle>},
    {"net.ipv4.tcp_keepalive_intvl", Seconds<&TcpSettings::keep_alive_interval>},
    {"net.ipv4.tcp_keepalive_probes", KeepAliveProbes},
    {"net.ipv4.tcp_fin_timeout", Seconds<&TcpSettings::fin_wait_2_timeout>},
    {"net.ipv4.tcp_fastopen", NoEffect},
    {"net.ipv4.tcp_no_metrics_save", NoEffect},
    {"net.ipv4.tcp_autocorking", NoEffect},
    {"net.ipv4.tcp_min_tso_segs", NoEffect},
    {"net.ipv4.tcp_syncookies", NoEffect},
    {"net.ipv4.tcp_moderate_rcvbuf", NoEffect},
    {"net.ipv4.tcp_slow_start_after_idle", NoEffect},
    {"net.ipv4.tcp_dsack", OnlyOn},
};

// "4096 87380 6291456": least, default and greatest size of a buffer.
absl::Status SetBufferSizes(absl::string_view value, size_t& size, size_t* greatest) {
  const std::vector<absl::string_view> words = absl::StrSplit(value, ' ', absl::SkipEmpty());
  uint64_t sizes[3] = {};
  if (words.size() != 3) return absl::InvalidArgumentError("three sizes are needed");
  for (size_t i = 0; i < 3; ++i) {
    if (!absl::SimpleAtoi(words[i], &sizes[i])) {
      return absl::InvalidArgumentError(absl::StrCat(words[i], " is no size"));
    }
  }
  size = sizes[1];
  if (greatest != nullptr) *greatest = sizes[2];
  return absl::OkStatus();
}

absl::Status SetAlgorithm(absl::string_view value, TcpSettings& settings) {
  if (value == "cubic") {
    settings.congestion_algorithm = inet::TcpCongestionAlgorithm::kCubic;
  } else if (value == "newreno" || value == "reno") {
    settings.congestion_algorithm = inet::TcpCongestionAlgorithm::kNewReno;
  } else {
    return Unsupported(absl::StrCat("the congestion control ", value));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status SetKnob(absl::string_view name, absl::string_view value, TcpSettings& settings) {
  if (name == "net.inet.tcp.cc.algorithm" || name == "net.ipv4.tcp_congestion_control") {
    return SetAlgorithm(value, settings);
  }
  if (name == "net.ipv4.tcp_wmem") return SetBufferSizes(value, settings.send_buffer, nullptr);
  if (name == "net.ipv4.tcp_rmem") {
    return SetBufferSizes(value, settings.receive_buffer, &settings.largest_receive_buffer);
  }
  for (const Knob& knob : kKnobs) {
    if (knob.name != name) continue;
    int64_t number = 0;
    if (!absl::SimpleAtoi(value, &number)) {
      return absl::InvalidArgumentError(absl::StrCat(name, ": \"", value, "\" is no number"));
    }
    TcpSettings changed = settings;
    if (!knob.set(number, changed)) return Unsupported(absl::StrCat("sysctl ", name, "=", value));
    settings = changed;
    return absl::OkStatus();
  }
  return Unsupported(absl::StrCat("sysctl ", name));
}

}  // namespace wsim::packetdrill
