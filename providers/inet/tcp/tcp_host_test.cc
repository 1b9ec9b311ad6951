// What happens to connections when hosts do something: speak to themselves, crash, start again.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "providers/inet/socket_address.h"
#include "providers/inet/tcp/tcp_registration.h"
#include "sim/decision/decisions.h"
#include "sim/decision/zero_source.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/thread.h"
#include "sim/world.h"

namespace inet {
namespace {

using Heard = std::vector<std::string>;
constexpr uint16_t kPort = 5000;

class NotingUser final : public transport::ConnectionUser, public transport::ListenerUser {
 public:
  bool OnConnectIndication(transport::Connection& request) override {
    connection = &request;
    request.SetUser(this);
    request.Accept({});
    return true;
  }
  void OnConnected(transport::ByteSpan) override { heard.push_back("connected"); }
  void OnReadable() override { heard.push_back("readable"); }
  void OnWritable() override { heard.push_back("writable"); }
  void OnExpedited() override { heard.push_back("expedited"); }
  void OnReleaseIndication(transport::ByteSpan) override { heard.push_back("release"); }
  void OnReleased() override { heard.push_back("released"); }
  void OnDisconnectIndication(transport::Reason reason, transport::ByteSpan) override {
    heard.push_back(std::string(reason.text));
  }

  void Write(absl::string_view text) {
    const transport::ByteSpan octets(reinterpret_cast<const uint8_t*>(text.data()), text.size());
    connection->Write({&octets, 1}, false);
  }
  std::string Read() {
    std::vector<uint8_t> octets(100);
    octets.resize(connection->Read(absl::MakeSpan(octets), false).octets);
    return {octets.begin(), octets.end()};
  }

  transport::Connection* connection = nullptr;
  Heard heard;
};

class TcpHostTest : public testing::Test {
 protected:
  TcpHostTest() {
    client_ = *world_.network().AddHost("client");
    server_ = *world_.network().AddHost("server");
    EXPECT_TRUE(world_.network().AddLink("client", "server", {}).ok());
    for (sim::Host* host : {client_, server_}) {
      host->OnBoot([](sim::Boot& boot) { TcpOfBoot(boot); });
    }
  }

  // `client` runs when everything has begun, and `server`, if there is one, just before.
  void Run(const std::function<void()>& server, const std::function<void()>& client) {
    if (server) server_->DeclareProcess("server", server);
    client_->DeclareProcess("client", client);
    EXPECT_EQ(world_.Run().failure, "");
  }
  void Advance(absl::Duration span) {
    sim::Thread::Current()->Wait({}, world_.now() + span, false);
  }
  transport::Address At(const sim::Host* host, uint16_t port) {
    return Ipv4SocketAddresses().OfHost(host->number(), port);
  }
  void Connect(NotingUser& user, const sim::Host* to) {
    user.connection =
        TcpOfBoot(*client_->boot())
            .Connect({.local = Ipv4SocketAddresses().Wildcard(40000), .remote = At(to, kPort)},
                     user);
    Advance(absl::Seconds(1));
  }

  sim::ZeroSource decisions_;
  sim::World world_{decisions_};
  sim::Host* client_;
  sim::Host* server_;
  NotingUser user_;
  NotingUser peer_;
};

TEST_F(TcpHostTest, AHostWithoutAListenerRefuses) {
  Run(nullptr, [this] {
    Connect(user_, server_);
    EXPECT_EQ(user_.heard, Heard{"connection refused"});
    user_.connection->Detach(transport::Farewell::kGraceful);
  });
}

TEST_F(TcpHostTest, AHostSpeaksToItself) {
  Run(nullptr, [this] {
    TcpTransport& tcp = TcpOfBoot(*client_->boot());
    auto listener = tcp.Listen({.local = Ipv4SocketAddresses().Wildcard(kPort)}, peer_);
    user_.connection = tcp.Connect({.local = Ipv4SocketAddresses().Wildcard(40000),
                                    .remote = *Ipv4SocketAddresses().FromText("127.0.0.1:5000")},
                                   user_);
    Advance(absl::Nanoseconds(1));
    EXPECT_EQ(user_.heard, Heard{"connected"});
    EXPECT_EQ(Ipv4SocketAddresses().ToText(peer_.connection->remote_address()), "127.0.0.1:40000");
    user_.Write("over the loopback");
    Advance(absl::Nanoseconds(1));
    EXPECT_EQ(peer_.Read(), "over the loopback");
    user_.connection->Detach(transport::Farewell::kGraceful);
    peer_.connection->Detach(transport::Farewell::kGraceful);
    Advance(absl::Minutes(5));
    EXPECT_EQ(tcp.connection_count(), 0);
  });
}

TEST_F(TcpHostTest, AConnectionMayBeItsOwnPeer) {  // a simultaneous open, RFC 9293 3.5
  Run(nullptr, [this] {
    TcpTransport& tcp = TcpOfBoot(*client_->boot());
    user_.connection =
        tcp.Connect({.local = At(client_, kPort), .remote = At(client_, kPort)}, user_);
    Advance(absl::Nanoseconds(1));
    EXPECT_EQ(user_.heard, Heard{"connected"});
    user_.Write("echo");
    Advance(absl::Nanoseconds(1));
    EXPECT_EQ(user_.Read(), "echo");
    user_.connection->Detach(transport::Farewell::kGraceful);
    Advance(absl::Minutes(5));
    EXPECT_EQ(tcp.connection_count(), 0);
  });
}

TEST_F(TcpHostTest, AHostThatStartedAgainKnowsNoOldConnection) {  // RFC 9293 3.5.1
  std::unique_ptr<transport::Listener> listener;
  Run(
      [&, this] {
        if (server_->boot()->number() > 1) return;
        listener = TcpOfBoot(*server_->boot())
                       .Listen({.local = Ipv4SocketAddresses().Wildcard(kPort)}, peer_);
        Advance(absl::Hours(1));
      },
      [this] {
        Connect(user_, server_);
        EXPECT_EQ(user_.heard, Heard{"connected"});
        server_->Crash();
        server_->Restart();
        Advance(absl::Seconds(1));
        user_.Write("are you there?");
        Advance(absl::Seconds(1));
        EXPECT_EQ(user_.heard, (Heard{"connected", "connection reset"}));
        user_.connection->Detach(transport::Farewell::kGraceful);
      });
}

// A world may hold a hundred thousand of them; what only a transfer needs is made for it.
TEST_F(TcpHostTest, AnIdleConnectionIsSmall) { EXPECT_LE(sizeof(TcpConnection), 776u); }

TEST_F(TcpHostTest, AHostThatIsDownIsGivenUp) {
  Run(nullptr, [this] {
    server_->Crash();
    Connect(user_, server_);
    Advance(absl::Minutes(4));
    EXPECT_EQ(user_.heard, Heard{"connection aborted: no answer"});
    user_.connection->Detach(transport::Farewell::kGraceful);
  });
}

TEST_F(TcpHostTest, TheSecretOfEachHostIsDrawnOnce) {  // RFC 6528
  Run(nullptr, [this] {
    Connect(user_, server_);
    user_.connection->Detach(transport::Farewell::kGraceful);
    NotingUser second;
    Connect(second, server_);
    second.connection->Detach(transport::Farewell::kGraceful);
  });
  EXPECT_EQ(world_.decisions().count(), 2) << "two halves, at the client alone";
}

}  // namespace
}  // namespace inet
