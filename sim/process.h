// A simulated process: an address space with threads.
#ifndef SIM_PROCESS_H_
#define SIM_PROCESS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "sim/slots.h"
#include "sim/thread.h"

namespace sim {

class Boot;
class World;

class Process {
 public:
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // Number in the world, from 1, in the order of making. A restarted host's processes get new
  // numbers.
  uint32_t number() const { return number_; }
  absl::string_view name() const { return name_; }
  Boot& boot() const { return boot_; }
  World& world() const;

  // A thread that runs `body` as soon as the scheduler comes to it. Starting one in a process that
  // is ending does nothing and returns null.
  Thread* StartThread(std::function<void()> body);
  // Those that live, in the order of making, and some that have ended: a thread may be destroyed as
  // soon as it has ended, so that those that come and go take no room.
  const std::vector<std::unique_ptr<Thread>>& threads() const { return threads_; }

  // Ends every thread. The process ends when the last of them has: its slots are then cleared,
  // which is what closes its handles. Recorded as a fault, unless one of its own threads asks for
  // it or the host or run ends.
  void Kill();
  bool is_ending() const { return is_ending_; }
  bool has_ended() const { return has_ended_; }

  // Cleared, in reverse order of making, when the process ends.
  Slots<Process>& slots() { return slots_; }

 private:
  friend class Boot;
  friend class Host;
  friend class Scheduler;
  friend class Thread;

  Process(Boot& boot, uint32_t number, absl::string_view name);
  void EndThreads();
  void ForgetEndedThreads();
  // One of them, which may be destroyed by this.
  void OnThreadEnded();

  Boot& boot_;
  const uint32_t number_;
  const std::string name_;
  bool is_ending_ = false;
  bool has_ended_ = false;
  size_t live_threads_ = 0;
  // Slots outlive the threads, whose slots may refer to them.
  Slots<Process> slots_;
  std::vector<std::unique_ptr<Thread>> threads_;
};

}  // namespace sim

#endif  // SIM_PROCESS_H_
