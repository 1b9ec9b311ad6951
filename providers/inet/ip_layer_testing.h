// The internet layers of a small network, and a test that is the transport of two hosts. For tests
// only.
#ifndef PROVIDERS_INET_IP_LAYER_TESTING_H_
#define PROVIDERS_INET_IP_LAYER_TESTING_H_

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/ethernet/station.h"
#include "providers/inet/checksum.h"
#include "providers/inet/host_address.h"
#include "providers/inet/icmp/icmp_layout.h"
#include "providers/inet/icmp/icmp_message.h"
#include "providers/inet/icmp/icmpv6_message.h"
#include "providers/inet/internet_layer.h"
#include "providers/inet/ip_drop.h"
#include "providers/inet/ipv4/ipv4_header.h"
#include "providers/inet/ipv4/ipv4_layer.h"
#include "providers/inet/ipv6/ipv6_extension.h"
#include "providers/inet/ipv6/ipv6_header.h"
#include "providers/inet/ipv6/ipv6_layer.h"
#include "sim/decision/zero_source.h"
#include "sim/net/network.h"
#include "sim/thread.h"
#include "sim/world.h"

namespace inet {

constexpr uint8_t kProtocolInTests = 253;  // for experiments, RFC 3692

inline std::string AddressText(const IpAddress& address) {
  return std::visit([](const auto& octets) { return octets.ToString(); }, address);
}

// What a test over both versions has to know of each: packets from the client to the server, and
// messages of ICMP in them.
struct Ipv4InTests {
  using Layer = Ipv4Layer;
  using Header = Ipv4Header;
  using Message = IcmpMessage;
  static constexpr uint16_t kEtherType = ethernet::kTypeIpv4;
  static constexpr uint8_t kIcmp = kProtocolIcmp;
  static constexpr absl::string_view kName = "IPv4";
  static constexpr absl::string_view kIcmpName = "ICMP";
  static constexpr size_t kHeaderSize = Ipv4Header::kMinSize;
  static constexpr size_t kLeastMtu = Ipv4Header::kMinMtu;

  static IpAddress OfHost(uint32_t number) { return Ipv4AddressOfHost(number); }
  static IpAddress Loopback() { return Ipv4Address{{127, 0, 0, 1}}; }
  static IpAddress Unspecified() { return Ipv4Address{}; }
  static IpAddress Group() { return Ipv4Address{{224, 0, 0, 1}}; }
  static IpAddress OfNoNetwork() { return Ipv4Address{{192, 0, 2, 1}}; }
  static Header Between(const IpAddress& from, const IpAddress& to, uint8_t protocol,
                        uint8_t hops) {
    return {.time_to_live = hops,
            .protocol = protocol,
            .source = std::get<Ipv4Address>(from),
            .destination = std::get<Ipv4Address>(to)};
  }
  static void SetPayload(Header& header, size_t octets) {
    header.total_length = static_cast<uint16_t>(header.size() + octets);
  }
  static void Append(const Message& message, const PseudoHeader&, std::vector<uint8_t>& out) {
    message.AppendTo(out);
  }
  static Message TimeExceeded(std::vector<uint8_t> quoted) {
    return {IcmpTimeExceeded{.quoted = std::move(quoted)}};
  }
  static Message TooBig(uint16_t mtu, std::vector<uint8_t> quoted) {
    return {IcmpDestinationUnreachable{.code = IcmpUnreachableCode::kFragmentationNeeded,
                                       .next_hop_mtu = mtu,
                                       .quoted = std::move(quoted)}};
  }
};

struct Ipv6InTests {
  using Layer = Ipv6Layer;
  using Header = Ipv6Header;
  using Message = Icmpv6Message;
  static constexpr uint16_t kEtherType = ethernet::kTypeIpv6;
  static constexpr uint8_t kIcmp = kProtocolIcmpv6;
  static constexpr absl::string_view kName = "IPv6";
  static constexpr absl::string_view kIcmpName = "ICMPv6";
  static constexpr size_t kHeaderSize = Ipv6Header::kSize;
  static constexpr size_t kLeastMtu = Ipv6Header::kMinMtu;

