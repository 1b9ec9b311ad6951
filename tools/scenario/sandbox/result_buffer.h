// A string in the making. Private to the sandbox.
#ifndef TOOLS_SCENARIO_SANDBOX_RESULT_BUFFER_H_
#define TOOLS_SCENARIO_SANDBOX_RESULT_BUFFER_H_

#include <cstddef>
#include <cstring>

#include "absl/strings/string_view.h"
#include "tools/scenario/sandbox/lua.h"

namespace wsim {

// Gathers octets within the run's memory limit, outside the C stack, so that functions which call
// back into a script may nest deeply. Whatever does not fit ends the thread.
class ResultBuffer {
 public:
  explicit ResultBuffer(lua_State* L) : L_(L) {}
  ~ResultBuffer();
  ResultBuffer(const ResultBuffer&) = delete;
  ResultBuffer& operator=(const ResultBuffer&) = delete;

  // Makes room for `count` octets more.
  void Reserve(size_t count) {
    if (capacity_ - size_ < count) Grow(count);
  }
  void Append(absl::string_view octets) {
    if (octets.empty()) return;
    Reserve(octets.size());
    std::memcpy(octets_ + size_, octets.data(), octets.size());
    size_ += octets.size();
  }
  void Append(char octet) { Append(absl::string_view(&octet, 1)); }

  // Pushes the string.
  void Push() const { lua_pushlstring(L_, octets_ == nullptr ? "" : octets_, size_); }

  size_t size() const { return size_; }
  absl::string_view view() const { return absl::string_view(octets_, size_); }

 private:
  void Grow(size_t count);

  lua_State* L_;
  char* octets_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace wsim

#endif  // TOOLS_SCENARIO_SANDBOX_RESULT_BUFFER_H_
