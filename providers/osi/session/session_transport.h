// The session entity of one boot of one host: its listeners and its protocol machines.
#ifndef PROVIDERS_OSI_SESSION_SESSION_TRANSPORT_H_
#define PROVIDERS_OSI_SESSION_SESSION_TRANSPORT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "providers/osi/session/session_limits.h"
#include "providers/osi/session/session_state.h"
#include "providers/transport/transport.h"
#include "sim/world.h"

namespace osi {

class SessionConnection;

class SessionTransport final : public transport::Transport, private transport::ListenerUser {
 public:
  // Accepted transport connections whose CN has not come; more are refused.
  static constexpr size_t kMaxAwaitingConnect = 128;

  // `lower` is the transport service beneath, `addresses` its address format; both outlive it. All
  // its connections have `fixed_options`, which no user can set.
  SessionTransport(sim::World& world, transport::Transport& lower,
                   const transport::AddressFormat& addresses,
                   std::vector<transport::Option> fixed_options = {});
  ~SessionTransport() override;

  // transport::Transport:
  transport::Connection* Connect(const transport::ConnectOptions& options,
                                 transport::ConnectionUser& user) override;
  // Null also where the transport user's port of the session entity is taken.
  std::unique_ptr<transport::Listener> Listen(const transport::ListenOptions& options,
                                              transport::ListenerUser& user) override;
  bool IsLocal(const transport::Address& local) const override { return lower_.IsLocal(local); }
  bool IsInUse(const transport::Address& local) const override;
  transport::OptionStatus CheckOption(int level, int name,
                                      transport::ByteSpan value) const override;
  transport::OptionStatus DefaultOption(int level, int name,
                                        std::vector<uint8_t>& value) const override;

  const transport::Capabilities* CapabilitiesWith(
      absl::Span<const transport::ConnectOptions::Option> options) const override;

  // For the connections.
  sim::World& world() const { return world_; }
  transport::Transport& lower() const { return lower_; }
  const transport::AddressFormat& addresses() const { return addresses_; }
  const std::vector<transport::Option>& fixed_options() const { return fixed_options_; }
  // Of the transport connection; null: a user may set it.
  const transport::Option* FindFixedOption(int level, int name) const;
  // Who listens at `called`, or at its port on any address; null: nobody.
  transport::ListenerUser* FindListener(const transport::Address& called) const;
  // `local` is in use, once more, until the connection is freed.
  void Occupy(const transport::Address& local);
  void OnStateChange(const SessionConnection& connection, SessionState from, SessionState to);
  // A machine for a transport connection that was kept. `vtca`: it was accepted here.
  SessionConnection& AddKept(bool vtca);
  // Whether options or quality of service are asked for that are the transport connection's.
  static bool AsksOfTransport(const transport::ConnectOptions& options);
  // Destroys it.
  void Free(SessionConnection& connection);

  // How many protocol machines there are, in whatever state.
  size_t connection_count() const { return connections_.size(); }

 private:
  class SessionListener;

  bool OnConnectIndication(transport::Connection& connection) override;
  void StopListening(const SessionListener& listener);
  SessionConnection& Add(std::unique_ptr<SessionConnection> connection);
  // One that waits for an S-CONNECT request to where `options` lead; null: none does.
  SessionConnection* FindKept(const transport::ConnectOptions& options) const;

  sim::World& world_;
  transport::Transport& lower_;
  const transport::AddressFormat& addresses_;
  const std::vector<transport::Option> fixed_options_;
  size_t awaiting_connect_ = 0;
  absl::btree_map<uint64_t, std::unique_ptr<SessionConnection>> connections_;  // by subject
  absl::btree_set<uint64_t> kept_;  // the initiators in STA01C, by subject
  absl::btree_map<transport::Address, SessionListener*> listeners_;  // by local address
  // By port, then by address: how many connections use it.
  absl::btree_map<uint16_t, absl::btree_map<transport::Address, size_t>> in_use_;
  std::unique_ptr<transport::Listener> lower_listener_;  // null: nobody listens
};

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SESSION_TRANSPORT_H_
