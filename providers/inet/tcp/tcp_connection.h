// A connection: the transmission control block of RFC 9293 3.3.1 and what happens to it (3.10).
//
// The parts that compute know nothing of each other (send_buffer, reassembler, rto_estimator, ...);
// this class alone knows them all. Its code is spread over files by the headings of RFC 9293 3.10:
//   tcp_connection.cc         states, how a connection ends, what the user hears
//   tcp_user_calls.cc         3.10.1 to 3.10.6: OPEN, SEND, RECEIVE, CLOSE, ABORT, STATUS
//   tcp_segment_arrives.cc    3.10.7: the states before synchronization, and checks one to four
//   tcp_ack_arrives.cc        3.10.7.4, fifth check
//   tcp_sack_recovery.cc      loss recovery with SACK (RFC 6675, RFC 8985)
//   tcp_text_arrives.cc       3.10.7.4, sixth to eighth check
//   tcp_output.cc             what is sent, and when
//   tcp_segment_options.cc    the options of segments, sent and received
//   tcp_path.cc               3.9.2.2, 3.7.5: what the network says about segments and their path
//   tcp_timeouts.cc           3.10.8
#ifndef PROVIDERS_INET_TCP_TCP_CONNECTION_H_
#define PROVIDERS_INET_TCP_TCP_CONNECTION_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "providers/inet/checksum.h"
#include "providers/inet/tcp/ecn.h"
#include "providers/inet/tcp/four_tuple.h"
#include "providers/inet/tcp/receive/ack_policy.h"
#include "providers/inet/tcp/receive/receive_buffer.h"
#include "providers/inet/tcp/receive/receive_window.h"
#include "providers/inet/tcp/receive/right_sizing.h"
#include "providers/inet/tcp/receive/sack_report.h"
#include "providers/inet/tcp/recovery/congestion_control.h"
#include "providers/inet/tcp/recovery/loss_recovery.h"
#include "providers/inet/tcp/recovery/sack_recovery.h"
#include "providers/inet/tcp/rto_estimator.h"
#include "providers/inet/tcp/send_buffer.h"
#include "providers/inet/tcp/send_window.h"
#include "providers/inet/tcp/tcp_options.h"
#include "providers/inet/tcp/tcp_segment.h"
#include "providers/inet/tcp/tcp_services.h"
#include "providers/inet/tcp/tcp_state.h"
#include "providers/inet/tcp/tcp_timers.h"
#include "providers/inet/tcp/timestamps.h"
#include "providers/transport/transport.h"
#include "sim/deadlines.h"

namespace inet {

// Who opened a connection passively: the listener.
class TcpPassiveOpener {
 public:
  virtual ~TcpPassiveOpener() = default;
  // The connection can be shown to the user: it is ESTABLISHED, or its answer is held back. False:
  // the user has no room.
  virtual bool OnOpened(TcpConnection& connection) = 0;
  // The user has accepted, refused or left it.
  virtual void OnDecided(TcpConnection& connection) = 0;
  // It came to CLOSED before it could be shown.
  virtual void OnFailed(TcpConnection& connection) = 0;
};

class TcpConnection final : public transport::Connection {
 public:
  using ByteSpan = transport::ByteSpan;

  // `tuple` is not in use by another connection. CLOSED until it is opened.
  TcpConnection(TcpServices& services, const FourTuple& tuple, const TcpUserOptions& options);
  TcpConnection(const TcpConnection&) = delete;
  TcpConnection& operator=(const TcpConnection&) = delete;
  ~TcpConnection() = default;

  // 3.10.1, active OPEN. The user hears of the outcome.
  void OpenActive(transport::ConnectionUser& user);
  // 3.10.7.2, third: `syn` came for a listener. `waits_for_decision`: nothing is answered before
  // Accept. `after`: the last sequence number that a former connection of the same name used; this
  // one begins behind it (3.6.1).
  void OpenPassive(const TcpSegment& syn, TcpPassiveOpener& opener, bool waits_for_decision,
                   std::optional<SeqNum> after);
  // The listener is gone. What it has not shown to its user is reset.
  void ForgetOpener();

