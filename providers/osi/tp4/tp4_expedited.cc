// Expedited data: ISO 8073 6.11, 12.2.3.4.
#include <utility>

#include "providers/osi/tp4/tp4_connection.h"
#include "providers/osi/tp4/tp4_values.h"

namespace osi {

bool Tp4Connection::WriteExpedited(ByteSpan octets) {
  if (state_ != Tp4State::kOpen || !agreement_.expedited) return false;
  if (!expedited_tpdu_.empty()) {
    is_write_blocked_ = true;
    return false;
  }
  const EdTpdu ed{.format = agreement_.format,
                  .destination_reference = remote_reference_,
                  .number = OnTheWire(next_ed_, agreement_.format),
                  .checksum = agreement_.checksum,
                  .user_data = octets};
  ed.AppendTo(expedited_tpdu_);
  expedited_transmissions_ = 0;
  TransmitEd();
  return true;
}

void Tp4Connection::TransmitEd() {
  ++expedited_transmissions_;
  timers_.Set(Timer::kExpedited,
              world().now() + IntervalAfter(expedited_transmissions_, agreement_.window_time));
  table_.exchange().SendCopy(remote_.nsap, owner(), expedited_tpdu_);
}

void Tp4Connection::OnExpeditedTime() {
  if (expedited_transmissions_ < kMaxTransmissions) return TransmitEd();
  GiveUp({.cause = transport::Cause::kNoAnswer, .text = "no acknowledgement of an ED"});
}

void Tp4Connection::OnEa(const EaTpdu& ea) {
  if (!IsOpenFor(TpduType::kEa)) return;
  if (expedited_tpdu_.empty() || ea.your_tpdu_number != OnTheWire(next_ed_, agreement_.format)) {
    return Drop(TpduType::kEa, "not for the ED under way", "ISO 8073 12.2.3.4");
  }
  const bool was_drained = is_drained();
  const sim::World::WorkScope data_go_on(world());
  expedited_tpdu_.clear();
  ++next_ed_;
  timers_.Cancel(Timer::kExpedited);
  SendPending();
  TellWriter(was_drained);
}

void Tp4Connection::OnEd(const EdTpdu& ed) {
  if (!IsOpenFor(TpduType::kEd)) return;
  if (!agreement_.expedited) return OnProtocolError(TpduType::kEd, "ED that was not agreed to");
  const bool is_new = ed.number == OnTheWire(next_ed_expected_, agreement_.format);
  if (is_new && expedited_.size() >= kReceiveExpedited) {
    // Without an EA the peer keeps it and sends it again.
    return Drop(TpduType::kEd, "no room", "ISO 8073 6.11");
  }
  const EaTpdu ea{.format = agreement_.format,
                  .destination_reference = remote_reference_,
                  .your_tpdu_number = ed.number,
                  .checksum = agreement_.checksum};
  table_.exchange().Send(remote_.nsap, owner(), ea);
  if (!is_new) return Drop(TpduType::kEd, "a duplicate", "ISO 8073 12.2.3.4");
  ++next_ed_expected_;
  if (is_detached_) return;
  expedited_.PushBack(
      {.octets = {ed.user_data.begin(), ed.user_data.end()}, .position = received_.octets_come()});
  if (user_ != nullptr) user_->OnExpedited();
}

std::optional<transport::Connection::Expedited> Tp4Connection::ReadExpedited(bool peek) {
  if (expedited_.empty()) return std::nullopt;
  ExpeditedTsdu& first = expedited_.front();
  const uint64_t read = received_.octets_read();
  Expedited unit{
      .octets = first.octets,
      .octets_before = first.position > read ? static_cast<size_t>(first.position - read) : 0};
  if (!peek) expedited_.PopFront();
  return unit;
}

}  // namespace osi
