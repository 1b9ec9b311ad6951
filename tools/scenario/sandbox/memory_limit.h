// The memory that the data of one run may take.
#ifndef TOOLS_SCENARIO_SANDBOX_MEMORY_LIMIT_H_
#define TOOLS_SCENARIO_SANDBOX_MEMORY_LIMIT_H_

#include <cstddef>
#include <cstdint>

namespace wsim {

// A Lua allocator that refuses to exceed a limit and remembers a refusal until it is noticed.
//
// Lua answers a first refusal by collecting garbage and asking for the same block again; that is no
// harm done. Every other refusal becomes an error that a script must not catch, and because Lua
// raises it as an ordinary one in places, the refusal itself is what counts, not the error: whoever
// could catch it asks is_exhausted() first.
//
// Long strings also count as work: filling them takes time in which no instruction runs.
class MemoryLimit {
 public:
  explicit MemoryLimit(size_t limit) : limit_(limit) {}

  // lua_Alloc; `limit` is a MemoryLimit.
  static void* Allocate(void* limit, void* block, size_t old_size, size_t new_size);

  // Whether a request was refused and not made good by a second attempt. Stays true.
  bool is_exhausted() const { return exhausted_ || refused_size_ != 0; }

  // Says that something was asked for that can never fit.
  void Exhaust() { exhausted_ = true; }

  // The limit from now on; until then what the caller does is not limited.
  void set_limit(size_t limit) { limit_ = limit; }

  size_t used() const { return used_; }    // octets
  size_t limit() const { return limit_; }  // octets

  // The work of long strings, and of collecting garbage for want of room, since the last call, as
  // instructions.
  int64_t TakeWork() {
    const int64_t work = work_;
    work_ = 0;
    return work;
  }

 private:
  void* Resize(void* block, size_t old_size, size_t new_size);
  bool Admit(const void* block, size_t old_size, size_t new_size);

  size_t limit_;
  size_t used_ = 0;
  int64_t work_ = 0;
  bool exhausted_ = false;
  // The request that was refused last, until it is repeated with success.
  const void* refused_block_ = nullptr;
  size_t refused_size_ = 0;
};

}  // namespace wsim

#endif  // TOOLS_SCENARIO_SANDBOX_MEMORY_LIMIT_H_
