#include "providers/inet/ipv6/ipv6_layer.h"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/decision/zero_source.h"
#include "sim/net/network.h"
#include "sim/thread.h"
#include "sim/world.h"

namespace inet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr uint8_t kProtocol = 253;  // for experiments, RFC 3692

// Notes "from ADDRESS to ADDRESS hops N: text".
class Recorder final : public SegmentReceiver {
 public:
  void OnSegment(const SegmentInfo& info, const sim::FramePtr& frame,
                 wire::ByteSpan segment) override {
    EXPECT_GE(segment.data(), frame->octets().data());
    heard.push_back(absl::StrCat("from ", std::get<Ipv6Address>(info.source).ToString(), " to ",
                                 std::get<Ipv6Address>(info.destination).ToString(), " hops ",
                                 info.hop_limit, " class ", info.traffic_class, ": ",
                                 std::string(segment.begin(), segment.end())));
  }
  void OnNetworkError(const NetworkError& error) override {
    heard.push_back(
        absl::StrCat(error.text, " about ", std::get<Ipv6Address>(error.destination).ToString(),
                     error.mtu == 0 ? "" : absl::StrCat(" mtu ", error.mtu), ": ",
                     std::string(error.quoted.begin(), error.quoted.end()).substr(0, 12)));
  }
  std::vector<std::string> heard;
};

// client (1) - router (2) - server (3); the way to the server is narrow. stray (4) has no link.
class Ipv6LayerTest : public ::testing::Test, private sim::TraceListener {
 protected:
  Ipv6LayerTest() {
    EXPECT_TRUE(network().AddHost("client").ok());
    EXPECT_TRUE(network().AddRouter("router").ok());
    EXPECT_TRUE(network().AddHost("server").ok());
    EXPECT_TRUE(network().AddHost("stray").ok());
    EXPECT_TRUE(network().AddLink("client", "router", {.mtu = 1500}).ok());
    EXPECT_TRUE(network().AddLink("router", "server", {.mtu = 1300}).ok());
    for (uint32_t number : {1u, 2u, 3u, 4u}) {
      network().host(number)->OnBoot([](sim::Boot& boot) { boot.slots().Get<Ipv6Layer>(); });
    }
    world_.trace().AddListener(*this, true);
  }

  sim::Network& network() { return world_.network(); }
  Ipv6Layer& layer(uint32_t number) {
    return network().host(number)->boot()->slots().Get<Ipv6Layer>();
  }

  void Run(const std::function<void()>& body) {
    network().host(1)->DeclareProcess("test", [&] {
      layer(3).SetReceiver(kProtocol, &server_);
      layer(1).SetReceiver(kProtocol, &client_);
      body();
      Settle();
      layer(1).SetReceiver(kProtocol, nullptr);
      layer(3).SetReceiver(kProtocol, nullptr);
    });
    EXPECT_EQ(world_.Run().failure, "");
  }
  void Settle() { sim::Thread::Current()->Wait({}, world_.now() + absl::Seconds(1), false); }

  static sim::FramePtr WithHeadroom(absl::string_view text) {
    sim::FramePtr frame = sim::Frame::Create(text.size());
    std::copy(text.begin(), text.end(), frame->Append(text.size()));
    return frame;
  }
  SendStatus Send(const Ipv6Address& destination, absl::string_view text, SegmentInfo info = {}) {
    info.source = layer(1).SourceFor(destination);
    info.destination = destination;
    return layer(1).Send(info, kProtocol, WithHeadroom(text));
  }

  // Sends a packet as it is, from the client towards the server.
  void SendRaw(Ipv6Header header, absl::string_view payload) {
    header.payload_length = static_cast<uint16_t>(payload.size());
    sim::FramePtr frame = WithHeadroom(payload);
    header.WriteTo(frame->Prepend(header.size()));
    const sim::Host& client = *network().host(1);
    const sim::NextHop next = *network().Route(client, *network().host(3));
    client.boot()->slots().Get<ethernet::Station>().Send(*next.nic, next.mac, ethernet::kTypeIpv6,
                                                         std::move(frame));
  }
  Ipv6Header ToServer() const {
    return {.next_header = kProtocol,
            .hop_limit = 9,
            .source = Ipv6AddressOfHost(1),
            .destination = Ipv6AddressOfHost(3)};
  }

