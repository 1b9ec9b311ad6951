// SSDUs that have arrived and were not yet read by the session service's user.
#ifndef PROVIDERS_OSI_SESSION_SSDU_QUEUE_H_
#define PROVIDERS_OSI_SESSION_SSDU_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "providers/transport/transport.h"
#include "providers/wire/bytes.h"

namespace osi {

// Why there is a queue at all, above the transport's own: what comes behind data on the transport
// connection (a FINISH, an ABORT) must be acted on whether or not the user reads. It is small, and
// when it is full the transport connection is left unread, so that its credit closes.
class SsduQueue {
 public:
  static constexpr size_t kCapacity = 32768;  // octets
  // What an SSDU counts for beside its octets, so that empty ones fill the queue too.
  static constexpr size_t kSsduOverhead = 16;

  // Nothing more should be appended; what is, is kept.
  bool is_full() const {
    return octets() + kSsduOverhead * (ends_.size() - first_end_) >= kCapacity;
  }
  // Octets that may be appended before it is full; at least one.
  size_t room() const { return is_full() ? 1 : kCapacity - octets(); }

  // Appends what `read` writes into a span of at most `octets` octets and returns the number of.
  template <typename Read>
  void Append(size_t octets, Read read) {
    const size_t old_size = octets_.size();
    octets_.resize(old_size + octets);
    octets_.resize(old_size + read(absl::MakeSpan(octets_).subspan(old_size)));
  }
  // The last octet appended ends an SSDU; without one since the last end, an empty SSDU.
  void EndSsdu() { ends_.push_back(base_ + octets_.size()); }

  // As transport::Connection::Read; never the end of data.
  transport::ReadResult Read(absl::Span<uint8_t> into, bool peek);

  // No octet and no end of an SSDU can be read.
  bool empty() const { return first_end_ == ends_.size() && octets() == 0; }
  // Octets of the first SSDU that can be read.
  size_t first_octets() const;
  // Of all SSDUs.
  size_t octets() const { return octets_.size() - head_; }
  bool has_whole_ssdu() const { return first_end_ < ends_.size(); }
  void Clear();

 private:
  void Compact();

  std::vector<uint8_t> octets_;
  size_t head_ = 0;             // octets_ before it were read
  uint64_t base_ = 0;           // place of octets_[0] among all octets that ever came
  std::vector<uint64_t> ends_;  // places behind the last octet of each SSDU
  size_t first_end_ = 0;        // ends_ before it were read
};

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SSDU_QUEUE_H_
