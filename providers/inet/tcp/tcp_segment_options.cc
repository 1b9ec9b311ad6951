// The options of segments: which ours have, and what both ends agree on (RFC 9293 3.2, RFC 2018,
// RFC 7323).
#include <algorithm>

#include "providers/inet/tcp/tcp_connection.h"

namespace inet {
namespace {

constexpr size_t kPaddedTimestamps = 12;  // octets
constexpr size_t kSackHead = 4;           // octets of the option without blocks, padded
constexpr size_t kSackBlock = 8;          // octets

}  // namespace

// RFC 6691 2: the MSS option knows nothing of other options; who sends them takes their octets off.
size_t TcpConnection::MaxSegmentSize() const {
  const size_t fits = std::min(send_mss_, path_mss_);
  return timestamps_agreed_ && fits > kPaddedTimestamps ? fits - kPaddedTimestamps : fits;
}

size_t TcpConnection::TextRoom() const {
  const size_t mss = MaxSegmentSize();
  const size_t blocks = SackBlocksFor(TcpOptions::kMaxSackBlocks).size();
  const size_t report = blocks == 0 ? 0 : kSackHead + blocks * kSackBlock;
  return mss > 2 * report ? mss - report : mss;
}

void TcpConnection::AgreeOnOptions(const TcpHeader& syn) {
  const bool offered = !syn.Has(TcpHeader::kAck) || !IsSynPlain();
  sack_agreed_ = offered && syn.options.sack_permitted && services_.settings.sack;
  timestamps_agreed_ = offered && syn.options.timestamps.has_value() && options_.timestamps;
  if (timestamps_agreed_) timestamps_.Take(syn.options.timestamps->value, services_.world.now());
  AgreeOnEcn(syn);
  if (services_.settings.whole_segment_buffers) {
    const auto segment = static_cast<uint32_t>(std::min(send_mss_, path_mss_));
    for (uint32_t* buffer : {&options_.send_buffer, &options_.receive_buffer}) {
      const uint32_t over = segment == 0 ? 0 : *buffer % segment;
      if (*buffer > segment && over > 0) *buffer += segment - over;
    }
    ApplyOptions();
  }
}

bool TcpConnection::CheckTimestamps(const TcpSegment& segment) {
  if (!timestamps_agreed_ || segment.header.Has(TcpHeader::kRst)) return true;
  const std::optional<TcpTimestamps>& timestamps = segment.header.options.timestamps;
  if (!timestamps.has_value()) {
    if (services_.settings.tolerate_missing_timestamps) return true;
    Drop(segment, TcpDrop::kNoTimestamp, "no timestamps, though both ends agreed on them",
         "RFC 7323 3.2");
    return false;
  }
  if (!timestamps_.IsOld(timestamps->value, services_.world.now())) return true;
  ++services_.counters.old_timestamps;
  ack_policy_.OnUrgentNeed();
  Drop(segment, TcpDrop::kOldTimestamp, "older than what came before it", "RFC 7323 5.3, R1");
  return false;
}

void TcpConnection::TakeTimestamp(const Arrival& in) {
  const std::optional<TcpTimestamps>& timestamps = in.segment.header.options.timestamps;
  if (!timestamps_agreed_ || !timestamps.has_value()) return;
  if (in.begin > static_cast<int64_t>(last_ack_sent_)) return;
  timestamps_.Take(timestamps->value, services_.world.now());
}

void TcpConnection::SampleByTimestamp(const Arrival& in) {
  const std::optional<TcpTimestamps>& timestamps = in.segment.header.options.timestamps;
  if (!timestamps_agreed_ || !timestamps.has_value() || timed_offset_ != 0) return;
  const std::optional<absl::Duration> elapsed =
      timestamps_.Elapsed(timestamps->echo_reply, services_.world.now());
  if (!elapsed.has_value()) return;
  // RFC 7323 appendix G: a window gives so many samples, which count for one round trip together.
  const uint64_t two_segments = std::max<uint64_t>(2 * MaxSegmentSize(), 1);
  const uint64_t expected = (snd_nxt_ - snd_una_ + two_segments - 1) / two_segments;
  rto_.OnRttSample(*elapsed, static_cast<int>(std::clamp<uint64_t>(expected, 1, 1 << 16)));
}

TcpOptions TcpConnection::OptionsFor(uint16_t flags, size_t octets) {
  TcpOptions options;
  const bool has_ack = (flags & TcpHeader::kAck) != 0;
  if ((flags & TcpHeader::kSyn) != 0) {
    AddSynOptions(options, /*answers=*/has_ack);
    return options;
  }
  if (timestamps_agreed_) options.timestamps = timestamps_.Make(services_.world.now());
  if (!has_ack || (flags & TcpHeader::kRst) != 0) return options;
  // Beside the text there is what the largest segment leaves.
  const size_t mss = MaxSegmentSize();
  const size_t left = octets == 0 ? TcpOptions::kMaxSize : mss - std::min(mss, octets);
  const size_t fits = left > kSackHead ? (left - kSackHead) / kSackBlock : 0;
  const SackReport::Blocks blocks = SackBlocksFor(std::min(fits, options.sack_room()));
  for (const SackReport::Block& block : blocks) {
    options.sack_blocks.push_back(
        {irs_ + static_cast<uint32_t>(block.begin), irs_ + static_cast<uint32_t>(block.end)});
  }
  if (!blocks.empty()) sack_report_.OnSent();
  return options;
}

bool TcpConnection::IsSynPlain() const {
  const int after = services_.settings.plain_syn_after;
  return after > 0 && syns_repeated_ >= after;
}

// A SYN offers; a SYN,ACK has what the peer has offered too.
void TcpConnection::AddSynOptions(TcpOptions& options, bool answers) {
  const TcpSettings& settings = services_.settings;
  const size_t largest = LargestToReceive();
  const size_t chosen = options_.max_segment;
  options.max_segment_size =
      static_cast<uint16_t>(chosen == 0 ? largest : std::min(largest, chosen));
  if (!answers && IsSynPlain()) return;
  if (answers ? bool{peer_scales_} : settings.window_scaling) {
    options.window_scale = ReceiveWindow::ShiftFor(settings.largest_receive_buffer);
  }
  if (answers ? bool{timestamps_agreed_} : options_.timestamps) {
    if (snd_una_ == 0) timestamps_.set_offset(services_.initial_sequence.TimestampOffset(tuple_));
    options.timestamps = timestamps_.Make(services_.world.now());
  }
  options.sack_permitted = answers ? bool{sack_agreed_} : settings.sack;
}

SackReport::Blocks TcpConnection::SackBlocksFor(size_t room) const {
  if (!sack_agreed_) return {};
  return sack_report_.Make(receive_buffer_.blocks(), room);
}

}  // namespace inet
