#include "providers/inet/tcp/receive/sack_report.h"

#include <algorithm>

namespace inet {
namespace {

using Block = SackReport::Block;

// Null: in none.
const Block* BlockAround(uint64_t offset, const std::vector<Block>& held) {
  const auto behind = std::partition_point(
      held.begin(), held.end(), [offset](const Block& block) { return block.end <= offset; });
  return behind != held.end() && behind->begin <= offset ? &*behind : nullptr;
}

void AddOnce(const Block* block, size_t room, SackReport::Blocks& blocks, size_t first) {
  if (block == nullptr || blocks.size() >= room) return;
  if (std::find(blocks.begin() + static_cast<std::ptrdiff_t>(first), blocks.end(), *block) !=
      blocks.end()) {
    return;
  }
  blocks.push_back(*block);
}

}  // namespace

void SackReport::OnArrival(uint64_t offset, const std::vector<Block>& held) {
  std::vector<uint64_t>& latest = report().latest;
  const Block* around = BlockAround(offset, held);
  latest.erase(std::remove_if(latest.begin(), latest.end(),
                              [&](uint64_t earlier) {
                                const Block* block = BlockAround(earlier, held);
                                return block == nullptr || block == around;
                              }),
               latest.end());
  if (around == nullptr) return;
  latest.insert(latest.begin(), offset);
  if (latest.size() > TcpOptions::kMaxSackBlocks) latest.pop_back();
}

void SackReport::OnDuplicate(const Block& octets) {
  if (!report().has_duplicate()) report().duplicate = octets;
}

SackReport::Blocks SackReport::Make(const std::vector<Block>& held, size_t room) const {
  Blocks blocks;
  if (report_ == nullptr) return blocks;  // and nothing is held
  size_t first = 0;                       // of those that are held
  if (report_->has_duplicate() && room > 0) {
    blocks.push_back(report_->duplicate);
    first = 1;
    AddOnce(BlockAround(report_->duplicate.begin, held), room, blocks, first);
  }
  for (const uint64_t offset : report_->latest) {
    AddOnce(BlockAround(offset, held), room, blocks, first);
  }
  // Those that were not among the latest, now that there is room for them again.
  for (auto block = held.rbegin(); block != held.rend() && blocks.size() < room; ++block) {
    AddOnce(&*block, room, blocks, first);
  }
  return blocks;
}

}  // namespace inet
