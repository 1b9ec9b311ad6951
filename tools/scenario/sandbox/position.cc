#include "tools/scenario/sandbox/position.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace wsim {

std::string ScriptPosition(lua_State* L, int level) {
  lua_Debug frame;
  for (const int end = level + kSearchedFrames; level < end && lua_getstack(L, level, &frame) != 0;
       ++level) {
    lua_getinfo(L, "Sl", &frame);
    if (frame.currentline <= 0) continue;
    absl::string_view chunk(frame.source, frame.srclen);
    if (!absl::ConsumePrefix(&chunk, "@")) chunk = frame.short_src;
    return absl::StrCat(chunk, ":", frame.currentline, ": ");
  }
  return "";
}

}  // namespace wsim
