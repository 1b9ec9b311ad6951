#include "tools/scenario/sandbox/memory_limit.h"

#include <cstdlib>

#include "tools/scenario/sandbox/lua.h"

namespace wsim {
namespace {

// Strings below this size are filled as quickly as the instructions that asked for them run.
constexpr size_t kSmallestLongString = 1024;
// Octets of a longer one that are filled in the time of an instruction.
constexpr size_t kOctetsPerInstruction = 32;
// Octets in use that a full collection of garbage visits in the time of an instruction.
constexpr size_t kCollectedOctetsPerInstruction = 64;

}  // namespace

void* MemoryLimit::Allocate(void* limit, void* block, size_t old_size, size_t new_size) {
  auto* memory = static_cast<MemoryLimit*>(limit);
  if (block != nullptr) return memory->Resize(block, old_size, new_size);
  // For a new block Lua passes the kind of object in the place of the old size. When tables grow
  // depends on addresses, and must not tell in what is counted; when strings are made does not.
  const bool is_string = old_size == LUA_TSTRING;
  if (is_string && new_size >= kSmallestLongString) {
    memory->work_ += static_cast<int64_t>(new_size / kOctetsPerInstruction);
  }
  return memory->Resize(nullptr, 0, new_size);
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
