// The order in which keys of a table are visited. Private to the sandbox.
#ifndef TOOLS_SCENARIO_SANDBOX_KEY_ORDER_H_
#define TOOLS_SCENARIO_SANDBOX_KEY_ORDER_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "tools/scenario/sandbox/lua.h"

namespace wsim {

// A value as a key: numbers by value, then strings by octets, then false and true, then wsim's own
// objects in the order of their making, then all others, which have no order among themselves. Two
// different keys of the same table are never equal in this order unless both have none.
class Key {
 public:
  // The value at `index`, whose octets the key refers to when it is a string.
  static Key At(lua_State* L, int index);

  bool has_order() const { return rank_ != Rank::kOther; }
  friend bool operator<(const Key& a, const Key& b);

 private:
  enum class Rank : uint8_t { kNumber, kString, kBoolean, kObject, kOther };

  static bool NumberLess(const Key& a, const Key& b);

  Rank rank_ = Rank::kOther;
  bool is_integer_ = false;
  // A number that is whole, a boolean, or an object's serial; else 0.
  int64_t integer_ = 0;
  double number_ = 0;
  absl::string_view octets_;
};

}  // namespace wsim

#endif  // TOOLS_SCENARIO_SANDBOX_KEY_ORDER_H_
