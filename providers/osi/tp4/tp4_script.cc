#include "providers/osi/tp4/tp4_script.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "providers/ethernet/llc_header.h"
#include "providers/osi/iso_address.h"
#include "providers/osi/tp4/tp4.h"

namespace osi {

absl::string_view CauseName(transport::Cause cause) {
  using transport::Cause;
  switch (cause) {
    case Cause::kPeerUser:
      return "kPeerUser";
    case Cause::kRefusedByUser:
      return "kRefusedByUser";
    case Cause::kNothingThere:
      return "kNothingThere";
    case Cause::kCongestion:
      return "kCongestion";
    case Cause::kNoAnswer:
      return "kNoAnswer";
    case Cause::kPeerLost:
      return "kPeerLost";
    case Cause::kNetworkUnreachable:
      return "kNetworkUnreachable";
    case Cause::kHostUnreachable:
      return "kHostUnreachable";
    case Cause::kQualityUnavailable:
      return "kQualityUnavailable";
    case Cause::kNegotiationFailed:
      return "kNegotiationFailed";
    case Cause::kProtocolError:
      return "kProtocolError";
    case Cause::kNoResources:
      return "kNoResources";
  }
  return "?";
}

void ScriptedUser::OnDisconnectIndication(transport::Reason reason, ByteSpan data) {
  Hear(absl::StrCat("disconnect ", CauseName(reason.cause), " ", reason.code), data);
}

void ScriptedUser::Hear(std::string what, ByteSpan data) {
  if (!data.empty()) absl::StrAppend(&what, " ", ToString(data));
  heard.push_back(what);
  if (reaction) reaction(heard.back());
}

void Tp4Script::Run(const std::function<void(Tp4Script&)>& body) {
  Tp4Script script;
  script.our_host_->DeclareProcess("test", [&] {
    script.Begin();
    body(script);
    script.listener_.reset();
  });
  const sim::RunResult result = script.world_.Run();
  EXPECT_EQ(result.failure, "");
}

Tp4Script::Tp4Script() {
  our_host_ = *world_.network().AddHost("us");
  peer_host_ = *world_.network().AddHost("peer");
  EXPECT_TRUE(world_.network().AddLink("us", "peer", {}).ok());
  world_.trace().AddListener(*this, true);
}

void Tp4Script::Begin() {
  transport_ = &Tp4Registration().of_boot(*our_host_->boot());
  peer_host_->boot()->slots().Get<ClnpLayer>().SetUser(Nsap::kTransportSelector, this);
}

void Tp4Script::Connect(absl::string_view user_data) {
  connection_ = transport_->Connect({.local = IsoAddresses().OfHost(1, kOurPort),
                                     .remote = IsoAddresses().OfHost(2, kPeerPort),
                                     .user_data = OctetsOf(user_data),
                                     .quality = quality,
                                     .options = options},
                                    user);
}

void Tp4Script::Listen(bool has_room) {
  has_room_ = has_room;
  listener_ = transport_->Listen({.local = IsoAddresses().Wildcard(kOurPort)}, *this);
  EXPECT_NE(listener_, nullptr);
}

bool Tp4Script::OnConnectIndication(transport::Connection& connection) {
  user.heard.push_back(absl::StrCat("request ", IsoAddresses().ToText(connection.remote_address()),
                                    " ", ToString(connection.connect_data())));
  if (!has_room_) return false;
  connection_ = &connection;
  connection.SetUser(&user);
  return true;
}

std::vector<std::string> Tp4Script::Hears() { return std::exchange(user.heard, {}); }
std::vector<std::string> Tp4Script::Nsdus() { return std::exchange(nsdus_, {}); }
std::vector<std::string> Tp4Script::Drops() { return std::exchange(drops_, {}); }

size_t Tp4Script::Write(absl::string_view octets, bool end_of_message) {
  const ByteSpan piece = OctetsOf(octets);
  return connection_->Write({&piece, 1}, end_of_message);
}

std::string Tp4Script::Read(size_t most) {
  std::vector<uint8_t> into(most);
  const transport::ReadResult result = connection_->Read(absl::MakeSpan(into), false);
  into.resize(result.octets);
  return absl::StrCat(ToString(into), result.end_of_message ? "" : "...");
}

void Tp4Script::OnUnitData(const Nsap&, const Nsap&, const sim::FramePtr&, ByteSpan data) {
  std::vector<std::string> kinds;
  while (!data.empty()) {
    const absl::StatusOr<ByteSpan> tpdu = TakeTpdu(data);
    ASSERT_TRUE(tpdu.ok()) << tpdu.status();
    const TpduType type = TpduHeader::Parse(*tpdu)->type;
    kinds.emplace_back(TpduTypeName(type));
    if (ignores_aks_ && type == TpduType::kAk) continue;
    arrived_.emplace_back(tpdu->begin(), tpdu->end());
    has_arrived_.Set();
  }
  nsdus_.push_back(absl::StrJoin(kinds, "+"));
}

std::vector<std::string> Tp4Script::Sent() {
  std::vector<std::string> kinds;
  for (const std::vector<uint8_t>& tpdu : std::exchange(arrived_, {})) {
    const absl::StatusOr<TpduHeader> header = TpduHeader::Parse(tpdu);
    kinds.emplace_back(header.ok() ? TpduTypeName(header->type) : "?");
  }
  return kinds;
}

void Tp4Script::OnTraceEvent(const sim::TraceEvent& event) {
  if (event.kind == sim::TraceKind::kState) state_ = static_cast<Tp4State>(event.code);
  if (event.kind == sim::TraceKind::kPduDropped) {
    drops_.push_back(absl::StrCat(event.name, ": ", event.text));
    EXPECT_NE(event.clause, "");
  }
}

bool Tp4Script::WaitForTpdu(absl::Duration patience) {
  const sim::Time deadline = world_.now() + patience;
  while (arrived_.empty() && world_.now() < deadline) {
    has_arrived_.Reset();
    sim::Thread::Current()->Wait(has_arrived_, deadline);
  }
  return !arrived_.empty();
}

void Tp4Script::SendsNothing(absl::Duration span, const char* file, int line) {
  if (!WaitForTpdu(span)) return;
  const absl::StatusOr<TpduHeader> header = TpduHeader::Parse(arrived_.front());
  ADD_FAILURE_AT(file, line) << (header.ok() ? TpduTypeName(header->type) : "?") << " is sent";
  arrived_.clear();
}

void Tp4Script::ReceivesOctets(ByteSpan octets) {
  peer_host_->boot()->slots().Get<ClnpLayer>().Send(
      Nsap::kTransportSelector, NsapOfHost(1, Nsap::kTransportSelector), sim::Frame::Copy(octets));
  Advance(absl::Milliseconds(2));
}

void Tp4Script::ReceivesErrorReport(DiscardReason reason, ByteSpan data) {
  // As a router would put it together: the discarded PDU with its header.
  std::vector<uint8_t> discarded;
  ClnpDataPdu{.lifetime = 1,
              .destination = NsapOfHost(2, Nsap::kTransportSelector),
              .source = NsapOfHost(1, Nsap::kTransportSelector),
              .data = data}
      .AppendTo(discarded);
  std::vector<uint8_t> report;
  ClnpErrorReportPdu{.lifetime = 30,
                     .destination = NsapOfHost(1, Nsap::kTransportSelector),
                     .source = NsapOfHost(2, Nsap::kNetworkSelector),
                     .fault = {.reason = reason},
                     .discarded = discarded}
      .AppendTo(report);
  const sim::NextHop next = *world_.network().Route(*peer_host_, *our_host_);
  peer_host_->boot()->slots().Get<ethernet::Station>().SendToSap(
      *next.nic, next.mac, ethernet::kSapOsiNetwork, sim::Frame::Copy(report));
  Advance(absl::Milliseconds(2));
}

void Tp4Script::Advance(absl::Duration span) {
  sim::Thread::Current()->Wait({}, world_.now() + span, false);
}

CrTpdu Tp4Script::PeerCr(absl::string_view user_data) const {
  CrTpdu cr;
  cr.credit = 15;
  cr.source_reference = kPeerReference;
  cr.calling_tsap_id = {kPeerPort >> 8, kPeerPort & 0xFF};
  cr.called_tsap_id = {kOurPort >> 8, kOurPort & 0xFF};
  cr.maximum_tpdu_size = 1024;
  cr.user_data = {user_data.begin(), user_data.end()};
  return cr;
}

CcTpdu Tp4Script::PeerCc(absl::string_view user_data) const {
  CcTpdu cc;
  cc.credit = 15;
  cc.destination_reference = kOurReference;
  cc.source_reference = kPeerReference;
  cc.maximum_tpdu_size = 128;
  cc.user_data = {user_data.begin(), user_data.end()};
  return cc;
}

AkTpdu Tp4Script::PeerAk(uint32_t number, uint16_t credit) const {
  return {.destination_reference = kOurReference, .your_tpdu_number = number, .credit = credit};
}

DtTpdu Tp4Script::PeerDt(uint32_t number, absl::string_view text, bool end_of_tsdu) const {
  return {.destination_reference = kOurReference,
          .end_of_tsdu = end_of_tsdu,
          .number = number,
          .user_data = OctetsOf(text)};
}

void Tp4Script::GoToWfcc() {
  Connect();
  Sends<CrTpdu>();
}

void Tp4Script::GoToWftresp() {
  Listen();
  Receives(PeerCr());
  EXPECT_EQ(Hears().size(), 1u);
}

void Tp4Script::GoToAkwait() {
  GoToWftresp();
  us().Accept({});
  Sends<CcTpdu>();
}

void Tp4Script::GoToOpen() {
  GoToWfcc();
  Receives(PeerCc());
  Sends<AkTpdu>();
  EXPECT_EQ(Hears(), std::vector<std::string>{"connected"});
}

void Tp4Script::GoToOpenAsResponder() {
  GoToAkwait();
  Receives(PeerAk(0));
  EXPECT_EQ(Hears(), std::vector<std::string>{"connected"});
}

void Tp4Script::GoToClosing() {
  GoToOpen();
  us().Disconnect({});
  Sends<DrTpdu>();
}

void Tp4Script::GoToRefwait() {
  GoToClosing();
  Receives(DcTpdu{.destination_reference = kOurReference, .source_reference = kPeerReference});
  Hears();
}

}  // namespace osi
