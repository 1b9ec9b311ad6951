#include "tools/scenario/sandbox/argument.h"

#include <algorithm>
#include <cmath>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/sandbox/value_text.h"
#include "tools/units/units.h"

namespace wsim {
namespace {

constexpr int64_t kHighestPort = UINT16_MAX;

}  // namespace

void Argument::Fail(absl::string_view message) const {
  RaiseError(L_, OneLine(absl::StrCat(name_, ": ", message)));
}

void Argument::FailType(absl::string_view expected) const {
  Fail(absl::StrCat(expected, " expected, got ",
                    type() == LUA_TNONE ? "no value" : luaL_typename(L_, index_)));
}

int64_t Argument::Integer(int64_t lowest, int64_t highest) const {
  if (type() != LUA_TNUMBER) FailType("number");
  int is_integer = 0;
  const lua_Integer value = lua_tointegerx(L_, index_, &is_integer);
  if (is_integer == 0 || value < lowest || value > highest) {
    lua_pushvalue(L_, index_);
    Fail(absl::StrCat(PushText(L_, -1), " is out of range; it is a whole number from ", lowest,
                      " to ", highest));
  }
  return value;
}

int64_t Argument::IntegerOrBoolean(int64_t lowest, int64_t highest) const {
  if (type() == LUA_TBOOLEAN) return Boolean() ? 1 : 0;
  if (type() != LUA_TNUMBER) FailType("number or boolean");
  return Integer(lowest, highest);
}

bool Argument::Boolean() const {
  if (type() != LUA_TBOOLEAN) FailType("boolean");
  return lua_toboolean(L_, index_) != 0;
}

absl::string_view Argument::Text() const {
  if (lua_isstring(L_, index_) == 0) FailType("string");
  size_t length = 0;
  const char* text = lua_tolstring(L_, index_, &length);
  return absl::string_view(text, length);
}

absl::Duration Argument::Duration() const {
  absl::StatusOr<absl::Duration> duration;
  if (type() == LUA_TSTRING) {
    duration = ParseDuration(Text());
  } else if (lua_isinteger(L_, index_) != 0) {
    duration = DurationFromMilliseconds(int64_t{lua_tointeger(L_, index_)});
  } else if (type() == LUA_TNUMBER) {
    duration = DurationFromMilliseconds(double{lua_tonumber(L_, index_)});
  } else {
    FailType("a duration (text such as \"10ms\", or a number of milliseconds)");
  }
  if (!duration.ok()) Fail(duration.status().message());
  return *duration;
}

uint16_t Argument::Port() const {
  if (type() != LUA_TSTRING) return static_cast<uint16_t>(Integer(0, kHighestPort));
  absl::StatusOr<uint16_t> port = ParsePort(Text());
  if (!port.ok()) Fail(port.status().message());
  return *port;
}

int64_t Argument::Probability() const {
  absl::StatusOr<int64_t> billionths;
  if (type() == LUA_TSTRING) {
    billionths = ParseProbability(Text());
  } else if (type() == LUA_TNUMBER) {
    billionths = ProbabilityFromNumber(lua_tonumber(L_, index_));
  } else {
    FailType("a probability (a number from 0 to 1)");
  }
  if (!billionths.ok()) Fail(billionths.status().message());
  return *billionths;
}

int64_t Argument::BitsPerSecond() const {
  if (type() == LUA_TNUMBER) return Integer(1, kWidestBandwidthBitsPerSecond);
  if (type() != LUA_TSTRING) {
    FailType("a bandwidth (text such as \"100Mbps\", or a number of bits per second)");
  }
  absl::StatusOr<int64_t> bits = ParseBitsPerSecond(Text());
  if (!bits.ok()) Fail(bits.status().message());
  return *bits;
}

size_t Argument::OneOf(absl::Span<const absl::string_view> names) const {
  const absl::string_view text = Text();
  const auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) {
    Fail(absl::StrCat("'", text, "' is none of ", absl::StrJoin(names, ", ")));
  }
  return static_cast<size_t>(found - names.begin());
}

void Argument::ExpectTable() const {
  if (type() != LUA_TTABLE) FailType("table");
}

void Argument::ExpectFunction() const {
  if (type() != LUA_TFUNCTION) FailType("function");
}

Options::Options(lua_State* L, int index, absl::string_view function,
                 std::initializer_list<absl::string_view> known, bool allow_list)
    : L_(L), index_(lua_absindex(L, index)), function_(function) {
  Argument(L_, index_, function_).ExpectTable();
  // The error names the first unknown key in the order of `known`'s own text, not Lua's.
  std::string unknown;
  luaL_checkstack(L_, 3, nullptr);
  lua_pushnil(L_);
  while (lua_next(L_, index_) != 0) {
    lua_pop(L_, 1);
    if (allow_list && lua_type(L_, -1) == LUA_TNUMBER) continue;
    std::string key = lua_type(L_, -1) == LUA_TSTRING
                          ? absl::StrCat("'", Argument(L_, -1, function_).Text(), "'")
                          : absl::StrCat("a ", luaL_typename(L_, -1), " as a key");
    const bool is_known = std::any_of(known.begin(), known.end(), [&](absl::string_view name) {
      return key == absl::StrCat("'", name, "'");
    });
    if (!is_known && (unknown.empty() || key < unknown)) unknown = std::move(key);
  }
  if (!unknown.empty()) {
    RaiseError(L_, OneLine(absl::StrCat(function_, ": there is no option ", unknown,
                                        "; the options are ", absl::StrJoin(known, ", "))));
  }
}

Argument Options::Get(absl::string_view option) const {
  luaL_checkstack(L_, 1, nullptr);
  lua_pushlstring(L_, option.data(), option.size());
  lua_rawget(L_, index_);
  return Argument(L_, -1, absl::StrCat(function_, ": ", option));
}

Argument Options::Item(lua_Integer n) const {
  luaL_checkstack(L_, 1, nullptr);
  lua_rawgeti(L_, index_, n);
  return Argument(L_, -1, absl::StrCat(function_, ": item ", n));
}

lua_Integer Options::item_count() const { return static_cast<lua_Integer>(lua_rawlen(L_, index_)); }

}  // namespace wsim
