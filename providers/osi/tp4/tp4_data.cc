// Data transfer: segmenting (ISO 8073 6.3), numbering (6.10), explicit flow control (6.16),
// retention and retransmission (6.13, 6.19), resequencing (6.20), in class 4 (12.2.3).
#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "providers/osi/tp4/tp4_connection.h"
#include "providers/osi/tp4/tp4_values.h"

namespace osi {

// ---- Receiving

void Tp4Connection::OnDt(const DtTpdu& dt, const sim::FramePtr& frame) {
  if (!IsOpenFor(TpduType::kDt)) return;
  const ReceiveWindow::Arrival arrival = receive_.Place(dt.number);
  ReceivedDt received{.frame = frame, .user_data = dt.user_data, .end_of_tsdu = dt.end_of_tsdu};
  switch (arrival.place) {
    case DtPlace::kNext:
      return TakeDts(std::move(received));
    case DtPlace::kAhead:
      timers_.Cancel(Timer::kWindowOpening);
      if (resequencer_.Insert(arrival.number, std::move(received))) return;
      [[fallthrough]];
    case DtPlace::kDuplicate:
      // The AK for it may have been lost (12.2.3.6).
      Drop(TpduType::kDt, "a duplicate", "ISO 8073 6.20");
      return SendAk(Confirmation::kIncluded);
    case DtPlace::kOutside:
      return Drop(TpduType::kDt, "outside the window", "ISO 8073 12.2.3.8");
  }
}

void Tp4Connection::TakeDts(ReceivedDt dt) {
  timers_.Cancel(Timer::kWindowOpening);
  std::optional<ReceivedDt> next = std::move(dt);
  while (next.has_value()) {
    if (!TakeDt(*std::move(next))) return;
    next = resequencer_.Take(receive_.next());
  }
  SetRoom();
  ScheduleAcknowledgement();
  if (user_ != nullptr) user_->OnReadable();
}

bool Tp4Connection::TakeDt(ReceivedDt dt) {
  // Only the last of several DTs of a TSDU may be empty.
  if (dt.user_data.empty() && (!dt.end_of_tsdu || !received_.is_tsdu_open())) {
    OnProtocolError(TpduType::kDt, "DT without user data (ISO 8073 13.7.5)");
    return false;
  }
  receive_.Advance();
  ++unacknowledged_;
  received_.Append(std::move(dt));
  if (is_detached_) received_.Clear();
  return true;
}

void Tp4Connection::SetRoom() {
  receive_.SetRoom(receive_dts() - std::min(received_.dts(), receive_dts()));
}

void Tp4Connection::ScheduleAcknowledgement() {
  if (unacknowledged_ >= kDtsPerAcknowledgement) return SendAk();
  if (!timers_.is_set(Timer::kAcknowledge)) {
    timers_.Set(Timer::kAcknowledge, world().now() + kAcknowledgeTime);
  }
}

void Tp4Connection::SendAk(Confirmation confirmation) {
  SetRoom();
  const bool was_closed = receive_.is_closed();
  AkTpdu ak = receive_.TakeAk();
  ak.destination_reference = remote_reference_;
  ak.checksum = agreement_.checksum;
  if (confirmation == Confirmation::kIncluded) {
    ak.flow_control_confirmation = transmit_.Confirmation();
  }
  unacknowledged_ = 0;
  timers_.Cancel(Timer::kAcknowledge);
  timers_.Set(Timer::kWindow, world().now() + agreement_.window_time, sim::Urgency::kUpkeep);
  if (was_closed && ak.credit > 0) {
    // The peer may be waiting for this very AK: it is repeated until something shows that it came
    // (12.2.3.8.3).
    window_openings_ = 1;
    timers_.Set(Timer::kWindowOpening, world().now() + t1_.Interval(1));
  }
  table_.exchange().Send(remote_.nsap, owner(), ak);
}

void Tp4Connection::OnWindowOpeningTime() {
  if (++window_openings_ < kMaxTransmissions) {
    timers_.Set(Timer::kWindowOpening, world().now() + t1_.Interval(window_openings_));
  }
  SendAk();
}

// ---- Sending

void Tp4Connection::SendPending() {
  if (state_ != Tp4State::kOpen) return;
  while (send_.has_next()) {
    const TpduNumber next = send_.next();
    if (next >= transmit_.upper_edge()) break;
    if (next - transmit_.lower_edge() >= congestion_.tpdus()) break;
    // 6.11: no new DT before the ED under way is acknowledged.
    if (!expedited_tpdu_.empty() && send_.at(next).transmissions == 0) break;
    // An AK that is put off goes along (6.4).
    if (timers_.is_set(Timer::kAcknowledge)) SendAk();
    TransmitDt();
  }
  ArmRetransmission();
}

void Tp4Connection::TransmitDt() {
  const TpduNumber number = send_.next();
  SendQueue::Dt& dt = send_.TakeNext();
  if (!dt.tpdu.empty()) {
    return table_.exchange().SendCopy(remote_.nsap, owner(), dt.tpdu);
  }
  const DtTpdu header{.format = agreement_.format,
                      .destination_reference = remote_reference_,
                      .end_of_tsdu = dt.end_of_tsdu,
                      .number = OnTheWire(number, agreement_.format),
                      .checksum = agreement_.checksum,
                      .user_data = dt.frame->octets()};
  const size_t octets = header.header_octets();
  header.WriteHeaderTo({dt.frame->Prepend(octets), octets});
  dt.tpdu = dt.frame->octets();
  if (!timed_dt_.has_value()) {
    timed_dt_ = number;
    timed_since_ = world().now();
  }
  table_.exchange().SendFrame(remote_.nsap, owner(), dt.frame);
}

void Tp4Connection::ArmRetransmission() {
  if (send_.next() == send_.begin()) {
    timers_.Cancel(Timer::kRetransmission);
  } else if (!timers_.is_set(Timer::kRetransmission)) {
    const int transmissions = send_.at(send_.begin()).transmissions;
    timers_.Set(Timer::kRetransmission,
                world().now() + IntervalAfter(transmissions, agreement_.window_time));
  }
}

void Tp4Connection::OnDtTime() {  // 6.19
  const int transmissions = send_.at(send_.begin()).transmissions;
  if (transmissions >= kMaxTransmissions) {
    return GiveUp({.cause = transport::Cause::kNoAnswer, .text = "no acknowledgement of a DT"});
  }
  t1_.OnTimeout(transmissions);
  congestion_.OnLoss(send_.next() - send_.begin(), transmissions == 1);
  timed_dt_.reset();
  timed_since_ = world().now();
  send_.GoBack();
  SendPending();
}

// Slower from now on, once for all that is under way; the DT itself is sent again after T1 (RFC
// 1008 6.5: losses are what tells of congestion, and this is one that is told of).
void Tp4Connection::OnCongestion() {
  if (state_ != Tp4State::kOpen || send_.begin() < slowed_until_) return;
  if (send_.next() == send_.begin()) return;
  slowed_until_ = send_.sent_end();
  congestion_.OnLoss(send_.next() - send_.begin(), /*is_first=*/true);
}

void Tp4Connection::OnAk(const AkTpdu& ak) {
  if (!IsOpenFor(TpduType::kAk)) return;
  if (ak.flow_control_confirmation.has_value() &&
      receive_.IsConfirmedBy(*ak.flow_control_confirmation)) {
    timers_.Cancel(Timer::kWindowOpening);
  }
  if (transmit_.OnAk(ak, send_.sent_end()) == AkVerdict::kOutOfSequence) {
    return Drop(TpduType::kAk, "out of sequence", "ISO 8073 12.2.3.8.2");
  }
  const bool was_drained = is_drained();
  const bool is_acknowledgement = transmit_.lower_edge() > send_.begin();
  // An AK that moves nothing is upkeep's own affair, however much is kept: a window that stays
  // closed must not keep a run going.
  std::optional<sim::World::WorkScope> data_go_on;
  if (is_acknowledgement || (send_.has_next() && send_.next() < transmit_.upper_edge())) {
    data_go_on.emplace(world());
  }
  if (is_acknowledgement) {
    TakeRoundTrip();
    congestion_.OnAcknowledged(send_.Acknowledge(transmit_.lower_edge()));
    timers_.Cancel(Timer::kRetransmission);
  }
  if (transmit_.owes_confirmation()) SendAk(Confirmation::kIncluded);
  SendPending();
  TellWriter(was_drained);
}

void Tp4Connection::TakeRoundTrip() {
  if (timed_dt_.has_value()) {
    if (*timed_dt_ >= transmit_.lower_edge()) return;
    t1_.OnRoundTrip(world().now() - timed_since_);
    timed_dt_.reset();
  } else if (timed_since_ != sim::Time::Never()) {
    t1_.OnRetransmissionAcknowledged(world().now() - timed_since_);
  }
  timed_since_ = sim::Time::Never();
}

void Tp4Connection::TellWriter(bool was_drained) {
  if (is_detached_ && is_drained()) {
    return Close(DisconnectReason::kNormal, {}, "all is acknowledged");
  }
  if (is_write_blocked_ && writable_octets() > 0 && expedited_tpdu_.empty()) {
    is_write_blocked_ = false;
    if (user_ != nullptr) user_->OnWritable();
  }
  if (!was_drained && is_drained() && user_ != nullptr) user_->OnDrained();
}

}  // namespace osi
