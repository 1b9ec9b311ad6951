// A world: one run, and everything that belongs to it.
#ifndef SIM_WORLD_H_
#define SIM_WORLD_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "sim/event_queue.h"
#include "sim/slots.h"
#include "sim/time.h"
#include "sim/trace/trace.h"

namespace sim {

class Decisions;
class DecisionSource;
class Host;
class Network;
class Scheduler;
class StackPool;
class Thread;

// Limits that no program can catch: the run ends with a failure that names the one that was met.
struct Limits {
  // Events taken from the queue, threads resumed, waits that end at once, and APCs.
  uint64_t max_events = 100'000'000;
  absl::Duration max_time = absl::Hours(30 * 24);
};

struct RunResult {
  // Empty: the run held. Else one line; the first failure is the one reported. A deadlock's begins
  // with "deadlock:", a limit's with "limit:". A broken invariant comes before all others.
  std::string failure;
  // The moment at which the last thread ended (a deadlock: of the last work).
  Time virtual_time;
  uint64_t events = 0;
};

// Lives on one OS thread. Destruction frees everything of the run, except after a broken invariant:
// what cannot be freed safely is then left behind. Several worlds may run side by side on different
// OS threads.
class World {
 public:
  // `decisions` and `stacks` outlive the world. A null pool: one of the world's own.
  explicit World(DecisionSource& decisions, const Limits& limits = {}, StackPool* stacks = nullptr);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // The world whose Run is being carried out on this OS thread, be it by a simulated thread or by
  // an event; null outside of every run.
  static World* Current();

  Time now() const { return context_.now; }
  const TraceContext& context() const { return context_; }
  Trace& trace() { return trace_; }
  Decisions& decisions() { return *decisions_; }
  Network& network() { return *network_; }
  EventQueue& events() { return events_; }
  Scheduler& scheduler() { return *scheduler_; }
  Slots<World>& slots() { return slots_; }

  // A number for a socket or connection, unique in the run, from 1.
  uint64_t NextSubject() { return ++last_subject_; }

  // Starts every host and runs until all threads have ended and no work is pending, or a failure
  // ends it. Once.
  RunResult Run();

  // Notes a failure; the first one counts. The run goes on to its end.
  void Fail(absl::string_view failure);
  const std::string& failure() const { return failure_; }
  // Notes a failure and ends every thread, at once and without taking another event: a limit, a
  // deadlock.
  void FailAndEnd(absl::string_view failure);

  // How long the slowest retransmission cycle of any transport may take (T1 * N, all RTO
  // back-offs): what a silent run waits for, beyond its longest upkeep time-out, before it is
  // called a deadlock.
  void NoteRetransmissionCycle(absl::Duration cycle);

  // Runs `action` at `when`, outside any process: faults.
  void At(Time when, std::function<void()> action);

  // From here on, until it is suspended or done, the running thread or event acts because of
  // `cause`. 0 (nobody listens) changes nothing.
  void ContinueBecause(TraceId cause) {
    if (cause != 0) context_.cause = cause;
  }

  // While it lives, what is recorded and scheduled has the given cause; afterwards the former one
  // again.
  class CauseScope {
   public:
    CauseScope(World& world, TraceId cause) : CauseScope(world, cause, Urgency::kWork) {}
    // kUpkeep marks what happens in the scope as upkeep. kWork leaves the mark as `cause`'s own
    // scope has it.
    CauseScope(World& world, TraceId cause, Urgency urgency)
        : context_(world.context_), saved_(world.context_) {
      context_.cause = cause;
      if (urgency == Urgency::kUpkeep) context_.is_upkeep = true;
    }
    ~CauseScope() {
      context_.cause = saved_.cause;
      context_.is_upkeep = saved_.is_upkeep;
    }
    CauseScope(const CauseScope&) = delete;
    CauseScope& operator=(const CauseScope&) = delete;

    // From here on `cause` is the cause. 0 (nobody listens) leaves it as it is.
    void Continue(TraceId cause) {
      if (cause != 0) context_.cause = cause;
    }

   private:
    TraceContext& context_;
    const TraceContext saved_;
  };

  // While it lives, what happens is work, although upkeep brought it about: what a user asked for
  // and is not done yet, such as data on their way that a window or keep-alive timer sets going
  // again.
  class WorkScope {
   public:
    explicit WorkScope(World& world)
        : context_(world.context_), was_upkeep_(std::exchange(context_.is_upkeep, false)) {}
    ~WorkScope() { context_.is_upkeep = was_upkeep_; }
    WorkScope(const WorkScope&) = delete;
    WorkScope& operator=(const WorkScope&) = delete;

   private:
    TraceContext& context_;
    const bool was_upkeep_;
  };

  // While it lives, what is recorded is attributed to `host` (0: none) and to no process: a frame's
  // arrival.
  class HostScope {
   public:
    HostScope(World& world, uint32_t host) : context_(world.context_), saved_(world.context_) {
      context_.host = host;
      context_.process = 0;
      context_.thread = 0;
    }
    ~HostScope() {
      context_.host = saved_.host;
      context_.process = saved_.process;
      context_.thread = saved_.thread;
    }
    HostScope(const HostScope&) = delete;
    HostScope& operator=(const HostScope&) = delete;

   private:
    TraceContext& context_;
    const TraceContext saved_;
  };

 private:
  friend class Event;
  friend class Scheduler;

  TraceContext context_;
  Trace trace_{context_};
  const Limits limits_;
  EventQueue events_;
  uint64_t last_subject_ = 0;
  std::string failure_;
  absl::Duration retransmission_cycle_ = absl::ZeroDuration();
  // Destroyed in reverse order: the network (hosts, boots, threads) before what it refers to.
  std::unique_ptr<StackPool> own_stacks_;
  std::unique_ptr<Decisions> decisions_;
  std::unique_ptr<Scheduler> scheduler_;
  Slots<World> slots_;
  std::unique_ptr<Network> network_;
};

}  // namespace sim

#endif  // SIM_WORLD_H_
