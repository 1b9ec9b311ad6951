// Sockets and event objects as numbers. A number is found from anywhere in its world, so that a
// provider may set an event where no simulated thread is running; that a program may use only its
// own process's is judged by the calls.
#ifndef STACK_HANDLES_HANDLE_TABLE_H_
#define STACK_HANDLES_HANDLE_TABLE_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_map.h"
#include "sim/process.h"
#include "sim/waitable.h"
#include "sim/world.h"
#include "stack/ws2spi.h"

namespace winsock {

// Numbers of processes are those of sim::Process::number().
struct SocketHandle {
  uint32_t process;
  DWORD catalog_entry_id;  // the provider that the handle is tied to
  DWORD_PTR context;       // that provider's own
};

// Set or not; shared, so that a thread may go on waiting for an event that another one closes.
struct EventHandle {
  uint32_t process;
  std::shared_ptr<sim::Waitable> condition;
};

// Handles are multiples of 4, given out in ascending order and not again before all others have
// been: a stale handle stays invalid. Lives in the world's slots.
class HandleTable {
 public:
  // How many handles one process may have at a time.
  static constexpr size_t kMaxPerProcess = 1 << 18;

  explicit HandleTable(sim::World& world);
  HandleTable(const HandleTable&) = delete;
  HandleTable& operator=(const HandleTable&) = delete;

  // INVALID_SOCKET, WSA_INVALID_EVENT: the process has as many as it may.
  SOCKET AddSocket(const sim::Process& process, DWORD catalog_entry_id, DWORD_PTR context);
  WSAEVENT AddEvent(const sim::Process& process);

  std::optional<SocketHandle> FindSocket(SOCKET s) const;
  std::optional<EventHandle> FindEvent(WSAEVENT event) const;

  // False: there is no such handle.
  bool TieSocket(SOCKET s, DWORD catalog_entry_id);
  bool RemoveSocket(SOCKET s);
  bool RemoveEvent(WSAEVENT event);

  void RemoveSocketsOf(const sim::Process& process);
  void RemoveAllOf(const sim::Process& process);

 private:
  using Number = uint32_t;

  // 0: the process has as many as it may.
  Number NewNumber(const sim::Process& process);
  void Forget(uint32_t process, Number number);

  Number last_ = 0;
  absl::flat_hash_map<Number, SocketHandle> sockets_;  // for lookup only
  absl::flat_hash_map<Number, EventHandle> events_;    // for lookup only
  absl::btree_map<uint32_t, absl::btree_set<Number>> by_process_;
};

}  // namespace winsock

#endif  // STACK_HANDLES_HANDLE_TABLE_H_
