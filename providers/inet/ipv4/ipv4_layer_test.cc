#include "providers/inet/ipv4/ipv4_layer.h"

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

// Notes "from ADDRESS to ADDRESS ttl N: text".
class Recorder final : public SegmentReceiver {
 public:
  void OnSegment(const SegmentInfo& info, const sim::FramePtr& frame,
                 wire::ByteSpan segment) override {
    EXPECT_GE(segment.data(), frame->octets().data());
    heard.push_back(absl::StrCat("from ", std::get<Ipv4Address>(info.source).ToString(), " to ",
                                 std::get<Ipv4Address>(info.destination).ToString(), " ttl ",
                                 info.hop_limit, " class ", info.traffic_class, ": ",
                                 std::string(segment.begin(), segment.end())));
  }
  void OnNetworkError(const NetworkError& error) override {
    heard.push_back(
        absl::StrCat(error.text, " about ", std::get<Ipv4Address>(error.destination).ToString(),
                     error.mtu == 0 ? "" : absl::StrCat(" mtu ", error.mtu), ": ",
                     std::string(error.quoted.begin(), error.quoted.end()).substr(0, 12)));
  }
  std::vector<std::string> heard;
};

// client (1) - router (2) - server (3); the way to the server is narrow. stray (4) has no link.
class Ipv4LayerTest : public ::testing::Test, private sim::TraceListener {
 protected:
  Ipv4LayerTest() {
    EXPECT_TRUE(network().AddHost("client").ok());
    EXPECT_TRUE(network().AddRouter("router").ok());
    EXPECT_TRUE(network().AddHost("server").ok());
    EXPECT_TRUE(network().AddHost("stray").ok());
    EXPECT_TRUE(network().AddLink("client", "router", {.mtu = 1500}).ok());
    EXPECT_TRUE(network().AddLink("router", "server", {.mtu = 600}).ok());
    for (uint32_t number : {1u, 2u, 3u, 4u}) {
      network().host(number)->OnBoot([](sim::Boot& boot) { boot.slots().Get<Ipv4Layer>(); });
    }
    world_.trace().AddListener(*this, true);
  }