  static IpAddress OfHost(uint32_t number) { return Ipv6AddressOfHost(number); }
  static IpAddress Loopback() { return *Ipv6Address::FromString("::1"); }
  static IpAddress Unspecified() { return Ipv6Address{}; }
  static IpAddress Group() { return *Ipv6Address::FromString("ff02::1"); }
  static IpAddress OfNoNetwork() { return *Ipv6Address::FromString("2001:db8:1::1"); }
  static Header Between(const IpAddress& from, const IpAddress& to, uint8_t protocol,
                        uint8_t hops) {
    return {.next_header = protocol,
            .hop_limit = hops,
            .source = std::get<Ipv6Address>(from),
            .destination = std::get<Ipv6Address>(to)};
  }
  static void SetPayload(Header& header, size_t octets) {
    header.payload_length = static_cast<uint16_t>(octets);
  }
  static void Append(const Message& message, const PseudoHeader& pseudo_header,
                     std::vector<uint8_t>& out) {
    message.AppendTo(out, pseudo_header);
  }
  static Message TimeExceeded(std::vector<uint8_t> quoted) {
    return {Icmpv6TimeExceeded{.quoted = std::move(quoted)}};
  }
  static Message TooBig(uint32_t mtu, std::vector<uint8_t> quoted) {
    return {Icmpv6PacketTooBig{.mtu = mtu, .quoted = std::move(quoted)}};
  }
};

// Notes "from ADDRESS to ADDRESS hops N class N: text", and what the network says.
class SegmentRecorder final : public SegmentReceiver {
 public:
  void OnSegment(const SegmentInfo& info, const sim::FramePtr& frame,
                 wire::ByteSpan segment) override {
    EXPECT_GE(segment.data(), frame->octets().data());
    EXPECT_LE(segment.data() + segment.size(), frame->octets().data() + frame->size());
    heard.push_back(absl::StrCat("from ", AddressText(info.source), " to ",
                                 AddressText(info.destination), " hops ", info.hop_limit, " class ",
                                 info.traffic_class, ": ",
                                 std::string(segment.begin(), segment.end())));
  }
  void OnNetworkError(const NetworkError& error) override {
    errors.push_back(error.kind);
    heard.push_back(
        absl::StrCat(error.text, " about ", AddressText(error.destination),
                     error.mtu == 0 ? "" : absl::StrCat(" mtu ", error.mtu), ": ",
                     std::string(error.quoted.begin(), error.quoted.end()).substr(0, 12)));
  }
  std::vector<std::string> heard;
  std::vector<NetworkError::Kind> errors;
};

// client (1) - router (2) - server (3); the way to the server is narrow. stray (4) has no link.
template <class Version>
class IpLayerWorld : public ::testing::Test, private sim::TraceListener {
 protected:
  using Header = typename Version::Header;
  using Layer = typename Version::Layer;
  using Message = typename Version::Message;
  static constexpr size_t kNarrowMtu = 1300;

  IpLayerWorld() {
    EXPECT_TRUE(network().AddHost("client").ok());
    EXPECT_TRUE(network().AddRouter("router").ok());
    EXPECT_TRUE(network().AddHost("server").ok());
    EXPECT_TRUE(network().AddHost("stray").ok());
    EXPECT_TRUE(network().AddLink("client", "router", {.mtu = 1500}).ok());
    EXPECT_TRUE(network().AddLink("router", "server", {.mtu = kNarrowMtu}).ok());
    for (uint32_t number : {1u, 2u, 3u, 4u}) {
      network().host(number)->OnBoot([](sim::Boot& boot) { boot.slots().template Get<Layer>(); });
    }
    world_.trace().AddListener(*this, true);
  }

  sim::World& world() { return world_; }
  sim::Network& network() { return world_.network(); }
  Layer& layer(uint32_t number) {
    return network().host(number)->boot()->slots().template Get<Layer>();
  }

  // Runs `body` on the client, and waits a second.
  void Run(const std::function<void()>& body) {
    network().host(1)->DeclareProcess("test", [&] {
      layer(3).SetReceiver(kProtocolInTests, &server_);
      layer(1).SetReceiver(kProtocolInTests, &client_);
      body();
      Settle();
      ExpectAllDropsCounted();
      layer(1).SetReceiver(kProtocolInTests, nullptr);
      layer(3).SetReceiver(kProtocolInTests, nullptr);
    });
    EXPECT_EQ(world_.Run().failure, "");
  }
  void Settle(absl::Duration span = absl::Seconds(1)) {
    sim::Thread::Current()->Wait({}, world_.now() + span, false);
  }

