// Addresses as text (Winsock pages: WSAAddressToString, WSAStringToAddress).
#include <algorithm>
#include <string>

#include "providers/engine/spi.h"
#include "sim/thread.h"
#include "sim/world.h"

namespace engine {
namespace {

// The entry whose format is meant: the one that `info` names, else the first of the family.
const Entry* EntryFor(const WSAPROTOCOL_INFOW* info, int family) {
  sim::Thread* thread = sim::Thread::Current();
  if (thread == nullptr) return nullptr;
  Entries& entries = thread->world().slots().Get<Entries>();
  return info != nullptr ? entries.Resolve(*info) : entries.OfFamily(family);
}

}  // namespace

INT WSPAPI WSPAddressToString(LPSOCKADDR address, DWORD length, LPWSAPROTOCOL_INFOW info,
                              LPWSTR text, LPDWORD text_length, LPINT lpErrno) {
  if (ProcessSockets::Current() == nullptr) return Finish(WSANOTINITIALISED, lpErrno);
  if (address == nullptr || text == nullptr || text_length == nullptr ||
      length < sizeof(address->sa_family)) {
    return Finish(WSAEINVAL, lpErrno);
  }
  const Entry* entry = EntryFor(info, address->sa_family);
  const ByteSpan octets(reinterpret_cast<const uint8_t*>(address), length);
  if (entry == nullptr || entry->addresses().Check(octets) != transport::AddressCheck::kGood) {
    return Finish(WSAEINVAL, lpErrno);
  }
  const std::string narrow = entry->addresses().ToText(entry->addresses().Canonical(octets));
  const auto needed = static_cast<DWORD>(narrow.size() + 1);
  const bool fits = *text_length >= needed;
  *text_length = needed;
  if (!fits) return Finish(WSAEFAULT, lpErrno);
  *std::copy(narrow.begin(), narrow.end(), text) = 0;
  return 0;
}

INT WSPAPI WSPStringToAddress(LPWSTR text, INT family, LPWSAPROTOCOL_INFOW info, LPSOCKADDR address,
                              LPINT length, LPINT lpErrno) {
  if (ProcessSockets::Current() == nullptr) return Finish(WSANOTINITIALISED, lpErrno);
  if (text == nullptr || address == nullptr || length == nullptr) return Finish(WSAEFAULT, lpErrno);
  const Entry* entry = EntryFor(info, family);
  if (entry == nullptr || entry->info.iAddressFamily != family) return Finish(WSAEINVAL, lpErrno);
  std::string narrow;
  for (const WCHAR* c = text; *c != 0; ++c) {
    if (*c >= 0x80) return Finish(WSAEINVAL, lpErrno);
    narrow.push_back(static_cast<char>(*c));
  }
  const absl::StatusOr<transport::Address> parsed = entry->addresses().FromText(narrow);
  if (!parsed.ok()) return Finish(WSAEINVAL, lpErrno);
  const bool fits = *length >= 0 && static_cast<size_t>(*length) >= parsed->size();
  if (!fits) {
    *length = static_cast<int>(parsed->size());
    return Finish(WSAEFAULT, lpErrno);
  }
  return Finish(GiveName(*parsed, address, length), lpErrno);
}

}  // namespace engine
