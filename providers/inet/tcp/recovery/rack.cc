#include "providers/inet/tcp/recovery/rack.h"

#include <algorithm>

namespace inet {
namespace {

// How long a least round trip stands for the path: routes change.
constexpr absl::Duration kLeastRttLives = absl::Minutes(5);
constexpr uint32_t kPersistence = 16;  // recoveries, RFC 8985 6.2, step 4

}  // namespace

void Rack::OnRoundTrip(absl::Duration rtt, sim::Time now) {
  const bool is_old = now - least_rtt_since_ > kLeastRttLives;
  if (least_rtt_ != absl::ZeroDuration() && rtt > least_rtt_ && !is_old) return;
  least_rtt_ = std::max(rtt, absl::Nanoseconds(1));
  least_rtt_since_ = now;
}

void Rack::OnDelivered(const SentSegment& segment, sim::Time now) {
  const absl::Duration rtt = now - segment.sent_at;
  if (!segment.retransmitted) {
    OnRoundTrip(rtt, now);
    if (segment.end < foremost_) reordering_seen_ = true;
  }
  foremost_ = std::max(foremost_, segment.end);
  // What came back so soon is the answer to an earlier transmission.
  if (segment.retransmitted && rtt < least_rtt_) return;
  if (end_ != 0 && IsSentBefore(segment)) return;
  sent_at_ = segment.sent_at;
  end_ = segment.end;
  rtt_ = rtt;
}

void Rack::OnAck(const Round& round) {
  if (round.una >= duplicates_until_) duplicates_until_ = 0;
  if (duplicates_until_ == 0 && round.has_duplicate_sack) {
    duplicates_until_ = round.nxt;
    ++multiplier_;
    persistence_ = kPersistence;
  } else if (round.ends_recovery && persistence_ > 0 && --persistence_ == 0) {
    multiplier_ = 1;
  }
}

absl::Duration Rack::ReorderingWindow(bool in_recovery, size_t sacked_segments,
                                      absl::Duration smoothed_rtt) const {
  if (!reordering_seen_ && (in_recovery || sacked_segments >= threshold_)) {
    return absl::ZeroDuration();
  }
  return std::min(least_rtt_ * static_cast<int64_t>(multiplier_) / 4, smoothed_rtt);
}

sim::Time Rack::DetectLoss(SackScoreboard& scoreboard, absl::Duration reordering_window,
                           sim::Time now) const {
  const SentSegments& segments = scoreboard.segments();
  sim::Time next = sim::Time::Zero();
  for (size_t i = 0; i < segments.size(); ++i) {
    const SentSegment& segment = segments[i];
    if (!IsSentBefore(segment)) {
      // What was sent once stands in the order of its sending.
      if (!segment.retransmitted) break;
      continue;
    }
    if (!segment.is_in_network()) continue;
    const sim::Time due = segment.sent_at + rtt_ + reordering_window;
    if (due <= now) {
      scoreboard.MarkLost(i);
    } else {
      next = std::max(next, due);
    }
  }
  return next == sim::Time::Zero() ? sim::Time::Never() : next;
}

void Rack::MarkLostAtTimeout(SackScoreboard& scoreboard, absl::Duration reordering_window,
                             sim::Time now) const {
  for (size_t i = 0; i < scoreboard.segments().size(); ++i) {
    const bool is_old = scoreboard.segments()[i].sent_at + rtt_ + reordering_window <= now;
    if (i == 0 || is_old) scoreboard.MarkLost(i);
  }
}

}  // namespace inet
