#include "providers/engine/accept_queue.h"

#include <algorithm>

#include "providers/engine/socket.h"

namespace engine {

std::shared_ptr<Socket> AcceptQueue::Remove(const Socket& request) {
  const auto found = std::find_if(requests_.begin(), requests_.end(), [&](const Request& known) {
    return known.socket.get() == &request;
  });
  if (found == requests_.end()) return nullptr;
  std::shared_ptr<Socket> socket = std::move(found->socket);
  requests_.erase(found);
  return socket;
}

std::shared_ptr<Socket> AcceptQueue::RemoveFirst() {
  return requests_.empty() ? nullptr : Remove(*requests_.front().socket);
}

size_t AcceptQueue::waiting() const {
  return static_cast<size_t>(
      std::count_if(requests_.begin(), requests_.end(),
                    [](const Request& request) { return !request.is_claimed; }));
}

std::shared_ptr<Socket> AcceptQueue::Next() const {
  for (const SocketState wanted : {SocketState::kConnected, SocketState::kIncoming}) {
    for (const Request& request : requests_) {
      if (!request.is_claimed && request.socket->state() == wanted) return request.socket;
    }
  }
  return nullptr;
}

void AcceptQueue::Claim(const Socket& request, bool is_claimed) {
  for (Request& known : requests_) {
    if (known.socket.get() == &request) known.is_claimed = is_claimed;
  }
}

}  // namespace engine
