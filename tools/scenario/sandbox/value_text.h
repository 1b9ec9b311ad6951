// Lua values as text that is the same in every run: no addresses.
#ifndef TOOLS_SCENARIO_SANDBOX_VALUE_TEXT_H_
#define TOOLS_SCENARIO_SANDBOX_VALUE_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "tools/scenario/sandbox/lua.h"
#include "tools/scenario/sandbox/utf8_text.h"  // IWYU pragma: export

namespace wsim {

// Pushes what `tostring` gives, and returns it: __tostring's answer where there is one; a string or
// number as Lua writes it; nil, true, false; else the type alone ("table", or its __name). May run
// script code and raise errors, as __tostring may.
absl::string_view PushText(lua_State* L, int index);

// What an outcome of the values from `first` to the top shows: strings as they are, others by
// `tostring`, joined by ", "; octets that are not UTF-8 as \xNN.
std::string OutcomeText(lua_State* L, int first);

}  // namespace wsim

#endif  // TOOLS_SCENARIO_SANDBOX_VALUE_TEXT_H_
