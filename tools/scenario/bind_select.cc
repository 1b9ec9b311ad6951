// select: Winsock's with a table first, else Lua's.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "tools/scenario/bindings.h"
#include "tools/scenario/sandbox/argument.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/sandbox/object.h"

namespace wsim {
namespace {

// An fd_set with room for any number of sockets: Winsock goes by the count, not by FD_SETSIZE.
class SocketSet {
 public:
  SocketSet(lua_State* L, const Argument& list, absl::string_view name)
      : list_(list.is_absent() ? 0 : list.index()) {
    if (list_ == 0) return;
    list.ExpectTable();
    ForEachListItem(L, list_, [&](lua_Integer place) {
      handles_.push_back(ListItem<ScriptSocket>(L, name, place).handle);
    });
    words_.resize(1 + std::max<size_t>(handles_.size(), winsock::FD_SETSIZE));
    winsock::fd_set* set = get();
    set->fd_count = static_cast<winsock::u_int>(handles_.size());
    std::copy(handles_.begin(), handles_.end(), set->fd_array);
  }

  // Null where the script gave no list.
  winsock::fd_set* get() {
    return list_ == 0 ? nullptr : reinterpret_cast<winsock::fd_set*>(words_.data());
  }

  // Pushes the list of the script's sockets that are in the set, in the script's order.
  void PushReady(lua_State* L) {
    lua_newtable(L);
    if (list_ == 0) return;
    const winsock::fd_set* set = get();
    const winsock::SOCKET* end = set->fd_array + set->fd_count;
    lua_Integer ready = 0;
    for (size_t i = 0; i < handles_.size(); ++i) {
      if (std::find(set->fd_array, end, handles_[i]) == end) continue;
      lua_rawgeti(L, list_, static_cast<lua_Integer>(i) + 1);
      lua_rawseti(L, -2, ++ready);
    }
  }

 private:
  const int list_;  // index of the script's table; 0: none
  std::vector<winsock::SOCKET> handles_;
  std::vector<winsock::SOCKET>
      words_;  // the count, padded to the size of a socket, and the sockets
};

int WinsockSelect(lua_State* L) {
  const Options options(L, 1, "select", {"read", "write", "except", "timeout"});
  ExpectProcess(L);
  SocketSet read(L, options.Get("read"), "select: read");
  SocketSet write(L, options.Get("write"), "select: write");
  SocketSet except(L, options.Get("except"), "select: except");
  const Argument timeout_argument = options.Get("timeout");
  std::optional<winsock::timeval> timeout;
  if (!timeout_argument.is_absent()) {
    const int64_t microseconds = absl::ToInt64Microseconds(
        timeout_argument.Duration() + absl::Microseconds(1) - absl::Nanoseconds(1));
    timeout = winsock::timeval{static_cast<winsock::LONG>(microseconds / 1'000'000),
                               static_cast<winsock::LONG>(microseconds % 1'000'000)};
  }
  if (winsock::select(0, read.get(), write.get(), except.get(),
                      timeout.has_value() ? &*timeout : nullptr) == winsock::SOCKET_ERROR) {
    return PushLastError(L);
  }
  read.PushReady(L);
  write.PushReady(L);
  except.PushReady(L);
  return 3;
}

// Upvalue 1: Lua's own select.
int SelectFunction(lua_State* L) {
  if (lua_istable(L, 1)) return WinsockSelect(L);
  const int arguments = lua_gettop(L);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, arguments, LUA_MULTRET);
  return lua_gettop(L);
}

}  // namespace

void AddSelectBindings(lua_State* L) {
  lua_getglobal(L, "select");
  lua_pushcclosure(L, Native<SelectFunction>, 1);
  lua_setglobal(L, "select");
}

}  // namespace wsim
