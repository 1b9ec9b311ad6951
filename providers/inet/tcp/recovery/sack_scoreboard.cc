#include "providers/inet/tcp/recovery/sack_scoreboard.h"

#include <algorithm>

namespace inet {

std::optional<SequenceRange> DuplicateSack(absl::Span<const SequenceRange> blocks, uint64_t ack) {
  if (blocks.empty()) return std::nullopt;
  const SequenceRange& first = blocks[0];
  if (first.end <= ack) return first;
  if (blocks.size() < 2) return std::nullopt;
  const SequenceRange& second = blocks[1];
  if (first.begin >= second.begin && first.end <= second.end) return first;
  return std::nullopt;
}

void SackScoreboard::OnSent(uint64_t begin, uint64_t end, sim::Time now, bool again) {
  segments_.Append({.end = end,
                    .sent_at = now,
                    .size = static_cast<uint32_t>(end - begin),
                    .retransmitted = again});
  pipe_ += end - begin;
}

void SackScoreboard::OnRetransmitted(size_t index, sim::Time now) {
  SentSegment& segment = segments_[index];
  if (segment.lost) {
    segment.lost = false;
    --lost_segments_;
    pipe_ += segment.size;
  }
  segment.sent_at = now;
  segment.retransmitted = true;
}

// Takes it out of all counts but the scoreboard's.
void SackScoreboard::OnDelivered(SentSegment& segment) {
  if (segment.lost) {
    segment.lost = false;
    --lost_segments_;
  } else {
    pipe_ -= segment.size;
  }
}

uint64_t SackScoreboard::OnAck(uint64_t una, Visitor delivered) {
  uint64_t octets = 0;
  while (!segments_.empty() && segments_.front().end <= una) {
    SentSegment& first = segments_[0];
    if (first.sacked) {
      --sacked_segments_;
    } else {
      OnDelivered(first);
      octets += first.size;
      delivered(first);
    }
    segments_.PopFront();
  }
  if (!segments_.empty() && segments_.front().begin() < una) {  // part of a segment
    SentSegment& first = segments_[0];
    const auto part = static_cast<uint32_t>(una - first.begin());
    if (first.is_in_network()) pipe_ -= part;
    if (!first.sacked) octets += part;
    first.size -= part;
  }
  return octets;
}

uint64_t SackScoreboard::OnSack(const SequenceRange& block, Visitor delivered) {
  uint64_t octets = 0;
  for (size_t i = segments_.FirstBehind(block.begin); i < segments_.size(); ++i) {
    SentSegment& segment = segments_[i];
    if (segment.end > block.end) break;
    if (segment.sacked || segment.begin() < block.begin) continue;
    OnDelivered(segment);
    segment.sacked = true;
    ++sacked_segments_;
    octets += segment.size;
    highest_sacked_ = std::max(highest_sacked_, segment.end);
    delivered(segment);
  }
  return octets;
}

void SackScoreboard::MarkLost(size_t index) {
  SentSegment& segment = segments_[index];
  if (!segment.is_in_network()) return;
  segment.lost = true;
  ++lost_segments_;
  pipe_ -= segment.size;
  first_lost_hint_ = std::min(first_lost_hint_, segment.begin());
}

void SackScoreboard::MarkLostBySacks(size_t threshold, size_t smss) {
  size_t runs = 0;
  uint64_t octets = 0;
  bool in_run = false;
  size_t i = segments_.FirstBehind(highest_sacked_);
  for (; i > 0; --i) {
    const SentSegment& segment = segments_[i - 1];
    if (!segment.sacked && (runs >= threshold || octets > (threshold - 1) * smss)) break;
    if (segment.sacked && !in_run) ++runs;
    if (segment.sacked) octets += segment.size;
    in_run = segment.sacked;
  }
  // What is lost by this rule stays lost until it is sent again, and then is judged no more.
  for (; i > 0; --i) {
    if (!segments_[i - 1].retransmitted) MarkLost(i - 1);
  }
}

void SackScoreboard::ForgetSacks() {
  for (size_t i = 0; i < segments_.size(); ++i) {
    SentSegment& segment = segments_[i];
    if (!segment.sacked) continue;
    segment.sacked = false;
    pipe_ += segment.size;
  }
  sacked_segments_ = 0;
  highest_sacked_ = 0;
}

void SackScoreboard::Clear() {
  segments_.Clear();
  pipe_ = highest_sacked_ = first_lost_hint_ = 0;
  sacked_segments_ = lost_segments_ = 0;
}

std::optional<size_t> SackScoreboard::NextLost() const {
  if (lost_segments_ == 0) return std::nullopt;
  for (size_t i = segments_.FirstBehind(first_lost_hint_); i < segments_.size(); ++i) {
    if (!segments_[i].lost) continue;
    first_lost_hint_ = segments_[i].begin();
    return i;
  }
  return std::nullopt;
}

std::optional<size_t> SackScoreboard::NextUnreported() const {
  for (size_t i = 0; i < segments_.size() && segments_[i].end <= highest_sacked_; ++i) {
    if (segments_[i].is_in_network() && !segments_[i].retransmitted) return i;
  }
  return std::nullopt;
}

std::optional<size_t> SackScoreboard::NextRescue() const {
  for (size_t i = segments_.size(); i > 0; --i) {
    if (segments_[i - 1].sacked) continue;
    return segments_[i - 1].retransmitted ? std::nullopt : std::make_optional(i - 1);
  }
  return std::nullopt;
}

}  // namespace inet
