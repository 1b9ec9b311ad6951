// Which connection or listener a segment is for (RFC 9293 3.10.7, RFC 1122 4.2.4.1).
#ifndef PROVIDERS_INET_TCP_TCP_DEMULTIPLEXER_H_
#define PROVIDERS_INET_TCP_TCP_DEMULTIPLEXER_H_

#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "providers/inet/tcp/four_tuple.h"

namespace inet {

class TcpConnection;
class TcpListener;

// Names to objects; owns none of them.
class TcpDemultiplexer {
 public:
  // False: the name is taken. A connection takes its local endpoint as well, until it is removed;
  // `tuple`, which is not copied, stays where it is until then.
  bool Add(const FourTuple& tuple, TcpConnection& connection);
  void Remove(const FourTuple& tuple);
  // Null: none.
  TcpConnection* Find(const FourTuple& tuple) const;

  // The unspecified address stands for all that the host has.
  bool Add(const Endpoint& local, TcpListener& listener);
  void Remove(const Endpoint& local);
  // One that listens at the address itself comes before one that listens at all of them.
  TcpListener* FindListener(const Endpoint& local) const;
  // In the order of their endpoints.
  const absl::btree_map<Endpoint, TcpListener*>& listeners() const { return listeners_; }

  // Whether a connection has this local endpoint; with the unspecified address: this port.
  bool IsInUse(const Endpoint& local) const;

 private:
  using PortAndAddress = std::pair<uint16_t, IpAddress>;

  // A name that is kept where the connection has it: a table of many connections would else be
  // three times as large.
  struct Name {
    const FourTuple* tuple;
    friend bool operator==(const Name& a, const Name& b) { return *a.tuple == *b.tuple; }
    template <typename H>
    friend H AbslHashValue(H state, const Name& name) {
      return H::combine(std::move(state), *name.tuple);
    }
  };

  absl::flat_hash_map<Name, TcpConnection*> connections_;
  absl::btree_map<PortAndAddress, size_t> in_use_;  // how many connections
  absl::btree_map<Endpoint, TcpListener*> listeners_;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_TCP_DEMULTIPLEXER_H_
