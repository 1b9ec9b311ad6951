#include "providers/osi/clnp/clnp_layer.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/ethernet/llc_header.h"
#include "providers/osi/clnp/clnp_route.h"
#include "sim/decision/zero_source.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/thread.h"
#include "sim/world.h"

namespace osi {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr uint8_t kSelector = Nsap::kTransportSelector;

constexpr size_t kFrameHeader = 14 + 3;  // Ethernet and LLC
const std::string kLong(1000, 'x');

Nsap AddressOf(uint32_t host) { return NsapOfHost(host, kSelector); }

// Notes "from SYSTEM: text", and "report REASON about text to SYSTEM".
class Recorder final : public NetworkServiceUser {
 public:
  void OnUnitData(const Nsap& source, const Nsap& destination, const sim::FramePtr& frame,
                  wire::ByteSpan data) override {
    EXPECT_GE(data.data(), frame->octets().data());
    EXPECT_LE(data.end(), frame->octets().end());
    EXPECT_NE(HostNumberOf(destination), 0u);
    heard.push_back(
        absl::StrCat("from ", HostNumberOf(source), ": ", std::string(data.begin(), data.end())));
  }
  void OnErrorReport(const Nsap& destination, ClnpFault fault, wire::ByteSpan data) override {
    heard.push_back(absl::StrCat("report ", DiscardReasonName(fault.reason), " about ",
                                 std::string(data.begin(), data.end()), " to ",
                                 HostNumberOf(destination)));
  }
  std::vector<std::string> heard;
};

// client (1) - router (2) - server (3). The router is tried out with PDUs of any kind.
class ClnpLayerTest : public ::testing::Test, private sim::TraceListener {
 protected:
  ClnpLayerTest() {
    EXPECT_TRUE(network().AddHost("client").ok());
    EXPECT_TRUE(network().AddRouter("router").ok());
    EXPECT_TRUE(network().AddHost("server").ok());
    for (uint32_t number : {1u, 2u, 3u}) {
      network().host(number)->OnBoot([](sim::Boot& boot) { boot.slots().Get<ClnpLayer>(); });
    }
    world_.trace().AddListener(*this, true);
  }

  // Runs `body` on the client; the links have these MTUs.
  void Run(size_t near_mtu, size_t far_mtu, const std::function<void()>& body) {
    EXPECT_TRUE(network().AddLink("client", "router", {.mtu = near_mtu}).ok());
    EXPECT_TRUE(network().AddLink("router", "server", {.mtu = far_mtu}).ok());
    network().host(1)->DeclareProcess("test", [&] {
      layer(1).SetUser(kSelector, &client_);
      layer(3).SetUser(kSelector, &server_);
      body();
    });
    EXPECT_EQ(world_.Run().failure, "");
  }

  sim::Network& network() { return world_.network(); }
  ClnpLayer& layer(uint32_t host) { return network().host(host)->boot()->slots().Get<ClnpLayer>(); }

  bool Send(const Nsap& destination, absl::string_view text) {
    return layer(1).Send(
        kSelector, destination,
        sim::Frame::Copy({reinterpret_cast<const uint8_t*>(text.data()), text.size()}));
  }
  // A PDU that the client's network entity would not send.
  void SendPdu(const ClnpDataPdu& pdu) {
    std::vector<uint8_t> octets;
    pdu.AppendTo(octets);
    SendOctets(octets);
  }
  void SendOctets(const std::vector<uint8_t>& octets) {
    const sim::NextHop next = *network().Route(*network().host(1), *network().host(3));
    sim::FramePtr frame = sim::Frame::Create(octets.size());
    std::copy(octets.begin(), octets.end(), frame->Append(octets.size()));
    network().host(1)->boot()->slots().Get<ethernet::Station>().SendToSap(
        *next.nic, next.mac, ethernet::kSapOsiNetwork, frame);
  }
  static ClnpDataPdu Pdu(absl::string_view text) {
    return {.lifetime = 30,
            .error_report_allowed = true,
            .destination = AddressOf(3),
            .source = AddressOf(1),
            .data = {reinterpret_cast<const uint8_t*>(text.data()), text.size()}};
  }
  static void Pause() {
    sim::Thread& thread = *sim::Thread::Current();
    thread.Wait({}, thread.world().now() + absl::Milliseconds(100), false);
  }

  static wire::ByteSpan OctetsOf(absl::string_view text) {
    return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
  }

