// Quality of service as a Lua table: {sending = {TokenRate = ..., ...}, receiving = {...}}.
#ifndef TOOLS_SCENARIO_QOS_TABLE_H_
#define TOOLS_SCENARIO_QOS_TABLE_H_

#include "stack/winsock2.h"
#include "tools/scenario/sandbox/argument.h"
#include "tools/scenario/sandbox/lua.h"

namespace wsim {

// Reads the table; members that are not named are QOS_NOT_SPECIFIED, a direction that is not there
// is best effort.
winsock::QOS ReadQos(lua_State* L, const Argument& argument);
// Pushes the table; nil for null.
void PushQos(lua_State* L, const winsock::QOS* qos);

}  // namespace wsim

#endif  // TOOLS_SCENARIO_QOS_TABLE_H_
