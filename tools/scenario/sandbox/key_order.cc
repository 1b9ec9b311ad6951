#include "tools/scenario/sandbox/key_order.h"

#include <cmath>

#include "tools/scenario/sandbox/object.h"

namespace wsim {
namespace {

constexpr double kTwoTo63 = 9223372036854775808.0;

// Exactly, though no double holds every integer and no integer every double.
bool IntegerLess(int64_t integer, double number) {
  if (number >= kTwoTo63) return true;
  if (number < -kTwoTo63) return false;
  const double floor = std::floor(number);
  const auto whole = static_cast<int64_t>(floor);
  return integer < whole || (integer == whole && floor < number);
}

}  // namespace

Key Key::At(lua_State* L, int index) {
  Key key;
  switch (lua_type(L, index)) {
    case LUA_TNUMBER:
      key.number_ = lua_tonumber(L, index);
      if (std::isnan(key.number_)) break;  // No key, but it may be passed to `next`.
      key.rank_ = Rank::kNumber;
      {
        int is_integer = 0;  // 2.0 is the integer 2, as it is for tables.
        key.integer_ = lua_tointegerx(L, index, &is_integer);
        key.is_integer_ = is_integer != 0;
      }
      break;
    case LUA_TSTRING: {
      size_t length = 0;
      const char* octets = lua_tolstring(L, index, &length);
      key.rank_ = Rank::kString;
      key.octets_ = absl::string_view(octets, length);
      break;
    }
    case LUA_TBOOLEAN:
      key.rank_ = Rank::kBoolean;
      key.integer_ = lua_toboolean(L, index);
      break;
    case LUA_TUSERDATA:
      key.rank_ = Rank::kObject;
      key.integer_ = static_cast<int64_t>(ObjectSerial(L, index));
      break;
    default:
      break;
  }
  return key;
}

bool Key::NumberLess(const Key& a, const Key& b) {
  if (a.is_integer_ && b.is_integer_) return a.integer_ < b.integer_;
  if (a.is_integer_) return IntegerLess(a.integer_, b.number_);
  // A whole number is an integer here, so that a float never equals one.
  if (b.is_integer_) return !IntegerLess(b.integer_, a.number_);
  return a.number_ < b.number_;
}

bool operator<(const Key& a, const Key& b) {
  if (a.rank_ != b.rank_) return a.rank_ < b.rank_;
  switch (a.rank_) {
    case Key::Rank::kNumber:
      return Key::NumberLess(a, b);
    case Key::Rank::kString:
      return a.octets_ < b.octets_;
    case Key::Rank::kBoolean:
    case Key::Rank::kObject:
      return a.integer_ < b.integer_;
    case Key::Rank::kOther:
      break;
  }
  return false;
}

}  // namespace wsim