  // 3.10.7, SEGMENT ARRIVES. The checksum was right.
  void OnSegment(const TcpSegment& segment);
  // Whether something that begins with `seq` is in flight: only what the network says about that is
  // believed (RFC 5927 4.1).
  bool IsInFlight(SeqNum seq) const;
  // 3.9.2.2: what the network says about a segment in flight, unless it was too big.
  void OnNetworkError(const NetworkError& error);
  // The path has become narrower: what is in flight is lost where it is too big, and sent again.
  void OnNarrowerPath();
  // In TIME-WAIT, whether `syn` may begin a new connection of the same name (3.6.1, 3.10.7.4).
  bool MayBeReplacedBy(const TcpHeader& syn) const;
  // Ends TIME-WAIT in favour of such a SYN. Returns SND.NXT.
  SeqNum Replace();

  // What can be seen of the control block from outside. Numbers count from the initial ones.
  struct Snapshot {
    TcpState state;
    uint64_t snd_una;
    uint64_t snd_nxt;
    uint64_t rcv_nxt;
    uint64_t send_window;
    uint64_t congestion_window;
    uint64_t slow_start_threshold;
    size_t send_mss;
    absl::Duration rto;
    absl::Duration smoothed_rtt;  // zero before the first sample
    size_t send_queued;           // octets that wait for an acknowledgment, sent or not
    size_t unsent;                // those of them that were not sent
    int timeouts;                 // of the retransmission timer, since SND.UNA moved
    size_t sacked_segments;
    int send_shift;     // of the window, RFC 7323 2
    int receive_shift;  // the same of ours
    bool in_recovery;
  };
  Snapshot snapshot() const;
  TcpState state() const { return state_; }
  const FourTuple& tuple() const { return tuple_; }
  SeqNum initial_send_sequence() const { return iss_; }

  // transport::Connection
  void SetUser(transport::ConnectionUser* user) override { user_ = user; }
  uint64_t subject() const override { return subject_; }
  transport::Address local_address() const override;
  transport::Address remote_address() const override;
  void Accept(ByteSpan accept_data) override;
  void Refuse(ByteSpan user_data) override;
  ByteSpan connect_data() const override { return {}; }
  size_t Write(absl::Span<const ByteSpan> pieces, bool end_of_message) override;
  size_t writable_octets() const override;
  transport::ReadResult Read(absl::Span<uint8_t> into, bool peek) override;
  size_t readable_octets() const override;
  bool is_readable() const override;
  bool has_whole_message() const override { return is_readable(); }
  bool WriteExpedited(ByteSpan octets) override;
  std::optional<Expedited> ReadExpedited(bool peek) override;
  void Release(ByteSpan user_data) override;
  void Disconnect(ByteSpan user_data) override;
  bool is_drained() const override { return send_buffer_.size() == 0; }
  void Detach(transport::Farewell farewell) override;
  transport::OptionStatus SetOption(int level, int name, ByteSpan value) override;
  transport::OptionStatus GetOption(int level, int name,
                                    std::vector<uint8_t>& value) const override;

 private:
  static constexpr uint64_t kNone = UINT64_MAX;

  // What the user is to be told, in this order, when the event under way ends.
  enum Notice : uint8_t {
    kOpened = 1 << 0,  // to the listener's user
    kConnected = 1 << 1,
    kReadable = 1 << 2,
    kExpedited = 1 << 3,
    kReleaseIndicated = 1 << 4,
    kWritable = 1 << 5,
    kReleased = 1 << 6,
    kDisconnected = 1 << 7,
  };

  // A segment's numbers, unwrapped: below zero before the initial sequence number.
  struct Arrival {
    const TcpSegment& segment;
    int64_t begin;     // where the segment stands; with a SYN that was taken, behind it
    int64_t seq;       // where what is left of it stands
    ByteSpan payload;  // what of the segment's is not cut off
    bool syn;          // one that still has to be judged
    bool fin;          // not cut off
    bool Has(uint16_t flags) const { return segment.header.Has(flags); }
  };