  void OnTraceEvent(const sim::TraceEvent& event) override {
    if (event.kind != sim::TraceKind::kPduDropped) return;
    drops_.push_back(absl::StrCat(event.text, " (", event.clause, ")"));
  }

  sim::ZeroSource decisions_;
  sim::World world_{decisions_};
  Recorder client_;
  Recorder server_;
  std::vector<std::string> drops_;
};

TEST_F(Ipv6LayerTest, CarriesASegmentOverARouter) {
  Run([this] {
    EXPECT_EQ(Send(Ipv6AddressOfHost(3), "hello", {.traffic_class = 0xB9}), SendStatus::kSent);
  });
  EXPECT_THAT(server_.heard,
              ElementsAre("from 2001:db8::1 to 2001:db8::3 hops 63 class 185: hello"));
  EXPECT_THAT(drops_, IsEmpty());
}

TEST_F(Ipv6LayerTest, SpeaksToItself) {
  Run([this] {
    Send(Ipv6AddressOfHost(1), "own");
    Send(*Ipv6Address::FromString("::1"), "loopback");
  });
  EXPECT_THAT(client_.heard, ElementsAre("from 2001:db8::1 to 2001:db8::1 hops 64 class 0: own",
                                         "from ::1 to ::1 hops 64 class 0: loopback"));
}

TEST_F(Ipv6LayerTest, KnowsWhichAddressesAreItsOwn) {
  Run([this] {
    EXPECT_TRUE(layer(1).IsLocal(Ipv6AddressOfHost(1)));
    EXPECT_TRUE(layer(1).IsLocal(*Ipv6Address::FromString("::1")));
    EXPECT_TRUE(layer(1).IsLocal(Ipv6Address{}));
    EXPECT_FALSE(layer(1).IsLocal(Ipv6AddressOfHost(2)));
    EXPECT_FALSE(layer(1).IsLocal(Ipv4Address{}));
    EXPECT_EQ(layer(1).own_address(), IpAddress(Ipv6AddressOfHost(1)));
  });
}

TEST_F(Ipv6LayerTest, AddressesOfHostsHaveTheirNumbers) {
  EXPECT_EQ(Ipv6AddressOfHost(258).ToString(), "2001:db8::102");
  EXPECT_EQ(HostNumberOf(Ipv6AddressOfHost(0xFFFFFFFF)), 0xFFFFFFFF);
  EXPECT_EQ(HostNumberOf(*Ipv6Address::FromString("2001:db8:1::1")), 0);
  EXPECT_EQ(HostNumberOf(*Ipv6Address::FromString("::1")), 0);
}

TEST_F(Ipv6LayerTest, WithoutARouteNothingIsSent) {
  Run([this] {
    EXPECT_EQ(Send(Ipv6AddressOfHost(4), "x"), SendStatus::kNoRoute);
    EXPECT_EQ(layer(1).MaxSegment(Ipv6AddressOfHost(4)), 0);
    EXPECT_EQ(Send(*Ipv6Address::FromString("ff02::1"), "x"), SendStatus::kNoRoute);
  });
}

TEST_F(Ipv6LayerTest, ALinkBelowTheLeastMtuCarriesNothing) {
  Run([this] {
    EXPECT_TRUE(network().ChangeLink("client", "router", {.mtu = 1279}).ok());
    EXPECT_EQ(Send(Ipv6AddressOfHost(3), "x"), SendStatus::kNoRoute);
    EXPECT_EQ(layer(1).MaxSegment(Ipv6AddressOfHost(3)), 0);
    EXPECT_TRUE(network().ChangeLink("client", "router", {.mtu = 1280}).ok());
    EXPECT_EQ(Send(Ipv6AddressOfHost(3), "y"), SendStatus::kSent);
  });
  EXPECT_EQ(server_.heard.size(), 1);
}

