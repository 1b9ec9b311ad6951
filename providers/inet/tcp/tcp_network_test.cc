// Two hosts with real IPv4 and Ethernet between them: nothing is lost, doubled or out of order,
// whatever the link does, and every run ends.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "providers/inet/socket_address.h"
#include "providers/inet/tcp/tcp_registration.h"
#include "sim/decision/seeded_source.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/thread.h"
#include "sim/trace/fingerprint.h"
#include "sim/waitable.h"
#include "sim/world.h"

namespace inet {
namespace {

constexpr uint16_t kPort = 5000;

uint8_t OctetAt(size_t offset, uint32_t salt) {
  return static_cast<uint8_t>((offset * 2654435761u + salt) >> 11);
}

// A user that a thread plays with blocking calls. Any call may find the connection gone.
class BlockingUser final : public transport::ConnectionUser, public transport::ListenerUser {
 public:
  ~BlockingUser() override {
    if (connection != nullptr) connection->Detach(transport::Farewell::kAbortive);
  }

  bool Connect(transport::Transport& transport, const transport::ConnectOptions& options) {
    connection = transport.Connect(options, *this);
    return connection != nullptr && WaitFor([this] { return is_connected; });
  }
  bool WaitForRequest() {
    return WaitFor([this] { return is_connected; });
  }
  bool WriteAll(size_t size, uint32_t salt, size_t piece) {
    std::vector<uint8_t> octets(piece);
    for (size_t offset = 0; offset < size;) {
      const size_t count = std::min(piece, size - offset);
      for (size_t i = 0; i < count; ++i) octets[i] = OctetAt(offset + i, salt);
      const transport::ByteSpan span(octets.data(), count);
      const size_t taken = connection->Write({&span, 1}, false);
      offset += taken;
      if (taken == 0 && !WaitFor([this] { return connection->writable_octets() > 0; })) {
        return false;
      }
    }
    return true;
  }
  // Reads to the end of data and compares. False: the connection ended otherwise.
  bool ReadAll(size_t size, uint32_t salt, size_t piece) {
    std::vector<uint8_t> octets(piece);
    for (size_t offset = 0;;) {
      if (!WaitFor([this] { return connection->is_readable(); })) return false;
      const transport::ReadResult result = connection->Read(absl::MakeSpan(octets), false);
      for (size_t i = 0; i < result.octets; ++i) {
        EXPECT_EQ(octets[i], OctetAt(offset + i, salt)) << "at " << offset + i;
        if (octets[i] != OctetAt(offset + i, salt)) return false;
      }
      offset += result.octets;
      if (!result.end_of_data) continue;
      EXPECT_EQ(offset, size);
      return offset == size;
    }
  }
  void Leave() {
    connection->Detach(transport::Farewell::kGraceful);
    connection = nullptr;
  }

  bool OnConnectIndication(transport::Connection& request) override {
    connection = &request;
    request.SetUser(this);
    request.Accept({});
    return true;
  }
  void OnConnected(transport::ByteSpan) override {
    is_connected = true;
    changed_.Set();
  }
  void OnReadable() override { changed_.Set(); }
  void OnWritable() override { changed_.Set(); }
  void OnExpedited() override { changed_.Set(); }
  void OnReleaseIndication(transport::ByteSpan) override { changed_.Set(); }
  void OnReleased() override { changed_.Set(); }
  void OnDisconnectIndication(transport::Reason reason, transport::ByteSpan) override {
    end = std::string(reason.text);
    changed_.Set();
  }

  transport::Connection* connection = nullptr;
  bool is_connected = false;
  std::string end;  // empty: not disconnected

 private:
  template <class Condition>
  bool WaitFor(Condition condition) {
    while (end.empty() && !condition()) {
      changed_.Reset();
      if (sim::Thread::Current()->Wait(changed_).end == sim::WaitEnd::kEnded) return false;
    }
    return end.empty();
  }

