#include "tools/scenario/bindings.h"

#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/process.h"
#include "sim/thread.h"
#include "stack/names.h"
#include "tools/scenario/sandbox/argument.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/sandbox/object.h"
#include "tools/scenario/scenario_host.h"

namespace wsim {
namespace {

// How scripts write the address that stands for every one of a host's own.
constexpr absl::string_view kAnyHost = "*";

}  // namespace

int AddBindings(lua_State* L) {
  AddNetworkBindings(L);
  AddProcessBindings(L);
  AddReportBindings(L);
  AddSocketBindings(L);
  AddEventBindings(L);
  AddSelectBindings(L);
  return 0;
}

void AddGlobal(lua_State* L, const char* name, lua_CFunction function) {
  lua_pushcfunction(L, function);
  lua_setglobal(L, name);
}

void ChargeForCall(lua_State* L) {
  constexpr int64_t kWork = 100;
  Charge(L, kWork);
}

void ChargeForNewObject(lua_State* L) {
  constexpr int64_t kWork = 500;
  Charge(L, kWork);
}

void ChargeForOctets(lua_State* L, size_t octets) {
  constexpr size_t kOctetsPerInstruction = 32;
  Charge(L, static_cast<int64_t>(octets / kOctetsPerInstruction));
}

void ChargeForListItem(lua_State* L) {
  constexpr int64_t kWork = 10;
  Charge(L, kWork);
}

absl::string_view OctetsArgument(lua_State* L, const Argument& argument) {
  const absl::string_view octets = argument.Text();
  ChargeForOctets(L, octets.size());
  return octets;
}

void ExpectProcess(lua_State* L) {
  if (sim::Thread::Current() == nullptr) {
    RaiseError(L, "only a process can do this: call it in a function given to process or thread");
  }
  ChargeForCall(L);
}

void ExpectNotAt(lua_State* L) {
  if (sim::Thread::Current() == nullptr && !ScenarioHost::Of(L).is_loading()) {
    RaiseError(L,
               "not in a function given to at: there are faults, note, step, outcome, check, now");
  }
}

void ExpectRunning(lua_State* L) {
  ChargeForCall(L);
  if (ScenarioHost::Of(L).is_loading()) {
    RaiseError(
        L, "this has no meaning before time 0: call it in a process, or in a function given to at");
  }
}

ScriptSocket& SocketArgument(lua_State* L) {
  ScriptSocket& socket = CheckObject<ScriptSocket>(L, 1, ScriptSocket::kType);
  ExpectProcess(L);
  return socket;
}

ScriptEvent& EventArgument(lua_State* L) {
  ScriptEvent& event = CheckObject<ScriptEvent>(L, 1, ScriptEvent::kType);
  ExpectProcess(L);
  return event;
}

bool IsOwnEvent(const ScriptEvent& event) {
  return event.process == sim::Thread::Current()->process().number();
}

void PushSocket(lua_State* L, winsock::SOCKET handle, const ProviderEntry* entry) {
  NewObject(L, ScriptSocket::kType, ScriptSocket{handle, entry});
}

void PushOctets(lua_State* L, absl::string_view octets) {
  lua_pushlstring(L, octets.data(), octets.size());
}

int PushError(lua_State* L, int error) {
  lua_pushnil(L);
  const absl::string_view name = winsock::Name(error);
  PushOctets(L, name.empty() ? absl::StrCat("error ", error) : name);
  return 2;
}

int PushLastError(lua_State* L) { return PushError(L, winsock::WSAGetLastError()); }

int PushTrue(lua_State* L) {
  lua_pushboolean(L, 1);
  return 1;
}

int PushFault(lua_State* L, const absl::Status& status) {
  if (status.ok()) return PushTrue(L);
  if (!absl::IsFailedPrecondition(status)) RaiseError(L, status.message());
  lua_pushnil(L);
  PushOctets(L, status.message());
  return 2;
}

int PushResult(lua_State* L, int result) {
  return result == winsock::SOCKET_ERROR ? PushLastError(L) : PushTrue(L);
}

uint32_t BitsArgument(lua_State* L, int index, absl::string_view what,
                      absl::Span<const winsock::NamedNumber> names) {
  const Argument argument(L, index, what);
  if (argument.is_absent()) return 0;
  const std::optional<uint32_t> bits = winsock::BitsOfNames(names, argument.Text());
  if (!bits.has_value()) {
    std::string known;
    for (const winsock::NamedNumber& named : names) {
      absl::StrAppend(&known, known.empty() ? "" : ", ", named.name);
    }
    argument.Fail(absl::StrCat("expected names joined by \"+\", of ", known));
  }
  return *bits;
}

int ParseAddress(lua_State* L, const ProviderEntry& entry, absl::string_view text,
                 transport::Address& address) {
  const transport::AddressFormat& format = *entry.registration.addresses;
  const size_t colon = text.rfind(':');
  const absl::string_view host_name = text.substr(0, colon);
  uint32_t port = 0;
  const bool has_port = colon != absl::string_view::npos;
  const bool port_is_good = has_port && absl::SimpleAtoi(text.substr(colon + 1), &port) &&
                            port <= UINT16_MAX && text[colon + 1] >= '0' && text[colon + 1] <= '9';
  const sim::Host* host = ScenarioHost::Of(L).world().network().FindHost(host_name);
  if (host != nullptr || host_name == kAnyHost) {
    if (has_port && !port_is_good) RaiseError(L, absl::StrCat("not a port in \"", text, "\""));
    address = host == nullptr ? format.Wildcard(static_cast<uint16_t>(port))
                              : format.OfHost(host->number(), static_cast<uint16_t>(port));
    return 0;
  }
  const absl::StatusOr<transport::Address> parsed = format.FromText(text);
  if (!parsed.ok()) return PushError(L, winsock::WSAHOST_NOT_FOUND);
  address = *parsed;
  return 0;
}

std::string AddressText(lua_State* L, const ProviderEntry& entry,
                        absl::Span<const uint8_t> octets) {
  const transport::AddressFormat& format = *entry.registration.addresses;
  if (format.Check(octets) != transport::AddressCheck::kGood) return "";
  const transport::Address address = format.Canonical(octets);
  if (format.IsWildcard(address)) return absl::StrCat(kAnyHost, ":", format.Port(address));
  const sim::Host* host = ScenarioHost::Of(L).world().network().host(format.HostNumber(address));
  if (host == nullptr) return format.ToText(address);
  return absl::StrCat(host->name(), ":", format.Port(address));
}

winsock::DWORD TimeoutMilliseconds(const Argument& argument) {
  if (argument.is_absent()) return winsock::WSA_INFINITE;
  const absl::Duration timeout = argument.Duration();
  const int64_t milliseconds =
      absl::ToInt64Milliseconds(timeout + absl::Milliseconds(1) - absl::Nanoseconds(1));
  if (milliseconds >= winsock::WSA_INFINITE)
    argument.Fail("longer than 49 days; leave it out to wait for ever");
  return static_cast<winsock::DWORD>(milliseconds);
}

}  // namespace wsim
