#include "providers/ethernet/station.h"

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

namespace ethernet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr uint16_t kType = 0x88B5;  // for experiments, IEEE 802
constexpr uint8_t kSap = 0xFE;

class Recorder final : public PacketReceiver {
 public:
  void OnPacket(sim::Nic& nic, const sim::FramePtr& frame, wire::ByteSpan packet) override {
    EXPECT_GE(packet.data(), frame->octets().data());
    heard.push_back(absl::StrCat("nic ", nic.number(), ": ", packet.size(), " ",
                                 std::string(packet.begin(), packet.begin() + 2)));
  }
  std::vector<std::string> heard;
};

// client (1) - server (2).
class StationTest : public ::testing::Test, private sim::TraceListener {
 protected:
  StationTest() {
    client_ = *network().AddHost("client");
    server_ = *network().AddHost("server");
    EXPECT_TRUE(network().AddLink("client", "server", {}).ok());
    world_.trace().AddListener(*this, true);
  }

  sim::Network& network() { return world_.network(); }
  Station& station(sim::Host& host) { return host.boot()->slots().Get<Station>(); }
  sim::Nic& client_nic() { return *client_->nics()[0]; }
  const Address& server_mac() { return server_->nics()[0]->mac(); }

  void Run(const std::function<void()>& body) {
    client_->DeclareProcess("test", [&] {
      station(*client_).SetReceiverOfType(kType, &at_client_);
      station(*server_).SetReceiverOfType(kType, &of_type_);
      station(*server_).SetReceiverOfSap(kSap, &of_sap_);
      body();
      sim::Thread::Current()->Wait({}, world_.now() + absl::Seconds(1), false);
    });
    EXPECT_EQ(world_.Run().failure, "");
  }

  static sim::FramePtr Packet(absl::string_view text) {
    sim::FramePtr frame = sim::Frame::Create(EthernetHeader::kMinFrameSize + text.size());
    std::copy(text.begin(), text.end(), frame->Append(text.size()));
    return frame;
  }

  void OnTraceEvent(const sim::TraceEvent& event) override {
    if (event.kind == sim::TraceKind::kPduDropped) drops_.push_back(std::string(event.text));
    if (event.kind == sim::TraceKind::kFrameSent) sizes_.push_back(event.octets.size());
  }

  sim::ZeroSource decisions_;
  sim::World world_{decisions_};
  sim::Host* client_;
  sim::Host* server_;
  Recorder at_client_;
  Recorder of_type_;
  Recorder of_sap_;
  std::vector<std::string> drops_;
  std::vector<size_t> sizes_;
};

TEST_F(StationTest, GivesAPacketToTheLayerThatTheTypeNames) {
  Run([this] { station(*client_).Send(client_nic(), server_mac(), kType, Packet("hello")); });
  EXPECT_THAT(of_type_.heard, ElementsAre("nic 2: 46 he")) << "with the padding";
  EXPECT_THAT(of_sap_.heard, IsEmpty());
  EXPECT_THAT(sizes_, ElementsAre(EthernetHeader::kMinFrameSize));
}

TEST_F(StationTest, GivesAPacketToTheLayerThatTheSapNames) {
  Run([this] { station(*client_).SendToSap(client_nic(), server_mac(), kSap, Packet("hello")); });
  EXPECT_THAT(of_sap_.heard, ElementsAre("nic 2: 5 he")) << "the length knows what is padding";
}

TEST_F(StationTest, ABroadcastIsForEveryStation) {
  Run([this] { station(*client_).Send(client_nic(), kBroadcast, kType, Packet("hi")); });
  EXPECT_EQ(of_type_.heard.size(), 1);
}

TEST_F(StationTest, LoopbackComesBack) {
  Run([this] {
    sim::Nic& loopback = client_->loopback();
    station(*client_).Send(loopback, loopback.mac(), kType, Packet("own"));
  });
  EXPECT_THAT(at_client_.heard, ElementsAre("nic 0: 46 ow"));
}

TEST_F(StationTest, WhatIsNotForItIsDropped) {
  Run([this] {
    Station& client = station(*client_);
    client.Send(client_nic(), {0x02, 0, 0x5E, 0, 0x53, 0x77}, kType, Packet("other"));
    client.Send(client_nic(), server_mac(), 0x9999, Packet("unknown"));
    client.SendToSap(client_nic(), server_mac(), 0x42, Packet("unknown"));
    client_nic().Send(sim::Frame::Copy(std::vector<uint8_t>(8)));
  });
  EXPECT_THAT(of_type_.heard, IsEmpty());
  ASSERT_EQ(drops_.size(), 4);
  EXPECT_EQ(drops_[0], "Ethernet: for another station");
  EXPECT_EQ(drops_[1], "Ethernet: no such protocol here");
  EXPECT_EQ(drops_[2], "Ethernet: no such protocol here");
  EXPECT_THAT(drops_[3], ::testing::HasSubstr("truncated"));
}

TEST_F(StationTest, ALayerCanBeTakenOff) {
  Run([this] {
    station(*server_).SetReceiverOfType(kType, nullptr);
    station(*client_).Send(client_nic(), server_mac(), kType, Packet("hello"));
  });
  EXPECT_THAT(of_type_.heard, IsEmpty());
  EXPECT_THAT(drops_, ElementsAre("Ethernet: no such protocol here"));
}

}  // namespace
}  // namespace ethernet