  sim::Waitable changed_;
};

struct Outcome {
  bool client_done = false;
  bool server_done = false;
  std::string failure;
  uint64_t fingerprint = 0;
  absl::Duration took;
  TcpCounters counters;  // the client's
};

struct Scenario {
  sim::LinkParameters link;
  uint64_t seed = 1;
  size_t to_server = 100'000;
  size_t to_client = 50'000;
  absl::Duration reader_pause = absl::ZeroDuration();
  TcpSettings settings;
  bool has_router = false;
  sim::LinkParameters second_link;
};

Outcome Play(const Scenario& scenario) {
  Outcome outcome;
  sim::SeededSource source(scenario.seed);
  sim::World world(source);
  sim::Fingerprint fingerprint;
  world.trace().AddListener(fingerprint, false);
  world.slots().Get<TcpWorldSettings>().settings = scenario.settings;
  sim::Network& network = world.network();
  sim::Host* client = *network.AddHost("client");
  sim::Host* server = *network.AddHost("server");
  if (scenario.has_router) {
    EXPECT_TRUE(network.AddRouter("router").ok());
    EXPECT_TRUE(network.AddLink("client", "router", scenario.link).ok());
    EXPECT_TRUE(network.AddLink("router", "server", scenario.second_link).ok());
  } else {
    EXPECT_TRUE(network.AddLink("client", "server", scenario.link).ok());
  }
  for (const auto& host : network.hosts()) {
    host->OnBoot([](sim::Boot& boot) { TcpOfBoot(boot); });
  }
  server->DeclareProcess("server", [&] {
    BlockingUser user;
    TcpTransport& tcp = TcpOfBoot(*server->boot());
    auto listener = tcp.Listen({.local = Ipv4SocketAddresses().Wildcard(kPort)}, user);
    if (!user.WaitForRequest()) return;
    sim::Thread::Current()->Wait({}, world.now() + scenario.reader_pause, false);
    if (!user.ReadAll(scenario.to_server, 1, 7000)) return;
    if (!user.WriteAll(scenario.to_client, 2, 3000)) return;
    user.Leave();
    outcome.server_done = true;
  });
  client->DeclareProcess("client", [&] {
    BlockingUser user;
    TcpTransport& tcp = TcpOfBoot(*client->boot());
    const sim::Time begin = world.now();
    if (user.Connect(tcp, {.local = Ipv4SocketAddresses().Wildcard(40000),
                           .remote = Ipv4SocketAddresses().OfHost(server->number(), kPort)}) &&
        user.WriteAll(scenario.to_server, 1, 5000)) {
      user.connection->Release({});
      outcome.client_done = user.ReadAll(scenario.to_client, 2, 100'000);
    }
    outcome.took = world.now() - begin;
    outcome.counters = tcp.counters();
    if (outcome.client_done) user.Leave();
  });
  outcome.failure = world.Run().failure;
  outcome.fingerprint = fingerprint.value();
  return outcome;
}

sim::Ratio Percent(uint32_t percent) { return {percent * 10'000'000}; }

TEST(TcpNetwork, ACleanLinkLosesNothingAndRepeatsNothing) {
  const Outcome outcome = Play({});
  EXPECT_EQ(outcome.failure, "");
  EXPECT_TRUE(outcome.client_done && outcome.server_done);
  EXPECT_EQ(outcome.counters.retransmitted_segments, 0);
  EXPECT_EQ(outcome.counters.in_errors, 0);
  EXPECT_LT(outcome.took, absl::Milliseconds(200));
}

TEST(TcpNetwork, ASlowReaderIsWaitedFor) {
  const Outcome outcome = Play({.to_server = 500'000, .reader_pause = absl::Minutes(10)});
  EXPECT_EQ(outcome.failure, "");
  EXPECT_TRUE(outcome.client_done && outcome.server_done);
  EXPECT_LT(outcome.took, absl::Minutes(10) + absl::Seconds(1));
}

TEST(TcpNetwork, ALossyLinkLosesNothing) {
  const Outcome outcome = Play({.link = {.loss = Percent(5)}});
  EXPECT_TRUE(outcome.client_done && outcome.server_done);
  EXPECT_GT(outcome.counters.retransmitted_segments, 0);
}

TEST(TcpNetwork, ATightQueueLosesNothing) {
  const Outcome outcome =
      Play({.link = {.latency = absl::Milliseconds(20), .bandwidth = 5'000'000, .queue = 5},
            .to_server = 1'000'000});
  EXPECT_TRUE(outcome.client_done && outcome.server_done);
  EXPECT_GT(outcome.counters.retransmitted_segments, 0);
}

TEST(TcpNetwork, ANarrowLinkBehindARouterLosesNothing) {
  const Outcome outcome = Play({.has_router = true, .second_link = {.mtu = 576}});
  EXPECT_EQ(outcome.failure, "");
  EXPECT_TRUE(outcome.client_done && outcome.server_done);
  EXPECT_EQ(outcome.counters.retransmitted_segments, 0);
}

TEST(TcpNetwork, TheSameSeedIsTheSameRun) {
  Scenario scenario{.link = {.jitter = absl::Milliseconds(1), .loss = Percent(3)}, .seed = 7};
  const uint64_t first = Play(scenario).fingerprint;
  EXPECT_EQ(Play(scenario).fingerprint, first);
  scenario.seed = 8;
  EXPECT_NE(Play(scenario).fingerprint, first);
}

// A link as bad as a seed says: each fault up to 20%.
TEST(TcpNetwork, WhateverTheLinkDoesDataIsIntactAndTheRunEnds) {
  int done = 0;
  constexpr int kRuns = 150;
  for (uint64_t seed = 1; seed <= kRuns; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    const auto pick = [seed](uint64_t which) {
      return Percent(static_cast<uint32_t>((seed * 2654435761u >> which) % 21));
    };
    const Outcome outcome = Play({.link = {.jitter = absl::Milliseconds(seed % 5),
                                           .loss = pick(3),
                                           .duplicate = pick(9),
                                           .reorder = pick(15),
                                           .corrupt = pick(21)},
                                  .seed = seed,
                                  .to_server = 30'000,
                                  .to_client = 10'000});
    // It may give up, as the standard says; it may not hang but for a lost reset.
    EXPECT_EQ(outcome.failure.find("limit"), std::string::npos) << outcome.failure;
    if (outcome.client_done && outcome.server_done) ++done;
  }
  EXPECT_GT(done, kRuns * 9 / 10);
}

}  // namespace
}  // namespace inet
