#include "tools/packetdrill/profile.h"

#include "absl/time/time.h"

namespace wsim::packetdrill {
namespace {

inet::TcpSettings Freebsd() {
  inet::TcpSettings settings;
  settings.send_buffer = 32768;
  settings.receive_buffer = 65536;
  settings.largest_receive_buffer = 2 << 20;
  settings.initial_rto = absl::Seconds(1);
  settings.least_rto = absl::Milliseconds(30);
  settings.greatest_rto = absl::Seconds(64);
  settings.rto_after_lost_syn = absl::Seconds(3);
  settings.rto_slop = absl::Milliseconds(200);
  settings.option_layout = inet::TcpOptionLayout::kEndPadded;
  settings.whole_segment_buffers = true;
  settings.eager_window = true;
  settings.prohibited_and_expired_are_hard = true;
  settings.acks_every_second_segment = true;
  settings.listeners_drop_syn_acks = true;
  settings.keeps_text_of_syn = false;
  settings.accepts_beyond_window = true;
  settings.repeats_fin = true;
  settings.quiet_time_wait = true;
  settings.ecn_syn_retransmissions = 1;
  settings.slow_start_segments = 2;
  settings.delayed_ack = absl::Milliseconds(40);
  settings.initial_window_segments = 10;
  settings.congestion_algorithm = inet::TcpCongestionAlgorithm::kCubic;
  settings.rack = false;
  settings.tail_loss_probe = false;
  settings.maximum_segment_lifetime = absl::Seconds(30);
  settings.fin_wait_2_timeout = absl::Minutes(1);
  settings.give_up_syn_after = absl::Seconds(75);
  settings.gives_up_syn_exactly = true;
  settings.keep_alive = true;
  settings.keep_alive_interval = absl::Seconds(75);
  settings.keep_alive_probes = 8;
  return settings;
}

inet::TcpSettings Linux() {
  inet::TcpSettings settings;
  settings.largest_receive_buffer = 6 << 20;
  settings.initial_rto = absl::Seconds(1);
  settings.least_rto = absl::Milliseconds(200);
  settings.greatest_rto = absl::Seconds(120);
  settings.option_layout = inet::TcpOptionLayout::kScaleLast;
  settings.keeps_text_of_syn = false;
  settings.clock_granularity = absl::Milliseconds(200);  // the least 4 * RTTVAR
  settings.delayed_ack = absl::Milliseconds(40);
  settings.quick_acks = 16;
  settings.slow_start_segments = 1000;  // all that was acknowledged
  settings.empty_window_probes = true;
  settings.initial_window_segments = 10;
  settings.congestion_algorithm = inet::TcpCongestionAlgorithm::kCubic;
  settings.maximum_segment_lifetime = absl::Seconds(30);
  settings.fin_wait_2_timeout = absl::Minutes(1);
  settings.give_up_syn_after = absl::Seconds(127);
  settings.keep_alive_interval = absl::Seconds(75);
  settings.keep_alive_probes = 9;
  settings.challenge_acks = 1000;
  settings.challenge_ack_interval = absl::Seconds(1);
  return settings;
}

}  // namespace

std::optional<Profile> ProfileOf(absl::string_view name) {
  if (name == "rfc") return Profile::kRfc;
  if (name == "freebsd") return Profile::kFreebsd;
  if (name == "linux") return Profile::kLinux;
  return std::nullopt;
}

inet::TcpSettings SettingsOf(Profile profile) {
  switch (profile) {
    case Profile::kRfc:
      return {};
    case Profile::kFreebsd:
      return Freebsd();
    case Profile::kLinux:
      return Linux();
  }
  return {};
}

inet::TcpSettings LinuxSuiteSettings() {
  inet::TcpSettings settings = Linux();
  settings.send_buffer = 256 << 10;
  settings.receive_buffer = 540000;
  settings.largest_receive_buffer = 15 << 20;
  settings.ecn = inet::TcpEcn::kOff;
  settings.slow_start_after_idle = false;
  settings.give_up_syn_after = absl::Seconds(63);
  return settings;
}

Definitions NamesOf(Profile profile) {
  switch (profile) {
    case Profile::kRfc:
      return {{"STANDARD", "1"}};
    case Profile::kFreebsd:
      return {{"FreeBSD", "1"}};
    case Profile::kLinux:
      return {{"Linux", "1"}};
  }
  return {};
}

}  // namespace wsim::packetdrill
