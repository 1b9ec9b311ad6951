// Calls that can wait: each is an operation, made once, completed once.
#ifndef PROVIDERS_ENGINE_OPERATION_H_
#define PROVIDERS_ENGINE_OPERATION_H_

#include <cstddef>

#include "providers/engine/words.h"
#include "sim/time.h"
#include "sim/waitable.h"

namespace engine {

// How an operation ended.
struct Completion {
  int error = 0;
  size_t count = 0;  // octets
  DWORD flags = 0;   // MSG_*, for a receive
};

// A blocking call is an operation and a wait, a nonblocking one an operation that is not kept when
// its first attempt leaves it incomplete; an overlapped one will be an operation with a notice of
// another kind.
class Operation {
 public:
  Operation() = default;
  Operation(const Operation&) = delete;
  Operation& operator=(const Operation&) = delete;
  virtual ~Operation() = default;

  // Gets as far as it can without waiting. True: it has completed. Called when the call is made and
  // whenever what it waits for may have come, until it completes. Calls no one back.
  virtual bool Attempt() = 0;

  bool is_complete() const { return done_.is_set(); }
  const Completion& completion() const { return completion_; }
  // From outside: the socket was closed. Not if it has completed.
  void Complete(const Completion& completion) {
    completion_ = completion;
    done_.Set();
  }

  // Suspends the calling thread, alertably, until the operation completes. False: the deadline came
  // or the thread is to end, and the operation is not complete; `is_ending` says which of the two.
  bool Await(sim::Time deadline, bool& is_ending);

 private:
  friend class OperationQueue;

  Operation* next_ = nullptr;  // in its queue
  Completion completion_;
  sim::Waitable done_;
};

// Completed by what the transport indicates, or by the socket's end: a connect, a close that
// lingers.
class IndicatedOperation final : public Operation {
 public:
  bool Attempt() override { return false; }
};

// Operations of one kind that wait, in the order of the calls. Owns none of them; each stands in
// one queue at a time. As large as a pointer, for a socket has several, and nearly all stay empty.
class OperationQueue {
 public:
  OperationQueue() = default;
  OperationQueue(const OperationQueue&) = delete;
  OperationQueue& operator=(const OperationQueue&) = delete;

  bool empty() const { return first_ == nullptr; }
  // The one whose turn it is. The queue is not empty.
  Operation& front() const { return *first_; }
  void Add(Operation& operation);
  // No effect if it is not in the queue.
  void Remove(Operation& operation);
  // Attempts the first ones, up to one that does not complete, and takes off those that do.
  void Advance();
  // Completes all of them with `error` and empties the queue.
  void CompleteAll(int error);

 private:
  // The first leaves the queue.
  Operation& TakeFirst();

  Operation* first_ = nullptr;
};

}  // namespace engine

#endif  // PROVIDERS_ENGINE_OPERATION_H_