  SendStatus Send(const IpAddress& destination, absl::string_view text, SegmentInfo info = {}) {
    info.source = layer(1).SourceFor(destination);
    info.destination = destination;
    return layer(1).Send(info, kProtocolInTests, FrameOf(text));
  }

  static Header ToServer(uint8_t protocol = kProtocolInTests, uint8_t hops = 9) {
    return Version::Between(Version::OfHost(1), Version::OfHost(3), protocol, hops);
  }
  // `header` and `payload` as a packet; the header's length counts the payload.
  static std::vector<uint8_t> PacketOf(Header header, absl::string_view payload) {
    Version::SetPayload(header, payload.size());
    std::vector<uint8_t> octets;
    header.AppendTo(octets);
    octets.insert(octets.end(), payload.begin(), payload.end());
    return octets;
  }
  static std::string Text(const std::vector<uint8_t>& octets) {
    return {octets.begin(), octets.end()};
  }
  void SendRaw(Header header, absl::string_view payload) { SendOctets(PacketOf(header, payload)); }
  // Sends a packet as it is, from one host on the way to another.
  void SendOctets(const std::vector<uint8_t>& packet, uint32_t from = 1, uint32_t towards = 3) {
    const sim::Host& host = *network().host(from);
    const sim::NextHop next = *network().Route(host, *network().host(towards));
    host.boot()->slots().template Get<ethernet::Station>().Send(
        *next.nic, next.mac, Version::kEtherType, sim::Frame::Copy(packet));
  }
  // Of what the client says to the server with ICMP.
  static PseudoHeader IcmpPseudoHeader() {
    return MakePseudoHeader(Version::OfHost(1), Version::OfHost(3), Version::kIcmp);
  }
  // Sends a message of ICMP from the client to the server.
  void SendMessage(const Message& message) {
    std::vector<uint8_t> octets;
    Version::Append(message, IcmpPseudoHeader(), octets);
    SendRaw(ToServer(Version::kIcmp), Text(octets));
  }
  // The same for one that no codec would write; its checksum is right.
  void SendLayout(const IcmpLayout& layout) {
    std::vector<uint8_t> octets;
    layout.AppendTo(octets);
    wire::StoreU16(
        octets.data() + IcmpLayout::kChecksumOffset,
        Version::kName == "IPv4" ? InternetChecksum(octets) : IcmpPseudoHeader().Checksum(octets));
    SendRaw(ToServer(Version::kIcmp), Text(octets));
  }
  // The beginning of a packet that the server might have sent to the client.
  static std::vector<uint8_t> ServersPacket(absl::string_view payload = "ports+seq") {
    return PacketOf(Version::Between(Version::OfHost(3), Version::OfHost(1), kProtocolInTests, 64),
                    payload);
  }

  // "IPv4: a reason (RFC 791 3.1)", for each.
  const std::vector<std::string>& drops() const { return drops_; }
  SegmentRecorder client_;
  SegmentRecorder server_;

 private:
  void OnTraceEvent(const sim::TraceEvent& event) override {
    if (event.kind != sim::TraceKind::kPduDropped) return;
    drops_.push_back(absl::StrCat(event.name, ": ", event.text, " (", event.clause, ")"));
    if (event.name == Version::kName || event.name == Version::kIcmpName) ++traced_[event.code];
  }
  // What is in the trace is what the layers have counted, by reason.
  void ExpectAllDropsCounted() {
    for (uint32_t code = 0; code < kIpDropCodes; ++code) {
      uint64_t counted = 0;
      for (uint32_t number : {1u, 2u, 3u, 4u}) {
        counted += layer(number).drops().count(static_cast<IpDrop>(code));
      }
      EXPECT_EQ(counted, traced_[code]) << code;
    }
    EXPECT_EQ(traced_[0], 0) << "a drop has a reason";
  }
  static sim::FramePtr FrameOf(absl::string_view text) {
    return sim::Frame::Copy({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
  }

  sim::ZeroSource decisions_;
  sim::World world_{decisions_};
  std::vector<std::string> drops_;
  std::array<uint64_t, kIpDropCodes> traced_{};
};

}  // namespace inet

#endif  // PROVIDERS_INET_IP_LAYER_TESTING_H_
