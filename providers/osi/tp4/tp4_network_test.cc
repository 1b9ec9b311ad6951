// Two transport entities over links that lose, double, reorder and damage frames.
#include <cstdint>
#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/osi/clnp/clnp_layer.h"
#include "providers/osi/iso_address.h"
#include "providers/osi/tp4/tp4.h"
#include "providers/osi/tp4/tp4_conversation.h"
#include "sim/decision/seeded_source.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/thread.h"
#include "sim/trace/fingerprint.h"
#include "sim/waitable.h"
#include "sim/world.h"

namespace osi {
namespace {

struct Outcome {
  std::unique_ptr<Client> client;
  std::unique_ptr<Server> server;
  uint64_t fingerprint = 0;
  sim::Time end;
};

Outcome Converse(uint64_t seed, const sim::LinkParameters& link, size_t tsdus) {
  Outcome outcome{.client = std::make_unique<Client>(tsdus), .server = std::make_unique<Server>()};
  sim::SeededSource decisions(seed);
  sim::World world(decisions);
  sim::Fingerprint fingerprint;
  world.trace().AddListener(fingerprint, false);
  sim::Host& client_host = **world.network().AddHost("client");
  sim::Host& server_host = **world.network().AddHost("server");
  EXPECT_TRUE(world.network().AddLink("client", "server", link).ok());
  std::unique_ptr<transport::Listener> listener;
  server_host.DeclareProcess("server", [&] {
    listener = Tp4Registration()
                   .of_boot(*server_host.boot())
                   .Listen({.local = IsoAddresses().Wildcard(5000)}, *outcome.server);
  });
  client_host.DeclareProcess("client", [&] {
    outcome.client->connection =
        Tp4Registration()
            .of_boot(*client_host.boot())
            .Connect({.local = IsoAddresses().OfHost(1, 6000),
                      .remote = IsoAddresses().OfHost(2, 5000),
                      .user_data = {reinterpret_cast<const uint8_t*>("hello"), 5}},
                     *outcome.client);
  });
  const sim::RunResult result = world.Run();
  EXPECT_EQ(result.failure, "");
  outcome.fingerprint = fingerprint.value();
  outcome.end = world.now();
  return outcome;
}

void ExpectEverythingArrived(const Outcome& outcome, size_t tsdus) {
  EXPECT_EQ(outcome.server->requests, 1);
  EXPECT_EQ(outcome.server->connect_data, "hello");
  EXPECT_EQ(outcome.client->accept_data, "welcome");
  EXPECT_TRUE(outcome.server->connected);
  EXPECT_EQ(outcome.server->tsdus, tsdus);
  EXPECT_EQ(outcome.server->urgent, tsdus / 5);
  EXPECT_TRUE(outcome.client->said_goodbye);
  EXPECT_TRUE(outcome.server->ended);
  EXPECT_EQ(outcome.server->cause, transport::Cause::kPeerUser);
  EXPECT_EQ(outcome.server->goodbye, kGoodbye);
}

TEST(Tp4Network, AConversationOverAGoodLink) { ExpectEverythingArrived(Converse(1, {}, 30), 30); }

TEST(Tp4Network, EverythingArrivesInOrderAndOnceOverABadLink) {
  for (uint64_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE(seed);
    ExpectEverythingArrived(Converse(seed, Bad(5), 20), 20);
  }
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(seed);
    ExpectEverythingArrived(Converse(seed, Bad(10), 20), 20);
  }
}

TEST(Tp4Network, OverAMiserableLinkWhatArrivesIsRight) {
  int complete = 0;
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(seed);
    const Outcome outcome = Converse(seed, Bad(20), 20);
    EXPECT_LE(outcome.server->requests, 1);
    if (!outcome.server->goodbye.empty()) {
      EXPECT_EQ(outcome.server->goodbye, kGoodbye);
      EXPECT_EQ(outcome.server->tsdus, 20u);
      ++complete;
    }
  }
  EXPECT_GT(complete, 90);
}

TEST(Tp4Network, TheSameSeedGivesTheSameRun) {
  const Outcome one = Converse(7, Bad(10), 10);
  EXPECT_EQ(one.fingerprint, Converse(7, Bad(10), 10).fingerprint);
  EXPECT_NE(one.fingerprint, Converse(8, Bad(10), 10).fingerprint);
}