  Recorder client_;
  Recorder server_;
  std::vector<ClnpDataPdu> sent_;
  ClnpDataPdu last_;  // data on the way, and its octets are gone
  ClnpErrorReportPdu last_report_;
  std::vector<std::string> drops_;
  size_t longest_frame_ = 0;

 private:
  void OnTraceEvent(const sim::TraceEvent& event) override {
    if (event.kind == sim::TraceKind::kPduDropped) {
      drops_.push_back(absl::StrCat(event.host, " ", event.name, ": ", event.text));
    }
    if (event.kind == sim::TraceKind::kFrameSent) {
      longest_frame_ = std::max(longest_frame_, event.octets.size());
      const absl::StatusOr<ClnpPdu> pdu = ParseClnpPdu(event.octets.subspan(kFrameHeader));
      if (!pdu.ok()) return;
      if (const auto* data = std::get_if<ClnpDataPdu>(&*pdu)) last_ = *data;
      if (const auto* report = std::get_if<ClnpErrorReportPdu>(&*pdu)) last_report_ = *report;
    }
  }

  sim::ZeroSource decisions_;
  sim::World world_{decisions_};
};

TEST(NsapOfHost, AndBack) {
  EXPECT_EQ(NsapOfHost(1, 0x21).ToText(), "49.0001.0000.5e00.5301.21");
  EXPECT_EQ(NsapOfHost(0x1FF, 0).ToText(), "49.0001.0000.5e00.54ff.00");
  for (uint32_t number : {1u, 255u, 256u, 70'000u}) {
    EXPECT_EQ(HostNumberOf(NsapOfHost(number, 7)), number);
  }
  EXPECT_EQ(HostNumberOf(Nsap()), 0u);
  EXPECT_EQ(HostNumberOf(*Nsap::FromText("49.0002.0000.5e00.5301.21")), 0u);  // another area
  EXPECT_EQ(HostNumberOf(*Nsap::FromText("49.0001.0000.5e00.5300.21")), 0u);
  EXPECT_EQ(HostNumberOf(*Nsap::FromText("49.0001.0000.5e00.5301.2121")), 0u);
}

TEST_F(ClnpLayerTest, DataReachTheUserOfTheSelector) {
  Run(1500, 1500, [&] { EXPECT_TRUE(Send(AddressOf(3), "hello")); });
  EXPECT_THAT(server_.heard, ElementsAre("from 1: hello"));
  EXPECT_THAT(drops_, IsEmpty());
}

TEST_F(ClnpLayerTest, NobodyAtTheSelector) {
  Run(1500, 1500, [&] { EXPECT_TRUE(Send(NsapOfHost(3, 0x55), "hello")); });
  EXPECT_THAT(server_.heard, IsEmpty());
  EXPECT_THAT(drops_, ElementsAre("3 CLNP: nobody at the selector [81]"));
  EXPECT_THAT(client_.heard, ElementsAre("report destination unknown about hello to 3"));
}

TEST_F(ClnpLayerTest, AHostReachesItself) {
  Run(1500, 1500, [&] { EXPECT_TRUE(Send(AddressOf(1), "hello")); });
  EXPECT_THAT(client_.heard, ElementsAre("from 1: hello"));
}

TEST_F(ClnpLayerTest, WithoutARouteNothingIsSent) {
  Run(1500, 1500, [&] {
    EXPECT_FALSE(Send(*Nsap::FromText("47.0005"), "hello"));
    EXPECT_FALSE(Send(AddressOf(9), "hello"));
    EXPECT_EQ(layer(1).MaxUnsegmentedData(AddressOf(9)), 0u);
  });
}

TEST_F(ClnpLayerTest, KnowsHowMuchReachesTheOtherEndInOnePiece) {
  Run(1500, 576, [&] {
    EXPECT_EQ(layer(1).MaxUnsegmentedData(AddressOf(3)), 576u - 3 - 37);
    EXPECT_EQ(layer(1).MaxUnsegmentedData(AddressOf(2)), 1500u - 3 - 37);
  });
}

TEST_F(ClnpLayerTest, WhatIsTooLongForALinkIsSegmented) {
  const std::string text(5000, 'x');
  Run(576, 1500, [&] { EXPECT_TRUE(Send(AddressOf(3), text)); });
  EXPECT_THAT(server_.heard, ElementsAre("from 1: " + text));
  EXPECT_LE(longest_frame_, 576u + 14);
}

TEST_F(ClnpLayerTest, NoFrameIsLongerThanItsLengthCanSay) {
  const std::string text(9000, 'x');
  Run(65535, 65535, [&] {
    EXPECT_EQ(layer(1).MaxUnsegmentedData(AddressOf(3)), 1500u - 3 - 37);
    EXPECT_TRUE(Send(AddressOf(3), text));
  });
  EXPECT_THAT(server_.heard, ElementsAre("from 1: " + text));
  EXPECT_LE(longest_frame_, 1500u + 14);
}

TEST_F(ClnpLayerTest, ARouterSegmentsFurther) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text.push_back(static_cast<char>('a' + i % 26));
  Run(1500, 100, [&] { EXPECT_TRUE(Send(AddressOf(3), text)); });
  EXPECT_THAT(server_.heard, ElementsAre("from 1: " + text));
}

TEST_F(ClnpLayerTest, ALinkThatCarriesNoSegmentAtAll) {
  Run(1500, 68, [&] { EXPECT_TRUE(Send(AddressOf(3), std::string(200, 'x'))); });
  EXPECT_THAT(server_.heard, ElementsAre("from 1: " + std::string(200, 'x')));
}

TEST_F(ClnpLayerTest, ALostSegmentIsNotWaitedForForEver) {
  ClnpDataPdu half = Pdu("01234567");
  half.lifetime = 3;  // 1 s when it arrives, as the router takes its share
  half.segmentation =
      ClnpSegmentation{.data_unit_identifier = 900, .total_length = 37 + 16, .more_segments = true};
  Run(1500, 1500, [&] {
    SendPdu(half);
    for (int i = 0; i < 11; ++i) Pause();
    EXPECT_TRUE(Send(AddressOf(3), "next"));
    half.segmentation->data_unit_identifier = 901;
    SendPdu(half);
  });
  EXPECT_THAT(server_.heard, ElementsAre("from 1: next"));
  EXPECT_THAT(client_.heard,
              ElementsAre("report lifetime expired during reassembly about 01234567 to 3"));
  EXPECT_THAT(drops_, ElementsAre("3 CLNP: segments of data that never became whole [a1]"));
}

TEST_F(ClnpLayerTest, ARouterDiscardsWhatHasLivedItsLifeAndSaysSo) {
  ClnpDataPdu old = Pdu("hello");
  old.lifetime = 1;
  Run(1500, 1500, [&] {
    SendPdu(old);
    old.error_report_allowed = false;
    SendPdu(old);
  });
  EXPECT_THAT(drops_,
              ElementsAre("2 CLNP: lifetime expired [a0]", "2 CLNP: lifetime expired [a0]"));
  EXPECT_THAT(client_.heard, ElementsAre("report lifetime expired in transit about hello to 3"));
}

TEST_F(ClnpLayerTest, ARouterReportsADestinationThatItCannotReach) {
  ClnpDataPdu pdu = Pdu("hello");
  pdu.destination = AddressOf(9);
  Run(1500, 1500, [&] { SendPdu(pdu); });
  EXPECT_THAT(client_.heard, ElementsAre("report destination unreachable about hello to 9"));
}

TEST_F(ClnpLayerTest, ARouterDoesNotSegmentWhatMustNotBe) {
  const std::string text(200, 'x');
  Run(1500, 100, [&] { SendPdu(Pdu(text)); });
  EXPECT_THAT(server_.heard, IsEmpty());
  EXPECT_THAT(client_.heard,
              ElementsAre("report segmentation needed but not permitted about " + text + " to 3"));
}

TEST_F(ClnpLayerTest, AReportOfTheFarEndComesBackOverTheRouter) {
  ClnpDataPdu pdu = Pdu("hello");
  pdu.lifetime = 2;  // 1 when the server has it
  Run(1500, 1500, [&] {
    ClnpDataPdu to_nobody = Pdu("hello");
    to_nobody.destination = AddressOf(3);
    SendPdu(to_nobody);
    // A report that the server sends to the client.
    std::vector<uint8_t> discarded;
    Pdu("quoted").AppendTo(discarded);
    std::vector<uint8_t> report;
    ClnpErrorReportPdu{.lifetime = 30,
                       .destination = AddressOf(1),
                       .source = NsapOfHost(3, 0),
                       .fault = {.reason = DiscardReason::kCongestion},
                       .discarded = discarded}
        .AppendTo(report);
    const sim::NextHop next = *network().Route(*network().host(3), *network().host(1));
    network().host(3)->boot()->slots().Get<ethernet::Station>().SendToSap(
        *next.nic, next.mac, ethernet::kSapOsiNetwork, sim::Frame::Copy(report));
  });
  EXPECT_THAT(client_.heard, ElementsAre("report congestion about quoted to 3"));
}

TEST_F(ClnpLayerTest, ALongPduIsReportedToo) {
  ClnpDataPdu pdu = Pdu(kLong);
  pdu.lifetime = 1;
  Run(1500, 1500, [&] { SendPdu(pdu); });
  ASSERT_EQ(client_.heard.size(), 1u);  // of which the report quotes the head
  EXPECT_TRUE(absl::StartsWith(client_.heard[0], "report lifetime expired in transit about xxx"));
}

TEST_F(ClnpLayerTest, AnOptionThatNobodyKnowsIsReported) {
  ClnpDataPdu pdu = Pdu("hello");
  pdu.options = {{.code = static_cast<ClnpOptionCode>(0xC9), .value = {1}}};
  Run(1500, 1500, [&] {
    SendPdu(pdu);
    pdu.error_report_allowed = false;
    SendPdu(pdu);
  });
  EXPECT_THAT(drops_, ElementsAre("2 CLNP: CLNP option c9 is unknown (ISO 8473 6.19) [b0]",
                                  "2 CLNP: CLNP option c9 is unknown (ISO 8473 6.19) [b0]"));
  EXPECT_THAT(client_.heard, ElementsAre("report unsupported option about hello to 3"));
}

TEST_F(ClnpLayerTest, SecurityIsAFunctionOfType2ThatIsNotSupported) {
  ClnpDataPdu pdu = Pdu("hello");
  pdu.options = {{.code = ClnpOptionCode::kSecurity, .value = {0x40, 1}}};
  Run(1500, 1500, [&] { SendPdu(pdu); });
  EXPECT_THAT(client_.heard, ElementsAre("report unsupported security option about hello to 3"));
}

TEST_F(ClnpLayerTest, PaddingPriorityAndQualityOfServiceGoAlong) {
  Run(1500, 1500, [&] {
    EXPECT_TRUE(layer(1).Send(kSelector, AddressOf(3), sim::Frame::Copy(OctetsOf("hello")),
                              {{.code = ClnpOptionCode::kPadding, .value = {0, 0}},
                               {.code = ClnpOptionCode::kQualityOfService, .value = {0xC0}},
                               {.code = ClnpOptionCode::kPriority, .value = {14}}}));
  });
  EXPECT_THAT(server_.heard, ElementsAre("from 1: hello"));
  EXPECT_THAT(last_.options, ElementsAre(ClnpOption{ClnpOptionCode::kPadding, {0, 0}},
                                         ClnpOption{ClnpOptionCode::kQualityOfService, {0xC0}},
                                         ClnpOption{ClnpOptionCode::kPriority, {14}}));
}

TEST_F(ClnpLayerTest, AReportHasThePriorityOfWhatItIsAbout) {
  ClnpDataPdu pdu = Pdu("hello");
  pdu.destination = AddressOf(9);
  pdu.options = {{.code = ClnpOptionCode::kPadding, .value = {0}},
                 {.code = ClnpOptionCode::kPriority, .value = {3}}};
  Run(1500, 1500, [&] { SendPdu(pdu); });
  EXPECT_THAT(last_report_.options, ElementsAre(ClnpOption{ClnpOptionCode::kPriority, {3}}));
  EXPECT_EQ(last_report_.fault.reason, DiscardReason::kDestinationUnreachable);
}

TEST_F(ClnpLayerTest, ARouterRecordsThatItWasPassed) {
  ClnpDataPdu pdu = Pdu("hello");
  pdu.options = {
      {.code = ClnpOptionCode::kRecordingOfRoute, .value = EmptyRecordOfRoute(false, 22)}};
  Run(1500, 1500, [&] { SendPdu(pdu); });
  EXPECT_THAT(server_.heard, ElementsAre("from 1: hello"));
  ASSERT_EQ(last_.options.size(), 1u);
  EXPECT_THAT(RecordedSystems(last_.options[0].value), ElementsAre(NsapOfHost(2, 0)));
}

TEST_F(ClnpLayerTest, ASourceRouteLeadsOverItsSystems) {
  ClnpDataPdu pdu = Pdu("hello");
  for (bool is_complete : {false, true}) {
    pdu.options.push_back(
        {.code = ClnpOptionCode::kSourceRouting,
         .value =
             ClnpSourceRoute{.is_complete = is_complete, .path = {NsapOfHost(2, 0)}}.ToValue()});
    sent_.push_back(pdu);
    pdu.options.clear();
  }
  Run(1500, 1500, [&] {
    for (const ClnpDataPdu& sent : sent_) SendPdu(sent);
  });
  EXPECT_THAT(server_.heard, ElementsAre("from 1: hello", "from 1: hello"));
  ASSERT_EQ(last_.options.size(), 1u);
  EXPECT_TRUE(ClnpSourceRoute::Parse(last_.options[0].value)->is_over());
}

TEST_F(ClnpLayerTest, ASourceRouteThatLeadsNowhereIsReported) {
  const auto with_route = [](std::vector<uint8_t> value) {
    ClnpDataPdu pdu = Pdu("hello");
    pdu.options = {{.code = ClnpOptionCode::kSourceRouting, .value = std::move(value)}};
    return pdu;
  };
  Run(1500, 1500, [&] {
    SendPdu(with_route(ClnpSourceRoute{.path = {NsapOfHost(9, 0)}}.ToValue()));
    SendPdu(with_route({0, 9}));
  });
  EXPECT_THAT(client_.heard,
              ElementsAre("report unknown address in source routing about hello to 3",
                          "report syntax error in source routing about hello to 3"));
}

TEST_F(ClnpLayerTest, ACompleteSourceRouteNamesEveryNeighbour) {
  EXPECT_TRUE(network().AddRouter("far").ok());
  EXPECT_TRUE(network().AddLink("server", "far", {}).ok());
  EXPECT_TRUE(network().AddRouter("middle").ok());
  EXPECT_TRUE(network().AddLink("router", "middle", {}).ok());
  EXPECT_TRUE(network().AddLink("middle", "far", {}).ok());
  ClnpDataPdu pdu = Pdu("hello");
  pdu.options = {
      {.code = ClnpOptionCode::kSourceRouting,
       .value = ClnpSourceRoute{.is_complete = true, .path = {NsapOfHost(2, 0), NsapOfHost(4, 0)}}
                    .ToValue()}};
  Run(1500, 1500, [&] { SendPdu(pdu); });
  EXPECT_THAT(client_.heard, ElementsAre("report path not acceptable about hello to 3"));
}

TEST_F(ClnpLayerTest, DamagedPdusAreDiscarded) {
  std::vector<uint8_t> octets;
  Pdu("hello").AppendTo(octets);
  const size_t header = octets.size() - 5;
  Run(1500, 1500, [&] {
    for (size_t bit = 0; bit < 8 * header; ++bit) {
      std::vector<uint8_t> damaged = octets;
      damaged[bit / 8] = static_cast<uint8_t>(damaged[bit / 8] ^ 0x80 >> bit % 8);
      SendOctets(damaged);
      if (bit % 50 == 49) Pause();  // the link's queue is not endless
    }
    SendOctets({});
    SendOctets({0x81});
  });
  EXPECT_THAT(server_.heard, IsEmpty());
  EXPECT_GE(drops_.size(), 8 * header);
}

TEST_F(ClnpLayerTest, AHostIgnoresWhatIsForAnother) {
  Run(1500, 1500, [&] {
    std::vector<uint8_t> octets;
    ClnpDataPdu pdu = Pdu("hello");
    pdu.destination = AddressOf(7);
    pdu.error_report_allowed = false;
    pdu.AppendTo(octets);
    sim::FramePtr frame = sim::Frame::Create(octets.size());
    std::copy(octets.begin(), octets.end(), frame->Append(octets.size()));
    sim::Host& router = *network().host(2);
    const sim::NextHop next = *network().Route(router, *network().host(3));
    router.boot()->slots().Get<ethernet::Station>().SendToSap(*next.nic, next.mac,
                                                              ethernet::kSapOsiNetwork, frame);
  });
  EXPECT_THAT(drops_, ElementsAre("3 CLNP: for another system [81]"));
}

}  // namespace
}  // namespace osi
