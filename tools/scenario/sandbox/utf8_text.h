// Octets as text that every terminal and every JSON reader takes. Knows no Lua.
#ifndef TOOLS_SCENARIO_SANDBOX_UTF8_TEXT_H_
#define TOOLS_SCENARIO_SANDBOX_UTF8_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace wsim {

// The text with each octet that is not part of valid UTF-8 as \xNN; all else stays.
std::string EscapeInvalidUtf8(absl::string_view octets);

// The text as one line of valid UTF-8: line ends and other control characters as \n or \xNN.
std::string OneLine(absl::string_view octets);

}  // namespace wsim

#endif  // TOOLS_SCENARIO_SANDBOX_UTF8_TEXT_H_