TEST(Tp4Network, ANarrowLinkWithAShortQueueIsNotOverwhelmed) {
  // 64 kbit/s, 10 frames may wait: about 85 kB take eleven seconds and a little.
  const Outcome outcome = Converse(1, {.bandwidth = 64'000, .queue = 10}, 40);
  ExpectEverythingArrived(outcome, 40);
  EXPECT_LT(outcome.end, sim::Time::Zero() + absl::Seconds(30));
}

TEST(Tp4Network, ASmallMtuIsSegmentedByTheNetworkLayer) {
  // 68 octets leave 28 for data: less than the smallest TPDU.
  const Outcome outcome = Converse(1, {.mtu = 68}, 5);
  ExpectEverythingArrived(outcome, 5);
}

TEST(Tp4Network, AWindowThatStaysClosedKeepsNoRunGoing) {
  class DeafServer final : public Server {
    void OnReadable() override {}
  };
  sim::SeededSource decisions(1);
  sim::World world(decisions);
  sim::Host& client_host = **world.network().AddHost("client");
  sim::Host& server_host = **world.network().AddHost("server");
  EXPECT_TRUE(world.network().AddLink("client", "server", {}).ok());
  Client client(40);
  DeafServer server;
  std::unique_ptr<transport::Listener> listener;
  server_host.DeclareProcess("server", [&] {
    listener = Tp4Registration()
                   .of_boot(*server_host.boot())
                   .Listen({.local = IsoAddresses().Wildcard(5000)}, server);
  });
  client_host.DeclareProcess("client", [&] {
    client.connection = Tp4Registration()
                            .of_boot(*client_host.boot())
                            .Connect({.local = IsoAddresses().OfHost(1, 6000),
                                      .remote = IsoAddresses().OfHost(2, 5000)},
                                     client);
    sim::Waitable never;
    sim::Thread::Current()->Wait(never);
  });
  const sim::RunResult result = world.Run();
  EXPECT_THAT(result.failure, testing::StartsWith("deadlock:"));
  // The last work is the last DT that the window allowed, long before the window timer's AKs.
  EXPECT_LT(result.virtual_time, sim::Time::Zero() + absl::Seconds(1));
  EXPECT_LT(world.now(), sim::Time::Zero() + absl::Minutes(10));
}

TEST(Tp4Network, AHostTalksToItself) {
  sim::SeededSource decisions(1);
  sim::World world(decisions);
  sim::Host& host = **world.network().AddHost("host");
  Client client(10);
  client.name = "";
  Server server;
  std::unique_ptr<transport::Listener> listener;
  host.DeclareProcess("both", [&] {
    transport::Transport& tp4 = Tp4Registration().of_boot(*host.boot());
    listener = tp4.Listen({.local = IsoAddresses().Wildcard(5000)}, server);
    client.connection = tp4.Connect(
        {.local = IsoAddresses().OfHost(1, 6000), .remote = IsoAddresses().OfHost(1, 5000)},
        client);
  });
  EXPECT_EQ(world.Run().failure, "");
  EXPECT_EQ(server.tsdus, 10u);
  EXPECT_EQ(server.goodbye, kGoodbye);
}

TEST(Tp4Network, RoutersForwardAndTheSmallestMtuOnTheWayCounts) {
  Client client(10);
  client.name = "";
  Server server;
  sim::SeededSource decisions(1);
  sim::World world(decisions);
  sim::Host& a = **world.network().AddHost("a");
  sim::Host& b = **world.network().AddHost("b");
  sim::Host& router = **world.network().AddRouter("router");
  router.OnBoot([](sim::Boot& boot) { boot.slots().Get<ClnpLayer>(); });
  EXPECT_TRUE(world.network().AddLink("a", "router", {}).ok());
  EXPECT_TRUE(world.network().AddLink("router", "b", {.mtu = 576}).ok());
  std::unique_ptr<transport::Listener> listener;
  b.DeclareProcess("server", [&] {
    listener = Tp4Registration().of_boot(*b.boot()).Listen({.local = IsoAddresses().Wildcard(5000)},
                                                           server);
  });
  a.DeclareProcess("client", [&] {
    client.connection = Tp4Registration().of_boot(*a.boot()).Connect(
        {.local = IsoAddresses().OfHost(1, 6000), .remote = IsoAddresses().OfHost(2, 5000)},
        client);
  });
  EXPECT_EQ(world.Run().failure, "");
  EXPECT_EQ(server.tsdus, 10u);
  EXPECT_EQ(server.goodbye, kGoodbye);
}

}  // namespace
}  // namespace osi
