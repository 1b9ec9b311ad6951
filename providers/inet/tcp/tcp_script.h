// A host's TCP, and a test that plays its user and, segment by segment, its peer. For tests only.
#ifndef PROVIDERS_INET_TCP_TCP_SCRIPT_H_
#define PROVIDERS_INET_TCP_TCP_SCRIPT_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_transport.h"
#include "providers/transport/transport.h"
#include "sim/decision/zero_source.h"
#include "sim/host.h"
#include "sim/world.h"

namespace inet {

inline const Ipv4Address kOurAddress{{10, 0, 0, 1}};
inline const Ipv4Address kPeerAddress{{10, 0, 0, 2}};
constexpr uint16_t kOurPort = 5000;
constexpr uint16_t kPeerPort = 6000;
constexpr uint32_t kPeerIss = 0xFFFFFFF0;  // near the end of the space, so that every test wraps

inline std::string ToString(wire::ByteSpan octets) { return {octets.begin(), octets.end()}; }
inline wire::ByteSpan OctetsOf(absl::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

// Notes what it hears: "connected", "readable", "disconnected kPeerUser".
class ScriptedUser final : public transport::ConnectionUser {
 public:
  void OnConnected(transport::ByteSpan) override { Hear("connected"); }
  void OnReadable() override { Hear("readable"); }
  void OnWritable() override { Hear("writable"); }
  void OnExpedited() override { Hear("expedited"); }
  void OnReleaseIndication(transport::ByteSpan) override { Hear("release"); }
  void OnReleased() override { Hear("released"); }
  void OnDisconnectIndication(transport::Reason reason, transport::ByteSpan) override;

  std::vector<std::string> heard;
  std::function<void(absl::string_view)> reaction;  // to everything it hears

 private:
  void Hear(std::string what);
};

// The body of a test runs as a simulated thread. What was discarded is counted by the transport as
// often as it is in the trace, with a reason and a clause, or the test fails. Numbers of segments
// count from the initial sequence numbers, as in every figure of RFC 9293: our SYN is 0, our first
// octet 1. PSH is not compared.
class TcpScript final : private InternetLayer,
                        private transport::ListenerUser,
                        private sim::TraceListener {
 public:
  static void Run(const std::function<void(TcpScript&)>& body, const TcpSettings& settings = {},
                  size_t mtu_payload = 1480);

  // What our TCP sends next. The flags are named as in the trace: "SYN ACK", "FIN ACK".
  void Sends(absl::string_view flags, uint32_t seq, uint32_t ack, absl::string_view data = {},
             const char* file = __builtin_FILE(), int line = __builtin_LINE());
  void SendsNothing(const char* file = __builtin_FILE(), int line = __builtin_LINE());
  // The segment that the last Sends has compared, for what it does not compare.
  const TcpHeader& sent() const { return last_.header; }
  const std::string& sent_data() const { return last_.data; }
  // What its packet's header said: hop limit, traffic class.
  const SegmentInfo& sent_packet() const { return last_.packet; }
  // How many segments wait to be compared, and forgetting them.
  size_t sent_count() const { return sent_.size(); }
  void Forget() { sent_.clear(); }

  // A segment of the peer.
  struct In {
    absl::string_view flags;
    uint32_t seq = 0;
    uint32_t ack = 0;
    absl::string_view data = {};
    uint16_t window = 65535;
    uint16_t urgent = 0;
    TcpOptions options = {};
    EcnCodepoint ecn = EcnCodepoint::kNotEct;
    uint16_t port = kPeerPort;
  };
  void Receives(const In& in);
  // A router's word about a segment of ours that begins with `seq`. `mtu` counts octets of
  // segments, without a header of the layer below.
  void NetworkSays(NetworkError::Kind kind, uint32_t seq, size_t mtu = 0);
  void ReceivesOctets(std::vector<uint8_t> octets, uint8_t traffic_class = 0,
                      const Ipv4Address& source = kPeerAddress);
  // The octets of such a segment, checksum included.
  std::vector<uint8_t> Octets(const In& in) const;

  // Our number `offset` as it stands on the wire.
  SeqNum OurSeq(uint32_t offset) const { return iss_ + offset; }

  void Advance(absl::Duration span);

  // The user's calls, on the connection that was opened or indicated last; another one is aborted
  // when it comes.
  void Connect(std::vector<transport::ConnectOptions::Option> options = {});
  void Listen(size_t backlog = 5, bool waits_for_decision = false,
              std::vector<transport::Option> options = {});
  size_t Write(absl::string_view octets);
  std::string Read(size_t most = 100000);
  void Close() { connection_->Release({}); }
  void Leave(transport::Farewell farewell = transport::Farewell::kGraceful);
  std::vector<std::string> Hears();
  std::vector<std::string> Drops();

  // Opens actively or passively; SND.NXT = RCV.NXT = 1 afterwards, and nothing is in flight.
  void Establish(const TcpOptions& peer_options = {}, uint16_t window = 65535);
  void EstablishPassively();

  // Ours, of the last SYN sent.
  SeqNum our_initial_sequence() const { return iss_; }
  TcpConnection& connection() { return *connection_; }
  TcpState state() const { return state_; }
  TcpTransport& transport() { return *transport_; }
  sim::World& world() { return world_; }
  void CloseListener() { listener_.reset(); }

  ScriptedUser user;
  bool has_room = true;      // what OnConnectIndication answers
  bool accepts = true;       // whether it accepts at once
  bool is_attached = false;  // `connection` is still ours

 private:
  explicit TcpScript(size_t mtu_payload);

  void SetReceiver(uint8_t protocol, SegmentReceiver* receiver) override;
  SendStatus Send(const SegmentInfo& info, uint8_t protocol, sim::FramePtr segment) override;
  IpAddress own_address() const override;
  bool IsLocal(const IpAddress& address) const override;
  IpAddress SourceFor(const IpAddress& destination) const override;
  size_t MaxSegment(const IpAddress& destination) const override;
  size_t MaxReceivable(const IpAddress& destination) const override;
  bool LearnPathMtu(const IpAddress& destination, size_t mtu) override;
  bool OnConnectIndication(transport::Connection& connection) override;
  void OnTraceEvent(const sim::TraceEvent& event) override;

  struct Captured {
    TcpHeader header;
    std::string data;
    SegmentInfo packet;
  };

  sim::ZeroSource decisions_;
  sim::World world_;
  sim::Host* host_;
  size_t mtu_payload_;
  size_t path_payload_;  // what a router has left of it
  SegmentReceiver* receiver_ = nullptr;
  std::unique_ptr<TcpTransport> transport_;
  std::unique_ptr<transport::Listener> listener_;
  TcpConnection* connection_ = nullptr;
  TcpState state_ = TcpState::kClosed;
  SeqNum iss_;  // ours, from the last SYN that we sent
  std::deque<Captured> sent_;
  Captured last_;
  std::vector<std::string> drops_;
  absl::btree_map<uint32_t, uint64_t> drops_traced_;  // how many of each TcpDrop
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_TCP_SCRIPT_H_
