#include "stack/handles/handle_table.h"

namespace winsock {
namespace {

constexpr uint32_t kStep = 4;
constexpr uint32_t kHighest = 0x7FFFFFFC;  // Programs that keep a SOCKET in an int lose nothing.

// 0, which is no handle, for what is too large to be one.
uint32_t AsNumber(uintptr_t handle) {
  return handle <= kHighest ? static_cast<uint32_t>(handle) : 0;
}
uint32_t AsNumber(WSAEVENT event) { return AsNumber(reinterpret_cast<uintptr_t>(event)); }

}  // namespace

HandleTable::HandleTable(sim::World&) {}

SOCKET HandleTable::AddSocket(const sim::Process& process, DWORD catalog_entry_id,
                              DWORD_PTR context) {
  Number number = NewNumber(process);
  if (number == 0) return INVALID_SOCKET;
  sockets_[number] = {process.number(), catalog_entry_id, context};
  return number;
}

WSAEVENT HandleTable::AddEvent(const sim::Process& process) {
  Number number = NewNumber(process);
  if (number == 0) return WSA_INVALID_EVENT;
  events_[number] = {process.number(), std::make_shared<sim::Waitable>()};
  return reinterpret_cast<WSAEVENT>(uintptr_t{number});
}

std::optional<SocketHandle> HandleTable::FindSocket(SOCKET s) const {
  auto found = sockets_.find(AsNumber(s));
  if (found == sockets_.end()) return std::nullopt;
  return found->second;
}

std::optional<EventHandle> HandleTable::FindEvent(WSAEVENT event) const {
  auto found = events_.find(AsNumber(event));
  if (found == events_.end()) return std::nullopt;
  return found->second;
}

bool HandleTable::TieSocket(SOCKET s, DWORD catalog_entry_id) {
  auto found = sockets_.find(AsNumber(s));
  if (found == sockets_.end()) return false;
  found->second.catalog_entry_id = catalog_entry_id;
  return true;
}

bool HandleTable::RemoveSocket(SOCKET s) {
  auto found = sockets_.find(AsNumber(s));
  if (found == sockets_.end()) return false;
  Forget(found->second.process, found->first);
  sockets_.erase(found);
  return true;
}

bool HandleTable::RemoveEvent(WSAEVENT event) {
  auto found = events_.find(AsNumber(event));
  if (found == events_.end()) return false;
  Forget(found->second.process, found->first);
  events_.erase(found);
  return true;
}

void HandleTable::RemoveSocketsOf(const sim::Process& process) {
  auto own = by_process_.find(process.number());
  if (own == by_process_.end()) return;
  for (auto number = own->second.begin(); number != own->second.end();) {
    number = sockets_.erase(*number) != 0 ? own->second.erase(number) : std::next(number);
  }
}

void HandleTable::RemoveAllOf(const sim::Process& process) {
  auto own = by_process_.find(process.number());
  if (own == by_process_.end()) return;
  for (Number number : own->second) {
    sockets_.erase(number);
    events_.erase(number);
  }
  by_process_.erase(own);
}

HandleTable::Number HandleTable::NewNumber(const sim::Process& process) {
  absl::btree_set<Number>& own = by_process_[process.number()];
  if (own.size() >= kMaxPerProcess) return 0;
  do {
    last_ = last_ == kHighest ? kStep : last_ + kStep;
  } while (sockets_.contains(last_) || events_.contains(last_));
  own.insert(last_);
  return last_;
}

void HandleTable::Forget(uint32_t process, Number number) {
  auto own = by_process_.find(process);
  own->second.erase(number);
  if (own->second.empty()) by_process_.erase(own);
}

}  // namespace winsock