  sim::Network& network() { return world_.network(); }
  Ipv4Layer& layer(uint32_t number) {
    return network().host(number)->boot()->slots().Get<Ipv4Layer>();
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
  SendStatus Send(const Ipv4Address& destination, absl::string_view text, SegmentInfo info = {}) {
    info.source = layer(1).SourceFor(destination);
    info.destination = destination;
    return layer(1).Send(info, kProtocol, WithHeadroom(text));
  }

  // Sends a packet as it is, from the client towards the server.
  void SendRaw(Ipv4Header header, absl::string_view payload, bool breaks_checksum = false) {
    header.total_length = static_cast<uint16_t>(header.size() + payload.size());
    sim::FramePtr frame = WithHeadroom(payload);
    uint8_t* octets = frame->Prepend(header.size());
    header.WriteTo(octets);
    if (breaks_checksum) octets[10] ^= 1;
    const sim::Host& client = *network().host(1);
    const sim::NextHop next = *network().Route(client, *network().host(3));
    client.boot()->slots().Get<ethernet::Station>().Send(*next.nic, next.mac, ethernet::kTypeIpv4,
                                                         std::move(frame));
  }
  Ipv4Header ToServer() const {
    return {.time_to_live = 9,
            .protocol = kProtocol,
            .source = Ipv4AddressOfHost(1),
            .destination = Ipv4AddressOfHost(3)};
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

TEST_F(Ipv4LayerTest, CarriesASegmentOverARouter) {
  Run([this] {
    EXPECT_EQ(Send(Ipv4AddressOfHost(3), "hello", {.traffic_class = 0xB9}), SendStatus::kSent);
  });
  EXPECT_THAT(server_.heard, ElementsAre("from 10.0.0.1 to 10.0.0.3 ttl 63 class 185: hello"));
  EXPECT_THAT(drops_, IsEmpty());
}

TEST_F(Ipv4LayerTest, SpeaksToItself) {
  Run([this] {
    Send(Ipv4AddressOfHost(1), "own");
    Send(Ipv4Address{{127, 0, 0, 1}}, "loopback");
  });
  EXPECT_THAT(client_.heard, ElementsAre("from 10.0.0.1 to 10.0.0.1 ttl 64 class 0: own",
                                         "from 127.0.0.1 to 127.0.0.1 ttl 64 class 0: loopback"));
}

TEST_F(Ipv4LayerTest, KnowsWhichAddressesAreItsOwn) {
  Run([this] {
    EXPECT_TRUE(layer(1).IsLocal(Ipv4AddressOfHost(1)));
    EXPECT_TRUE(layer(1).IsLocal(Ipv4Address{{127, 3, 2, 1}}));
    EXPECT_TRUE(layer(1).IsLocal(Ipv4Address{}));
    EXPECT_FALSE(layer(1).IsLocal(Ipv4AddressOfHost(2)));
    EXPECT_FALSE(layer(1).IsLocal(Ipv6Address{}));
    EXPECT_EQ(layer(1).own_address(), IpAddress(Ipv4AddressOfHost(1)));
  });
}

TEST_F(Ipv4LayerTest, WithoutARouteNothingIsSent) {
  Run([this] {
    EXPECT_EQ(Send(Ipv4AddressOfHost(4), "x"), SendStatus::kNoRoute);
    EXPECT_EQ(Send(Ipv4Address{{224, 0, 0, 1}}, "x"), SendStatus::kNoRoute);
    EXPECT_EQ(Send(Ipv4Address{{255, 255, 255, 255}}, "x"), SendStatus::kNoRoute);
    EXPECT_EQ(layer(1).MaxSegment(Ipv4AddressOfHost(4)), 0);
    EXPECT_EQ(layer(1).MaxReceivable(Ipv4AddressOfHost(4)), 0);
  });
}

TEST_F(Ipv4LayerTest, ANarrowerLinkIsFoundByWhatTheRouterSays) {
  Run([this] {
    EXPECT_EQ(layer(1).MaxSegment(Ipv4AddressOfHost(3)), 1480);
    EXPECT_EQ(Send(Ipv4AddressOfHost(3), std::string(1481, 'x')), SendStatus::kTooLong);
    EXPECT_EQ(Send(Ipv4AddressOfHost(3), std::string(1480, 'x')), SendStatus::kSent);
    Settle();
    EXPECT_EQ(layer(1).MaxSegment(Ipv4AddressOfHost(3)), 1480) << "the transport decides";
    EXPECT_TRUE(layer(1).LearnPathMtu(Ipv4AddressOfHost(3), 600));
    EXPECT_FALSE(layer(1).LearnPathMtu(Ipv4AddressOfHost(3), 1000));
    EXPECT_EQ(layer(1).MaxSegment(Ipv4AddressOfHost(3)), 580);
    EXPECT_EQ(layer(1).MaxReceivable(Ipv4AddressOfHost(3)), 1480);
    EXPECT_EQ(layer(1).MaxSegment(Ipv4AddressOfHost(2)), 1480);
    EXPECT_EQ(Send(Ipv4AddressOfHost(3), std::string(581, 'x')), SendStatus::kTooLong);
    EXPECT_EQ(Send(Ipv4AddressOfHost(3), std::string(580, 'x')), SendStatus::kSent);
  });
  EXPECT_THAT(drops_, ElementsAre("IPv4: longer than the next link's MTU (RFC 1812 5.2.7.1)"));
  EXPECT_THAT(client_.heard,
              ElementsAre("ICMP: fragmentation needed about 10.0.0.3 mtu 600: xxxxxxxxxxxx"));
  EXPECT_EQ(server_.heard.size(), 1);
}

TEST_F(Ipv4LayerTest, RoutersAndHostsTellWhatTheyCannotDeliver) {
  Run([this] {
    Send(Ipv4AddressOfHost(3), "too far away", {.hop_limit = 1});
    Send(Ipv4AddressOfHost(99), "no such host");
    Send(Ipv4Address{{192, 0, 2, 1}}, "no such network");
    layer(3).SetReceiver(kProtocol, nullptr);
    Send(Ipv4AddressOfHost(3), "not listening");
  });
  EXPECT_THAT(client_.heard,
              ElementsAre("ICMP: time exceeded about 10.0.0.3: too far away",
                          "ICMP: host unreachable about 10.0.0.99: no such host",
                          "ICMP: network unreachable about 192.0.2.1: no such netw",
                          "ICMP: protocol unreachable about 10.0.0.3: not listenin"));
}

TEST_F(Ipv4LayerTest, NothingIsToldAboutAnErrorOrToNobody) {
  Run([this] {
    Ipv4Header header = ToServer();
    header.time_to_live = 1;
    header.protocol = kProtocolIcmp;
    SendRaw(header, absl::string_view("\x03\x01\0\0\0\0\0\0", 8));
    header.protocol = kProtocol;
    header.source = Ipv4Address{};
    SendRaw(header, "from nobody");
    header = ToServer();
    header.time_to_live = 1;
    header.fragment_offset = 1;
    SendRaw(header, "a later fragment");
  });
  EXPECT_THAT(client_.heard, IsEmpty());
  EXPECT_THAT(drops_, ::testing::Each("IPv4: time to live exceeded (RFC 1812 5.3.1)"));
  EXPECT_EQ(drops_.size(), 3);
}

TEST_F(Ipv4LayerTest, ErrorsAreLimited) {
  Run([this] {
    for (int i = 0; i < 30; ++i) Send(Ipv4AddressOfHost(3), "too far away", {.hop_limit = 1});
  });
  EXPECT_EQ(client_.heard.size(), 10);
  EXPECT_THAT(drops_, ::testing::Contains("ICMP: too many errors (RFC 1812 4.3.2.8)").Times(20));
}

TEST_F(Ipv4LayerTest, AnEchoRequestIsAnsweredWithItsData) {
  std::vector<uint8_t> request;
  IcmpMessage{IcmpEcho{.identifier = 7, .sequence = 1, .data = {'p', 'i', 'n', 'g'}}}.AppendTo(
      request);
  Run([&, this] {
    Ipv4Header header = ToServer();
    header.protocol = kProtocolIcmp;
    SendRaw(header, std::string(request.begin(), request.end()));
    request[2] ^= 1;
    SendRaw(header, std::string(request.begin(), request.end()));
  });
  EXPECT_THAT(drops_, ElementsAre(::testing::HasSubstr("is wrong (RFC 792)"),
                                  "ICMP: an echo reply that nobody waits for (RFC 1122 3.2.2.6)"));
}

TEST_F(Ipv4LayerTest, AnErrorAboutSomebodyElsesDatagramIsNotBelieved) {
  std::vector<uint8_t> quote;
  Ipv4Header quoted = ToServer();
  quoted.source = Ipv4AddressOfHost(1);  // not the server's own
  quoted.total_length = 28;
  quoted.AppendTo(quote);
  quote.resize(28);
  std::vector<uint8_t> message;
  IcmpMessage{IcmpTimeExceeded{.quoted = quote}}.AppendTo(message);
  Run([&, this] {
    Ipv4Header header = ToServer();
    header.protocol = kProtocolIcmp;
    SendRaw(header, std::string(message.begin(), message.end()));
  });
  EXPECT_THAT(server_.heard, IsEmpty());
  EXPECT_THAT(drops_, ElementsAre("ICMP: about a datagram of another host (RFC 5927 4)"));
}

TEST_F(Ipv4LayerTest, WhatCannotBeTrueIsDropped) {
  Run([this] {
    SendRaw(ToServer(), "a wrong checksum", /*breaks_checksum=*/true);
    Ipv4Header header = ToServer();
    header.time_to_live = 1;
    SendRaw(header, "too far away");
    header = ToServer();
    header.more_fragments = true;
    SendRaw(header, "a fragment");
    header = ToServer();
    header.destination = Ipv4AddressOfHost(4);
    SendRaw(header, "to nowhere");
    header = ToServer();
    header.protocol = 254;
    SendRaw(header, "unknown protocol");
  });
  EXPECT_THAT(server_.heard, IsEmpty());
  EXPECT_THAT(drops_, ElementsAre(::testing::HasSubstr("(RFC 1122 3.2.1.2)"),
                                  "IPv4: time to live exceeded (RFC 1812 5.3.1)",
                                  "IPv4: no route to the destination (RFC 1812 5.2.7.1)",
                                  "IPv4: a fragment (RFC 1122 3.3.2)",
                                  "IPv4: no such protocol here (RFC 1122 3.2.2.1)"));
}

TEST_F(Ipv4LayerTest, AHostForwardsNothing) {
  Run([this] {
    const sim::Host& router = *network().host(2);
    const sim::NextHop next = *network().Route(router, *network().host(3));
    Ipv4Header header = ToServer();
    header.destination = Ipv4AddressOfHost(1);
    header.total_length = static_cast<uint16_t>(header.size());
    sim::FramePtr frame = WithHeadroom("");
    header.WriteTo(frame->Prepend(header.size()));
    router.boot()->slots().Get<ethernet::Station>().Send(*next.nic, next.mac, ethernet::kTypeIpv4,
                                                         std::move(frame));
  });
  EXPECT_THAT(drops_, ElementsAre("IPv4: for another host (RFC 1122 3.2.1.3)"));
}

}  // namespace
}  // namespace inet
