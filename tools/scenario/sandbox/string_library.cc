// The string library but for patterns: what needs no addresses, and is charged for what it does.
#include <algorithm>

#include "tools/scenario/sandbox/libraries.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/sandbox/result_buffer.h"
#include "tools/scenario/sandbox/sandbox.h"
#include "tools/scenario/sandbox/value_text.h"

namespace wsim {
namespace {

constexpr int64_t kOctetsPerInstruction = 4;

absl::string_view CheckText(lua_State* L, int index) {
  size_t length = 0;
  const char* text = luaL_checklstring(L, index, &length);
  return absl::string_view(text, length);
}

void ChargeOctets(lua_State* L, size_t octets) {
  Charge(L, static_cast<int64_t>(octets) / kOctetsPerInstruction);
}

// rep(s, n [, sep])
int Repeat(lua_State* L) {
  const absl::string_view text = CheckText(L, 1);
  const lua_Integer count = luaL_checkinteger(L, 2);
  size_t separator_size = 0;
  const char* separator_text = luaL_optlstring(L, 3, "", &separator_size);
  const absl::string_view separator(separator_text, separator_size);
  const size_t once = text.size() + separator.size();
  if (count <= 0 || once == 0) {
    lua_pushliteral(L, "");
    return 1;
  }
  MemoryLimit& memory = Sandbox::Of(L).memory();
  if (static_cast<uint64_t>(count) > memory.limit() / once) {
    memory.Exhaust();
    RaiseEnding(L);
  }
  ResultBuffer result(L);
  const size_t whole = once * static_cast<size_t>(count) - separator.size();
  result.Reserve(whole);
  result.Append(text);
  if (count > 1) {
    result.Append(separator);
    result.Append(text);
  }
  // What is there repeats with a period of `once`: doubling copies it in few steps.
  while (result.size() < whole) {
    const size_t start = text.size();
    const size_t available = result.size() - start;
    const size_t size = std::min(available, whole - result.size());
    result.Append(result.view().substr(start, size));
  }
  result.Push();
  return 1;
}

// Makes the arguments of a format's %s text without addresses, and refuses %p.
void PrepareFormatArguments(lua_State* L, absl::string_view format) {
  int argument = 1;
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') continue;
    if (++i < format.size() && format[i] == '%') continue;
    i = std::min(format.find_first_not_of("-+ #0123456789.", i), format.size());
    ++argument;
    if (i == format.size()) return;
    if (format[i] == 'p') {
      RaiseError(L, "string.format: '%p' is refused: addresses differ from run to run");
    }
    if (format[i] == 's' && !lua_isnone(L, argument)) {
      PushText(L, argument);
      lua_replace(L, argument);
    }
  }
}

int Format(lua_State* L) {
  const absl::string_view format = CheckText(L, 1);
  ChargeOctets(L, format.size());
  PrepareFormatArguments(L, format);
  return CallWrapped(L);
}

int Byte(lua_State* L) {
  const size_t length = CheckText(L, 1).size();
  const lua_Integer first = luaL_optinteger(L, 2, 1);
  const size_t start = StartPosition(first, length);
  const size_t end = EndPosition(luaL_optinteger(L, 3, first), length);
  if (end >= start) ChargeOctets(L, end - start);
  return CallWrapped(L);
}

// For functions whose work is their arguments' text: those, and nothing else, can be long.
int ChargedForText(lua_State* L) {
  size_t octets = 0;
  for (int i = 1; i <= lua_gettop(L); ++i) {
    if (lua_type(L, i) == LUA_TSTRING) octets += lua_rawlen(L, i);
  }
  ChargeOctets(L, octets);
  return CallWrapped(L);
}

// unpack reads little of a long text, unless it looks for the end of a zero-terminated string.
int Unpack(lua_State* L) {
  const absl::string_view format = CheckText(L, 1);
  ChargeOctets(L, format.size());
  if (format.find('z') != absl::string_view::npos) ChargeOctets(L, CheckText(L, 2).size() / 16);
  return CallWrapped(L);
}

}  // namespace

void AddStringFunctions(lua_State* L) {
  Wrap(L, "byte", Native<Byte>);
  Wrap(L, "format", Native<Format>);
  Wrap(L, "lower", Native<ChargedForText>);
  Wrap(L, "pack", Native<ChargedForText>);
  Wrap(L, "packsize", Native<ChargedForText>);
  Wrap(L, "reverse", Native<ChargedForText>);
  Wrap(L, "unpack", Native<Unpack>);
  Wrap(L, "upper", Native<ChargedForText>);
  lua_pushcfunction(L, Native<Repeat>);
  lua_setfield(L, -2, "rep");
}

}  // namespace wsim
