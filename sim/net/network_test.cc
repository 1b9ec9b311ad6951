#include "sim/net/network.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/net/test_network.h"

namespace sim {
namespace {

absl::Status Invalid(absl::string_view message) { return absl::InvalidArgumentError(message); }

TEST(Network, NumbersHostsAndRoutersInTheOrderOfDeclaration) {
  TestNetwork test;
  Host& client = test.AddHost("client");
  test.AddSwitch("switch");
  Host& router = test.AddRouter("router");
  Host& server = test.AddHost("server");
  EXPECT_EQ(client.number(), 1u);
  EXPECT_EQ(router.number(), 2u);
  EXPECT_EQ(server.number(), 3u);
  EXPECT_TRUE(router.is_router());
  EXPECT_FALSE(server.is_router());
  EXPECT_EQ(test.network.host(2), &router);
  EXPECT_EQ(test.network.host(0), nullptr);
  EXPECT_EQ(test.network.host(4), nullptr);
  EXPECT_EQ(test.network.FindHost("server"), &server);
  EXPECT_EQ(test.network.FindHost("switch"), nullptr);
  EXPECT_EQ(test.network.FindHost("nobody"), nullptr);
}

TEST(Network, GivesEachNameOnce) {
  TestNetwork test;
  test.AddHost("x");
  EXPECT_EQ(test.network.AddHost("x").status(), Invalid("two nodes are named 'x'"));
  EXPECT_EQ(test.network.AddRouter("x").status(), Invalid("two nodes are named 'x'"));
  EXPECT_EQ(test.network.AddSwitch("x"), Invalid("two nodes are named 'x'"));
  EXPECT_EQ(test.network.hosts().size(), 1u);
}

TEST(Network, RefusesNamesThatCannotStandInAnAddress) {
  TestNetwork test;
  EXPECT_EQ(test.network.AddHost("").status(), Invalid("a name is empty"));
  for (const char* name : {"a:b", "a b", "a\tb", "\n"}) {
    EXPECT_EQ(test.network.AddRouter(name).status(),
              Invalid(absl::StrCat("the name '", name, "' has a colon or white space in it")));
  }
}

TEST(Network, RefusesLinksThatCannotBe) {
  TestNetwork test;
  test.AddPair({});
  EXPECT_EQ(test.network.AddLink("client", "nobody", {}),
            Invalid("no host, router or switch is named 'nobody'"));
  EXPECT_EQ(test.network.AddLink("nobody", "client", {}),
            Invalid("no host, router or switch is named 'nobody'"));
  EXPECT_EQ(test.network.AddLink("client", "client", {}),
            Invalid("a link from 'client' to itself"));
  EXPECT_EQ(test.network.AddLink("server", "client", {}),
            Invalid("a second link between 'server' and 'client'"));
  test.AddHost("third");
  EXPECT_EQ(test.network.AddLink("client", "third", {.mtu = 1}),
            Invalid("the link between 'client' and 'third': mtu 1 is not between 68 and 65535"));
  EXPECT_EQ(test.network.FindHost("third")->nics().size(), 0u) << "nothing has changed";
}

// Their decisions would be drawn from the same streams.
TEST(Network, RefusesLinksThatReadAlike) {
  TestNetwork test;
  for (const char* name : {"a", "a-b", "b-c", "c", "c-c"}) test.AddHost(name);
  test.AddLink("a-b", "c");
  EXPECT_EQ(test.network.AddLink("a", "b-c", {}),
            Invalid("the link between 'a' and 'b-c' cannot be told from another: both read "
                    "'a-b-c'; rename a node"));
  EXPECT_EQ(test.network.AddLink("c-c", "c", {}),
            Invalid("the link between 'c-c' and 'c' cannot be told from another: both read "
                    "'c-c-c'; rename a node"));
}

TEST(Network, RefusesFaultsOfLinksThatAreNotThere) {
  TestNetwork test;
  test.AddPair({});
  test.AddHost("third");
  EXPECT_EQ(test.network.Partition("client", "third"),
            Invalid("no link between 'client' and 'third'"));
  EXPECT_EQ(test.network.Heal("nobody", "client"),
            Invalid("no host, router or switch is named 'nobody'"));
  EXPECT_EQ(test.network.ChangeLink("client", "nobody", {}),
            Invalid("no host, router or switch is named 'nobody'"));
  EXPECT_EQ(test.network.ChangeLink("server", "client", {.mtu = 1}),
            Invalid("mtu 1 is not between 68 and 65535"));
}

TEST(Network, SaysWhatAPathCanDoAtItsBest) {
  TestNetwork test;
  Network& network = test.network;
  const Host& a = test.AddHost("a");
  const Host& router = test.AddRouter("router");
  const Host& b = test.AddHost("b");
  const Host& alone = test.AddHost("alone");
  test.AddSwitch("switch");
  ASSERT_TRUE(network.AddLink("a", "switch", {.latency = absl::Milliseconds(1)}).ok());
  const LinkParameters jittery{.latency = absl::Milliseconds(2), .jitter = absl::Milliseconds(3)};
  ASSERT_TRUE(network.AddLink("switch", "router", jittery).ok());
  const LinkParameters narrow{.latency = absl::Milliseconds(10), .bandwidth = 8'000};
  ASSERT_TRUE(network.AddLink("router", "b", narrow).ok());
  EXPECT_EQ(network.QualityOfPath(a, router, 0)->delay, absl::Milliseconds(6));
  EXPECT_EQ(network.QualityOfPath(a, router, 0)->bandwidth, 100'000'000u);
  // 1000 octets take a second on the last link, and 80 us on each of the others.
  EXPECT_EQ(network.QualityOfPath(a, b, 1000)->delay,
            absl::Milliseconds(16) + absl::Seconds(1) + absl::Microseconds(160));
  EXPECT_EQ(network.QualityOfPath(b, a, 0)->bandwidth, 8'000u);
  EXPECT_EQ(network.QualityOfPath(a, a, 1000)->delay, absl::ZeroDuration());
  EXPECT_FALSE(network.QualityOfPath(a, alone, 0).has_value());
}

TEST(Network, LeavesNothingBehindWithFramesOnTheirWay) {
  TestNetwork test;
  test.AddPair({});
  test.SendAt(absl::ZeroDuration(), "client", TaggedFrame(1));
  test.world.At(Time::Zero() + absl::Microseconds(10), [&test] {
    test.nic("client").Send(TaggedFrame(2));
    test.network.FindHost("client")->loopback().Send(TaggedFrame(3));
    test.world.FailAndEnd("enough");
  });
  EXPECT_EQ(test.Run().failure, "enough");
  EXPECT_FALSE(test.world.events().empty());
}

}  // namespace
}  // namespace sim
