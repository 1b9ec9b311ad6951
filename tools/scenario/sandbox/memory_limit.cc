#include "tools/scenario/sandbox/memory_limit.h"

#include <cstdlib>

namespace wsim {
namespace {

// Blocks below this size are filled by the instructions that asked for them.
constexpr size_t kSmallestLargeBlock = 1024;
// Octets of a large block that are filled in the time of an instruction.
constexpr size_t kOctetsPerInstruction = 32;
// Octets in use that a full collection of garbage visits in the time of an instruction.
constexpr size_t kCollectedOctetsPerInstruction = 64;

}  // namespace

void* MemoryLimit::Allocate(void* limit, void* block, size_t old_size, size_t new_size) {
  // For a new block Lua passes the kind of object in the place of the old size.
  return static_cast<MemoryLimit*>(limit)->Resize(block, block == nullptr ? 0 : old_size, new_size);
}

void* MemoryLimit::Resize(void* block, size_t old_size, size_t new_size) {
  if (new_size == 0) {
    std::free(block);
    used_ -= old_size;
    return nullptr;
  }
  // Lua relies on shrinking always to succeed.
  if (new_size > old_size && !Admit(block, old_size, new_size)) return nullptr;
  void* resized = std::realloc(block, new_size);
  if (resized == nullptr) {
    exhausted_ = true;
    return nullptr;
  }
  used_ += new_size - old_size;
  if (new_size >= kSmallestLargeBlock) {
    work_ += static_cast<int64_t>(new_size / kOctetsPerInstruction);
  }
  return resized;
}

bool MemoryLimit::Admit(const void* block, size_t old_size, size_t new_size) {
  const bool is_repeated = refused_block_ == block && refused_size_ == new_size;
  if (refused_size_ != 0 && !is_repeated) exhausted_ = true;
  if (used_ <= limit_ && new_size - old_size <= limit_ - used_) {
    refused_size_ = 0;
    return true;
  }
  refused_block_ = block;
  refused_size_ = new_size;
  work_ += static_cast<int64_t>(used_ / kCollectedOctetsPerInstruction);
  return false;
}

}  // namespace wsim
