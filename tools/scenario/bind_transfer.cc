// Sending and receiving.
#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

#include "stack/names.h"
#include "tools/scenario/bindings.h"
#include "tools/scenario/sandbox/argument.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/sandbox/sandbox.h"

namespace wsim {
namespace {

constexpr size_t kReceiveDefault = 65536;  // octets

uint32_t FlagsArgument(lua_State* L, int index, absl::string_view what) {
  return BitsArgument(L, index, what, winsock::MessageFlagNames());
}

// Room for what a call receives. Not cleared: it may be much more than comes.
struct ReceiveBuffer {
  ReceiveBuffer(lua_State* L, absl::string_view what) {
    const Argument max(L, 2, what);
    size = max.is_absent()
               ? kReceiveDefault
               : static_cast<size_t>(max.Integer(0, static_cast<int64_t>(Sandbox::kMemoryLimit)));
    octets.reset(new char[size]);
  }
  absl::string_view first(size_t count) const { return {octets.get(), std::min(count, size)}; }

  size_t size = 0;
  std::unique_ptr<char[]> octets;
};

// Pushes what was received, counted.
void PushReceived(lua_State* L, absl::string_view octets) {
  ChargeForOctets(L, octets.size());
  PushOctets(L, octets);
}

int SendMethod(lua_State* L) {
  ScriptSocket& s = SocketArgument(L);
  const absl::string_view data = OctetsArgument(L, Argument(L, 2, "send: data"));
  const int flags = static_cast<int>(FlagsArgument(L, 3, "send: flags"));
  if ((flags & winsock::MSG_PARTIAL) != 0) {  // only the newer call has it
    winsock::WSABUF buffer{static_cast<winsock::u_long>(data.size()),
                           const_cast<char*>(data.data())};
    winsock::DWORD sent = 0;
    if (winsock::WSASend(s.handle, &buffer, 1, &sent, static_cast<winsock::DWORD>(flags), nullptr,
                         nullptr) == winsock::SOCKET_ERROR) {
      return PushLastError(L);
    }
    lua_pushinteger(L, sent);
    return 1;
  }
  const int sent = winsock::send(s.handle, data.data(), static_cast<int>(data.size()), flags);
  if (sent == winsock::SOCKET_ERROR) return PushLastError(L);
  lua_pushinteger(L, sent);
  return 1;
}

bool IsMessageOriented(const ProviderEntry& entry) {
  return entry.registration.capabilities.message_oriented;
}

int RecvMethod(lua_State* L) {
  ScriptSocket& s = SocketArgument(L);
  const ReceiveBuffer buffer(L, "recv: max");
  const int flags = static_cast<int>(FlagsArgument(L, 3, "recv: flags"));
  if (!IsMessageOriented(*s.entry)) {
    const int count =
        winsock::recv(s.handle, buffer.octets.get(), static_cast<int>(buffer.size), flags);
    if (count == winsock::SOCKET_ERROR) return PushLastError(L);
    PushReceived(L, buffer.first(static_cast<size_t>(count)));
    return 1;
  }
  winsock::WSABUF wsabuf{static_cast<winsock::u_long>(buffer.size), buffer.octets.get()};
  winsock::DWORD count = 0;
  winsock::DWORD in_out_flags = static_cast<winsock::DWORD>(flags);
  if (winsock::WSARecv(s.handle, &wsabuf, 1, &count, &in_out_flags, nullptr, nullptr) ==
      winsock::SOCKET_ERROR) {
    return PushLastError(L);
  }
  PushReceived(L, buffer.first(count));
  if ((in_out_flags & winsock::MSG_PARTIAL) == 0) return 1;
  PushOctets(L, "MSG_PARTIAL");
  return 2;
}

int SendtoMethod(lua_State* L) {
  ScriptSocket& s = SocketArgument(L);
  const absl::string_view data = OctetsArgument(L, Argument(L, 2, "sendto: data"));
  transport::Address to;
  if (const int results = ParseAddress(L, *s.entry, Argument(L, 3, "sendto: address").Text(), to)) {
    return results;
  }
  const int sent = winsock::sendto(s.handle, data.data(), static_cast<int>(data.size()), 0,
                                   ToSockaddr(to), static_cast<int>(to.size()));
  if (sent == winsock::SOCKET_ERROR) return PushLastError(L);
  lua_pushinteger(L, sent);
  return 1;
}

int RecvfromMethod(lua_State* L) {
  ScriptSocket& s = SocketArgument(L);
  const ReceiveBuffer buffer(L, "recvfrom: max");
  std::vector<uint8_t> from(s.entry->registration.addresses->max_size());
  int from_length = static_cast<int>(from.size());
  const int count =
      winsock::recvfrom(s.handle, buffer.octets.get(), static_cast<int>(buffer.size), 0,
                        reinterpret_cast<winsock::sockaddr*>(from.data()), &from_length);
  if (count == winsock::SOCKET_ERROR) return PushLastError(L);
  PushReceived(L, buffer.first(static_cast<size_t>(count)));
  PushOctets(L, AddressText(L, *s.entry, from));
  return 2;
}

}  // namespace

absl::Span<const luaL_Reg> TransferMethods() {
  static constexpr luaL_Reg kMethods[] = {
      {"send", Native<SendMethod>},
      {"recv", Native<RecvMethod>},
      {"sendto", Native<SendtoMethod>},
      {"recvfrom", Native<RecvfromMethod>},
  };
  return kMethods;
}

}  // namespace wsim
