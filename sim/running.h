// Who runs on this OS thread: the project's only thread-local.
#ifndef SIM_RUNNING_H_
#define SIM_RUNNING_H_

#include <string>

namespace sim {

class Thread;

// A run in progress. World::Run makes it the current one of its OS thread while it lasts.
class Running {
 public:
  // Null: no run is in progress on this OS thread.
  static Running* Current();

  // The simulated thread whose code runs right now; null in the scheduler and in event handlers.
  Thread* thread() const { return thread_; }

  // Ends the run here and now, with this failure: the caller's stack is left as it is, for ever.
  [[noreturn]] virtual void Abandon(std::string failure) = 0;

 protected:
  Running() = default;
  virtual ~Running() = default;
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  // While it lives, `running` is the current one; afterwards the former one again.
  class Scope {
   public:
    explicit Scope(Running& running);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Running* const former_;
  };

  Thread* thread_ = nullptr;
};

}  // namespace sim

#endif  // SIM_RUNNING_H_
