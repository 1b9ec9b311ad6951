// Event objects and network events.
#include <string>
#include <vector>

#include "sim/process.h"
#include "sim/thread.h"
#include "stack/names.h"
#include "tools/scenario/bindings.h"
#include "tools/scenario/sandbox/argument.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/sandbox/object.h"

namespace wsim {
namespace {

int PushBool(lua_State* L, winsock::BOOL result) {
  if (result == winsock::FALSE) return PushLastError(L);
  lua_pushboolean(L, 1);
  return 1;
}

int WSACreateEventFunction(lua_State* L) {
  ExpectProcess(L);
  ChargeForNewObject(L);
  const winsock::WSAEVENT event = winsock::WSACreateEvent();
  if (event == winsock::WSA_INVALID_EVENT) return PushLastError(L);
  NewObject(L, ScriptEvent::kType, ScriptEvent{event, sim::Thread::Current()->process().number()});
  return 1;
}

using EventCall = winsock::BOOL(WSAAPI*)(winsock::WSAEVENT);

template <EventCall kCall>
int EventMethod(lua_State* L) {
  const ScriptEvent& event = EventArgument(L);
  return IsOwnEvent(event) ? PushBool(L, kCall(event.handle)) : PushError(L, winsock::WSAENOTSOCK);
}

// The event object at `index`, null where it is absent.
const ScriptEvent* OptionalEvent(lua_State* L, int index) {
  if (lua_isnoneornil(L, index)) return nullptr;
  return &CheckObject<ScriptEvent>(L, index, ScriptEvent::kType);
}

winsock::WSAEVENT HandleOf(const ScriptEvent* event) {
  return event == nullptr ? winsock::WSA_INVALID_EVENT : event->handle;
}

int WSAEventSelectMethod(lua_State* L) {
  ScriptSocket& s = SocketArgument(L);
  const ScriptEvent* event = OptionalEvent(L, 2);
  const uint32_t mask =
      BitsArgument(L, 3, "WSAEventSelect: network events", winsock::NetworkEventNames());
  if (event != nullptr && !IsOwnEvent(*event)) return PushError(L, winsock::WSAENOTSOCK);
  return PushResult(
      L, winsock::WSAEventSelect(s.handle, HandleOf(event), static_cast<winsock::LONG>(mask)));
}

int WSAEnumNetworkEventsMethod(lua_State* L) {
  ScriptSocket& s = SocketArgument(L);
  const ScriptEvent* event_object = OptionalEvent(L, 2);
  if (event_object != nullptr && !IsOwnEvent(*event_object)) {
    return PushError(L, winsock::WSAENOTSOCK);
  }
  winsock::WSANETWORKEVENTS events{};
  if (winsock::WSAEnumNetworkEvents(s.handle, HandleOf(event_object), &events) ==
      winsock::SOCKET_ERROR) {
    return PushLastError(L);
  }
  lua_newtable(L);
  for (int bit = 0; bit < winsock::FD_MAX_EVENTS; ++bit) {
    const winsock::LONG event = winsock::LONG{1} << bit;
    if ((events.lNetworkEvents & event) == 0) continue;
    PushOctets(L, winsock::NameIn(winsock::NetworkEventNames(), event));
    PushOctets(L, winsock::Name(events.iErrorCode[bit]));
    lua_rawset(L, -3);
  }
  return 1;
}

int WSAWaitForMultipleEventsFunction(lua_State* L) {
  const Argument list(L, 1, "WSAWaitForMultipleEvents: events");
  list.ExpectTable();
  ExpectProcess(L);
  std::vector<winsock::WSAEVENT> events;
  bool is_own = true;
  ForEachListItem(L, list.index(), [&](lua_Integer place) {
    const ScriptEvent& event = ListItem<ScriptEvent>(L, "WSAWaitForMultipleEvents: events", place);
    is_own = is_own && IsOwnEvent(event);
    events.push_back(event.handle);
  });
  winsock::BOOL all = winsock::FALSE;
  winsock::BOOL alertable = winsock::FALSE;
  winsock::DWORD timeout = winsock::WSA_INFINITE;
  if (!lua_isnoneornil(L, 2)) {
    const Options options(L, 2, "WSAWaitForMultipleEvents", {"all", "timeout", "alertable"});
    if (const Argument a = options.Get("all"); !a.is_absent()) all = a.Boolean() ? 1 : 0;
    if (const Argument a = options.Get("alertable"); !a.is_absent()) {
      alertable = a.Boolean() ? 1 : 0;
    }
    timeout = TimeoutMilliseconds(options.Get("timeout"));
  }
  if (!is_own) return PushError(L, winsock::WSAENOTSOCK);
  const winsock::DWORD result = winsock::WSAWaitForMultipleEvents(
      static_cast<winsock::DWORD>(events.size()), events.data(), all, timeout, alertable);
  if (result == winsock::WSA_WAIT_FAILED) return PushLastError(L);
  if (result == winsock::WSA_WAIT_TIMEOUT || result == winsock::WSA_WAIT_IO_COMPLETION) {
    lua_pushnil(L);
    PushOctets(L,
               result == winsock::WSA_WAIT_TIMEOUT ? "WSA_WAIT_TIMEOUT" : "WSA_WAIT_IO_COMPLETION");
    return 2;
  }
  lua_pushinteger(L, result - winsock::WSA_WAIT_EVENT_0 + 1);
  return 1;
}

}  // namespace

absl::Span<const luaL_Reg> EventMethods() {
  static constexpr luaL_Reg kMethods[] = {
      {"WSAEventSelect", Native<WSAEventSelectMethod>},
      {"WSAEnumNetworkEvents", Native<WSAEnumNetworkEventsMethod>},
  };
  return kMethods;
}

void AddEventBindings(lua_State* L) {
  static constexpr luaL_Reg kMethods[] = {
      {"set", Native<EventMethod<winsock::WSASetEvent>>},
      {"reset", Native<EventMethod<winsock::WSAResetEvent>>},
      {"close", Native<EventMethod<winsock::WSACloseEvent>>},
      {nullptr, nullptr},
  };
  DefineObjectType(L, ScriptEvent::kType, kMethods);
  AddGlobal(L, "WSACreateEvent", Native<WSACreateEventFunction>);
  AddGlobal(L, "WSAWaitForMultipleEvents", Native<WSAWaitForMultipleEventsFunction>);
}

}  // namespace wsim
