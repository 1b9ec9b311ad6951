// Two session entities over class 4 and CLNP, on simulated hosts with a link between them.

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "providers/osi/iso_address.h"
#include "providers/osi/session/session.h"
#include "providers/osi/session/session_transport.h"
#include "providers/osi/tp4/tp4.h"
#include "sim/decision/seeded_source.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/thread.h"
#include "sim/world.h"

namespace osi {
namespace {

using transport::ByteSpan;
using transport::Farewell;

constexpr uint16_t kPort = 5000;

ByteSpan AsOctets(absl::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

std::string AsText(ByteSpan octets) { return {octets.begin(), octets.end()}; }

// One end: a user that reads whatever comes, writes what it has left to write, and notes
// everything.
class End final : public transport::ConnectionUser {
 public:
  void Attach(transport::Connection* connection) {
    this->connection = connection;
    if (connection != nullptr) connection->SetUser(this);
  }
  // Writes SSDUs, as fast as the connection takes them, and then releases.
  void Send(std::deque<std::string> ssdus, std::string farewell) {
    outgoing_ = std::move(ssdus);
    farewell_ = std::move(farewell);
    releases_ = true;
    Pump();
  }

  void OnConnected(ByteSpan data) override {
    is_connected = true;
    connected_with = AsText(data);
    if (on_connected) on_connected();
  }
  void OnReadable() override {
    std::array<uint8_t, 700> octets;
    transport::ReadResult read;
    do {
      read = connection->Read(absl::MakeSpan(octets), false);
      partial_.append(octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(read.octets));
      if (read.end_of_message) ssdus.push_back(std::exchange(partial_, ""));
    } while (read.octets != 0 || read.end_of_message);
    if (on_readable) on_readable();
  }
  void OnWritable() override { Pump(); }
  void OnExpedited() override {}
  void OnReleaseIndication(ByteSpan data) override {
    released_by_peer_with = AsText(data);
    has_peer_released = true;
    if (on_release) on_release();
  }
  void OnReleased() override { is_released = true; }
  void OnDisconnectIndication(transport::Reason reason, ByteSpan data) override {
    ended_with = AsText(data);
    end = absl::StrCat(reason.text, " ", reason.code);
    cause = reason.cause;
    connection->Detach(Farewell::kAbortive);
  }

  transport::Connection* connection = nullptr;
  std::function<void()> on_connected, on_readable, on_release;
  bool is_connected = false;
  bool has_peer_released = false;
  bool is_released = false;
  std::string connected_with;
  std::string released_by_peer_with;
  std::string end;  // of a connection that did not end gracefully
  std::string ended_with;
  transport::Cause cause = transport::Cause::kProtocolError;
  std::vector<std::string> ssdus;

 private:
  void Pump() {
    while (!outgoing_.empty()) {
      std::string& first = outgoing_.front();
      const bool had_room = connection->writable_octets() != 0;
      const size_t taken = connection->Write({AsOctets(first)}, true);
      if (taken < first.size() || !had_room) {
        first.erase(0, taken);
        return;
      }
      outgoing_.pop_front();
    }
    if (std::exchange(releases_, false)) connection->Release(AsOctets(farewell_));
  }

  std::deque<std::string> outgoing_;
  std::string farewell_;
  std::string partial_;
  bool releases_ = false;
};

// A client and a server on two hosts. What is declared here runs on their threads.
class TwoHosts : private transport::ListenerUser {
 public:
  explicit TwoHosts(const sim::LinkParameters& link = {}, uint64_t seed = 1)
      : decisions_(seed), world(decisions_) {
    client_host = *world.network().AddHost("client");
    server_host = *world.network().AddHost("server");
    EXPECT_TRUE(world.network().AddLink("client", "server", link).ok());
  }

  // The server accepts one connection with `accept_data`; both processes live for `lifetime`.
  void Run(absl::string_view connect_data, absl::string_view accept_data,
           absl::Duration lifetime = absl::Hours(1)) {
    accept_data_ = std::string(accept_data);
    server_host->DeclareProcess("server", [this, lifetime] {
      listener_ = Session(*server_host).Listen({.local = IsoAddresses().Wildcard(kPort)}, *this);
      EXPECT_NE(listener_, nullptr);
      Sleep(lifetime);
      listener_.reset();
    });
    client_host->DeclareProcess("client", [this, connect_data, lifetime] {
      Sleep(absl::Milliseconds(1));
      client.Attach(Session(*client_host)
                        .Connect({.local = IsoAddresses().Wildcard(50000),
                                  .remote = IsoAddresses().OfHost(server_host->number(), kPort),
                                  .user_data = AsOctets(connect_data),
                                  .quality = quality},
                                 client));
      Sleep(lifetime);
    });
    EXPECT_EQ(world.Run().failure, "");
  }

  static SessionTransport& Session(sim::Host& host) {
    return static_cast<SessionTransport&>(SessionRegistration().of_boot(*host.boot()));
  }
  static void Sleep(absl::Duration time) {
    sim::Thread* thread = sim::Thread::Current();
    thread->Wait({}, thread->world().now() + time, false);
  }

  End client;
  End server;
  std::string server_connect_data;
  bool server_refuses = false;
  const transport::QualityOfService* quality = nullptr;  // that the client asks for
  std::optional<transport::QualityOfService> server_quality;

 private:
  bool OnConnectIndication(transport::Connection& connection) override {
    server.Attach(&connection);
    server_connect_data = AsText(connection.connect_data());
    if (connection.quality() != nullptr) server_quality = *connection.quality();
    server_refuses ? connection.Refuse(AsOctets(accept_data_))
                   : connection.Accept(AsOctets(accept_data_));
    return true;
  }

  sim::SeededSource decisions_;

 public:
  sim::World world;
  sim::Host* client_host;
  sim::Host* server_host;

 private:
  std::string accept_data_;
  std::unique_ptr<transport::Listener> listener_;
};

TEST(SessionOverTp4, RegistrationSaysWhatItCanDo) {
  const transport::Registration entry = SessionRegistration();
  EXPECT_EQ(entry.name, "session");
  EXPECT_EQ(entry.address_family, 7);
  EXPECT_EQ(entry.socket_type, 5);
  EXPECT_TRUE(entry.capabilities.graceful_close);
  EXPECT_TRUE(entry.capabilities.message_oriented);
  EXPECT_TRUE(entry.capabilities.quality_of_service);
  EXPECT_EQ(entry.capabilities.disconnect_data_max, 10240u);
  EXPECT_EQ(entry.capabilities.disconnect_reply_data_max, 10240u);
}

TEST(SessionOverTp4, ConnectDataGoBothWays) {
  TwoHosts us;
  us.Run("may I?", "you may");
  EXPECT_EQ(us.server_connect_data, "may I?");
  EXPECT_EQ(us.client.connected_with, "you may");
  EXPECT_TRUE(us.server.is_connected);
}

// TEXP is false: what the two ends read is what CR and CC agreed on, and nobody can change it.
TEST(SessionOverTp4, TheTransportConnectionHasNoExpeditedData) {
  constexpr int kIsoTransport = 29;
  constexpr int kExpedited = 3;
  const std::vector<uint8_t> no(4);
  TwoHosts us;
  us.client.on_connected = [&] {
    for (End* end : {&us.client, &us.server}) {
      std::vector<uint8_t> value;
      EXPECT_EQ(end->connection->GetOption(kIsoTransport, kExpedited, value),
                transport::OptionStatus::kDone);
      EXPECT_EQ(value, no);
      EXPECT_EQ(end->connection->SetOption(kIsoTransport, kExpedited, value),
                transport::OptionStatus::kReadOnly);
    }
  };
  us.Run("", "");
  EXPECT_TRUE(us.client.is_connected);
}

TEST(SessionOverTp4, RefusalSaysWhy) {
  TwoHosts us;
  us.server_refuses = true;
  us.Run("may I?", "you may not");
  EXPECT_FALSE(us.client.is_connected);
  EXPECT_EQ(us.client.cause, transport::Cause::kRefusedByUser);
}

TEST(SessionOverTp4, QualityOfServiceIsThatOfTheTransportConnection) {
  const transport::QualityOfService wanted{
      .sending = {.throughput = {{.target = 1'000'000, .least = 1000}}}, .priority = 2};
  TwoHosts us({.bandwidth = 1'000'000});
  us.quality = &wanted;
  std::optional<transport::QualityOfService> agreed;
  us.client.on_connected = [&] { agreed = *us.client.connection->quality(); };
  us.Run("", "");
  ASSERT_TRUE(agreed.has_value());
  EXPECT_EQ(agreed->sending.throughput->target, 125'000u);  // octets per second: all the link can
  EXPECT_EQ(agreed->priority, 2);
  ASSERT_TRUE(us.server_quality.has_value());
  EXPECT_EQ(us.server_quality->receiving, agreed->sending);
}

TEST(SessionOverTp4, NoSessionWhereItsQualityCannotBeHad) {
  const transport::QualityOfService wanted{
      .sending = {.throughput = {{.target = 200'000, .least = 125'001}}}};
  TwoHosts us({.bandwidth = 1'000'000});
  us.quality = &wanted;
  us.Run("", "");
  EXPECT_FALSE(us.client.is_connected);
  EXPECT_EQ(us.client.cause, transport::Cause::kQualityUnavailable);
}

TEST(SessionOverTp4, NobodyListens) {
  TwoHosts us;
  us.client_host->DeclareProcess("client", [&] {
    us.client.Attach(TwoHosts::Session(*us.client_host)
                         .Connect({.local = IsoAddresses().Wildcard(50000),
                                   .remote = IsoAddresses().OfHost(2, kPort)},
                                  us.client));
    TwoHosts::Sleep(absl::Minutes(1));
  });
  // No session entity exists there, only the transport entity.
  us.server_host->OnBoot([](sim::Boot& boot) { Tp4Registration().of_boot(boot); });
  EXPECT_EQ(us.world.Run().failure, "");
  EXPECT_EQ(us.client.cause, transport::Cause::kNothingThere);
}

// The exchange that this provider is for: the client says goodbye with its total, the server thinks
// for an hour and answers with the grand total.
TEST(SessionOverTp4, LastWordsGoBothWaysBehindAllData) {
  TwoHosts us;
  us.client.on_connected = [&] { us.client.Send({"one", "", "three"}, "client-total=3"); };
  us.server.on_release = [&] {
    EXPECT_EQ(us.server.ssdus, (std::vector<std::string>{"one", "", "three"}));
    us.world.At(us.world.now() + absl::Hours(1), [&] {
      us.server.Send({"done"}, "server-grand-total=4");
      us.server.connection->Detach(Farewell::kGraceful);
    });
  };
  us.Run("", "", absl::Hours(3));
  EXPECT_EQ(us.server.released_by_peer_with, "client-total=3");
  EXPECT_EQ(us.client.released_by_peer_with, "server-grand-total=4");
  EXPECT_EQ(us.client.ssdus, (std::vector<std::string>{"done"}));
  EXPECT_TRUE(us.client.is_released);
  EXPECT_EQ(us.client.end, "");
}

TEST(SessionOverTp4, GoodbyesThatCross) {
  TwoHosts us;
  us.client.on_connected = [&] { us.client.Send({"from the client"}, "client"); };
  us.server.on_connected = [&] { us.server.Send({"from the server"}, "server"); };
  us.Run("", "");
  EXPECT_EQ(us.client.released_by_peer_with, "server");
  EXPECT_EQ(us.server.released_by_peer_with, "client");
  EXPECT_TRUE(us.client.is_released);
  EXPECT_TRUE(us.server.is_released);
  EXPECT_EQ(us.client.ssdus.size() + us.server.ssdus.size(), 2u);
}

TEST(SessionOverTp4, LongestUserDataEverywhere) {
  const std::string data(10240, 'x');
  TwoHosts us;
  us.client.on_connected = [&] { us.client.Send({}, data); };
  us.server.on_release = [&] { us.server.Send({}, data); };
  us.Run(data, data);
  EXPECT_EQ(us.server_connect_data, data);
  EXPECT_EQ(us.client.connected_with, data);
  EXPECT_EQ(us.server.released_by_peer_with, data);
  EXPECT_EQ(us.client.released_by_peer_with, data);
}

TEST(SessionOverTp4, LongestRefusalAndLongestAbort) {
  const std::string data(10240, 'x');
  TwoHosts refused;
  refused.server_refuses = true;
  refused.Run("", data);
  EXPECT_EQ(refused.client.ended_with, data);
  TwoHosts aborted;
  aborted.client.on_connected = [&] { aborted.client.connection->Disconnect(AsOctets(data)); };
  aborted.Run("", "");
  EXPECT_EQ(aborted.server.ended_with, data);
}

TEST(SessionOverTp4, AbortTellsThePeer) {
  TwoHosts us;
  us.client.on_connected = [&] {
    us.client.connection->Disconnect(AsOctets("enough"));
    us.client.connection->Detach(Farewell::kAbortive);
  };
  us.Run("", "");
  EXPECT_EQ(us.server.end, "S-U-ABORT 3");
}

TEST(SessionOverTp4, PartitionIsFoundByWhoWaitsForAnAnswer) {
  TwoHosts us;
  us.client.on_connected = [&] {
    EXPECT_TRUE(us.world.network().Partition("client", "server").ok());
    us.client.Send({"lost"}, "lost too");
  };
  us.Run("", "");
  EXPECT_EQ(us.client.cause, transport::Cause::kNoAnswer);
  EXPECT_FALSE(us.client.is_released);
}

// Many SSDUs of all sizes both ways over a link that loses, doubles, reorders and damages frames.
TEST(SessionOverTp4, EverythingArrivesOnceAndInOrderOverABadLink) {
  std::deque<std::string> ssdus;
  for (size_t i = 0; i < 60; ++i)
    ssdus.push_back(std::string(i * i * 7, static_cast<char>('a' + i % 26)));
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    constexpr sim::Ratio kOften{sim::Ratio::kOne / 20};
    TwoHosts us({.loss = kOften, .duplicate = kOften, .reorder = kOften, .corrupt = kOften}, seed);
    us.client.on_connected = [&] { us.client.Send(ssdus, "client's last word"); };
    us.server.on_release = [&] { us.server.Send(ssdus, "server's last word"); };
    us.Run("hello", "welcome", absl::Hours(5));
    const std::vector<std::string> expected(ssdus.begin(), ssdus.end());
    EXPECT_EQ(us.server.ssdus, expected) << seed;
    EXPECT_EQ(us.client.ssdus, expected) << seed;
    EXPECT_EQ(us.server.released_by_peer_with, "client's last word") << seed;
    EXPECT_EQ(us.client.released_by_peer_with, "server's last word") << seed;
    EXPECT_TRUE(us.client.is_released) << seed;
  }
}

}  // namespace
}  // namespace osi
