// What can be chosen about TCP: the constants that the standards leave to the implementation.
#ifndef PROVIDERS_INET_TCP_TCP_SETTINGS_H_
#define PROVIDERS_INET_TCP_TCP_SETTINGS_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"
#include "providers/inet/tcp/tcp_option_layout.h"

namespace sim {
class World;
}

namespace inet {

enum class TcpCongestionAlgorithm : uint8_t {
  kNewReno,  // RFC 5681
  kCubic,    // RFC 9438
};

// When explicit congestion notification is used (RFC 3168 6.1.1).
enum class TcpEcn : uint8_t {
  kOff,
  kOnRequest,  // when the peer asks for it
  kAlways,     // and asked for
};

// What a segment for a port at which nothing listens is answered with.
enum class TcpClosedPorts : uint8_t {
  kReset,      // RFC 9293 3.10.7.1
  kIgnoreSyn,  // nothing to a SYN, a reset to all others
  kIgnoreAll,
};

// Defaults are the standards' own where they name one. All sizes are octets.
struct TcpSettings {
  // What packets say where the user says nothing, RFC 1122 3.2.1.7.
  uint8_t hop_limit = 64;

  // Buffers. They hold no memory before it is used.
  size_t send_buffer = 65536;
  size_t receive_buffer = 65536;
  // Until the user sets a size, a buffer grows with the window that it has to hold: the send buffer
  // to twice the congestion window, the receive buffer by dynamic right-sizing.
  bool automatic_buffers = true;
  size_t largest_send_buffer = 8 << 20;
  // Free octets that make a full send buffer writable again, or half of it if that is less: as in a
  // stream of small acknowledgments a user should not be woken for each.
  size_t send_low_water = 2048;

  // Once the segment size is known, buffers grow to whole segments.
  bool whole_segment_buffers = false;

  // The window, RFC 9293 3.8.6.2.2. By the standard its edge moves by whole segments; with
  // eager_window every acknowledgment tells all the room there is. What lies beyond the edge is
  // dropped; with accepts_beyond_window it is taken while the buffer has room, of which the field
  // may be too small to speak.
  bool eager_window = false;
  bool accepts_beyond_window = false;

  // Segment size, RFC 9293 3.7.1.
  size_t default_send_mss = 536;    // towards a peer that sent no MSS option (MUST-15), IPv4
  size_t default_send_mss6 = 1220;  // the same, IPv6
  size_t least_send_mss = 64;       // a smaller MSS option is read as this

  // RFC 7323 2. The shift offered is the least that lets a window of largest_receive_buffer be
  // said.
  bool window_scaling = true;
  size_t largest_receive_buffer = 8 << 20;

  // RFC 7323 3: offered, and taken when offered; what a user sets by TCP_TIMESTAMPS comes first.
  bool timestamps = true;
  // The order of options in a SYN, of which the standards say nothing.
  TcpOptionLayout option_layout = TcpOptionLayout::kAligned;
  // After so many retransmissions a SYN has no option but the segment size, for peers that choke on
  // the others; 0: it keeps them.
  int plain_syn_after = 0;
  // Where both ends have agreed on timestamps, a segment without them is dropped (3.2), unless:
  bool tolerate_missing_timestamps = false;

  // RFC 3168 6.1.1.
  TcpEcn ecn = TcpEcn::kOnRequest;
  // How often a SYN that asks for ECN is repeated before one that does not takes its place
  // (6.1.1.1).
  int ecn_syn_retransmissions = 0;

  // Retransmission, RFC 6298 and RFC 9293 3.8.3.
  absl::Duration initial_rto = absl::Seconds(1);
  absl::Duration least_rto = absl::Seconds(1);
  absl::Duration greatest_rto = absl::Seconds(60);
  // Added to every time-out but the initial one, for a peer's delayed acknowledgment.
  absl::Duration rto_slop = absl::ZeroDuration();
  // The initial time-out for data after a SYN was lost, RFC 6298 5.7.
  absl::Duration rto_after_lost_syn = absl::Seconds(3);
  absl::Duration clock_granularity = absl::Milliseconds(1);
  // R1: a connection is not given up before so many retransmissions, however rare they have become.
  int fewest_retransmissions = 3;
  // R2: for how long one segment is retransmitted before the connection is given up.
  absl::Duration give_up_after = absl::Seconds(100);
  absl::Duration give_up_syn_after = absl::Seconds(180);
  // Whether that time ends an attempt at once, and not only with the next time-out.
  bool gives_up_syn_exactly = false;

