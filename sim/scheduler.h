// The main loop of a run. Layers above do not use it: they see worlds, hosts, threads and events.
#ifndef SIM_SCHEDULER_H_
#define SIM_SCHEDULER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/strings/string_view.h"
#include "sim/fiber.h"
#include "sim/running.h"
#include "sim/time.h"
#include "sim/trace/fault.h"
#include "sim/world.h"

namespace sim {

class Host;
class StackPool;
class Thread;

// Runs every thread that can, in the order in which they became runnable, until all wait; then
// takes the next event; and so on until all threads have ended and no work is pending. The loop
// itself runs on a fiber, so that a broken invariant can leave it from anywhere.
class Scheduler final : public Running {
 public:
  Scheduler(World& world, StackPool& stacks);
  ~Scheduler() override;

  RunResult Run();
  World& world() const { return world_; }

  // The loop runs, and is not about to end.
  bool is_running() const { return loop_ != nullptr && !is_ending_; }
  // All threads end, no event is taken any more, no thread starts.
  bool is_ending() const { return is_ending_; }
  bool is_abandoned() const { return is_abandoned_; }
  void EndAll();
  [[noreturn]] void Abandon(std::string failure) override;
  // After an abandoned run: gives the stacks back, so that the next world can have them.
  void GiveStacksBack();

  // Towards Limits::max_events. False: that limit is met, and all threads are ending.
  bool CountStep();

  // A thread of a process, made just now: records its start and makes it runnable.
  void OnThreadStarted(Thread& thread);
  // With the current cause. No effect if it is so already.
  void MakeRunnable(Thread& thread);
  // The host's threads are ending; its boot is discarded when they have ended.
  void OnCrash(Host& host) { crashing_.push_back(&host); }
  // The number of the declaration in its host: processes start in the order in which this is
  // called.
  void OnProcessDeclared(Host& host, size_t index) { declared_.push_back({&host, index}); }
  void At(Time when, std::function<void()> action);

  // Returns the event's id.
  TraceId RecordFault(FaultKind kind, const Host& host, uint32_t process, absl::string_view text);

  StackPool& stacks() const { return stacks_; }
  // In the order of making, from 1.
  uint32_t NextProcess() { return ++last_process_; }
  uint32_t NextThread() { return ++last_thread_; }

 private:
  class Action;

  void Loop();
  void StartHosts();
  void RunThreads();
  void ResumeThread(Thread& thread);
  void OnThreadEnded(Thread& thread);
  void FailForWantOfStacks();
  void SettleCrashes();
  bool GoesOn();
  void TakeEvent();
  void SetContext(TraceId cause, uint32_t host, uint32_t process, uint32_t thread);

  World& world_;
  StackPool& stacks_;
  std::unique_ptr<Fiber> loop_;
  bool is_ending_ = false;
  bool is_abandoned_ = false;

  std::deque<Thread*> runnable_;
  size_t live_threads_ = 0;
  std::vector<Host*> crashing_;
  struct Declared {
    Host* host;
    size_t index;
  };
  std::vector<Declared> declared_;
  absl::btree_map<uint64_t, std::unique_ptr<Action>> actions_;
  uint64_t last_action_ = 0;
  uint32_t last_process_ = 0;
  uint32_t last_thread_ = 0;

  uint64_t steps_ = 0;
  Time last_work_;
  Time last_thread_end_;
  std::optional<Time> deadlock_;
  // While every thread waits without a deadline and only upkeep is pending: how long that may last.
  std::optional<Time> silence_end_;
};

}  // namespace sim

#endif  // SIM_SCHEDULER_H_
