// States, how a connection ends, and what the user hears.
#include "providers/inet/tcp/tcp_connection.h"

#include "providers/inet/socket_address.h"
#include "sim/check.h"

namespace inet {
namespace {

RtoLimits LimitsOf(const TcpSettings& settings) {
  return {.initial = settings.initial_rto,
          .min = settings.least_rto,
          .max = settings.greatest_rto,
          .granularity = settings.clock_granularity,
          .slop = settings.rto_slop};
}

}  // namespace

TcpConnection::TcpConnection(TcpServices& services, const FourTuple& tuple,
                             const TcpUserOptions& options)
    : services_(services),
      tuple_(tuple),
      subject_(services.world.NextSubject()),
      pseudo_header_(MakePseudoHeader(tuple.local.address, tuple.remote.address, kProtocolTcp)),
      options_(options),
      send_mss_(std::holds_alternative<Ipv4Address>(tuple.local.address)
                    ? services.settings.default_send_mss
                    : services.settings.default_send_mss6),
      send_buffer_(options.send_buffer),
      rto_(LimitsOf(services.settings)),
      loss_recovery_(services.settings.duplicate_ack_threshold),
      timers_(services.world, *this, kTcpTimerNames, subject_),
      notices_due_(services.world, *this) {
  ack_policy_.SetQuick(services.settings.quick_acks);
  ApplyOptions();
}

TcpConnection::Snapshot TcpConnection::snapshot() const {
  const bool is_agreed = state_ != TcpState::kClosed && state_ != TcpState::kSynSent;
  std::unique_ptr<CongestionControl> fresh;  // what it will begin with
  if (congestion_ == nullptr && is_agreed) fresh = NewCongestionControl();
  const CongestionControl* congestion = congestion_ == nullptr ? fresh.get() : congestion_.get();
  return {.state = state_,
          .snd_una = snd_una_,
          .snd_nxt = snd_nxt_,
          .rcv_nxt = rcv_nxt(),
          .send_window = send_window_.size(),
          .congestion_window = congestion == nullptr ? 0 : congestion->window(),
          .slow_start_threshold = congestion == nullptr ? 0 : congestion->slow_start_threshold(),
          .send_mss = MaxSegmentSize(),
          .rto = rto_.rto(),
          .smoothed_rtt = rto_.smoothed_rtt(),
          .send_queued = send_buffer_.size(),
          .unsent = static_cast<size_t>(unsent()),
          .timeouts = retransmissions_,
          .sacked_segments = sack_ == nullptr ? 0 : sack_->sacked_segments(),
          .send_shift = send_window_.shift(),
          .receive_shift = receive_window_.shift(),
          .in_recovery = in_recovery()};
}

transport::Address TcpConnection::local_address() const { return ToSocketAddress(tuple_.local); }
transport::Address TcpConnection::remote_address() const { return ToSocketAddress(tuple_.remote); }

void TcpConnection::TransitionTo(TcpState next, absl::string_view why, absl::string_view clause) {
  CHECK(IsLegalTransition(state_, next))
      << TcpStateName(state_) << " to " << TcpStateName(next) << ": " << why;
  services_.world.trace().Record({.kind = sim::TraceKind::kState,
                                  .code = static_cast<uint32_t>(next),
                                  .subject = subject_,
                                  .numbers = {static_cast<int64_t>(state_)},
                                  .name = TcpStateName(next),
                                  .text = why,
                                  .clause = clause});
  state_ = next;
  if (next == TcpState::kClosed) OnClosed();
}

void TcpConnection::OnClosed() {
  timers_.CancelAll();
  sack_.reset();
  send_buffer_.Free();
  if (user_left_) receive_buffer_.Free();
  services_.owner.OnClosed(*this);
  if (!is_attached_ && opener_ != nullptr) {
    opener_->OnFailed(*this);
    opener_ = nullptr;
  }
  if (!is_attached_) services_.owner.OnForgotten(*this);
}

void TcpConnection::End(transport::Reason reason, absl::string_view clause) {
  if (state_ == TcpState::kSynSent || state_ == TcpState::kSynReceived) {
    ++services_.counters.attempt_fails;
  } else if (state_ == TcpState::kEstablished || state_ == TcpState::kCloseWait) {
    ++services_.counters.established_resets;
  }
  end_reason_ = std::make_unique<transport::Reason>(reason);
  notices_ = 0;
  Notify(kDisconnected);
  receive_buffer_.Free();
  TransitionTo(TcpState::kClosed, reason.text, clause);
}

void TcpConnection::EndSilently(absl::string_view why, absl::string_view clause) {
  notices_ = 0;
  notices_due_.Cancel();
  TransitionTo(TcpState::kClosed, why, clause);
}

void TcpConnection::EnterTimeWait(absl::string_view why, absl::string_view clause) {
  TransitionTo(TcpState::kTimeWait, why, clause);
  timers_.CancelAll();
  sack_.reset();
  send_buffer_.Free();
  RestartTimeWait();
}

void TcpConnection::RestartTimeWait() {
  timers_.Set(TcpTimer::kTimeWait,
              services_.world.now() + 2 * services_.settings.maximum_segment_lifetime,
              sim::Urgency::kUpkeep);
}

SeqNum TcpConnection::Replace() {
  const SeqNum next = iss_ + static_cast<uint32_t>(snd_nxt_);
  EndSilently("a new connection takes its place", "RFC 9293 3.6.1");
  return next;
}

void TcpConnection::ForgetOpener() {
  opener_ = nullptr;
  if (!is_attached_) Abort("the listener is gone", "RFC 9293 3.10.4");
}

void TcpConnection::NotifyLater(Notice notice) {
  Notify(notice);
  if (!notices_due_.is_scheduled()) notices_due_.ScheduleAt(services_.world.now());
}

void TcpConnection::DeliverNotices() {
  if (notices_ == 0) return;
  if ((notices_ & kOpened) != 0) ShowToOpener();
  // The user may detach, or end the connection, in each of them.
  while (user_ != nullptr) {
    const unsigned ready = notices_ & (is_open_ ? 0xFFu : unsigned{kConnected | kDisconnected});
    if (ready == 0) return;
    const auto first = static_cast<Notice>(ready & (~ready + 1));
    notices_ = static_cast<uint8_t>(notices_ & ~first);
    Tell(first);
  }
  notices_ = 0;
}

void TcpConnection::ShowToOpener() {
  notices_ = static_cast<uint8_t>(notices_ & ~kOpened);
  if (opener_ == nullptr) return;
  is_attached_ = true;
  if (opener_->OnOpened(*this)) return;
  is_attached_ = false;
  opener_ = nullptr;
  user_ = nullptr;
  Abort("the listener's queue is full", "Winsock page: listen");
}

void TcpConnection::Tell(Notice notice) {
  switch (notice) {
    case kOpened:
      return;
    case kConnected:
      is_open_ = true;
      return user_->OnConnected({});
    case kReadable:
      return user_->OnReadable();
    case kExpedited:
      return user_->OnExpedited();
    case kReleaseIndicated:
      return user_->OnReleaseIndication({});
    case kWritable:
      return user_->OnWritable();
    case kReleased:
      return user_->OnReleased();
    case kDisconnected:
      return user_->OnDisconnectIndication(*end_reason_, {});
  }
}

}  // namespace inet