  // Acknowledgments, RFC 9293 3.8.6.3 and RFC 5681 4.2.
  absl::Duration delayed_ack = absl::Milliseconds(200);
  // Every second segment is acknowledged at once whatever its size, not only every second full one.
  bool acks_every_second_segment = false;
  // So many acknowledgments of a connection are not delayed, for a peer in slow start.
  uint8_t quick_acks = 0;
  // Silly window avoidance: how long a segment below the maximum waits for a window that would
  // take more, RFC 9293 3.8.6.2.1 (4).
  absl::Duration override_timeout = absl::Milliseconds(500);
  // A closed window is probed by the next octet (RFC 9293 3.8.6.1, MUST-34), or by an empty segment
  // with a number that the peer has and so acknowledges.
  bool empty_window_probes = false;

  // Congestion control, RFC 5681. Segments in the initial window; 0: as RFC 5681 3.1 says.
  size_t initial_window_segments = 0;
  // By how many segments one acknowledgment may open the window in slow start (L of RFC 3465 2.2).
  size_t slow_start_segments = 1;
  // RFC 5681 4.1: the window is that of the beginning again after a pause longer than the RTO.
  bool slow_start_after_idle = true;
  size_t duplicate_ack_threshold = 3;
  bool limited_transmit = true;  // RFC 3042
  TcpCongestionAlgorithm congestion_algorithm = TcpCongestionAlgorithm::kNewReno;

  // Loss recovery. What follows `sack` has effect only where both ends have agreed on it.
  bool sack = true;             // RFC 2018: offered, and taken when offered
  bool rack = true;             // RFC 8985: losses are told by time
  bool tail_loss_probe = true;  // RFC 8985 7, with `rack` only
  // How long a peer may hold back the acknowledgment of a lone segment (TLP.max_ack_delay, 7.2).
  absl::Duration peer_ack_delay = absl::Milliseconds(200);
  bool proportional_rate_reduction = true;  // RFC 6937

  // Closing, RFC 9293 3.6.1.
  absl::Duration maximum_segment_lifetime = absl::Minutes(2);
  // For how long FIN-WAIT-2 waits for the peer's FIN once the user is gone.
  absl::Duration fin_wait_2_timeout = absl::Minutes(2);

  // Until our FIN is acknowledged, every acknowledgment repeats it.
  bool repeats_fin = false;
  // TIME-WAIT hears what has ACK and no RST alone, so that no reset ends it early (RFC 1337 3, fix
  // F1), and a SYN that begins a new connection behind RCV.NXT. It acknowledges all that it hears
  // but the peer's last acknowledgment again.
  bool quiet_time_wait = false;

  // Whether connections begin with SO_KEEPALIVE set.
  bool keep_alive = false;
  // Keep-alive, RFC 9293 3.8.4; the interval and count are Winsock's ("SO_KEEPALIVE").
  absl::Duration keep_alive_idle = absl::Hours(2);
  absl::Duration keep_alive_interval = absl::Seconds(1);
  int keep_alive_probes = 10;

  // What ICMP says, RFC 9293 3.9.2.2 (SHLD-26). An unreachable port or protocol ends an attempt to
  // connect at once; false: it is remembered, as what may pass is, for when nobody answers.
  bool hard_errors_abort = true;
  // The same for a connection that is open, where the word of a stranger would end it (RFC 5927 5).
  bool hard_errors_abort_synchronized = false;
  // Whether a filter's answer (RFC 1812 5.2.7.1) and too many hops are final too, as some stacks
  // take them.
  bool prohibited_and_expired_are_hard = false;

  // Listening. Requests that may be under way at one listener; a further SYN is dropped.
  size_t syn_queue = 128;
  // Text and FIN of a SYN that is answered at once wait for ESTABLISHED (RFC 9293 3.10.7.2, third);
  // false: they are discarded, and come again.
  bool keeps_text_of_syn = true;

  // Which segments may end a connection. RFC 5961 3.2 takes a RST at RCV.NXT alone; with
  // insecure_resets any RST in the window will do, as RFC 793 had it. RFC 5961 4.2 answers a SYN in
  // a synchronized state with a challenge; with insecure_syns one in the window resets.
  bool insecure_resets = false;
  bool insecure_syns = false;
  // A segment with both SYN and FIN is dropped; RFC 9293 has no such rule.
  bool drop_syn_fin = false;
  // A SYN,ACK for a listener is dropped; RFC 9293 3.10.7.2 resets it as it does any ACK.
  bool listeners_drop_syn_acks = false;
  TcpClosedPorts closed_ports = TcpClosedPorts::kReset;

  // RFC 5961 7: challenge ACKs that a host sends in any such interval.
  int challenge_acks = 10;
  absl::Duration challenge_ack_interval = absl::Seconds(5);
};

// The settings of all hosts of a world. Lives in the world's slots: whoever composes the world may
// change them before the run.
struct TcpWorldSettings {
  explicit TcpWorldSettings(sim::World&) {}
  TcpSettings settings;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_TCP_SETTINGS_H_
