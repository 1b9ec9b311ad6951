// RFC 9293 3.10.1 to 3.10.6: the user's calls.
#include <algorithm>
#include <utility>

#include "providers/inet/tcp/recovery/congestion_algorithms.h"
#include "providers/inet/tcp/tcp_connection.h"

namespace inet {
namespace {

using transport::ByteSpan;
using transport::Cause;
using transport::OptionStatus;

// Below this a buffer could not hold what makes progress: a segment, a probe.
constexpr size_t kLeastBuffer = 2048;

}  // namespace

void TcpConnection::OpenActive(transport::ConnectionUser& user) {
  user_ = &user;
  is_attached_ = true;
  is_decided_ = true;
  ++services_.counters.active_opens;
  iss_ = services_.initial_sequence.Next(tuple_, services_.world.now());
  TransitionTo(TcpState::kSynSent, "active OPEN", "RFC 9293 3.10.1");
  RefreshPath();
  if (path_mss_ == 0) {
    End({.cause = Cause::kNetworkUnreachable, .text = "no route to the destination"},
        "RFC 1122 3.3.1");
    return NotifyLater(kDisconnected);
  }
  SendSyn(Syn::kFirst);
}

void TcpConnection::OpenPassive(const TcpSegment& syn, TcpPassiveOpener& opener,
                                bool waits_for_decision, std::optional<SeqNum> after) {
  opener_ = &opener;
  is_passive_ = true;
  ++services_.counters.passive_opens;
  RefreshPath();
  iss_ = services_.initial_sequence.Next(tuple_, services_.world.now());
  if (after.has_value() && after->DistanceTo(iss_) >= 0x80000000u) iss_ = *after + 1;
  TakeSyn(syn.header);
  if (waits_for_decision) {
    TransitionTo(TcpState::kListen, "a SYN that waits for a decision",
                 "Winsock page: SO_CONDITIONAL_ACCEPT");
    Notify(kOpened);
    return DeliverNotices();
  }
  TransitionTo(TcpState::kSynReceived, "received SYN", "RFC 9293 3.10.7.2");
  SendSyn(Syn::kFirst);
  if (services_.settings.keeps_text_of_syn) KeepTextOfSyn(syn);
}

void TcpConnection::Accept(ByteSpan) {
  if (is_decided_) return;
  Decide();
  if (state_ == TcpState::kListen) {
    TransitionTo(TcpState::kSynReceived, "accepted", "RFC 9293 3.10.7.2");
    SendSyn(Syn::kFirst);
  } else if (state_ != TcpState::kClosed) {
    NotifyLater(kConnected);
  }
}

void TcpConnection::Refuse(ByteSpan) {
  if (is_decided_) return;
  Decide();
  Abort("refused", "RFC 9293 3.10.5");
}

void TcpConnection::Decide() {
  is_decided_ = true;
  if (opener_ != nullptr) opener_->OnDecided(*this);
  opener_ = nullptr;
}

size_t TcpConnection::Write(absl::Span<const ByteSpan> pieces, bool) {
  if (fin_queued_ || state_ == TcpState::kClosed || state_ == TcpState::kListen) return 0;
  const size_t taken = writable_octets() > 0 ? send_buffer_.Append(pieces) : 0;
  if (send_buffer_.room() == 0) write_blocked_ = true;
  SendWhatMayGo();
  AcknowledgeIfDue();
  return taken;
}

size_t TcpConnection::RoomToGoOn() const {
  return std::min(services_.settings.send_low_water, send_buffer_.capacity() / 2);
}

size_t TcpConnection::writable_octets() const {
  if (fin_queued_ || state_ == TcpState::kClosed) return 0;
  const size_t room = send_buffer_.room();
  return write_blocked_ && room < RoomToGoOn() ? 0 : room;
}

transport::ReadResult TcpConnection::Read(absl::Span<uint8_t> into, bool peek) {
  transport::ReadResult result;
  if (!is_open_) return result;
  result.octets = receive_buffer_.Read(into, peek);
  result.end_of_data = result.octets == 0 && fin_received_ && receive_buffer_.readable() == 0;
  if (!peek && result.octets > 0) SizeReceiveBuffer();
  if (!peek && result.octets > 0 && MayReceive(state_) &&
      receive_window_.IsUpdateDue(rcv_nxt(), receive_buffer_.held(), receive_capacity(),
                                  MaxSegmentSize())) {
    ack_policy_.OnUrgentNeed();
    AcknowledgeIfDue();
  }
  return result;
}

size_t TcpConnection::readable_octets() const { return is_open_ ? receive_buffer_.readable() : 0; }

bool TcpConnection::is_readable() const {
  return is_open_ && (receive_buffer_.readable() > 0 || fin_received_);
}

bool TcpConnection::WriteExpedited(ByteSpan octets) {
  // One urgent octet at a time: a newer urgent pointer would make the older one normal data
  // (RFC 6093 3.4).
  if (octets.size() != 1 || urgent_behind_ > snd_una_ || writable_octets() == 0) {
    write_blocked_ = true;
    return false;
  }
  send_buffer_.Append({octets});
  urgent_behind_ = send_buffer_.end();
  SendWhatMayGo();
  AcknowledgeIfDue();
  return true;
}

std::optional<transport::Connection::Expedited> TcpConnection::ReadExpedited(bool peek) {
  if (!is_open_) return std::nullopt;
  const std::optional<ReceiveBuffer::Urgent> urgent = receive_buffer_.ReadUrgent(peek);
  if (!urgent.has_value()) return std::nullopt;
  return Expedited{.octets = {urgent->octet}, .octets_before = urgent->octets_before};
}

void TcpConnection::Release(ByteSpan) {
  if (fin_queued_) return;
  switch (state_) {
    case TcpState::kClosed:
      return;
    case TcpState::kListen:
    case TcpState::kSynSent:  // 3.10.4: delete the TCB
      return EndSilently("CLOSE before the connection was open", "RFC 9293 3.10.4");
    case TcpState::kSynReceived:  // queued until ESTABLISHED
      fin_queued_ = true;
      return;
    case TcpState::kEstablished:
    case TcpState::kCloseWait:
      QueueFin();
      SendWhatMayGo();
      return AcknowledgeIfDue();
    case TcpState::kFinWait1:
    case TcpState::kFinWait2:
    case TcpState::kClosing:
    case TcpState::kLastAck:
    case TcpState::kTimeWait:
      return;
  }
}

// The state says what the user has done; the FIN itself goes behind the data (3.10.4).
void TcpConnection::QueueFin() {
  fin_queued_ = true;
  TransitionTo(state_ == TcpState::kEstablished ? TcpState::kFinWait1 : TcpState::kLastAck, "CLOSE",
               "RFC 9293 3.10.4");
}

void TcpConnection::Disconnect(ByteSpan) { Abort("ABORT", "RFC 9293 3.10.5"); }

void TcpConnection::Abort(absl::string_view why, absl::string_view clause) {
  switch (state_) {
    case TcpState::kClosed:
      return;
    case TcpState::kListen:
    case TcpState::kSynReceived:
    case TcpState::kEstablished:
    case TcpState::kFinWait1:
    case TcpState::kFinWait2:
    case TcpState::kCloseWait:
      SendReset();
      break;
    case TcpState::kSynSent:
    case TcpState::kClosing:
    case TcpState::kLastAck:
    case TcpState::kTimeWait:
      break;
  }
  receive_buffer_.Free();
  EndSilently(why, clause);
}

void TcpConnection::Detach(transport::Farewell farewell) {
  user_ = nullptr;
  is_attached_ = false;
  user_left_ = true;
  notices_ = 0;
  const bool was_decided = is_decided_;
  if (!was_decided) Decide();
  if (state_ == TcpState::kClosed) return services_.owner.OnForgotten(*this);
  if (farewell == transport::Farewell::kAbortive || !was_decided) {
    return Abort("the user left", "RFC 9293 3.10.5");
  }
  if (receive_buffer_.held() > 0 && state_ != TcpState::kTimeWait) {
    // CLOSING and LAST-ACK too: the peer must not take its data for read.
    if (state_ == TcpState::kClosing || state_ == TcpState::kLastAck) SendReset();
    return Abort("CLOSE with data not read", "RFC 9293 3.6.1 (SHLD-3)");
  }
  receive_buffer_.Free();
  Release({});
  if (state_ == TcpState::kFinWait2) {
    timers_.Set(TcpTimer::kFinWait2, services_.world.now() + services_.settings.fin_wait_2_timeout,
                sim::Urgency::kUpkeep);
  }
}

OptionStatus TcpConnection::SetOption(int level, int name, ByteSpan value) {
  TcpUserOptions changed = options_;
  const OptionStatus status = changed.Set(level, name, value);
  if (status != OptionStatus::kDone) return status;
  // Whether there are timestamps was settled by the SYN.
  if (changed.timestamps != options_.timestamps) return OptionStatus::kInvalidValue;
  const bool times_anew = changed.keep_alive_idle != options_.keep_alive_idle ||
                          changed.keep_alive_interval != options_.keep_alive_interval;
  const bool sizes_anew = changed.max_segment != options_.max_segment;
  options_ = changed;
  if (times_anew) timers_.Cancel(TcpTimer::kKeepAlive);
  ApplyOptions();
  if (sizes_anew) RefreshPath();
  SendWhatMayGo();
  AcknowledgeIfDue();
  return status;
}

OptionStatus TcpConnection::GetOption(int level, int name, std::vector<uint8_t>& value) const {
  if (level != kTcpLevel || name != kMaxSegment) return options_.Get(level, name, value);
  TcpUserOptions in_use = options_;
  in_use.max_segment = static_cast<uint16_t>(MaxSegmentSize());
  return in_use.Get(level, name, value);
}

void TcpConnection::ApplyOptions() {
  send_buffer_.set_capacity(std::max<size_t>(options_.send_buffer, kLeastBuffer));
  if (send_buffer_.room() == 0) write_blocked_ = true;
  if (write_blocked_ && writable_octets() > 0) {
    write_blocked_ = false;
    NotifyLater(kWritable);
  }
  ChooseCongestionControl();
  if (!options_.keep_alive) {
    timers_.Cancel(TcpTimer::kKeepAlive);
  } else if (IsSynchronized(state_) && state_ != TcpState::kTimeWait &&
             !timers_.is_set(TcpTimer::kKeepAlive)) {
    StartKeepAlive();
  }
}

void TcpConnection::ChooseCongestionControl() {
  if (congestion_ == nullptr || congestion_algorithm_ == options_.congestion_algorithm) return;
  std::unique_ptr<CongestionControl> chosen = NewCongestionControl();
  chosen->TakeOver(*congestion_);
  congestion_ = std::move(chosen);
  congestion_algorithm_ = options_.congestion_algorithm;
}

CongestionControl& TcpConnection::congestion() {
  if (congestion_ == nullptr) {
    congestion_ = NewCongestionControl();
    congestion_algorithm_ = options_.congestion_algorithm;
  }
  return *congestion_;
}

std::unique_ptr<CongestionControl> TcpConnection::NewCongestionControl() const {
  std::unique_ptr<CongestionControl> control = MakeCongestionControl(
      options_.congestion_algorithm, services_.settings.initial_window_segments);
  control->SetSegmentSize(MaxSegmentSize());
  if (syn_was_repeated_) control->OnLostSyn();
  return control;
}

size_t TcpConnection::receive_capacity() const {
  return std::clamp<size_t>(options_.receive_buffer, kLeastBuffer,
                            services_.settings.largest_receive_buffer);
}

// Twice the congestion window: what is in flight, and as much that may follow.
void TcpConnection::SizeSendBuffer() {
  if (!options_.sizes_send_buffer || !write_blocked_) return;
  const uint64_t wanted =
      std::min<uint64_t>(2 * congestion().window(), services_.settings.largest_send_buffer);
  if (wanted <= options_.send_buffer) return;
  options_.send_buffer = static_cast<uint32_t>(wanted);
  send_buffer_.set_capacity(options_.send_buffer);
}

void TcpConnection::SizeReceiveBuffer() {
  if (!options_.sizes_receive_buffer) return;
  const absl::Duration round_trip = rto_.has_sample() ? rto_.smoothed_rtt() : rto_.rto();
  options_.receive_buffer = static_cast<uint32_t>(
      right_sizing_.OnRead(rcv_nxt() - receive_buffer_.held(), round_trip, services_.world.now(),
                           options_.receive_buffer, services_.settings.largest_receive_buffer));
}

}  // namespace inet
