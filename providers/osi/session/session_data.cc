// S-DATA (X.225 7.11).

#include <algorithm>
#include <array>
#include <utility>

#include "providers/osi/session/session_connection.h"
#include "providers/osi/session/session_limits.h"

namespace osi {

bool SessionConnection::may_send_data() const {
  return state_ == SessionState::kSta713 || (state_ == SessionState::kSta09 && !vcoll_);
}

size_t SessionConnection::writable_octets() const {
  return may_send_data() ? writer_.writable_octets(*lower_) : 0;
}

size_t SessionConnection::Write(absl::Span<const ByteSpan> pieces, bool end_of_message) {
  if (!may_send_data()) return 0;
  size_t octets = 0;
  for (const ByteSpan piece : pieces) octets += piece.size();
  if (octets == 0 && !end_of_message) return 0;
  const bool has_room = writer_.writable_octets(*lower_) != 0;
  sim::World::CauseScope scope(world_, world_.context().cause);
  // Without room it is offered all the same: then the transport connection tells when there is.
  const size_t taken =
      writer_.WriteSsdu(*lower_, pieces, end_of_message,
                        [this](const std::optional<Enclosure>& place) { TraceDt(place); });
  tells_writable_ = taken < octets || !has_room;
  return taken;
}

void SessionConnection::TraceDt(const std::optional<Enclosure>& place) {
  TraceSpdu(sim::TraceKind::kPduSent, DtSpdu{.enclosure = place}, "ISO 8327 7.11");
}

void SessionConnection::OnWritable() {
  if (lower_ == nullptr || !writer_.Flush(*lower_)) return;
  if (is_spent_) return HandOverWhenDone();
  if (tells_writable_ && user_ != nullptr && writable_octets() != 0) {
    tells_writable_ = false;
    user_->OnWritable();
  }
}

void SessionConnection::OnReadable() {
  if (is_spent_) {
    TellReleased();
    HandOver();
    return;
  }
  ReadTransport();
}

transport::ReadResult SessionConnection::Read(absl::Span<uint8_t> into, bool peek) {
  if (queue_.empty()) return {.end_of_data = peer_has_released_};
  const bool was_full = queue_.is_full();
  const transport::ReadResult result = queue_.Read(into, peek);
  if (was_full && !queue_.is_full() && lower_ != nullptr) ResumeLater();
  return result;
}

void SessionConnection::OnSpduInDataTransfer(const TsduReader::Received& received) {
  if (const auto* dt = std::get_if<DtSpdu>(&*received.spdu)) {
    OnDt(*dt, received);
  } else if (const auto* fn = std::get_if<FnSpdu>(&*received.spdu)) {
    OnFn(*fn);
  } else {
    OnProtocolError(received.octets);
  }
}

void SessionConnection::OnDt(const DtSpdu& dt, const TsduReader::Received& received) {
  // In the kernel with duplex there are no tokens to give or ask for (X.225 7.16, 7.17).
  const auto* gt = std::get_if<GtSpdu>(&dt.first);
  const auto* pt = std::get_if<PtSpdu>(&dt.first);
  const bool has_tokens = gt != nullptr ? gt->tokens != 0 : pt->tokens != 0;
  // Only version 2 segments an SSDU, and the parts follow each other (X.225 7.11).
  const bool is_in_place = dt.enclosure.has_value() ? version_ == kSessionVersion2 &&
                                                          dt.enclosure->beginning != is_in_ssdu_
                                                    : !is_in_ssdu_;
  if (has_tokens || !is_in_place) {
    OnProtocolError(received.octets);
    return;
  }
  if (!has_pointer_ && !is_leaving_) {
    // Nobody is there to take it, and the peer must not go on believing otherwise.
    Abort({});
    return;
  }
  tsdu_octets_ = (dt.enclosure.has_value() ? TsduWriter::kSegmentHeader : kDataHeaderSize);
  dt_ends_ssdu_ = !dt.enclosure.has_value() || dt.enclosure->end;
  is_in_ssdu_ = true;
}

bool SessionConnection::keeps_data() const {
  return has_pointer_ && user_ != nullptr &&
         (state_ == SessionState::kSta713 || state_ == SessionState::kSta03);
}

bool SessionConnection::ReadUserInformation() {
  transport::ReadResult result;
  if (!keeps_data()) {
    std::array<uint8_t, 1024> dropped;
    result = reader_.ReadUserInformation(*lower_, absl::MakeSpan(dropped));
  } else if (queue_.is_full()) {
    return false;
  } else {
    const size_t octets = std::min(queue_.room(), lower_->readable_octets());
    queue_.Append(octets, [&](absl::Span<uint8_t> into) {
      result = reader_.ReadUserInformation(*lower_, into);
      return result.octets;
    });
    if (result.octets != 0) has_news_ = true;
  }
  tsdu_octets_ += result.octets;
  if (IsTooLong(tsdu_octets_)) OnProtocolError(reader_.beginning());
  if (result.end_of_message) EndUserInformation();
  return result.octets != 0 || result.end_of_message;
}

void SessionConnection::EndUserInformation() {
  if (!dt_ends_ssdu_) return;
  is_in_ssdu_ = false;
  if (!keeps_data()) return;
  queue_.EndSsdu();
  has_news_ = true;
}

void SessionConnection::TellReadable() {
  if (std::exchange(has_news_, false) && user_ != nullptr) user_->OnReadable();
}

}  // namespace osi
