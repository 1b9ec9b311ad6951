#include "providers/inet/tcp/tcp_transport.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "providers/inet/host_address.h"
#include "providers/inet/socket_address.h"
#include "providers/inet/tcp/segment_sender.h"
#include "providers/inet/tcp/tcp_segment.h"
#include "sim/check.h"
#include "sim/decision/decisions.h"

namespace inet {
namespace {

// RFC 1122 4.2.3.10: only unicast addresses take part in connections.
bool IsUnicast(const IpAddress& address) { return !IsOfGroup(address) && !IsUnspecified(address); }

}  // namespace

TcpTransport::TcpTransport(sim::World& world, absl::string_view name, InternetLayer& internet,
                           const TcpSettings& settings)
    : settings_(settings),
      initial_sequence_(world.decisions().Stream(absl::StrCat(name, "/secret"))),
      services_{.world = world,
                .internet = internet,
                .settings = settings_,
                .owner = *this,
                .initial_sequence = initial_sequence_},
      forgotten_due_(world, *this) {
  internet.SetReceiver(kProtocolTcp, this);
  const absl::Duration longest = std::max(
      settings_.give_up_syn_after, settings_.fewest_retransmissions * settings_.greatest_rto);
  world.NoteRetransmissionCycle(longest + settings_.greatest_rto);
}

TcpTransport::~TcpTransport() {
  services_.internet.SetReceiver(kProtocolTcp, nullptr);
  for (const auto& [endpoint, listener] : demultiplexer_.listeners()) listener->Orphan();
}

TcpConnection& TcpTransport::Make(const FourTuple& tuple, const TcpUserOptions& options) {
  auto made = std::make_unique<TcpConnection>(services_, tuple, options);
  TcpConnection& connection = *made;
  CHECK(demultiplexer_.Add(connection.tuple(), connection));
  connections_.emplace_hint(connections_.end(), connection.subject(), std::move(made));
  return connection;
}

FourTuple TcpTransport::TupleOf(const transport::Address& local,
                                const transport::Address& remote) const {
  FourTuple tuple{.local = ToEndpoint(local), .remote = ToEndpoint(remote)};
  if (IsUnspecified(tuple.local.address)) {
    tuple.local.address = services_.internet.SourceFor(tuple.remote.address);
  }
  return tuple;
}

transport::Connection* TcpTransport::Connect(const transport::ConnectOptions& options,
                                             transport::ConnectionUser& user) {
  const FourTuple tuple = TupleOf(options.local, options.remote);
  if (demultiplexer_.Find(tuple) != nullptr) return nullptr;
  TcpConnection& connection = Make(tuple, OptionsWith(options.options));
  connection.OpenActive(user);
  return &connection;
}

std::unique_ptr<transport::Listener> TcpTransport::Listen(const transport::ListenOptions& options,
                                                          transport::ListenerUser& user) {
  const Endpoint local = ToEndpoint(options.local);
  if (demultiplexer_.listeners().contains(local)) return nullptr;
  return std::make_unique<TcpListener>(options, local, OptionsWith(options.options),
                                       settings_.syn_queue, demultiplexer_, user);
}

bool TcpTransport::IsLocal(const transport::Address& local) const {
  return services_.internet.IsLocal(ToEndpoint(local).address);
}

bool TcpTransport::IsInUse(const transport::Address& local) const {
  return demultiplexer_.IsInUse(ToEndpoint(local));
}

bool TcpTransport::IsInUseTowards(const transport::Address& local,
                                  const transport::Address& remote) const {
  const FourTuple tuple = TupleOf(local, remote);
  return demultiplexer_.Find(tuple) != nullptr ||
         demultiplexer_.FindListener(tuple.local) != nullptr;
}

TcpUserOptions TcpTransport::OptionsWith(absl::Span<const transport::Option> set) const {
  const bool is_ipv4 = std::holds_alternative<Ipv4Address>(services_.internet.own_address());
  TcpUserOptions options(settings_, is_ipv4 ? kIpv4Level : kIpv6Level);
  for (const transport::Option& option : set) {
    options.Set(option.level, option.name, option.value);
  }
  return options;
}

transport::OptionStatus TcpTransport::CheckOption(int level, int name,
                                                  transport::ByteSpan value) const {
  return OptionsWith({}).Set(level, name, value);
}

transport::OptionStatus TcpTransport::DefaultOption(int level, int name,
                                                    std::vector<uint8_t>& value) const {
  return OptionsWith({}).Get(level, name, value);
}

transport::OptionStatus TcpTransport::OptionAmong(absl::Span<const transport::Option> set,
                                                  int level, int name,
                                                  std::vector<uint8_t>& value) const {
  return OptionsWith(set).Get(level, name, value);
}

void TcpTransport::DropOctets(TcpDrop drop, absl::string_view why, absl::string_view clause) {
  ++services_.counters.in_errors;
  services_.drops.Record(drop, 0, "TCP", why, clause);
}

void TcpTransport::OnSegment(const SegmentInfo& info, const sim::FramePtr&, wire::ByteSpan octets) {
  ++services_.counters.in_segments;
  if (octets.size() < TcpHeader::kMinSize) {
    return DropOctets(TcpDrop::kTruncated, "TCP header truncated", "RFC 9293 3.1");
  }
  const PseudoHeader pseudo_header = MakePseudoHeader(info.destination, info.source, kProtocolTcp);
  // The sum is the same in both directions.
  if (!pseudo_header.Verifies(octets)) {
    return DropOctets(TcpDrop::kBadChecksum, "wrong checksum", "RFC 9293 3.1 (MUST-3)");
  }
  TcpSegment segment;
  absl::StatusOr<TcpHeader> header = TcpHeader::Parse(octets, &segment.payload);
  if (!header.ok()) {
    return DropOctets(TcpDrop::kMalformed, header.status().message(), "RFC 9293 3.1");
  }
  segment.header = *std::move(header);
  segment.ecn = static_cast<EcnCodepoint>(info.traffic_class & 3);
  if (settings_.drop_syn_fin && segment.header.Has(TcpHeader::kSyn | TcpHeader::kFin)) {
    return DropOctets(TcpDrop::kPolicy, "both SYN and FIN", "TcpSettings: drop_syn_fin");
  }
  if (!IsUnicast(info.source) || !IsUnicast(info.destination)) {
    return DropOctets(TcpDrop::kNotUnicast, "not from one host to another",
                      "RFC 9293 3.9.2.3 (MUST-57)");
  }
  const FourTuple tuple{.local = {info.destination, segment.header.destination_port},
                        .remote = {info.source, segment.header.source_port}};
  TcpConnection* connection = demultiplexer_.Find(tuple);
  services_.world.ContinueBecause(
      TraceSegment(services_.world.trace(), sim::TraceKind::kPduReceived,
                   connection == nullptr ? 0 : connection->subject(), segment));
  std::optional<SeqNum> after;
  if (connection != nullptr && connection->MayBeReplacedBy(segment.header) &&
      demultiplexer_.FindListener(tuple.local) != nullptr) {
    after = connection->Replace();
    connection = nullptr;
  }
  if (connection != nullptr) return connection->OnSegment(segment);
  OnSegmentWithoutConnection(tuple, pseudo_header, segment, after);
}

void TcpTransport::OnNetworkError(const NetworkError& error) {
  wire::ByteReader in(error.quoted);
  const uint16_t local_port = in.U16();
  const uint16_t remote_port = in.U16();
  const SeqNum seq(in.U32());
  TcpConnection* connection =
      demultiplexer_.Find({{error.source, local_port}, {error.destination, remote_port}});
  if (!in.ok() || connection == nullptr) {
    return services_.drops.Record(TcpDrop::kUnknown, 0, error.text,
                                  "about no connection of this host", "RFC 5927 4");
  }
  if (!connection->IsInFlight(seq)) {
    return services_.drops.Record(TcpDrop::kNotInFlight, connection->subject(), error.text,
                                  "about a segment that is not in flight", "RFC 5927 4.1");
  }
  if (error.kind != NetworkError::Kind::kTooBig) return connection->OnNetworkError(error);
  if (!services_.internet.LearnPathMtu(error.destination, error.mtu)) return;
  for (const auto& [number, other] : connections_) {
    if (other->tuple().remote.address == error.destination) other->OnNarrowerPath();
  }
}

void TcpTransport::OnSegmentWithoutConnection(const FourTuple& tuple,
                                              const PseudoHeader& pseudo_header,
                                              const TcpSegment& segment,
                                              std::optional<SeqNum> after) {
  const TcpHeader& header = segment.header;
  const absl::string_view name = TcpSegmentName(header.flags);
  TcpListener* listener = demultiplexer_.FindListener(tuple.local);
  if (header.Has(TcpHeader::kRst)) {
    return services_.drops.Record(
        TcpDrop::kReset, 0, name, "no such connection",
        listener == nullptr ? "RFC 9293 3.10.7.1" : "RFC 9293 3.10.7.2, first");
  }
  if (listener != nullptr && !header.Has(TcpHeader::kAck)) {
    if (header.Has(TcpHeader::kSyn)) {
      return OnSynForListener(*listener, tuple, pseudo_header, segment, after);
    }
    return services_.drops.Record(TcpDrop::kUnknown, 0, name, "neither SYN nor ACK",
                                  "RFC 9293 3.10.7.2, fourth");
  }
  if (listener != nullptr && header.Has(TcpHeader::kSyn) && settings_.listeners_drop_syn_acks) {
    return services_.drops.Record(TcpDrop::kPolicy, 0, name, "SYN,ACK for a listener",
                                  "TcpSettings: listeners_drop_syn_acks");
  }
  services_.drops.Record(TcpDrop::kUnknown, 0, name,
                         listener == nullptr ? "nothing there" : "no such connection",
                         listener == nullptr ? "RFC 9293 3.10.7.1" : "RFC 9293 3.10.7.2, second");
  const bool is_syn = header.Has(TcpHeader::kSyn);
  const bool is_ignored = settings_.closed_ports == TcpClosedPorts::kIgnoreAll ||
                          (settings_.closed_ports == TcpClosedPorts::kIgnoreSyn && is_syn);
  if (listener == nullptr && is_ignored) return;
  Refuse(tuple, pseudo_header, segment);
}

void TcpTransport::OnSynForListener(TcpListener& listener, const FourTuple& tuple,
                                    const PseudoHeader& pseudo_header, const TcpSegment& segment,
                                    std::optional<SeqNum> after) {
  const absl::string_view name = TcpSegmentName(segment.header.flags);
  switch (listener.Admit()) {
    case TcpListener::Admission::kDrop:
      return services_.drops.Record(TcpDrop::kQueueFull, 0, name, "too many requests under way",
                                    "RFC 4987 2");
    case TcpListener::Admission::kRefuse:
      services_.drops.Record(TcpDrop::kQueueFull, 0, name, "the listener's queue is full",
                             "Winsock page: listen");
      return Refuse(tuple, pseudo_header, segment);
    case TcpListener::Admission::kAdmit:
      break;
  }
  TcpConnection& connection = Make(tuple, listener.user_options());
  listener.Expect(connection);
  connection.OpenPassive(segment, listener, listener.waits_for_decision(), after);
}

void TcpTransport::Refuse(const FourTuple& tuple, const PseudoHeader& pseudo_header,
                          const TcpSegment& segment) {
  SendSegment(services_, tuple, pseudo_header, 0, ResetFor(segment), sim::Frame::Create(0));
}

void TcpTransport::OnClosed(TcpConnection& connection) {
  demultiplexer_.Remove(connection.tuple());
}

void TcpTransport::OnForgotten(TcpConnection& connection) {
  const auto found = connections_.find(connection.subject());
  CHECK(found != connections_.end());
  forgotten_.push_back(std::move(found->second));
  connections_.erase(found);
  if (!forgotten_due_.is_scheduled()) forgotten_due_.ScheduleAt(services_.world.now());
}

}  // namespace inet