  // --- tcp_connection.cc
  void TransitionTo(TcpState next, absl::string_view why, absl::string_view clause);
  // To CLOSED; whoever uses the connection hears `reason`. Data not read is lost.
  void End(transport::Reason reason, absl::string_view clause);
  // To CLOSED because the user wants so; nobody hears of it.
  void EndSilently(absl::string_view why, absl::string_view clause);
  void OnClosed();
  void EnterTimeWait(absl::string_view why, absl::string_view clause);
  void RestartTimeWait();
  void Notify(Notice notice) { notices_ |= notice; }
  // For what happens within a user's call: the user hears of it by an event at the same instant.
  void NotifyLater(Notice notice);
  void DeliverNotices();
  void ShowToOpener();
  void Tell(Notice notice);

  // --- tcp_user_calls.cc
  void ApplyOptions();
  // The algorithm that the user has chosen, from now on.
  void ChooseCongestionControl();
  // What it begins with, once synchronized.
  std::unique_ptr<CongestionControl> NewCongestionControl() const;
  CongestionControl& congestion();
  void Decide();
  void QueueFin();
  // 3.10.5: resets the peer where it has to be.
  void Abort(absl::string_view why, absl::string_view clause);
  size_t receive_capacity() const;
  // Free octets that make a send buffer writable that was full.
  size_t RoomToGoOn() const;
  // Where the sizes are ours to choose.
  void SizeSendBuffer();
  void SizeReceiveBuffer();

  // --- tcp_segment_arrives.cc
  void OnSegmentListen(const TcpSegment& segment);
  void OnSegmentSynSent(const TcpSegment& segment);
  void OnSegmentTimeWait(const TcpSegment& segment);
  void OnSegmentOther(const TcpSegment& segment);
  // Each check: false: the segment is done with.
  bool CheckSequence(Arrival& in);
  bool CheckReset(const Arrival& in);
  bool CheckSyn(const Arrival& in);
  bool IsAcceptable(const Arrival& in) const;
  // Behind the last octet that is taken.
  int64_t AcceptedEdge() const;
  void TrimToWindow(Arrival& in);
  void OnUnacceptable(const Arrival& in);
  void OnReset();
  void TakeSyn(const TcpHeader& syn);
  // What else a SYN brings.
  static Arrival BehindSyn(const TcpSegment& segment);
  // "Any other control or text should be queued for processing later."
  void KeepTextOfSyn(const TcpSegment& syn);
  void TakeSynOptions(const TcpHeader& syn);
  // Octets that came again, for the selective acknowledgment.
  void NoteDuplicate(const Arrival& in);
  void SendChallengeAck();
  void Drop(const TcpSegment& segment, TcpDrop drop, absl::string_view why,
            absl::string_view clause);

  // --- tcp_ack_arrives.cc
  bool CheckAck(const Arrival& in);
  bool OnAckSynReceived(const Arrival& in, int64_t ack);
  void OnEstablished(absl::string_view why, absl::string_view clause);
  bool OnAckSynchronized(const Arrival& in, int64_t ack);
  void OnNewAck(uint64_t ack);
  void OnRepeatedAck(const Arrival& in);
  void OnWindow(const Arrival& in, uint64_t ack);
  void CarryOut(LossRecovery::Verdict verdict, uint64_t acked, uint64_t flight_before);
  bool OnAckOfFin();

  // --- tcp_sack_recovery.cc
  // A segment acknowledges, perhaps nothing new; `una_before`: SND.UNA when it came.
  void OnSacks(const Arrival& in, uint64_t una_before);
  SackRecovery::Ack AckState() const;
  // Sends again what is lost. False: the congestion window holds some of it back.
  bool SendLost();
  void SendRescue();
  void SendAgain(const SequenceRange& range);
  void ScheduleLossProbe();
  void ScheduleReorderingDeadline();
  void OnLossProbeTimeout();
  void OnReorderingTimeout();
  void OnSackRetransmissionTimeout();
  void ForgetFlight();

  // --- tcp_text_arrives.cc
  void OnTextAndFin(const Arrival& in);
  bool OnText(const Arrival& in);
  void OnFin();

