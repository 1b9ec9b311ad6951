// What the library lends a provider, for tests without it: handles and event objects.
#ifndef PROVIDERS_ENGINE_TESTING_FAKE_LIBRARY_H_
#define PROVIDERS_ENGINE_TESTING_FAKE_LIBRARY_H_

#include <cstddef>
#include <map>
#include <memory>
#include <set>

#include "providers/engine/words.h"
#include "sim/waitable.h"
#include "sim/world.h"

namespace engine {

// In the world's slots; the upcalls find it through the world that runs.
class FakeLibrary {
 public:
  explicit FakeLibrary(sim::World&) {}

  // The table for WSPStartup.
  static WSPUPCALLTABLE Upcalls();

  WSAEVENT NewEvent();
  // Null: no such event.
  sim::Waitable* event(WSAEVENT event);
  size_t open_sockets() const { return sockets_.size(); }

  // WPUCreateSocketHandle fails with WSAENOBUFS.
  bool has_no_handles = false;

 private:
  static FakeLibrary& Current();

  SOCKET last_ = 0;
  std::set<SOCKET> sockets_;
  std::map<SOCKET, std::unique_ptr<sim::Waitable>> events_;
};

}  // namespace engine

#endif  // PROVIDERS_ENGINE_TESTING_FAKE_LIBRARY_H_
