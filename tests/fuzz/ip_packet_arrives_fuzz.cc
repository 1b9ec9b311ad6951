// Packets of any kind on their way from a host over a router to another: forwarded, fragmented, put
// together, answered by ICMP, or discarded with a reason.
#include <algorithm>
#include <vector>

#include "providers/ethernet/station.h"
#include "providers/inet/checksum.h"
#include "providers/inet/host_address.h"
#include "providers/inet/icmp/icmp_message.h"
#include "providers/inet/ipv4/ipv4_header.h"
#include "providers/inet/ipv4/ipv4_layer.h"
#include "providers/inet/ipv6/ipv6_header.h"
#include "providers/inet/ipv6/ipv6_layer.h"
#include "providers/wire/fuzz_target.h"
#include "sim/decision/zero_source.h"
#include "sim/net/network.h"
#include "sim/thread.h"
#include "sim/world.h"

namespace {

using wire::ByteSpan;
using wire::Require;
using Octets = std::vector<uint8_t>;

constexpr uint8_t kProtocol = 253;  // for experiments, RFC 3692

// The transport of all hosts.
class Receiver final : public inet::SegmentReceiver {
 public:
  void OnSegment(const inet::SegmentInfo&, const sim::FramePtr& frame, ByteSpan segment) override {
    Require(frame->octets().data() <= segment.data() &&
                segment.data() + segment.size() <= frame->octets().data() + frame->size(),
            "a segment lies in its frame");
  }
  void OnNetworkError(const inet::NetworkError& error) override {
    Require(error.quoted.size() >= 8, "what is quoted tells whose it is");
  }
};

// With damage the header is told apart from noise only where its checksum is right.
void MendChecksum(Octets& packet) {
  if (packet.size() < inet::Ipv4Header::kMinSize) return;
  const size_t size = std::min<size_t>((packet[0] & 0x0F) * 4, packet.size());
  wire::StoreU16(packet.data() + 10, 0);
  wire::StoreU16(packet.data() + 10, inet::InternetChecksum(ByteSpan(packet).first(size)));
}

// An input is a sequence of packets, each behind an octet of flags and its length in two octets.
constexpr uint8_t kIsIpv6 = 1;
constexpr uint8_t kWaitsAMinute = 2;

void SendAll(sim::Network& network, ByteSpan input) {
  sim::Thread& thread = *sim::Thread::Current();
  const sim::Host& client = *network.host(1);
  const sim::NextHop next = *network.Route(client, *network.host(3));
  wire::ByteReader in(input);
  while (in.remaining() > 0) {
    const uint8_t flags = in.U8();
    const ByteSpan octets = in.Bytes(std::min<size_t>(in.U16(), in.remaining()));
    Octets packet(octets.begin(), octets.end());
    packet.resize(std::min(packet.size(), next.mtu));
    const bool is_ipv6 = (flags & kIsIpv6) != 0;
    if (!is_ipv6) MendChecksum(packet);
    client.boot()->slots().Get<ethernet::Station>().Send(
        *next.nic, next.mac, is_ipv6 ? ethernet::kTypeIpv6 : ethernet::kTypeIpv4,
        sim::Frame::Copy(packet));
    const absl::Duration pause = (flags & kWaitsAMinute) != 0 ? absl::Minutes(1) : absl::Seconds(0);
    thread.Wait({}, thread.process().boot().world().now() + pause, false);
  }
}

void AppendInput(uint8_t flags, const Octets& packet, Octets& input) {
  wire::ByteWriter out(input);
  out.U8(flags);
  out.U16(static_cast<uint16_t>(packet.size()));
  out.Bytes(packet);
}

Octets Ipv4Packet(uint16_t offset, bool more, size_t octets, uint8_t protocol = kProtocol) {
  Octets packet;
  inet::Ipv4Header{.total_length = static_cast<uint16_t>(20 + octets),
                   .identification = 7,
                   .more_fragments = more,
                   .fragment_offset = offset,
                   .time_to_live = 9,
                   .protocol = protocol,
                   .source = inet::Ipv4AddressOfHost(1),
                   .destination = inet::Ipv4AddressOfHost(3)}
      .AppendTo(packet);
  packet.resize(20 + octets, 'x');
  return packet;
}

Octets Ipv6Packet(const Octets& payload, uint8_t next_header) {
  Octets packet;
  inet::Ipv6Header{.payload_length = static_cast<uint16_t>(payload.size()),
                   .next_header = next_header,
                   .hop_limit = 9,
                   .source = inet::Ipv6AddressOfHost(1),
                   .destination = inet::Ipv6AddressOfHost(3)}
      .AppendTo(packet);
  packet.insert(packet.end(), payload.begin(), payload.end());
  return packet;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sim::ZeroSource decisions;
  sim::World world(decisions);
  sim::Network& network = world.network();
  Receiver receiver;
  Require(network.AddHost("client").ok() && network.AddRouter("router").ok() &&
              network.AddHost("server").ok() &&
              network.AddLink("client", "router", {.mtu = 1500}).ok() &&
              network.AddLink("router", "server", {.mtu = 1280}).ok(),
          "the network is there");
  for (uint32_t number : {1u, 2u, 3u}) {
    network.host(number)->OnBoot([&receiver](sim::Boot& boot) {
      boot.slots().Get<inet::Ipv4Layer>().SetReceiver(kProtocol, &receiver);
      boot.slots().Get<inet::Ipv6Layer>().SetReceiver(kProtocol, &receiver);
    });
  }
  network.host(1)->DeclareProcess("sender", [&] { SendAll(network, {data, size}); });
  Require(world.Run().failure.empty(), "the run holds");
  return 0;
}

std::vector<std::vector<uint8_t>> wire::FuzzCorpus() {
  std::vector<Octets> seeds(4);
  AppendInput(0, Ipv4Packet(0, false, 1400), seeds[0]);  // the router fragments it
  AppendInput(0, Ipv4Packet(2, false, 5), seeds[1]);     // two fragments, and one alone
  AppendInput(0, Ipv4Packet(0, true, 16), seeds[1]);
  AppendInput(kWaitsAMinute, Ipv4Packet(0, true, 16), seeds[1]);
  AppendInput(0, Ipv4Packet(0, false, 8), seeds[1]);
  // The same over IPv6, behind destination options.
  const Octets first = {44, 0, 1, 4, 0, 0, 0, 0, kProtocol, 0, 0, 1,
                        0,  0, 0, 7, 1, 2, 3, 4, 5,         6, 7, 8};
  const Octets last = {kProtocol, 0, 0, 8, 0, 0, 0, 7, 1};
  AppendInput(kIsIpv6, Ipv6Packet(first, 60), seeds[2]);
  AppendInput(kIsIpv6, Ipv6Packet(last, 44), seeds[2]);
  AppendInput(kIsIpv6 | kWaitsAMinute, Ipv6Packet(first, 60), seeds[2]);
  // An error about a packet of the server, and one that nobody there speaks.
  Octets quoted;
  inet::Ipv4Header{.total_length = 28,
                   .protocol = kProtocol,
                   .source = inet::Ipv4AddressOfHost(3),
                   .destination = inet::Ipv4AddressOfHost(1)}
      .AppendTo(quoted);
  quoted.resize(28);
  Octets error = Ipv4Packet(0, false, 36, inet::kProtocolIcmp);
  error.resize(20);
  inet::IcmpMessage{inet::IcmpTimeExceeded{.quoted = quoted}}.AppendTo(error);
  AppendInput(0, error, seeds[3]);
  AppendInput(0, Ipv4Packet(0, false, 8, 254), seeds[3]);
  return seeds;
}

size_t wire::FuzzMutations() { return 500; }
