// What the sockets of one boot of a host share.
#ifndef PROVIDERS_ENGINE_HOST_SOCKETS_H_
#define PROVIDERS_ENGINE_HOST_SOCKETS_H_

#include <memory>
#include <vector>

#include "providers/engine/binding.h"
#include "providers/engine/entries.h"
#include "sim/host.h"

namespace engine {

class Socket;

// Lives in the boot's slots: a crash forgets it with the protocols' state.
class HostSockets {
 public:
  explicit HostSockets(sim::Boot& boot) : boot_(boot) {}
  ~HostSockets();
  HostSockets(const HostSockets&) = delete;
  HostSockets& operator=(const HostSockets&) = delete;

  sim::World& world() const { return boot_.world(); }
  transport::Transport& transport(const Entry& entry) { return entry.registration.of_boot(boot_); }
  BindingTable& bindings(const Entry& entry);

  // A socket that no handle names any more, while what it still holds is being sent.
  void KeepWhileSending(std::shared_ptr<Socket> socket) { sending_.push_back(std::move(socket)); }
  void Forget(const Socket& socket);

 private:
  sim::Boot& boot_;
  std::vector<std::unique_ptr<BindingTable>> bindings_;  // by Entry::index
  std::vector<std::shared_ptr<Socket>> sending_;
};

}  // namespace engine

#endif  // PROVIDERS_ENGINE_HOST_SOCKETS_H_
