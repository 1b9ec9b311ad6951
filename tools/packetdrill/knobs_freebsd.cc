// FreeBSD's variables, tcp(4).
#include "tools/packetdrill/knob_tables.h"

namespace wsim::packetdrill {
namespace {

using inet::TcpSettings;

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

constexpr Knob kKnobs[] = {
    {"net.inet.tcp.rfc1323", HighPerformance},
    {"net.inet.tcp.sack.enable", Boolean<&TcpSettings::sack>},
    {"net.inet.tcp.rfc3042", Boolean<&TcpSettings::limited_transmit>},
    {"net.inet.tcp.do_prr", Boolean<&TcpSettings::proportional_rate_reduction>},
    {"net.inet.tcp.initcwnd_segments", InitialWindow},
    {"net.inet.tcp.abc_l_var", Octets<&TcpSettings::slow_start_segments>},
    {"net.inet.tcp.rfc3465", OnlyOn},
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
    {"net.inet.tcp.always_keepalive", Boolean<&TcpSettings::keep_alive>},
    {"net.inet.tcp.msl", Milliseconds<&TcpSettings::maximum_segment_lifetime>},
    {"net.inet.tcp.finwait2_timeout", Milliseconds<&TcpSettings::fin_wait_2_timeout>},
    {"net.inet.tcp.tolerate_missing_ts", Boolean<&TcpSettings::tolerate_missing_timestamps>},
    {"net.inet.tcp.blackhole", Blackhole},
    {"net.inet.tcp.ack_war_cnt", Count<&TcpSettings::challenge_acks>},
    {"net.inet.tcp.ack_war_timewindow", Milliseconds<&TcpSettings::challenge_ack_interval>},
    {"net.inet.ip.ttl", HopLimit},
    {"net.inet6.ip6.hlim", HopLimit},
    // What it never does, or always.
    {"net.inet.tcp.do_lrd", OnlyOff},
    {"net.inet.tcp.sack.lrd", OnlyOff},
    {"net.inet.tcp.cc.abe", OnlyOff},
    {"net.inet.tcp.syncookies_only", OnlyOff},
    {"net.inet.tcp.fast_finwait2_recycle", OnlyOff},
    {"net.inet.tcp.pmtud_blackhole_detection", OnlyOff},
    {"net.inet.tcp.fastopen.server_enable", OnlyOff},
    {"net.inet.tcp.fastopen.client_enable", OnlyOff},
    {"net.inet.tcp.udp_tunneling_port", OnlyOff},
    {"net.inet.tcp.insecure_ack", OnlyOff},
    {"net.inet.tcp.delayed_ack", OnlyOn},
    {"net.inet.tcp.path_mtu_discovery", OnlyOn},
    {"net.inet.tcp.rfc3390", OnlyOn},
    {"net.inet.tcp.rfc6675_pipe", OnlyOn},
    {"net.inet.tcp.sack.revised", OnlyOn},
    // What does not show in one connection alone.
    {"net.inet.tcp.hostcache.purgenow", NoEffect},
    {"net.inet.tcp.hostcache.purge", NoEffect},
    {"net.inet.tcp.hostcache.enable", NoEffect},
    {"net.inet.tcp.syncookies", NoEffect},
    {"net.inet.tcp.tso", NoEffect},
    {"net.inet.tcp.log_in_vain", NoEffect},
    {"net.inet.tcp.log_debug", NoEffect},
    {"net.inet.tcp.recvbuf_auto", NoEffect},
    {"net.inet.tcp.sendbuf_auto", NoEffect},
    {"net.inet.tcp.recvbuf_max", NoEffect},
    {"net.inet.tcp.sendbuf_max", NoEffect},
    {"net.inet.tcp.udp_tunneling_overhead", NoEffect},
    {"net.inet.tcp.ts_offset_per_conn", NoEffect},
    {"net.inet.tcp.isn_reseed_interval", NoEffect},
    {"net.inet.tcp.maxtcptw", NoEffect},
    {"net.inet.tcp.nolocaltimewait", NoEffect},
    {"net.inet.tcp.per_cpu_timers", NoEffect},
    {"net.inet.tcp.sack.maxholes", NoEffect},
    {"net.inet.tcp.sack.globalmaxholes", NoEffect},
    {"net.inet.tcp.reass.maxqueuelen", NoEffect},
    {"net.inet.tcp.reass.maxsegments", NoEffect},
    {"net.inet.icmp.icmplim", NoEffect},
    {"net.inet.icmp.icmplim_output", NoEffect},
    {"net.inet6.icmp6.errppslimit", NoEffect},
    {"kern.ipc.soacceptqueue", NoEffect},
    {"kern.ipc.somaxconn", NoEffect},
};

}  // namespace

absl::Span<const Knob> FreebsdKnobs() { return kKnobs; }

}  // namespace wsim::packetdrill
