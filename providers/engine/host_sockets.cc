#include "providers/engine/host_sockets.h"

#include <algorithm>

#include "providers/engine/socket.h"

namespace engine {

HostSockets::~HostSockets() {
  // The transports may be gone already, and with them the connections.
  for (const std::shared_ptr<Socket>& socket : sending_) socket->ForgetConnection();
}

BindingTable& HostSockets::bindings(const Entry& entry) {
  if (bindings_.size() <= entry.index) bindings_.resize(entry.index + 1);
  std::unique_ptr<BindingTable>& table = bindings_[entry.index];
  if (table == nullptr) {
    table = std::make_unique<BindingTable>(entry.addresses(), transport(entry));
  }
  return *table;
}

void HostSockets::Forget(const Socket& socket) {
  const auto found = std::find_if(
      sending_.begin(), sending_.end(),
      [&socket](const std::shared_ptr<Socket>& kept) { return kept.get() == &socket; });
  if (found == sending_.end()) return;
  const std::shared_ptr<Socket> last = std::move(*found);  // It may be the last to hold it.
  sending_.erase(found);
}

}  // namespace engine
