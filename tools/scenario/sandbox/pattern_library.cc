// string.find, match, gmatch and gsub over PatternMatcher.
#include <algorithm>
#include <cstring>
#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tools/scenario/sandbox/libraries.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/sandbox/pattern.h"
#include "tools/scenario/sandbox/result_buffer.h"
#include "tools/scenario/sandbox/sandbox.h"

namespace wsim {
namespace {

// Steps of a match in the time of an instruction, and octets of a plain search.
constexpr int64_t kStepsPerInstruction = 2;
constexpr int64_t kPlainOctetsPerInstruction = 16;

absl::string_view CheckText(lua_State* L, int index) {
  size_t length = 0;
  const char* text = luaL_checklstring(L, index, &length);
  return absl::string_view(text, length);
}

// A matcher whose work is charged to the running thread.
class Search {
 public:
  Search(lua_State* L, absl::string_view subject, absl::string_view pattern)
      : L_(L), matcher_(subject, pattern) {}

  // Whether there is a match at `start`. Raises an error when the pattern is wrong.
  bool MatchAt(size_t start) {
    const int64_t allowed = Remaining();
    switch (matcher_.MatchAt(start, allowed)) {
      case PatternMatcher::Outcome::kMatched:
        return true;
      case PatternMatcher::Outcome::kNoMatch:
        return false;
      case PatternMatcher::Outcome::kWrongPattern:
        RaiseError(L_, matcher_.error());
      case PatternMatcher::Outcome::kOutOfSteps:
        break;
    }
    Settle();
    RaiseEnding(L_);
  }

  // Charges what was done so far; due before a script's function is called, and at the end.
  void Settle() {
    const int64_t done = matcher_.steps_taken() - settled_steps_;
    settled_steps_ = matcher_.steps_taken();
    Charge(L_, done / kStepsPerInstruction + 1);
  }

  // Pushes capture `i`; the whole match, from `start`, where the pattern has no captures and `i` is
  // 0.
  void PushCapture(int i, size_t start) {
    if (i >= matcher_.capture_count()) {
      if (i != 0) RaiseError(L_, absl::StrCat("invalid capture index %", i + 1));
      lua_pushlstring(L_, matcher_.subject().data() + start, matcher_.end() - start);
      return;
    }
    const PatternMatcher::Capture& capture = matcher_.capture(i);
    if (capture.length == PatternMatcher::Capture::kUnfinished) {
      RaiseError(L_, "unfinished capture");
    }
    if (capture.length == PatternMatcher::Capture::kPosition) {
      lua_pushinteger(L_, capture.start - matcher_.subject().data() + 1);
    } else {
      lua_pushlstring(L_, capture.start, static_cast<size_t>(capture.length));
    }
  }

  // Pushes all captures, or the whole match where there are none; how many values that makes.
  int PushCaptures(size_t start) {
    const int count = std::max(matcher_.capture_count(), 1);
    luaL_checkstack(L_, count, "too many captures");
    for (int i = 0; i < count; ++i) PushCapture(i, start);
    return count;
  }

  const PatternMatcher& matcher() const { return matcher_; }
  size_t end() const { return matcher_.end(); }

 private:
  int64_t Remaining() {
    const int64_t steps = Sandbox::Of(L_).host().Limits().remaining() * kStepsPerInstruction;
    return std::max<int64_t>(0, steps - (matcher_.steps_taken() - settled_steps_));
  }

