#include "providers/engine/testing/fake_library.h"

namespace engine {

FakeLibrary& FakeLibrary::Current() { return sim::World::Current()->slots().Get<FakeLibrary>(); }

WSAEVENT FakeLibrary::NewEvent() {
  last_ += 4;
  events_[last_] = std::make_unique<sim::Waitable>();
  return reinterpret_cast<WSAEVENT>(last_);
}

sim::Waitable* FakeLibrary::event(WSAEVENT event) {
  const auto found = events_.find(reinterpret_cast<SOCKET>(event));
  return found == events_.end() ? nullptr : found->second.get();
}

// The upcalls that the engine has no use for stay null: using one would show at once.
WSPUPCALLTABLE FakeLibrary::Upcalls() {
  WSPUPCALLTABLE upcalls = {};
  upcalls.lpWPUCreateSocketHandle = [](DWORD, DWORD_PTR, LPINT error) -> SOCKET {
    FakeLibrary& library = Current();
    if (library.has_no_handles) {
      *error = WSAENOBUFS;
      return INVALID_SOCKET;
    }
    library.last_ += 4;
    library.sockets_.insert(library.last_);
    return library.last_;
  };
  upcalls.lpWPUCloseSocketHandle = [](SOCKET s, LPINT error) -> int {
    if (Current().sockets_.erase(s) == 1) return 0;
    *error = WSAENOTSOCK;
    return SOCKET_ERROR;
  };
  upcalls.lpWPUSetEvent = [](WSAEVENT event, LPINT error) -> BOOL {
    sim::Waitable* condition = Current().event(event);
    if (condition == nullptr) return *error = WSA_INVALID_HANDLE, FALSE;
    condition->Set();
    return TRUE;
  };
  upcalls.lpWPUResetEvent = [](WSAEVENT event, LPINT error) -> BOOL {
    sim::Waitable* condition = Current().event(event);
    if (condition == nullptr) return *error = WSA_INVALID_HANDLE, FALSE;
    condition->Reset();
    return TRUE;
  };
  return upcalls;
}

}  // namespace engine
