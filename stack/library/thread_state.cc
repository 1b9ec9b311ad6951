#include "stack/library/thread_state.h"

namespace winsock {

ThreadState::ThreadState(sim::Thread& thread) : thread_(thread) {
  thread.world().slots().Get<Registry>().threads[thread.number()] = &thread;
}

ThreadState::~ThreadState() {
  thread_.world().slots().Get<Registry>().threads.erase(thread_.number());
}

WSATHREADID ThreadState::id() const {
  return {.ThreadHandle = reinterpret_cast<HANDLE>(uintptr_t{thread_.number()}), .Reserved = 0};
}

sim::Thread* ThreadState::Find(sim::World& world, const WSATHREADID& id) {
  const auto& threads = world.slots().Get<Registry>().threads;
  uintptr_t number = reinterpret_cast<uintptr_t>(id.ThreadHandle);
  if (number > UINT32_MAX) return nullptr;
  auto found = threads.find(static_cast<uint32_t>(number));
  return found == threads.end() || found->second->is_ending() ? nullptr : found->second;
}

sim::World* CurrentWorld() {
  sim::Thread* thread = sim::Thread::Current();
  return thread != nullptr ? &thread->world() : sim::World::Current();
}

}  // namespace winsock
