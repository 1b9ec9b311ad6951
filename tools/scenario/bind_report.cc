// What a run says about itself.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "stack/names.h"
#include "tools/catalog/provider_description.h"
#include "tools/scenario/bindings.h"
#include "tools/scenario/sandbox/argument.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/sandbox/value_text.h"
#include "tools/scenario/scenario_host.h"

namespace wsim {
namespace {

// "file:line: " of the script's code that is calling.
std::string Where(lua_State* L) {
  luaL_where(L, 1);
  std::string where = lua_tostring(L, -1);
  lua_pop(L, 1);
  return where;
}

int NoteFunction(lua_State* L) {
  ChargeForCall(L);
  const absl::string_view text = PushText(L, 1);
  ChargeForOctets(L, text.size());
  ScenarioHost::Of(L).Note(text);
  return 0;
}

int StepFunction(lua_State* L) {
  ChargeForCall(L);
  const absl::string_view label = OctetsArgument(L, Argument(L, 1, "step: label"));
  ScenarioHost::Of(L).Step(label, OctetsArgument(L, Argument(L, 2, "step: text")));
  return 0;
}

int OutcomeFunction(lua_State* L) {
  ChargeForCall(L);
  const absl::string_view name = OctetsArgument(L, Argument(L, 1, "outcome: name"));
  if (name.empty()) RaiseError(L, "outcome: name: expected at least one character");
  if (lua_gettop(L) < 2) RaiseError(L, "outcome: value expected");
  // A failed call's results, nil and the error, are shown as the error.
  const int first = lua_isnil(L, 2) && lua_gettop(L) > 2 ? 3 : 2;
  std::string value = OutcomeText(L, first);
  ChargeForOctets(L, value.size());
  const absl::Status added = ScenarioHost::Of(L).AddOutcome(OneLine(name), std::move(value));
  if (!added.ok()) RaiseError(L, absl::StrCat("outcome: ", added.message()));
  return 0;
}

int CheckFunction(lua_State* L) {
  ChargeForCall(L);
  const bool held = lua_toboolean(L, 1) != 0;
  const Argument text(L, 2, "check: text");
  const std::string what = text.is_absent() ? "" : OneLine(OctetsArgument(L, text));
  ScenarioHost::Of(L).Check(
      held,
      held ? what : absl::StrCat(Where(L), "check failed", text.is_absent() ? "" : ": ", what));
  lua_pushboolean(L, held ? 1 : 0);
  return 1;
}

int ProviderFunction(lua_State* L) {
  const ProviderDescription description = Describe(ScenarioHost::Of(L).provider());
  lua_newtable(L);
  const auto set_text = [L](const char* field, absl::string_view text) {
    PushOctets(L, text);
    lua_setfield(L, -2, field);
  };
  const auto set_number = [L](const char* field, int64_t number) {
    lua_pushinteger(L, number);
    lua_setfield(L, -2, field);
  };
  const auto set_list = [L](const char* field, const std::vector<std::string>& texts) {
    lua_newtable(L);
    for (size_t i = 0; i < texts.size(); ++i) {
      PushOctets(L, texts[i]);
      lua_rawseti(L, -2, static_cast<lua_Integer>(i) + 1);
    }
    lua_setfield(L, -2, field);
  };
  set_text("name", description.name);
  set_text("description", description.description);
  set_text("address_family", description.address_family);
  set_text("socket_type", description.socket_type);
  set_text("protocol", description.protocol);
  if (description.max_message_size.has_value()) {
    set_number("max_message_size", *description.max_message_size);
  }
  set_number("service_flags1", description.service_flags1);
  set_list("flags", description.flags);
  set_number("connect_data_max", description.connect_data_max);
  set_number("accept_data_max", description.accept_data_max);
  set_number("disconnect_data_max", description.disconnect_data_max);
  set_number("disconnect_reply_data_max", description.disconnect_reply_data_max);
  set_list("chain", description.chain);
  return 1;
}

}  // namespace

void AddReportBindings(lua_State* L) {
  AddGlobal(L, "note", Native<NoteFunction>);
  AddGlobal(L, "step", Native<StepFunction>);
  AddGlobal(L, "outcome", Native<OutcomeFunction>);
  AddGlobal(L, "check", Native<CheckFunction>);
  AddGlobal(L, "provider", Native<ProviderFunction>);
}

}  // namespace wsim
