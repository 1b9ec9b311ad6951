// A listener: the SYN queue, and the count of what the user has not decided on.
#ifndef PROVIDERS_INET_TCP_TCP_LISTENER_H_
#define PROVIDERS_INET_TCP_TCP_LISTENER_H_

#include <cstddef>
#include <cstdint>

#include "absl/container/btree_map.h"
#include "providers/inet/endpoint.h"
#include "providers/inet/tcp/tcp_connection.h"
#include "providers/inet/tcp/tcp_demultiplexer.h"
#include "providers/transport/transport.h"

namespace inet {

// Two queues, so that a SYN from nowhere takes no place from a peer that is there: requests whose
// handshake is under way (at most TcpSettings::syn_queue), and connections that wait for the user
// (at most ListenOptions::backlog). Only the second makes the host refuse.
class TcpListener final : public transport::Listener, public TcpPassiveOpener {
 public:
  // Takes `local` in `demultiplexer`, where nothing else listens.
  TcpListener(const transport::ListenOptions& options, const Endpoint& local,
              const TcpUserOptions& user_options, size_t syn_queue, TcpDemultiplexer& demultiplexer,
              transport::ListenerUser& user);
  // What was not shown to the user is reset.
  ~TcpListener() override;
  TcpListener(const TcpListener&) = delete;
  TcpListener& operator=(const TcpListener&) = delete;

  transport::Address local_address() const override { return local_address_; }
  // What its connections begin with.
  const TcpUserOptions& user_options() const { return user_options_; }
  bool waits_for_decision() const { return waits_for_decision_; }

  enum class Admission : uint8_t { kAdmit, kRefuse, kDrop };
  // What to do about a SYN.
  Admission Admit() const;
  // A connection that has answered one.
  void Expect(TcpConnection& connection);

  // The transport goes before the listener does.
  void Orphan() { demultiplexer_ = nullptr; }

 private:
  bool OnOpened(TcpConnection& connection) override;
  void OnDecided(TcpConnection& connection) override;
  void OnFailed(TcpConnection& connection) override;

  const Endpoint local_;
  const transport::Address local_address_;
  const TcpUserOptions user_options_;
  const bool waits_for_decision_;
  const size_t backlog_;
  const size_t syn_queue_;
  TcpDemultiplexer* demultiplexer_;
  transport::ListenerUser& user_;
  // By number.
  absl::btree_map<uint64_t, TcpConnection*> opening_;
  absl::btree_map<uint64_t, TcpConnection*> undecided_;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_TCP_LISTENER_H_
