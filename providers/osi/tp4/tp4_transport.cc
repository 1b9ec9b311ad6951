#include "providers/osi/tp4/tp4_transport.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "providers/osi/checksum/iso_checksum.h"
#include "providers/osi/tp4/tp4.h"
#include "providers/osi/tp4/tp4_connection.h"
#include "providers/osi/tp4/tp4_quality.h"
#include "providers/osi/tp4/tp4_values.h"

namespace osi {

// Somebody who waits for requests at a selector.
class Tp4Listener final : public transport::Listener {
 public:
  Tp4Listener(Tp4Transport& transport, const TransportAddress& local, transport::ListenerUser& user)
      : transport_(&transport), local_(local), user_(user) {}
  ~Tp4Listener() override {
    if (transport_ != nullptr) transport_->listeners_.erase(local_);
  }
  transport::Address local_address() const override { return ToSocketAddress(local_); }

  transport::ListenerUser& user() const { return user_; }
  // The transport entity goes first.
  void Forget() { transport_ = nullptr; }

 private:
  Tp4Transport* transport_;
  const TransportAddress local_;
  transport::ListenerUser& user_;
};

namespace {

constexpr size_t kSourceReferenceOffset = 4;

// The port that a TSAP-ID names; nullopt: it is none of ours.
std::optional<uint16_t> SelectorIn(const std::vector<uint8_t>& tsap_id) {
  if (tsap_id.size() != IsoAddressFormat::kSelectorSize) return std::nullopt;
  return static_cast<uint16_t>(tsap_id[0] << 8 | tsap_id[1]);
}

}  // namespace

Tp4Transport::Tp4Transport(sim::Boot& boot)
    : boot_(boot),
      network_(boot.slots().Get<ClnpLayer>()),
      exchange_(boot.world(), network_),
      connections_(boot.world(), boot.number(), exchange_) {
  network_.SetUser(Nsap::kTransportSelector, this);
  boot.world().NoteRetransmissionCycle(Persistence());
}

Tp4Transport::~Tp4Transport() {
  network_.SetUser(Nsap::kTransportSelector, nullptr);
  for (auto& [local, listener] : listeners_) listener->Forget();
}

// ---- The users' requests

transport::Connection* Tp4Transport::Connect(const transport::ConnectOptions& options,
                                             transport::ConnectionUser& user) {
  TransportAddress local = ToTransportAddress(options.local);
  if (local.nsap.empty()) local.nsap = network_.own_address(Nsap::kTransportSelector);
  const TransportAddress remote = ToTransportAddress(options.remote);
  Tp4Connection& connection = connections_.Make(local, remote);
  connection.SetUser(&user);
  const size_t nsdu = network_.MaxUnsegmentedData(remote.nsap);
  if (nsdu == 0) {
    connection.FailAtOnce({.cause = transport::Cause::kNetworkUnreachable, .text = "no route"});
  } else if (!connections_.GiveReference(connection)) {
    connection.FailAtOnce({.cause = transport::Cause::kNoResources,
                           .code = static_cast<int>(DisconnectReason::kReferenceOverflow),
                           .text = DisconnectReasonName(DisconnectReason::kReferenceOverflow)});
  } else {
    Request(connection, options, nsdu);
  }
  return &connection;
}

void Tp4Transport::Request(Tp4Connection& connection, const transport::ConnectOptions& options,
                           size_t nsdu) {
  for (const transport::ConnectOptions::Option& option : options.options) {
    connection.SetOption(option.level, option.name, option.value);
  }
  if (options.quality == nullptr) return connection.SendRequest(nsdu, options.user_data);
  const std::optional<transport::QualityOfService> granted =
      GrantedTo(connection.remote().nsap, *options.quality);
  if (!granted.has_value()) {
    return connection.FailAtOnce({.cause = transport::Cause::kQualityUnavailable,
                                  .text = "quality of service below the minimum"});
  }
  connection.SendRequest(nsdu - kPriorityOptionOctets, options.user_data, &*granted);
}

std::optional<transport::QualityOfService> Tp4Transport::GrantedTo(
    const Nsap& remote, const transport::QualityOfService& wanted) const {
  return Granted(wanted,
                 network_.QualityOfPath(remote, kTransitDelayFrame).value_or(sim::PathQuality{}));
}

std::unique_ptr<transport::Listener> Tp4Transport::Listen(const transport::ListenOptions& options,
                                                          transport::ListenerUser& user) {
  const TransportAddress local = ToTransportAddress(options.local);
  if (listeners_.contains(local)) return nullptr;
  auto listener = std::make_unique<Tp4Listener>(*this, local, user);
  listeners_[local] = listener.get();
  return listener;
}

bool Tp4Transport::IsLocal(const transport::Address& local) const {
  const Nsap nsap = ToTransportAddress(local).nsap;
  return nsap.empty() || nsap == network_.own_address(Nsap::kTransportSelector);
}

bool Tp4Transport::IsInUse(const transport::Address& local) const {
  return connections_.IsInUse(ToTransportAddress(local).selector);
}

transport::OptionStatus Tp4Transport::CheckOption(int level, int name, ByteSpan value) const {
  return Tp4Options().Set(level, name, value);
}

transport::OptionStatus Tp4Transport::DefaultOption(int level, int name,
                                                    std::vector<uint8_t>& value) const {
  return Tp4Options().Get(level, name, value);
}

// ---- Arriving TPDUs

void Tp4Transport::OnUnitData(const Nsap& source, const Nsap&, const sim::FramePtr& frame,
                              ByteSpan data) {
  ConnectionTable::Scope scope(connections_);
  while (!data.empty()) {  // 6.4
    const ByteSpan rest = data;
    const absl::StatusOr<ByteSpan> tpdu = TakeTpdu(data);
    if (!tpdu.ok()) return OnUnreadable(rest, tpdu.status());
    OnTpdu(source, frame, *tpdu);
  }
}

void Tp4Transport::OnUnreadable(ByteSpan nsdu, const absl::Status& why) {
  const bool is_damaged = !ChecksumHolds(nsdu);
  exchange_.OnNoTpdu(is_damaged ? "wrong checksum" : why.message(),
                     is_damaged ? "ISO 8073 6.17.3" : "ISO 8073 6.22");
}

void Tp4Transport::OnTpdu(const Nsap& source, const sim::FramePtr& frame, ByteSpan tpdu) {
  const absl::StatusOr<TpduHeader> header = TpduHeader::Parse(tpdu);
  if (!header.ok()) return OnUnreadable(tpdu, header.status());
  if (header->type == TpduType::kCr) return OnCr(source, tpdu);
  if (header->type == TpduType::kDr && header->destination_reference == 0) {
    return OnDrWithoutReference(source, frame, tpdu);
  }
  Tp4Connection* connection = connections_.Find(header->destination_reference, source);
  if (connection == nullptr) return OnUnmatched(source, header->type, tpdu);
  connection->OnTpdu(header->type, frame, tpdu);
}

void Tp4Transport::OnCr(const Nsap& source, ByteSpan tpdu) {
  const absl::StatusOr<CrTpdu> cr = CrTpdu::Parse(tpdu);
  if (!cr.ok()) return OnBadCr(source, tpdu, cr.status());
  const ConnectionTable::Request* request = connections_.FindRequest(source, cr->source_reference);
  const bool is_known = request != nullptr && request->connection != nullptr;
  exchange_.OnReceived(is_known ? request->connection->subject() : 0, TpduType::kCr, tpdu);
  if (request == nullptr) return OnNewCr(source, *cr);
  if (is_known) return request->connection->OnRepeatedRequest();
  if (!request->refusal.empty()) return exchange_.SendCopy(source, 0, request->refusal);
  exchange_.OnDropped(0, TpduType::kCr, "of a connection that is over", "ISO 8073 6.18");
}

// 6.22: the sender of a CR that breaks a rule is told with an ER.
void Tp4Transport::OnBadCr(const Nsap& source, ByteSpan tpdu, const absl::Status& why) {
  if (!ChecksumHolds(tpdu)) {
    return exchange_.OnDropped(0, TpduType::kCr, "wrong checksum", "ISO 8073 6.17.3");
  }
  exchange_.OnDropped(0, TpduType::kCr, why.message(), "ISO 8073 6.22");
  wire::ByteReader in(tpdu);
  in.Skip(kSourceReferenceOffset);
  const uint16_t reference = in.U16();
  if (!in.ok() || reference == 0) return;
  const TpduFault fault = TpduFaultOf(why).value_or(TpduFault{});
  // The rejected TPDU itself is optional in class 4 (13.12.4), and others have trouble reading it.
  exchange_.Send(source, 0, ErTpdu{.destination_reference = reference, .cause = fault.cause()});
}

Tp4Listener* Tp4Transport::FindListener(uint16_t selector) const {
  const Nsap own = network_.own_address(Nsap::kTransportSelector);
  for (const Nsap& nsap : {own, Nsap()}) {
    auto found = listeners_.find({.nsap = nsap, .selector = selector});
    if (found != listeners_.end()) return found->second;
  }
  return nullptr;
}

void Tp4Transport::OnNewCr(const Nsap& source, const CrTpdu& cr) {
  const uint16_t reference = cr.source_reference;
  const size_t nsdu = network_.MaxUnsegmentedData(source);
  const size_t overhead = cr.quality.priority.has_value() ? kPriorityOptionOctets : 0;
  const absl::StatusOr<Agreement> agreement = AgreeTo(cr, nsdu - std::min(nsdu, overhead));
  const std::optional<transport::QualityOfService> quality =
      GrantedTo(source, FromParameters(cr.quality, /*calls=*/false));
  if (!agreement.ok() || !quality.has_value())
    return SendRefusal(source, reference, DisconnectReason::kNegotiationFailed);
  const std::optional<uint16_t> selector = SelectorIn(cr.called_tsap_id);
  if (!selector.has_value()) {
    return SendRefusal(source, reference, DisconnectReason::kAddressUnknown);
  }
  Tp4Listener* listener = FindListener(*selector);
  if (listener == nullptr) {
    return SendRefusal(source, reference, DisconnectReason::kSessionEntityNotAttached);
  }
  const TransportAddress local{.nsap = network_.own_address(Nsap::kTransportSelector),
                               .selector = *selector};
  const TransportAddress remote{.nsap = source,
                                .selector = SelectorIn(cr.calling_tsap_id).value_or(0)};
  Tp4Connection& connection = connections_.Make(local, remote);
  if (!connections_.GiveReference(connection)) {
    connections_.OnUnused(connection);
    return SendRefusal(source, reference, DisconnectReason::kReferenceOverflow);
  }
  connection.OnRequest(cr, *agreement, *quality);
  connections_.AddRequest(connection);
  if (listener->user().OnConnectIndication(connection)) return;
  connection.RefuseFor(DisconnectReason::kCongestionAtTsap);
  connections_.OnUnused(connection);
}

void Tp4Transport::SendRefusal(const Nsap& to, uint16_t reference, DisconnectReason reason) {
  exchange_.Send(to, 0, DrTpdu{.destination_reference = reference, .reason = reason});  // 6.6
}

void Tp4Transport::OnDrWithoutReference(const Nsap& source, const sim::FramePtr& frame,
                                        ByteSpan tpdu) {
  // The peer withdraws a request before it knows our reference (12.2.4).
  const absl::StatusOr<DrTpdu> dr = DrTpdu::Parse(tpdu);
  const ConnectionTable::Request* request =
      dr.ok() ? connections_.FindRequest(source, dr->source_reference) : nullptr;
  if (request == nullptr || request->connection == nullptr) {
    return OnUnmatched(source, TpduType::kDr, tpdu);
  }
  request->connection->OnTpdu(TpduType::kDr, frame, tpdu);
}

void Tp4Transport::OnUnmatched(const Nsap& source, TpduType type, ByteSpan tpdu) {
  // It may be of a connection that used no checksums: then Parse finds none, and no fault either.
  if (type == TpduType::kCc) {
    const absl::StatusOr<CcTpdu> cc = CcTpdu::Parse(tpdu);
    if (cc.ok()) {
      exchange_.OnReceived(0, type, tpdu);
      return exchange_.Send(source, 0,
                            DrTpdu{.destination_reference = cc->source_reference,
                                   .source_reference = cc->destination_reference,
                                   .reason = DisconnectReason::kMismatchedReferences});
    }
  } else if (type == TpduType::kDr) {
    const absl::StatusOr<DrTpdu> dr = DrTpdu::Parse(tpdu);
    if (dr.ok() && dr->source_reference != 0) {
      exchange_.OnReceived(0, type, tpdu);
      return exchange_.Send(source, 0,
                            DcTpdu{.destination_reference = dr->source_reference,
                                   .source_reference = dr->destination_reference});
    }
  }
  if (!ChecksumHolds(tpdu)) {
    return exchange_.OnDropped(0, type, "wrong checksum", "ISO 8073 6.17.3");
  }
  exchange_.OnDropped(0, type, "for no connection", "ISO 8073 6.9");
}

void Tp4Transport::OnErrorReport(const Nsap& destination, ClnpFault fault, ByteSpan data) {
  ConnectionTable::Scope scope(connections_);
  if (fault.reason == DiscardReason::kCongestion) return OnCongestionReport(destination, data);
  const bool is_unreachable = fault.reason == DiscardReason::kDestinationUnreachable ||
                              fault.reason == DiscardReason::kDestinationUnknown;
  const absl::StatusOr<CrTpdu> cr = CrTpdu::Parse(data);
  if (!is_unreachable || !cr.ok()) return;
  Tp4Connection* connection = connections_.Find(cr->source_reference, destination);
  if (connection != nullptr) connection->OnUnreachable();
}

void Tp4Transport::OnCongestionReport(const Nsap& destination, ByteSpan tpdu) {
  // Only the head of it is quoted, so that nothing but the reference can be looked at.
  wire::ByteReader in(tpdu);
  in.Skip(1);
  const uint8_t type = in.U8() & 0xF0;
  const uint16_t reference = in.U16();
  if (!in.ok() || type != static_cast<uint8_t>(TpduType::kDt)) return;
  Tp4Connection* connection = connections_.FindByPeer(destination, reference);
  if (connection != nullptr) connection->OnCongestion();
}

transport::Registration Tp4Registration() {
  return {.name = "tp4",
          .description = "OSI transport protocol class 4 (ISO 8073) over CLNP",
          .capabilities = {.message_oriented = true,
                           .partial_messages = true,
                           .expedited_data = true,
                           .quality_of_service = true,
                           .always_waits_for_decision = true,
                           .connect_data_max = ConnectTpduContent::kMaxUserData,
                           .accept_data_max = ConnectTpduContent::kMaxUserData,
                           .refuse_data_max = DrTpdu::kMaxUserData,
                           .disconnect_data_max = DrTpdu::kMaxUserData,
                           .expedited_data_max = EdTpdu::kMaxUserData},
          .addresses = &IsoAddresses(),
          .address_family = IsoAddressFormat::kFamily,
          .socket_type = 5,  // SOCK_SEQPACKET
          .protocol = 29,    // ISOPROTO_TP4
          .of_boot = [](sim::Boot& boot) -> transport::Transport& {
            return boot.slots().Get<Tp4Transport>();
          }};
}

}  // namespace osi
