// Reading what a script passes to a function of the host. Everything wrong is an ordinary Lua
// error, one line, that names the argument and says what would be accepted.
#ifndef TOOLS_SCENARIO_SANDBOX_ARGUMENT_H_
#define TOOLS_SCENARIO_SANDBOX_ARGUMENT_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "tools/scenario/sandbox/lua.h"

namespace wsim {

// A value on the Lua stack and how errors call it, such as "sleep's duration" or "link: loss".
// Texts stay valid as long as the value stays on the stack.
class Argument {
 public:
  Argument(lua_State* L, int index, absl::string_view name)
      : L_(L), index_(lua_absindex(L, index)), name_(name) {}

  // nil, or not given.
  bool is_absent() const { return lua_isnoneornil(L_, index_); }
  // A LUA_T* constant.
  int type() const { return lua_type(L_, index_); }
  int index() const { return index_; }

  // A whole number in [lowest, highest]; 3.0 is one.
  int64_t Integer(int64_t lowest, int64_t highest) const;
  // The same, where true stands for 1 and false for 0.
  int64_t IntegerOrBoolean(int64_t lowest, int64_t highest) const;
  bool Boolean() const;
  // Octets; a number is taken as its text.
  absl::string_view Text() const;
  // Text with a unit, or a number of milliseconds.
  absl::Duration Duration() const;
  // 0 to 65535, as a number or as digits.
  uint16_t Port() const;
  // Billionths (tools/units).
  int64_t Probability() const;
  // Text with a unit, or a number of bits per second.
  int64_t BitsPerSecond() const;
  // The position in `names` of a text that must be one of them.
  size_t OneOf(absl::Span<const absl::string_view> names) const;
  // Raises an error unless the value is a table or a function.
  void ExpectTable() const;
  void ExpectFunction() const;

  // Raises "name: message".
  [[noreturn]] void Fail(absl::string_view message) const;

 private:
  [[noreturn]] void FailType(absl::string_view expected) const;

  lua_State* L_;
  int index_;
  std::string name_;
};

// A table of named options, such as that of `link` or `WSAConnect`.
class Options {
 public:
  // Raises an error unless the value at `index` is a table in which every text key is one of
  // `known`. With `allow_list`, numbers from 1 are keys too (see Item); otherwise they are an
  // error.
  Options(lua_State* L, int index, absl::string_view function,
          std::initializer_list<absl::string_view> known, bool allow_list = false);

  // The option, pushed on the stack, where it stays until the native function returns; absent when
  // the table does not have it. Fields are read without metamethods.
  Argument Get(absl::string_view option) const;
  // The n-th list item, from 1, likewise.
  Argument Item(lua_Integer n) const;
  // How many list items there are.
  lua_Integer item_count() const;

 private:
  lua_State* L_;
  int index_;
  std::string function_;
};

}  // namespace wsim

#endif  // TOOLS_SCENARIO_SANDBOX_ARGUMENT_H_
