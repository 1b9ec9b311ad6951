// The connection requests of one listener, in the order in which they came.
#ifndef PROVIDERS_ENGINE_ACCEPT_QUEUE_H_
#define PROVIDERS_ENGINE_ACCEPT_QUEUE_H_

#include <cstddef>
#include <memory>
#include <vector>

namespace engine {

class Socket;

// A request is a socket without a handle. It leaves the queue when accept returns it, when it is
// turned down, or when its peer withdraws it. A call that deals with a request claims it, so that
// no other call meets it meanwhile.
class AcceptQueue {
 public:
  void Add(std::shared_ptr<Socket> request) { requests_.push_back({std::move(request), false}); }
  // Takes it out; null if it is not in the queue.
  std::shared_ptr<Socket> Remove(const Socket& request);
  // Takes out the first one, whatever its state; null when the queue is empty.
  std::shared_ptr<Socket> RemoveFirst();

  // Those that nobody has claimed: what the backlog limits.
  size_t waiting() const;
  // What an accept would deal with next: the first connected request, else the first undecided one,
  // of those that nobody has claimed. Null: nothing to do.
  std::shared_ptr<Socket> Next() const;
  void Claim(const Socket& request, bool is_claimed);

 private:
  struct Request {
    std::shared_ptr<Socket> socket;
    bool is_claimed;
  };
  std::vector<Request> requests_;
};

}  // namespace engine

#endif  // PROVIDERS_ENGINE_ACCEPT_QUEUE_H_