TEST_F(Ipv6LayerTest, ANarrowerLinkIsFoundByWhatTheRouterSays) {
  Run([this] {
    EXPECT_EQ(layer(1).MaxSegment(Ipv6AddressOfHost(3)), 1460);
    EXPECT_EQ(Send(Ipv6AddressOfHost(3), std::string(1461, 'x')), SendStatus::kTooLong);
    EXPECT_EQ(Send(Ipv6AddressOfHost(3), std::string(1460, 'x')), SendStatus::kSent);
    Settle();
    EXPECT_TRUE(layer(1).LearnPathMtu(Ipv6AddressOfHost(3), 1300));
    EXPECT_EQ(layer(1).MaxSegment(Ipv6AddressOfHost(3)), 1260);
    EXPECT_EQ(layer(1).MaxReceivable(Ipv6AddressOfHost(3)), 1460);
    EXPECT_EQ(Send(Ipv6AddressOfHost(3), std::string(1261, 'x')), SendStatus::kTooLong);
    EXPECT_EQ(Send(Ipv6AddressOfHost(3), std::string(1260, 'x')), SendStatus::kSent);
  });
  EXPECT_THAT(drops_, ElementsAre("IPv6: longer than the next link's MTU (RFC 4443 3.2)"));
  EXPECT_THAT(client_.heard,
              ElementsAre("ICMPv6: packet too big about 2001:db8::3 mtu 1300: xxxxxxxxxxxx"));
  EXPECT_EQ(server_.heard.size(), 1);
}

TEST_F(Ipv6LayerTest, RoutersAndHostsTellWhatTheyCannotDeliver) {
  Run([this] {
    Send(Ipv6AddressOfHost(3), "too far away", {.hop_limit = 1});
    Send(Ipv6AddressOfHost(99), "no such host");
    Send(*Ipv6Address::FromString("2001:db8:1::1"), "no such network");
    layer(3).SetReceiver(kProtocol, nullptr);
    Send(Ipv6AddressOfHost(3), "not listening");
    Settle();
    EXPECT_TRUE(network().ChangeLink("router", "server", {.mtu = 1000}).ok());
    Send(Ipv6AddressOfHost(3), "no IPv6 there");
  });
  EXPECT_THAT(client_.heard,
              ElementsAre("ICMPv6: time exceeded about 2001:db8::3: too far away",
                          "ICMPv6: address unreachable about 2001:db8::63: no such host",
                          "ICMPv6: no route to the destination about 2001:db8:1::1: no such netw",
                          "ICMPv6: unrecognized next header about 2001:db8::3: not listenin",
                          "ICMPv6: address unreachable about 2001:db8::3: no IPv6 ther"));
}

TEST_F(Ipv6LayerTest, NothingIsToldAboutAnErrorOrToNobody) {
  Run([this] {
    Ipv6Header header = ToServer();
    header.hop_limit = 1;
    header.next_header = kProtocolIcmpv6;
    SendRaw(header, absl::string_view("\x01\x03\0\0\0\0\0\0", 8));
    header.next_header = kProtocol;
    header.source = Ipv6Address{};
    SendRaw(header, "from nobody");
  });
  EXPECT_THAT(client_.heard, IsEmpty());
  EXPECT_EQ(drops_.size(), 2);
}

TEST_F(Ipv6LayerTest, ErrorsAreLimited) {
  Run([this] {
    for (int i = 0; i < 30; ++i) Send(Ipv6AddressOfHost(3), "too far away", {.hop_limit = 1});
  });
  EXPECT_EQ(client_.heard.size(), 10);
  EXPECT_THAT(drops_, ::testing::Contains("ICMPv6: too many errors (RFC 4443 2.4 (f))").Times(20));
}

TEST_F(Ipv6LayerTest, AnEchoRequestIsAnsweredWithItsData) {
  std::vector<uint8_t> request;
  Icmpv6Message{Icmpv6Echo{.identifier = 7, .sequence = 1, .data = {'p', 'i', 'n', 'g'}}}.AppendTo(
      request, PseudoHeader(Ipv6AddressOfHost(1), Ipv6AddressOfHost(3), kProtocolIcmpv6));
  Run([&, this] {
    Ipv6Header header = ToServer();
    header.next_header = kProtocolIcmpv6;
    SendRaw(header, std::string(request.begin(), request.end()));
    request[2] ^= 1;
    SendRaw(header, std::string(request.begin(), request.end()));
  });
  EXPECT_THAT(drops_, ElementsAre("ICMPv6: wrong checksum (RFC 4443 2.3)",
                                  "ICMPv6: an echo reply that nobody waits for (RFC 4443 4.2)"));
}

