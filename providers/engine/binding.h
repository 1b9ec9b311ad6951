// Local addresses of sockets: who may bind what, and which port bind chooses (Winsock pages: bind,
// Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE).
#ifndef PROVIDERS_ENGINE_BINDING_H_
#define PROVIDERS_ENGINE_BINDING_H_

#include <cstdint>
#include <vector>

#include "absl/container/btree_map.h"
#include "providers/transport/address.h"
#include "providers/transport/transport.h"

namespace engine {

// SO_REUSEADDR and SO_EXCLUSIVEADDRUSE as they stood when bind was called.
enum class Sharing : uint8_t { kPlain, kReuse, kExclusive };

// What bind answers when a port is bound a second time: 0, WSAEADDRINUSE or WSAEACCES. A specific
// address (one that is no wildcard) is the same for both; different ones never conflict.
struct Claim {
  Sharing sharing = Sharing::kPlain;
  bool is_specific = false;
};
int BindConflict(Claim first, Claim second);

// The bindings of one protocol on one boot of a host.
class BindingTable {
 public:
  // Ports that bind chooses from when asked for none.
  static constexpr uint16_t kFirstEphemeralPort = 49152;
  static constexpr uint16_t kLastEphemeralPort = 65535;

  // Both outlive the table.
  BindingTable(const transport::AddressFormat& format, transport::Transport& transport)
      : format_(format), transport_(transport) {}
  BindingTable(const BindingTable&) = delete;
  BindingTable& operator=(const BindingTable&) = delete;

  // Binds `address`, which is canonical. Port 0: the next ephemeral port, in ascending order and
  // round again, that nobody has bound and no connection still uses; `address` then says which.
  // Returns 0, WSAEADDRNOTAVAIL (no address of this host), WSAEADDRINUSE, WSAEACCES, or WSAENOBUFS
  // (no port is left).
  int Bind(transport::Address& address, Sharing sharing);
  // Ends a binding that Bind made. An exclusive one goes on for as long as connections of the
  // address do.
  void Unbind(const transport::Address& address, Sharing sharing);

 private:
  struct Binding {
    transport::Address address;
    Sharing sharing;
    bool has_owner;  // false: an exclusive one whose connections outlive it
  };

  int CheckConflicts(const transport::Address& address, Sharing sharing);
  void ForgetFinished(uint16_t port);
  // 0: none is left.
  uint16_t ChooseEphemeralPort(const transport::Address& address);
  bool IsSpecific(const transport::Address& address) const { return !format_.IsWildcard(address); }

  const transport::AddressFormat& format_;
  transport::Transport& transport_;
  absl::btree_map<uint16_t, std::vector<Binding>> by_port_;  // in the order of binding
  uint16_t next_ephemeral_ = kFirstEphemeralPort;
};

}  // namespace engine

#endif  // PROVIDERS_ENGINE_BINDING_H_
