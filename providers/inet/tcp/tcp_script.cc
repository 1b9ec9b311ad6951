#include "providers/inet/tcp/tcp_script.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "providers/inet/socket_address.h"
#include "providers/inet/tcp/tcp_segment.h"
#include "sim/net/network.h"
#include "sim/thread.h"

namespace inet {
namespace {

uint16_t FlagsOf(absl::string_view names) {
  constexpr std::pair<absl::string_view, uint16_t> kFlags[] = {
      {"SYN", TcpHeader::kSyn}, {"FIN", TcpHeader::kFin}, {"RST", TcpHeader::kRst},
      {"PSH", TcpHeader::kPsh}, {"URG", TcpHeader::kUrg}, {"ACK", TcpHeader::kAck},
      {"ECE", TcpHeader::kEce}, {"CWR", TcpHeader::kCwr}};
  uint16_t flags = 0;
  for (const absl::string_view name : absl::StrSplit(names, ' ')) {
    for (const auto& [text, flag] : kFlags) {
      if (text == name) flags |= flag;
    }
  }
  return flags;
}

std::string Describe(absl::string_view flags, uint32_t seq, uint32_t ack, absl::string_view data) {
  return absl::StrCat(flags, " seq ", seq, " ack ", ack, " data \"", data.substr(0, 60), "\" of ",
                      data.size());
}

absl::string_view CauseName(transport::Cause cause) {
  constexpr absl::string_view kNames[] = {
      "kPeerUser",           "kRefusedByUser",     "kNothingThere",       "kCongestion",
      "kNoAnswer",           "kPeerLost",          "kNetworkUnreachable", "kHostUnreachable",
      "kQualityUnavailable", "kNegotiationFailed", "kProtocolError",      "kNoResources"};
  return kNames[static_cast<size_t>(cause)];
}

}  // namespace

void ScriptedUser::Hear(std::string what) {
  heard.push_back(std::move(what));
  if (reaction) reaction(heard.back());
}

void ScriptedUser::OnDisconnectIndication(transport::Reason reason, transport::ByteSpan) {
  Hear(absl::StrCat("disconnected ", CauseName(reason.cause)));
}

void TcpScript::Run(const std::function<void(TcpScript&)>& body, const TcpSettings& settings,
                    size_t mtu_payload) {
  TcpScript script(mtu_payload);
  InternetLayer& internet = script;
  script.host_->DeclareProcess("test", [&] {
    script.transport_ =
        std::make_unique<TcpTransport>(script.world_, "host/us/tcp", internet, settings);
    body(script);
    script.listener_.reset();
    if (script.is_attached) script.Leave(transport::Farewell::kAbortive);
    script.Advance(absl::Nanoseconds(1));
    for (const auto& [code, traced] : script.drops_traced_) {
      EXPECT_EQ(script.transport_->drops().count(static_cast<TcpDrop>(code)), traced) << code;
    }
    script.transport_.reset();
  });
  const sim::RunResult result = script.world_.Run();
  EXPECT_EQ(result.failure, "");
}

TcpScript::TcpScript(size_t mtu_payload)
    : world_(decisions_), mtu_payload_(mtu_payload), path_payload_(mtu_payload) {
  host_ = *world_.network().AddHost("us");
  world_.trace().AddListener(*this, true);
}

void TcpScript::SetReceiver(uint8_t protocol, SegmentReceiver* receiver) {
  EXPECT_EQ(protocol, kProtocolTcp);
  receiver_ = receiver;
}

IpAddress TcpScript::own_address() const { return kOurAddress; }
bool TcpScript::IsLocal(const IpAddress& address) const { return address == own_address(); }
IpAddress TcpScript::SourceFor(const IpAddress&) const { return kOurAddress; }
size_t TcpScript::MaxSegment(const IpAddress& destination) const {
  return destination == IpAddress(kPeerAddress) ? path_payload_ : 0;
}
size_t TcpScript::MaxReceivable(const IpAddress& destination) const {
  return destination == IpAddress(kPeerAddress) ? mtu_payload_ : 0;
}
bool TcpScript::LearnPathMtu(const IpAddress&, size_t mtu) {
  if (mtu >= path_payload_) return false;
  path_payload_ = mtu;
  return true;
}

SendStatus TcpScript::Send(const SegmentInfo& info, uint8_t, sim::FramePtr segment) {
  EXPECT_EQ(info.source, IpAddress(kOurAddress));
  EXPECT_EQ(info.destination, IpAddress(kPeerAddress));
  const PseudoHeader pseudo(kOurAddress, kPeerAddress, kProtocolTcp);
  EXPECT_TRUE(pseudo.Verifies(segment->octets()));
  EXPECT_LE(segment->size(), mtu_payload_);
  wire::ByteSpan payload;
  absl::StatusOr<TcpHeader> header = TcpHeader::Parse(segment->octets(), &payload);
  EXPECT_TRUE(header.ok()) << header.status();
  if (header->Has(TcpHeader::kSyn)) iss_ = header->seq;
  sent_.push_back({*header, ToString(payload), info});
  return SendStatus::kSent;
}

void TcpScript::Sends(absl::string_view flags, uint32_t seq, uint32_t ack, absl::string_view data,
                      const char* file, int line) {
  if (sent_.empty()) Advance(absl::Nanoseconds(1));
  const std::string expected = Describe(flags, seq, ack, data);
  if (sent_.empty()) {
    ADD_FAILURE_AT(file, line) << "expected " << expected << "\n     sent nothing";
    return;
  }
  last_ = std::move(sent_.front());
  sent_.pop_front();
  const TcpHeader& header = last_.header;
  const auto named = static_cast<uint16_t>(header.flags & ~TcpHeader::kPsh);
  const uint32_t relative_ack =
      header.Has(TcpHeader::kAck) ? SeqNum(kPeerIss).DistanceTo(header.ack) : 0;
  // A reset that answers a segment without ACK has the number 0 itself.
  const bool is_bare = header.Has(TcpHeader::kRst | TcpHeader::kAck) && header.seq == SeqNum(0);
  const uint32_t relative_seq = is_bare ? 0 : iss_.DistanceTo(header.seq);
  const std::string actual =
      Describe(TcpSegmentName(named), relative_seq, relative_ack, last_.data);
  if (actual != expected) {
    ADD_FAILURE_AT(file, line) << "expected " << expected << "\n     sent " << actual;
  }
}

void TcpScript::SendsNothing(const char* file, int line) {
  Advance(absl::Nanoseconds(1));
  if (sent_.empty()) return;
  const Captured& first = sent_.front();
  ADD_FAILURE_AT(file, line) << "expected nothing\n     sent "
                             << TcpSegmentText({first.header, OctetsOf(first.data)});
  sent_.clear();
}

std::vector<uint8_t> TcpScript::Octets(const In& in) const {
  TcpHeader header{.source_port = in.port,
                   .destination_port = kOurPort,
                   .seq = SeqNum(kPeerIss) + in.seq,
                   .flags = FlagsOf(in.flags),
                   .window = in.window,
                   .urgent_pointer = in.urgent,
                   .options = in.options};
  if (header.Has(TcpHeader::kAck)) header.ack = iss_ + in.ack;
  std::vector<uint8_t> octets;
  header.AppendTo(octets);
  octets.insert(octets.end(), in.data.begin(), in.data.end());
  StoreTcpChecksum(PseudoHeader(kPeerAddress, kOurAddress, kProtocolTcp), absl::MakeSpan(octets));
  return octets;
}

void TcpScript::Receives(const In& in) { ReceivesOctets(Octets(in), static_cast<uint8_t>(in.ecn)); }

void TcpScript::NetworkSays(NetworkError::Kind kind, uint32_t seq, size_t mtu) {
  const TcpHeader header{.source_port = kOurPort, .destination_port = kPeerPort, .seq = iss_ + seq};
  std::vector<uint8_t> quoted;
  header.AppendTo(quoted);
  quoted.resize(8);
  world_.At(world_.now(), [this, kind, mtu, quoted] {
    receiver_->OnNetworkError({.kind = kind,
                               .text = "the network's word",
                               .source = kOurAddress,
                               .destination = kPeerAddress,
                               .quoted = quoted,
                               .mtu = mtu});
  });
  Advance(absl::Nanoseconds(1));
}

void TcpScript::ReceivesOctets(std::vector<uint8_t> octets, uint8_t traffic_class,
                               const Ipv4Address& source) {
  world_.At(world_.now(), [this, octets = std::move(octets), traffic_class, source] {
    receiver_->OnSegment(
        {.source = source, .destination = kOurAddress, .traffic_class = traffic_class},
        sim::Frame::Copy(octets), octets);
  });
  Advance(absl::Nanoseconds(1));
}

void TcpScript::Advance(absl::Duration span) {
  sim::Thread::Current()->Wait({}, world_.now() + span, false);
}

void TcpScript::Connect(std::vector<transport::ConnectOptions::Option> options) {
  connection_ = static_cast<TcpConnection*>(
      transport_->Connect({.local = ToSocketAddress({kOurAddress, kOurPort}),
                           .remote = ToSocketAddress({kPeerAddress, kPeerPort}),
                           .options = options},
                          user));
  is_attached = connection_ != nullptr;
}

void TcpScript::Listen(size_t backlog, bool waits_for_decision,
                       std::vector<transport::Option> options) {
  listener_ = transport_->Listen({.local = Ipv4SocketAddresses().Wildcard(kOurPort),
                                  .waits_for_decision = waits_for_decision,
                                  .backlog = backlog,
                                  .options = options},
                                 *this);
  EXPECT_NE(listener_, nullptr);
}

bool TcpScript::OnConnectIndication(transport::Connection& connection) {
  user.heard.push_back("request");
  if (!has_room) return false;
  if (is_attached) Leave(transport::Farewell::kAbortive);
  connection_ = static_cast<TcpConnection*>(&connection);
  is_attached = true;
  connection.SetUser(&user);
  if (accepts) connection.Accept({});
  return true;
}

size_t TcpScript::Write(absl::string_view octets) {
  const wire::ByteSpan piece = OctetsOf(octets);
  return connection_->Write({&piece, 1}, false);
}

std::string TcpScript::Read(size_t most) {
  std::vector<uint8_t> into(most);
  const transport::ReadResult result = connection_->Read(absl::MakeSpan(into), false);
  into.resize(result.octets);
  return result.end_of_data ? "(end)" : ToString(into);
}

void TcpScript::Leave(transport::Farewell farewell) {
  is_attached = false;
  connection_->Detach(farewell);
}

std::vector<std::string> TcpScript::Hears() {
  Advance(absl::Nanoseconds(1));
  return std::exchange(user.heard, {});
}

std::vector<std::string> TcpScript::Drops() { return std::exchange(drops_, {}); }

void TcpScript::OnTraceEvent(const sim::TraceEvent& event) {
  if (event.kind == sim::TraceKind::kState) state_ = static_cast<TcpState>(event.code);
  if (event.kind != sim::TraceKind::kPduDropped) return;
  drops_.push_back(absl::StrCat(event.name, ": ", event.text));
  ++drops_traced_[event.code];
  EXPECT_NE(event.text, "");
  EXPECT_NE(event.clause, "");
}

void TcpScript::Establish(const TcpOptions& peer_options, uint16_t window) {
  Connect();
  Sends("SYN", 0, 0);
  Receives({.flags = "SYN ACK", .seq = 0, .ack = 1, .window = window, .options = peer_options});
  Sends("ACK", 1, 1);
  EXPECT_EQ(Hears(), std::vector<std::string>{"connected"});
}

void TcpScript::EstablishPassively() {
  Listen();
  Receives({.flags = "SYN", .options = {.max_segment_size = 1460}});
  Sends("SYN ACK", 0, 1);
  Receives({.flags = "ACK", .seq = 1, .ack = 1});
  std::vector<std::string> expected = {"request"};
  if (accepts) expected.push_back("connected");
  EXPECT_EQ(Hears(), expected);
}

}  // namespace inet
