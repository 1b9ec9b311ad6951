// Many seeds, on links that lose, double, reorder and damage up to a fifth of all frames each, in
// either format, with several conversations one after another between the same two addresses.
// Whatever happens: TSDUs whole, in order and once, of their own conversation and no other;
// expedited data never overtaken by data written after it; the goodbye as it was said, or none.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "providers/osi/iso_address.h"
#include "providers/osi/tp4/tp4.h"
#include "providers/osi/tp4/tp4_conversation.h"
#include "providers/osi/tp4/tp4_options.h"
#include "sim/decision/seeded_source.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/thread.h"
#include "sim/waitable.h"
#include "sim/world.h"

#ifndef WSIM_CAMPAIGN_SEEDS
#define WSIM_CAMPAIGN_SEEDS 150
#endif

namespace osi {
namespace {

constexpr size_t kConversations = 3;
constexpr size_t kTsdus = 6;

// The n-th of some numbers that follow from the seed and have nothing to do with each other
// (the finaliser of SplitMix64).
uint64_t Drawn(uint64_t seed, uint64_t n) {
  uint64_t z = (seed * 16 + n) * 0x9E3779B97F4A7C15;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
  z = (z ^ z >> 27) * 0x94D049BB133111EB;
  return z ^ z >> 31;
}

sim::LinkParameters LinkOf(uint64_t seed) {
  const auto rate = [seed](uint64_t n) {
    return sim::Ratio{static_cast<uint32_t>(Drawn(seed, n) % 201) * (sim::Ratio::kOne / 1000)};
  };
  return {.latency = absl::Milliseconds(5),
          .jitter = absl::Milliseconds(3),
          .loss = rate(0),
          .duplicate = rate(1),
          .reorder = rate(2),
          .corrupt = rate(3)};
}

// A server of its own for each request that is indicated.
class Doorman final : public transport::ListenerUser {
 public:
  explicit Doorman(bool extended) : extended_(extended) {}
  bool OnConnectIndication(transport::Connection& request) override {
    if (extended_) request.SetOption(kTransportLevel, kExtendedFormats, {{1, 0, 0, 0}});
    servers.push_back(std::make_unique<Server>());
    return servers.back()->OnConnectIndication(request);
  }
  std::vector<std::unique_ptr<Server>> servers;

 private:
  const bool extended_;
};

struct Totals {
  size_t requests = 0;
  size_t goodbyes = 0;
};

void RunSeed(uint64_t seed, Totals& totals) {
  sim::SeededSource decisions(seed);
  sim::World world(decisions);
  sim::Host& a = **world.network().AddHost("a");
  sim::Host& b = **world.network().AddHost("b");
  ASSERT_TRUE(world.network().AddLink("a", "b", LinkOf(seed)).ok());
  const bool extended = Drawn(seed, 4) % 2 == 1;
  Doorman doorman(extended);
  std::unique_ptr<transport::Listener> listener;
  b.DeclareProcess("server", [&] {
    listener = Tp4Registration().of_boot(*b.boot()).Listen({.local = IsoAddresses().Wildcard(5000)},
                                                           doorman);
  });
  std::vector<std::unique_ptr<Client>> clients;
  a.DeclareProcess("client", [&] {
    transport::Transport& tp4 = Tp4Registration().of_boot(*a.boot());
    const std::vector<transport::ConnectOptions::Option> options = {
        {.level = kTransportLevel, .name = kExtendedFormats, .value = {extended, 0, 0, 0}}};
    for (size_t n = 0; n < kConversations; ++n) {
      sim::Waitable has_ended;
      Client& client = *clients.emplace_back(std::make_unique<Client>(kTsdus));
      client.name = absl::StrCat("conversation ", n);
      client.on_end = [&has_ended] { has_ended.Set(); };
      client.connection = tp4.Connect(
          {.local = IsoAddresses().OfHost(1, 6000),
           .remote = IsoAddresses().OfHost(2, 5000),
           .user_data = {reinterpret_cast<const uint8_t*>(client.name.data()), client.name.size()},
           .options = options},
          client);
      sim::Thread::Current()->Wait(has_ended, world.now() + absl::Hours(1));
      client.on_end = [] {};
    }
  });
  EXPECT_EQ(world.Run().failure, "");
  std::vector<std::string> names;
  for (const std::unique_ptr<Server>& server : doorman.servers) {
    names.push_back(server->connect_data);
    EXPECT_LE(server->tsdus, kTsdus);
    if (server->goodbye.empty()) continue;
    EXPECT_EQ(server->goodbye, kGoodbye);
    EXPECT_EQ(server->tsdus, kTsdus);
    EXPECT_EQ(server->urgent, kTsdus / 5);
    ++totals.goodbyes;
  }
  totals.requests += names.size();
  // No old CR opens a connection a second time, and no request is another than the one made.
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::unique(names.begin(), names.end()), names.end());
  EXPECT_LE(names.size(), kConversations);
}

TEST(Tp4Campaign, WhatArrivesIsRightWhateverTheLinkDoes) {
  Totals totals;
  for (uint64_t seed = 1; seed <= WSIM_CAMPAIGN_SEEDS; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    RunSeed(seed, totals);
    if (testing::Test::HasFailure()) return;
  }
  // Some links let nothing through for as long as anybody tries; most do.
  EXPECT_GE(totals.requests, kConversations * WSIM_CAMPAIGN_SEEDS * 98 / 100);
  EXPECT_GE(totals.goodbyes, kConversations * WSIM_CAMPAIGN_SEEDS * 95 / 100);
}

}  // namespace
}  // namespace osi
