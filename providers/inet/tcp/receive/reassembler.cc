#include "providers/inet/tcp/receive/reassembler.h"

#include <algorithm>

namespace inet {

std::optional<Reassembler::Block> Reassembler::Insert(uint64_t offset, wire::ByteSpan octets) {
  if (offset < next_) {
    const uint64_t old = next_ - offset;
    if (old >= octets.size()) return std::nullopt;
    octets.remove_prefix(static_cast<size_t>(old));
    offset = next_;
  }
  if (octets.empty()) return std::nullopt;
  if (offset == next_ && blocks_.empty()) {  // as nearly always
    ring_.Store(offset, octets);
    next_ += octets.size();
    return std::nullopt;
  }
  const uint64_t end = offset + octets.size();
  // The blocks that overlap or touch [offset, end) become one with it.
  auto first = std::find_if(blocks_.begin(), blocks_.end(),
                            [offset](const Block& block) { return block.end >= offset; });
  auto last =
      std::find_if(first, blocks_.end(), [end](const Block& block) { return block.begin > end; });
  if (first == last && offset != next_ && blocks_.size() == kMaxBlocks) return std::nullopt;
  std::optional<Block> twice;
  uint64_t at = offset;
  for (auto block = first; block != last; ++block) {
    if (block->begin > at) ring_.Store(at, octets.subspan(at - offset, block->begin - at));
    const Block common{std::max(offset, block->begin), std::min(end, block->end)};
    if (!twice.has_value() && common.begin < common.end) twice = common;
    at = std::max(at, block->end);
  }
  if (at < end) ring_.Store(at, octets.subspan(static_cast<size_t>(at - offset)));
  Block joined{offset, end};
  if (first != last) {
    joined.begin = std::min(joined.begin, first->begin);
    joined.end = std::max(joined.end, (last - 1)->end);
    first = blocks_.erase(first, last);
  }
  blocks_.insert(first, joined);
  JoinFirstBlock();
  return twice;
}

void Reassembler::JoinFirstBlock() {
  if (blocks_.front().begin != next_) return;
  next_ = blocks_.front().end;
  blocks_.erase(blocks_.begin());
}

void Reassembler::Free() {
  blocks_ = {};
  ring_.DropBefore(next_);
  ring_.Free();
}

}  // namespace inet
