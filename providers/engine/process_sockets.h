// The engine as one process uses it: what WSPStartup begins and the last WSPCleanup ends.
#ifndef PROVIDERS_ENGINE_PROCESS_SOCKETS_H_
#define PROVIDERS_ENGINE_PROCESS_SOCKETS_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/container/btree_map.h"
#include "providers/engine/socket.h"
#include "providers/engine/words.h"
#include "sim/process.h"

namespace engine {

// Lives in the process's slots: the end of the process acts as the last WSPCleanup does.
class ProcessSockets {
 public:
  explicit ProcessSockets(sim::Process& process) : process_(process) {}
  ~ProcessSockets() { ResetAll(); }
  ProcessSockets(const ProcessSockets&) = delete;
  ProcessSockets& operator=(const ProcessSockets&) = delete;

  // Of the calling thread's process; null where no simulated thread calls or nothing has been
  // started.
  static ProcessSockets* Current();

  // Counted. The upcalls of the latest call are the ones to use.
  void Startup(const WSPUPCALLTABLE& upcalls);
  // The last one resets every socket that is open, and wakes the threads that are blocked in one.
  void Cleanup();

  sim::Process& process() const { return process_; }
  const WSPUPCALLTABLE& upcalls() const { return upcalls_; }

  // Null: no socket of this process and provider.
  std::shared_ptr<Socket> Find(SOCKET s) const;
  // Gives the socket a handle. INVALID_SOCKET: the library has none, and `error` says why.
  SOCKET Open(const std::shared_ptr<Socket>& socket, int& error);
  // Takes the handle back, then closes the socket if no other names it.
  void Close(SOCKET s);

 private:
  void ResetAll();

  sim::Process& process_;
  uint64_t startups_ = 0;
  WSPUPCALLTABLE upcalls_ = {};
  absl::btree_map<SOCKET, std::shared_ptr<Socket>> sockets_;
};

}  // namespace engine

#endif  // PROVIDERS_ENGINE_PROCESS_SOCKETS_H_