  lua_State* L_;
  PatternMatcher matcher_;
  int64_t settled_steps_ = 0;
};

bool ConsumeAnchor(absl::string_view& pattern) {
  if (!absl::StartsWith(pattern, "^")) return false;
  pattern.remove_prefix(1);
  return true;
}

std::optional<size_t> FindPlain(lua_State* L, absl::string_view text, absl::string_view wanted) {
  Charge(L, static_cast<int64_t>(text.size() + wanted.size()) / kPlainOctetsPerInstruction);
  if (wanted.empty()) return 0;
  // In time linear in both lengths, which absl's and the standard library's searches are not.
  const void* found = ::memmem(text.data(), text.size(), wanted.data(), wanted.size());
  if (found == nullptr) return std::nullopt;
  return static_cast<size_t>(static_cast<const char*>(found) - text.data());
}

// find and match from the offset `start` on.
int SearchFrom(lua_State* L, absl::string_view subject, absl::string_view pattern, size_t start,
               bool is_find) {
  const bool is_anchored = ConsumeAnchor(pattern);
  Search search(L, subject, pattern);
  for (; start <= subject.size(); ++start) {
    if (search.MatchAt(start)) {
      search.Settle();
      if (!is_find) return search.PushCaptures(start);
      lua_pushinteger(L, static_cast<lua_Integer>(start) + 1);
      lua_pushinteger(L, static_cast<lua_Integer>(search.end()));
      if (search.matcher().capture_count() == 0) return 2;
      return search.PushCaptures(start) + 2;
    }
    if (is_anchored) break;
  }
  search.Settle();
  lua_pushnil(L);
  return 1;
}

// find(s, pattern [, init [, plain]])
int Find(lua_State* L) {
  const absl::string_view subject = CheckText(L, 1);
  const absl::string_view pattern = CheckText(L, 2);
  const size_t start = StartPosition(luaL_optinteger(L, 3, 1), subject.size()) - 1;
  if (start > subject.size()) {
    lua_pushnil(L);
    return 1;
  }
  const bool is_plain =
      lua_toboolean(L, 4) != 0 || pattern.find_first_of("^$*+?.([%-") == absl::string_view::npos;
  if (!is_plain) return SearchFrom(L, subject, pattern, start, /*is_find=*/true);
  const std::optional<size_t> found = FindPlain(L, subject.substr(start), pattern);
  if (!found.has_value()) {
    lua_pushnil(L);
    return 1;
  }
  lua_pushinteger(L, static_cast<lua_Integer>(start + *found) + 1);
  lua_pushinteger(L, static_cast<lua_Integer>(start + *found + pattern.size()));
  return 2;
}

// match(s, pattern [, init])
int MatchFunction(lua_State* L) {
  const absl::string_view subject = CheckText(L, 1);
  const absl::string_view pattern = CheckText(L, 2);
  const size_t start = StartPosition(luaL_optinteger(L, 3, 1), subject.size()) - 1;
  if (start > subject.size()) {
    lua_pushnil(L);
    return 1;
  }
  return SearchFrom(L, subject, pattern, start, /*is_find=*/false);
}

// The iterator of gmatch. Upvalues: the subject, the pattern, the offset to go on from, and the end
// of the last match, where no empty one may follow (-1 at first).
int NextMatch(lua_State* L) {
  const absl::string_view subject = CheckText(L, lua_upvalueindex(1));
  const absl::string_view pattern = CheckText(L, lua_upvalueindex(2));
  const lua_Integer last_end = lua_tointeger(L, lua_upvalueindex(4));
  Search search(L, subject, pattern);
  for (auto start = static_cast<size_t>(lua_tointeger(L, lua_upvalueindex(3)));
       start <= subject.size(); ++start) {
    if (!search.MatchAt(start)) continue;
    const auto end = static_cast<lua_Integer>(search.end());
    if (end == last_end) continue;
    search.Settle();
    for (int upvalue : {3, 4}) {
      lua_pushinteger(L, end);
      lua_replace(L, lua_upvalueindex(upvalue));
    }
    return search.PushCaptures(start);
  }
  search.Settle();
  return 0;
}

// gmatch(s, pattern [, init])
int GlobalMatch(lua_State* L) {
  const size_t size = CheckText(L, 1).size();
  CheckText(L, 2);
  const size_t start = std::min(StartPosition(luaL_optinteger(L, 3, 1), size) - 1, size + 1);
  lua_settop(L, 2);
  lua_pushinteger(L, static_cast<lua_Integer>(start));
  lua_pushinteger(L, -1);
  lua_pushcclosure(L, Native<NextMatch>, 4);
  return 1;
}

// Appends a replacement text, in which %0 to %9 stand for captures.
void AppendReplacementText(lua_State* L, Search& search, size_t start, ResultBuffer& result) {
  absl::string_view text = CheckText(L, 3);
  while (true) {
    const size_t escape = text.find('%');
    result.Append(text.substr(0, escape));
    if (escape == absl::string_view::npos) return;
    const char c = escape + 1 < text.size() ? text[escape + 1] : '\0';
    if (c == '%') {
      result.Append('%');
    } else if (c == '0') {
      result.Append(search.matcher().subject().substr(start, search.end() - start));
    } else if (c >= '1' && c <= '9') {
      search.PushCapture(c - '1', start);
      result.Append(CheckText(L, -1));
      lua_pop(L, 1);
    } else {
      RaiseError(L, "invalid use of '%' in replacement string");
    }
    text.remove_prefix(escape + 2);
  }
}

// Appends what stands for the match from `start`. False when it stays as it is.
bool AppendReplacement(lua_State* L, Search& search, size_t start, ResultBuffer& result) {
  switch (lua_type(L, 3)) {
    case LUA_TFUNCTION: {
      search.Settle();
      lua_pushvalue(L, 3);
      const int captures = search.PushCaptures(start);
      lua_call(L, captures, 1);
      break;
    }
    case LUA_TTABLE:
      search.Settle();
      search.PushCapture(0, start);
      lua_gettable(L, 3);
      break;
    default:
      AppendReplacementText(L, search, start, result);
      return true;
  }
  const absl::string_view match = search.matcher().subject().substr(start, search.end() - start);
  if (lua_toboolean(L, -1) == 0) {
    result.Append(match);
    lua_pop(L, 1);
    return false;
  }
  if (lua_isstring(L, -1) == 0) {
    RaiseError(L, absl::StrCat("invalid replacement value (a ", luaL_typename(L, -1), ")"));
  }
  result.Append(CheckText(L, -1));
  lua_pop(L, 1);
  return true;
}

// gsub(s, pattern, replacement [, most])
int GlobalSubstitute(lua_State* L) {
  const absl::string_view subject = CheckText(L, 1);
  absl::string_view pattern = CheckText(L, 2);
  const int type = lua_type(L, 3);
  if (type != LUA_TNUMBER && type != LUA_TSTRING && type != LUA_TFUNCTION && type != LUA_TTABLE) {
    return luaL_typeerror(L, 3, "string/function/table");
  }
  const lua_Integer most = luaL_optinteger(L, 4, static_cast<lua_Integer>(subject.size()) + 1);
  const bool is_anchored = ConsumeAnchor(pattern);
  Search search(L, subject, pattern);
  ResultBuffer result(L);
  bool is_changed = false;
  std::optional<size_t> last_end;
  lua_Integer count = 0;
  size_t start = 0;
  while (count < most) {
    if (search.MatchAt(start) && search.end() != last_end) {
      ++count;
      const size_t end = search.end();
      if (AppendReplacement(L, search, start, result)) is_changed = true;
      start = end;
      last_end = end;
    } else if (start < subject.size()) {
      result.Append(subject[start++]);
    } else {
      break;
    }
    if (is_anchored) break;
  }
  search.Settle();
  if (is_changed) {
    result.Append(subject.substr(std::min(start, subject.size())));
    result.Push();
  } else {
    lua_pushvalue(L, 1);
  }
  lua_pushinteger(L, count);
  return 2;
}

constexpr luaL_Reg kFunctions[] = {{"find", Native<Find>},
                                   {"gmatch", Native<GlobalMatch>},
                                   {"gsub", Native<GlobalSubstitute>},
                                   {"match", Native<MatchFunction>},
                                   {nullptr, nullptr}};

}  // namespace

void AddPatternFunctions(lua_State* L) { luaL_setfuncs(L, kFunctions, 0); }

}  // namespace wsim