  // --- tcp_output.cc
  uint64_t rcv_nxt() const { return receive_buffer_.next() + (fin_received_ ? 1 : 0); }
  uint64_t window_edge() const { return snd_una_ + send_window_.size(); }
  bool is_fin_unsent() const { return fin_queued_ && send_point_ <= send_buffer_.end(); }
  uint64_t unsent() const;
  // Where a segment without text stands: SND.NXT, if the peer's window reaches that far.
  uint64_t SequenceOfAck() const;
  // Eff.snd.MSS: what the peer takes and what fits the way to it, less the options that every
  // segment has (3.7.1).
  size_t MaxSegmentSize() const;
  // The same for the next segment, which may have to take a selective acknowledgment along.
  size_t TextRoom() const;
  enum class Syn : uint8_t { kFirst, kAgain };
  void SendSyn(Syn which);
  void SendAck();
  // The same, with our FIN again where the settings want it so.
  void SendAckOrFin();
  void SendReset();
  void SendResetFor(const TcpSegment& segment);
  void SendWhatMayGo();
  bool SendNext(bool override_is_due);
  bool in_recovery() const {
    return sack_ == nullptr ? loss_recovery_.in_recovery() : sack_->in_recovery();
  }
  // Octets that count against the congestion window.
  uint64_t InNetwork() const;
  void SendText(uint64_t offset, size_t octets, bool fin);
  void RetransmitFirst();
  void SendProbe();
  void Transmit(uint64_t offset, size_t octets, uint16_t flags);
  void AcknowledgeIfDue();
  void StartRetransmissionTimer();
  void WaitForWindow();

  // --- tcp_segment_options.cc
  // What both ends have agreed on, once the peer's SYN is here.
  void AgreeOnOptions(const TcpHeader& syn);
  // RFC 7323 5.3, R1. False: the segment is done with.
  bool CheckTimestamps(const TcpSegment& segment);
  // R3, for a segment that is acceptable.
  void TakeTimestamp(const Arrival& in);
  // Feeds the estimator where no octet is being timed: the echo says which of several
  // transmissions has arrived (RFC 7323 4.1). Before SND.UNA moves.
  void SampleByTimestamp(const Arrival& in);
  // For a segment with `flags` and that much text.
  TcpOptions OptionsFor(uint16_t flags, size_t octets);
  // Our SYN has been repeated so often that it offers nothing any more.
  bool IsSynPlain() const;
  void AddSynOptions(TcpOptions& options, bool answers);
  SackReport::Blocks SackBlocksFor(size_t room) const;

  // --- tcp_ecn.cc (RFC 3168 6.1)
  uint16_t EcnFlagsFor(uint16_t flags) const;
  // The codepoint for that much text at `offset`, and with it whether CWR is said.
  EcnCodepoint EcnFor(uint64_t offset, size_t octets) const;
  void AgreeOnEcn(const TcpHeader& syn);
  void OnEcnOfText(const Arrival& in);
  void OnEcnEcho(const Arrival& in, uint64_t ack);

  // --- tcp_path.cc
  void RefreshPath();
  size_t LargestToReceive() const;
  void OnNotSent(SendStatus status);
  bool IsHard(NetworkError::Kind kind) const;
  transport::Reason WhyNoAnswer() const;

  // --- tcp_timeouts.cc
  void OnDeadline(TcpTimer timer);
  void GiveUpOnPeer();
  // R2 of RFC 9293 3.8.3: how long the peer may leave something unanswered; nullopt: for ever.
  std::optional<absl::Duration> GiveUpAfter() const;
  // That time is the user's own.
  bool HasChosenTime() const;
  // `repeated`: how often it was asked for in that time, of `fewest` that a lossy link may lose.
  bool IsTooLong(absl::Duration unanswered, int repeated, int fewest) const;
  void OnRetransmissionTimeout();
  void OnPersistTimeout();
  void OnKeepAliveTimeout();
  void OnFinWait2Timeout();
  void StartKeepAlive();
  absl::Duration PersistDelay() const;

