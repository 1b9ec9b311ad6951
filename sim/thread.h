// A thread of a simulated process: a fiber, so that a blocking call in ordinary straight-line code
// suspends it until virtual time and the network let it go on.
#ifndef SIM_THREAD_H_
#define SIM_THREAD_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "sim/event_queue.h"
#include "sim/slots.h"
#include "sim/time.h"
#include "sim/waitable.h"

namespace sim {

class Fiber;
class Process;
class World;

enum class WaitEnd : uint8_t {
  kSignaled,  // `index` says which condition (the lowest that was set)
  kTimedOut,
  kApc,    // at least one queued APC ran; only in an alertable wait
  kEnded,  // the thread is ending: from now on every wait ends so, at once
};

struct WaitResult {
  WaitEnd end = WaitEnd::kSignaled;
  size_t index = 0;
};

enum class WaitMode : uint8_t { kAny, kAll };

// What a thread is doing, for the text of a deadlock: "recv" on "socket" 4.
struct Activity {
  absl::string_view call;    // a literal; empty: nothing
  absl::string_view object;  // what the numbers are of, in the singular, a literal: "socket"
  // What the call is about; none: nothing in particular. They last as long as the activity.
  absl::Span<const uint64_t> numbers;
};

class Thread {
 public:
  // Runs on the thread, inside an alertable wait.
  using Apc = std::function<void()>;

  ~Thread();
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

  // The thread whose code runs right now; null in the scheduler and in event handlers.
  static Thread* Current();

  Process& process() const { return process_; }
  World& world() const;
  // Number in the world, from 1, in the order of making.
  uint32_t number() const { return number_; }

  // Suspends this thread, which must be the current one, until a condition is set (kAll: all are at
  // once), the deadline has come, an APC was run (if alertable), or the thread is to end.
  // Conditions already set, else APCs already queued, else a deadline that is not in the future end
  // it without suspending. An empty list waits for the deadline. Never throws.
  WaitResult Wait(absl::Span<Waitable* const> conditions, Time deadline, bool alertable,
                  WaitMode mode = WaitMode::kAny);
  WaitResult Wait(Waitable& condition, Time deadline = Time::Never(), bool alertable = false);

  // Ending from outside (kill, crash, deadlock, limit, end of run): the thread is resumed and every
  // wait answers kEnded. Only the program's host, at its outer boundary, ends the program's own
  // frames.
  bool is_ending() const { return is_ending_; }
  bool has_ended() const { return has_ended_; }
  // Marks it as ending and makes it runnable; one that has not begun never does. No effect if it
  // has ended. Code that goes on waiting breaks an invariant after this many waits.
  void End();
  static constexpr uint32_t kMaxWaitsWhileEnding = 100'000;

  // Runs with the current cause, in the order of queueing. No effect if the thread has ended.
  void QueueApc(Apc apc);

  void SetActivity(const Activity& activity) { activity_ = activity; }
  const Activity& activity() const { return activity_; }
  // Of its latest wait.
  WaitMode wait_mode() const { return wait_mode_; }

  // How often the thread has been suspended: what is counted "since it last blocked" starts over
  // when it changes.
  uint64_t suspensions() const { return suspensions_; }

  Slots<Thread>& slots() { return slots_; }

 private:
  friend class Process;
  friend class Scheduler;
  friend class Waitable;

  struct QueuedApc {
    Apc run;
    TraceId cause;
  };

  Thread(Process& process, uint32_t number, std::function<void()> body);

  std::optional<WaitResult> EndAtOnce(absl::Span<Waitable* const> conditions, Time deadline,
                                      bool alertable, WaitMode mode);
  WaitResult Suspend();
  WaitResult RunApcs();
  // False: its wait goes on.
  bool OnConditionSet(const Waitable& condition);
  void OnDeadline() { Satisfy({WaitEnd::kTimedOut, 0}); }
  void Satisfy(WaitResult result);
  void StopWaiting();
  // The body has returned, or never ran: nothing is kept but what the public questions answer.
  void OnEnded();

  Process& process_;
  const uint32_t number_;
  std::unique_ptr<Fiber> fiber_;
  MemberEvent<Thread, &Thread::OnDeadline> deadline_;
  std::vector<QueuedApc> apcs_;
  std::vector<Waitable*> waiting_for_;
  WaitMode wait_mode_ = WaitMode::kAny;
  WaitResult wait_result_;
  bool is_waiting_ = false;
  bool is_alertable_ = false;
  bool is_runnable_ = false;
  bool has_begun_ = false;
  bool is_ending_ = false;
  bool has_ended_ = false;
  uint32_t waits_while_ending_ = 0;
  uint64_t suspensions_ = 0;
  TraceId resume_cause_ = 0;  // the event that made it runnable
  Activity activity_;
  Slots<Thread> slots_;
};

}  // namespace sim

#endif  // SIM_THREAD_H_