TEST_F(Ipv6LayerTest, AnMtuBelowTheLeastIsNotBelieved) {
  std::vector<uint8_t> quote;
  Ipv6Header quoted = ToServer();
  quoted.source = Ipv6AddressOfHost(3);
  quoted.payload_length = 8;
  quoted.AppendTo(quote);
  quote.resize(48);
  std::vector<uint8_t> message;
  Icmpv6Message{Icmpv6PacketTooBig{.mtu = 1279, .quoted = quote}}.AppendTo(
      message, PseudoHeader(Ipv6AddressOfHost(1), Ipv6AddressOfHost(3), kProtocolIcmpv6));
  Run([&, this] {
    Ipv6Header header = ToServer();
    header.next_header = kProtocolIcmpv6;
    SendRaw(header, std::string(message.begin(), message.end()));
  });
  EXPECT_THAT(server_.heard, IsEmpty());
  EXPECT_THAT(drops_, ElementsAre("ICMPv6: an MTU below what every link carries (RFC 8201 4)"));
}

TEST_F(Ipv6LayerTest, WhatIsNotForItIsDropped) {
  Run([this] {
    Ipv6Header header = ToServer();
    header.hop_limit = 1;
    SendRaw(header, "too far away");
    header = ToServer();
    header.destination = Ipv6AddressOfHost(4);
    SendRaw(header, "to nowhere");
    header = ToServer();
    header.next_header = 254;
    SendRaw(header, "unknown protocol");
    header = ToServer();
    header.next_header = kNoNextHeader;
    SendRaw(header, "");
    header = ToServer();
    header.source = *Ipv6Address::FromString("::1");
    SendRaw(header, "from a loopback");
    header.source = *Ipv6Address::FromString("ff02::1");
    SendRaw(header, "from a group");
  });
  EXPECT_THAT(server_.heard, IsEmpty());
  EXPECT_THAT(drops_, ElementsAre("IPv6: hop limit exceeded (RFC 8200 3)",
                                  "IPv6: no route to the destination (RFC 4443 3.1)",
                                  "IPv6: the loopback address on a link (RFC 4291 2.5.3)",
                                  "IPv6: from a multicast address (RFC 4291 2.7)",
                                  "IPv6: no such protocol here (RFC 8200 4)",
                                  "IPv6: nothing inside (RFC 8200 4.7)"));
}

TEST_F(Ipv6LayerTest, ExtensionHeadersAreSkippedOrRefusedAtTheDestination) {
  constexpr absl::string_view kAtomic("\xFD\0\0\0\0\0\0\x01", 8);
  constexpr absl::string_view kPiece("\xFD\0\0\x01\0\0\0\x01", 8);
  Run([&, this] {
    Ipv6Header header = ToServer();
    header.next_header = kFragmentHeader;
    SendRaw(header, absl::StrCat(kAtomic, "whole"));
    SendRaw(header, absl::StrCat(kPiece, "a piece"));
  });
  EXPECT_THAT(server_.heard, ElementsAre("from 2001:db8::1 to 2001:db8::3 hops 8 class 0: whole"));
  EXPECT_THAT(drops_, ElementsAre("IPv6: a fragment (RFC 8200 4.5)"));
}

TEST_F(Ipv6LayerTest, AHostForwardsNothing) {
  Run([this] {
    const sim::Host& router = *network().host(2);
    const sim::NextHop next = *network().Route(router, *network().host(3));
    Ipv6Header header = ToServer();
    header.destination = Ipv6AddressOfHost(1);
    sim::FramePtr frame = WithHeadroom("");
    header.WriteTo(frame->Prepend(header.size()));
    router.boot()->slots().Get<ethernet::Station>().Send(*next.nic, next.mac, ethernet::kTypeIpv6,
                                                         std::move(frame));
  });
  EXPECT_THAT(drops_, ElementsAre("IPv6: for another host (RFC 8200 3)"));
}

}  // namespace
}  // namespace inet