  void OnNoticesDue() { DeliverNotices(); }

  TcpServices& services_;
  const FourTuple tuple_;
  const uint64_t subject_;
  const PseudoHeader pseudo_header_;
  transport::ConnectionUser* user_ = nullptr;
  TcpPassiveOpener* opener_ = nullptr;
  TcpUserOptions options_;

  TcpState state_ = TcpState::kClosed;
  uint8_t notices_ = 0;
  bool is_attached_ : 1 = false;  // a user has it, or is about to, and will detach it
  bool user_left_ : 1 = false;    // a user had it and is gone
  bool is_open_ : 1 = false;      // the user knows that it is connected
  bool is_decided_ : 1 = false;   // accepted, refused, or opened by ourselves
  bool is_passive_ : 1 = false;
  bool syn_was_repeated_ : 1 = false;
  bool peer_scales_ : 1 = false;        // the peer's SYN had a window scale option
  bool sack_agreed_ : 1 = false;        // both SYNs had the SACK-permitted option
  bool timestamps_agreed_ : 1 = false;  // Snd.TS.OK of RFC 7323
  bool fin_queued_ : 1 = false;         // our FIN stands behind the last octet in the send buffer
  bool fin_received_ : 1 = false;       // the peer's FIN, and everything before it
  bool write_blocked_ : 1 = false;      // the user waits for room
  TcpCongestionAlgorithm congestion_algorithm_ = TcpCongestionAlgorithm::kNewReno;
  // What the network said since the last acknowledgment, and was not taken for final.
  std::optional<NetworkError::Kind> soft_error_;
  SeqNum iss_;
  SeqNum irs_;
  int syns_repeated_ = 0;
  int retransmissions_ = 0;  // time-outs since unanswered_since_
  int persist_backoff_ = 0;
  int lost_probes_ = 0;  // since probe_unanswered_since_
  int keep_alive_probes_ = 0;
  std::unique_ptr<transport::Reason> end_reason_;  // once it has ended and the user is to hear why

  // Send side; offsets from the initial send sequence number.
  uint64_t snd_una_ = 0;
  uint64_t snd_nxt_ = 0;
  uint64_t send_point_ = 0;     // next to be sent; before SND.NXT while it is sent again
  uint64_t urgent_behind_ = 0;  // SND.UP: behind the urgent octet; 0: none
  size_t send_mss_;             // what the peer takes
  size_t path_mss_ = 0;         // what fits the way to it
  // When what a router said of the way is forgotten.
  sim::Time path_known_until_ = sim::Time::Never();
  SendBuffer send_buffer_;
  SendWindow send_window_;
  RtoEstimator rto_;
  LossRecovery loss_recovery_;                     // without SACK
  std::unique_ptr<SackRecovery> sack_;             // with SACK, once something was sent
  std::unique_ptr<CongestionControl> congestion_;  // once something was sent
  Ecn ecn_;
  uint64_t timed_offset_ = 0;  // the acknowledgment that ends the RTT measurement; 0: none runs
  sim::Time timed_since_;
  sim::Time last_text_sent_;
  sim::Time unanswered_since_;  // since when SND.UNA has stood where it stands
  sim::Time last_timeout_;
  sim::Time persisting_since_ = sim::Time::Never();
  sim::Time probe_unanswered_since_ = sim::Time::Never();

  // Receive side; offsets from the initial receive sequence number.
  ReceiveBuffer receive_buffer_;
  ReceiveWindow receive_window_;
  RightSizing right_sizing_;
  AckPolicy ack_policy_;
  SackReport sack_report_;
  Timestamps timestamps_;
  uint64_t last_ack_sent_ = 0;  // Last.ACK.sent of RFC 7323 4.3
  uint64_t peer_fin_ = kNone;   // where the peer's FIN stands, once known
  sim::Time last_heard_;

  sim::Deadlines<TcpConnection, TcpTimer, kTcpTimers, &TcpConnection::OnDeadline> timers_;
  sim::MemberEvent<TcpConnection, &TcpConnection::OnNoticesDue> notices_due_;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_TCP_CONNECTION_H_
