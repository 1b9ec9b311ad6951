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
  // Binds the wildcard `address` for a connection to `remote`, which is complete: `address` then
  // says the port, one that no socket has bound by itself and that nothing uses towards `remote`.
  // Sockets that were bound so share a port, as long as their peers differ. Ports go in ascending
  // order and round again, for each peer on its own (RFC 6056 3.3.4, without its secret). Returns 0
  // or WSAENOBUFS.
  int BindTowards(transport::Address& address, const transport::Address& remote);
  // Ends a binding that Bind made. An exclusive one goes on for as long as connections of the
  // address do.
  void Unbind(const transport::Address& address, Sharing sharing);
  // Ends a binding that BindTowards made.
  void UnbindTowards(const transport::Address& address);

 private:
  struct Binding {
    transport::Address address;
    Sharing sharing;
    bool has_owner;  // false: an exclusive one whose connections outlive it
  };

  // What is bound at a port.
  struct Port {
    std::vector<Binding> bindings;  // in the order of binding
    uint32_t towards = 0;           // bindings of BindTowards
    bool is_free() const { return bindings.empty() && towards == 0; }
  };

  int CheckConflicts(const transport::Address& address, Sharing sharing);
  void ForgetFinished(uint16_t port);
  // 0: none is left.
  uint16_t ChooseEphemeralPort(const transport::Address& address);
  bool IsSpecific(const transport::Address& address) const { return !format_.IsWildcard(address); }

  const transport::AddressFormat& format_;
  transport::Transport& transport_;
  absl::btree_map<uint16_t, Port> by_port_;
  uint16_t next_ephemeral_ = kFirstEphemeralPort;
  // The next port of BindTowards, by a hash of the peer; empty until it is called.
  std::vector<uint16_t> next_towards_;
};

}  // namespace engine

#endif  // PROVIDERS_ENGINE_BINDING_H_
