#include "tools/scenario/sandbox/result_buffer.h"

#include <algorithm>

#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/sandbox/sandbox.h"

namespace wsim {

ResultBuffer::~ResultBuffer() {
  MemoryLimit::Allocate(&Sandbox::Of(L_).memory(), octets_, capacity_, 0);
}

void ResultBuffer::Grow(size_t count) {
  MemoryLimit& memory = Sandbox::Of(L_).memory();
  if (count > memory.limit()) memory.Exhaust();
  RaiseIfEnding(L_);
  const size_t capacity = std::max(size_ + count, capacity_ * 2);
  void* grown = MemoryLimit::Allocate(&memory, octets_, capacity_, capacity);
  if (grown == nullptr) {
    lua_gc(L_, LUA_GCCOLLECT, 0);
    grown = MemoryLimit::Allocate(&memory, octets_, capacity_, capacity);
  }
  if (grown == nullptr) RaiseEnding(L_);
  octets_ = static_cast<char*>(grown);
  capacity_ = capacity;
}

}  // namespace wsim
