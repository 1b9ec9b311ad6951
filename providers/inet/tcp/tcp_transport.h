// TCP on one boot of one host: RFC 9293, over IPv4 or IPv6 alike.
#ifndef PROVIDERS_INET_TCP_TCP_TRANSPORT_H_
#define PROVIDERS_INET_TCP_TCP_TRANSPORT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "providers/inet/internet_layer.h"
#include "providers/inet/tcp/initial_sequence.h"
#include "providers/inet/tcp/tcp_connection.h"
#include "providers/inet/tcp/tcp_demultiplexer.h"
#include "providers/inet/tcp/tcp_drop.h"
#include "providers/inet/tcp/tcp_listener.h"
#include "providers/inet/tcp/tcp_services.h"
#include "providers/transport/transport.h"

namespace inet {

class TcpTransport final : public transport::Transport,
                           private SegmentReceiver,
                           private TcpConnectionOwner {
 public:
  // Takes the protocol's number in `internet`, which outlives it. `name` ("host/client/tcp") is
  // what the names of its decisions begin with: the secret of the initial sequence numbers is
  // drawn.
  TcpTransport(sim::World& world, absl::string_view name, InternetLayer& internet,
               const TcpSettings& settings);
  ~TcpTransport() override;
  TcpTransport(const TcpTransport&) = delete;
  TcpTransport& operator=(const TcpTransport&) = delete;

  transport::Connection* Connect(const transport::ConnectOptions& options,
                                 transport::ConnectionUser& user) override;
  std::unique_ptr<transport::Listener> Listen(const transport::ListenOptions& options,
                                              transport::ListenerUser& user) override;
  bool IsLocal(const transport::Address& local) const override;
  bool IsInUse(const transport::Address& local) const override;
  bool IsInUseTowards(const transport::Address& local,
                      const transport::Address& remote) const override;
  transport::OptionStatus CheckOption(int level, int name,
                                      transport::ByteSpan value) const override;
  transport::OptionStatus DefaultOption(int level, int name,
                                        std::vector<uint8_t>& value) const override;

  // The settings now, and others from now on, as an administrator changes them on a running host.
  // What a connection took from them when it was made (buffers, its RTO's limits, what its SYN
  // offered) it keeps; the rest counts for it at once.
  const TcpSettings& settings() const { return settings_; }
  void Configure(const TcpSettings& settings) { settings_ = settings; }

  transport::OptionStatus OptionAmong(absl::Span<const transport::Option> set, int level, int name,
                                      std::vector<uint8_t>& value) const override;

  const TcpCounters& counters() const { return services_.counters; }
  // What was discarded, by reason.
  const TcpDrops& drops() const { return services_.drops; }
  // In the order in which they were made, those in CLOSED included while a user holds them.
  void ForEachConnection(absl::FunctionRef<void(const TcpConnection&)> look) const {
    for (const auto& [number, connection] : connections_) look(*connection);
  }
  // Connections in any state, for those who watch over resources.
  size_t connection_count() const { return connections_.size(); }

 private:
  void OnSegment(const SegmentInfo& info, const sim::FramePtr& frame,
                 wire::ByteSpan octets) override;
  // 3.9.2.2
  void OnNetworkError(const NetworkError& error) override;
  void OnClosed(TcpConnection& connection) override;
  void OnForgotten(TcpConnection& connection) override;

  // RFC 9293 3.10.7.1 and 3.10.7.2.
  void OnSegmentWithoutConnection(const FourTuple& tuple, const PseudoHeader& pseudo_header,
                                  const TcpSegment& segment, std::optional<SeqNum> after);
  void OnSynForListener(TcpListener& listener, const FourTuple& tuple,
                        const PseudoHeader& pseudo_header, const TcpSegment& segment,
                        std::optional<SeqNum> after);
  void Refuse(const FourTuple& tuple, const PseudoHeader& pseudo_header, const TcpSegment& segment);
  // With the address that the host speaks from where `local` names none.
  FourTuple TupleOf(const transport::Address& local, const transport::Address& remote) const;
  // What a new connection begins with, where the user has set these.
  TcpUserOptions OptionsWith(absl::Span<const transport::Option> set) const;
  TcpConnection& Make(const FourTuple& tuple, const TcpUserOptions& options);
  void DropOctets(TcpDrop drop, absl::string_view why, absl::string_view clause);
  void OnForgottenDue() { forgotten_.clear(); }

  TcpSettings settings_;
  InitialSequence initial_sequence_;
  TcpServices services_;
  TcpDemultiplexer demultiplexer_;
  absl::btree_map<uint64_t, std::unique_ptr<TcpConnection>> connections_;  // by number
  // Freed when the event under way has ended.
  std::vector<std::unique_ptr<TcpConnection>> forgotten_;
  sim::MemberEvent<TcpTransport, &TcpTransport::OnForgottenDue> forgotten_due_;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_TCP_TRANSPORT_H_
