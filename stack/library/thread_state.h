// What the library keeps for each simulated thread.
#ifndef STACK_LIBRARY_THREAD_STATE_H_
#define STACK_LIBRARY_THREAD_STATE_H_

#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "sim/thread.h"
#include "sim/world.h"
#include "stack/ws2spi.h"

namespace winsock {

// Lives in the thread's slots.
class ThreadState {
 public:
  explicit ThreadState(sim::Thread& thread);
  ~ThreadState();
  ThreadState(const ThreadState&) = delete;
  ThreadState& operator=(const ThreadState&) = delete;

  // How a provider names this thread in WPUQueueApc.
  WSATHREADID id() const;
  // The running or waiting thread of that name in the world; null if there is none, or none any
  // more.
  static sim::Thread* Find(sim::World& world, const WSATHREADID& id);

  int last_error = 0;
  DWORD open_type = 0;  // SO_OPENTYPE
  int callbacks = 0;    // condition functions that run in this thread, one inside the other

 private:
  // The threads that have used the library, by number. Lives in the world's slots.
  struct Registry {
    explicit Registry(sim::World&) {}
    absl::flat_hash_map<uint32_t, sim::Thread*> threads;  // for lookup only
  };

  sim::Thread& thread_;
};

// The world that is running on this OS thread; null outside of every run.
sim::World* CurrentWorld();

}  // namespace winsock

#endif  // STACK_LIBRARY_THREAD_STATE_H_
