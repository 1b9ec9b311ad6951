// Routes as hosts ask for them.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/net/test_network.h"

namespace sim {
namespace {

class RouteTest : public ::testing::Test {
 protected:
  void AddHosts(std::initializer_list<const char*> names) {
    for (const char* name : names) test.AddHost(name);
  }
  void AddRouters(std::initializer_list<const char*> names) {
    for (const char* name : names) test.AddRouter(name);
  }
  static LinkParameters Mtu(size_t mtu) { return {.mtu = mtu}; }

  // The route's first step: by its own interface `from_nic`, to the interface `next_nic` of `next`.
  void ExpectRoute(absl::string_view from, absl::string_view to, size_t from_nic,
                   absl::string_view next, size_t next_nic) {
    const std::optional<NextHop> hop =
        test.network.Route(*test.network.FindHost(from), *test.network.FindHost(to));
    ASSERT_TRUE(hop.has_value()) << from << " to " << to;
    EXPECT_EQ(hop->nic, &test.nic(from, from_nic)) << from << " to " << to;
    EXPECT_EQ(hop->mac, test.nic(next, next_nic).mac()) << from << " to " << to;
  }
  size_t HopMtu(absl::string_view from, absl::string_view to) {
    return test.network.Route(*test.network.FindHost(from), *test.network.FindHost(to))->mtu;
  }
  size_t PathMtu(absl::string_view from, absl::string_view to) {
    return test.network.PathMtu(*test.network.FindHost(from), *test.network.FindHost(to));
  }

  TestNetwork test;
};

TEST_F(RouteTest, GoesOverALink) {
  test.AddPair(Mtu(1400));
  ExpectRoute("client", "server", 0, "server", 0);
  ExpectRoute("server", "client", 0, "client", 0);
  EXPECT_EQ(PathMtu("client", "server"), 1400u);
}

TEST_F(RouteTest, GoesOverRouters) {
  AddHosts({"client", "server"});
  AddRouters({"r1", "r2"});
  test.AddLink("client", "r1", Mtu(1500));
  test.AddLink("r1", "r2", Mtu(1280));
  test.AddLink("r2", "server", Mtu(1400));
  ExpectRoute("client", "server", 0, "r1", 0);
  ExpectRoute("r1", "server", 1, "r2", 0);
  ExpectRoute("r2", "server", 1, "server", 0);
  ExpectRoute("server", "client", 0, "r2", 1);
  EXPECT_EQ(PathMtu("client", "server"), 1280u);
  EXPECT_EQ(HopMtu("client", "server"), 1500u);
  EXPECT_EQ(HopMtu("r1", "server"), 1280u);
  EXPECT_EQ(PathMtu("r2", "server"), 1400u);
}

TEST_F(RouteTest, DoesNotCountSwitches) {
  AddHosts({"client", "server"});
  for (const char* name : {"s1", "s2", "s3"}) test.AddSwitch(name);
  AddRouters({"router"});
  test.AddLink("client", "router");  // Two links, but over a router.
  test.AddLink("router", "server");
  test.AddLink("client", "s1", Mtu(1500));
  test.AddLink("s1", "s2", Mtu(900));
  test.AddLink("s2", "s3", Mtu(800));
  test.AddLink("s3", "server", Mtu(1400));
  ExpectRoute("client", "server", 1, "server", 1);
  EXPECT_EQ(PathMtu("client", "server"), 800u);
  EXPECT_EQ(HopMtu("client", "server"), 800u);
}

TEST_F(RouteTest, TakesTheFewestRouters) {
  AddHosts({"client", "server"});
  AddRouters({"long1", "long2", "short"});
  test.AddLink("client", "long1");
  test.AddLink("long1", "long2");
  test.AddLink("long2", "server");
  test.AddLink("client", "short");
  test.AddLink("short", "server");
  ExpectRoute("client", "server", 1, "short", 0);
  ExpectRoute("server", "client", 1, "short", 1);
  ExpectRoute("client", "long2", 0, "long1", 0);
}

TEST_F(RouteTest, TakesTheFirstDeclaredAmongEquals) {
  AddHosts({"client", "server"});
  AddRouters({"r1", "r2"});
  test.AddLink("client", "r2", Mtu(1000));  // Declared first, though its router is not.
  test.AddLink("client", "r1");
  test.AddLink("r1", "server");
  test.AddLink("r2", "server");
  ExpectRoute("client", "server", 0, "r2", 0);
  ExpectRoute("server", "client", 0, "r1", 1);
  EXPECT_EQ(PathMtu("client", "server"), 1000u);
  EXPECT_EQ(PathMtu("server", "client"), 1500u);
}

TEST_F(RouteTest, DoesNotGoThroughHosts) {
  AddHosts({"a", "between", "b"});
  test.AddLink("a", "between");
  test.AddLink("between", "b");
  EXPECT_FALSE(
      test.network.Route(*test.network.FindHost("a"), *test.network.FindHost("b")).has_value());
  EXPECT_EQ(PathMtu("a", "b"), 0u);
  EXPECT_EQ(PathMtu("between", "b"), 1500u);
}

TEST_F(RouteTest, GoesInCirclesNowhere) {
  AddHosts({"client", "island"});
  AddRouters({"r1", "r2", "r3"});
  test.AddLink("client", "r1");
  test.AddLink("r1", "r2");
  test.AddLink("r2", "r3");
  test.AddLink("r3", "r1");
  EXPECT_EQ(PathMtu("client", "island"), 0u);
  ExpectRoute("client", "r3", 0, "r1", 0);
}

TEST_F(RouteTest, ToItselfIsTheLoopback) {
  Host& alone = test.AddHost("alone");
  const std::optional<NextHop> hop = test.network.Route(alone, alone);
  ASSERT_TRUE(hop.has_value());
  EXPECT_EQ(hop->nic, &alone.loopback());
  EXPECT_EQ(hop->mac, alone.loopback().mac());
  EXPECT_EQ(PathMtu("alone", "alone"), alone.loopback().mtu());
}

TEST_F(RouteTest, FollowsTheTopologyAndTheMtuAsTheyChange) {
  AddHosts({"client", "server"});
  test.AddRouter("router");
  EXPECT_EQ(PathMtu("client", "server"), 0u);
  test.AddLink("client", "router");
  test.AddLink("router", "server");
  EXPECT_EQ(PathMtu("client", "server"), 1500u);
  EXPECT_TRUE(test.network.ChangeLink("server", "router", {.mtu = 576}).ok());
  EXPECT_EQ(PathMtu("client", "server"), 576u);
  test.AddLink("client", "server");
  ExpectRoute("client", "server", 1, "server", 1);
  EXPECT_EQ(PathMtu("client", "server"), 1500u);
}

TEST_F(RouteTest, TheDefaultIsTheFirstRouterInReach) {
  AddHosts({"alone", "client", "server"});
  AddRouters({"far", "r1", "r2"});
  test.AddSwitch("switch");
  test.AddLink("client", "server");
  test.AddLink("client", "switch");
  test.AddLink("r2", "switch");
  test.AddLink("client", "r1");
  test.AddLink("r1", "far");
  const auto router_of = [&](absl::string_view name) -> std::string {
    const std::optional<NextHop> hop = test.network.DefaultRouter(*test.network.FindHost(name));
    if (!hop.has_value()) return "none";
    for (const std::unique_ptr<Host>& host : test.network.hosts()) {
      for (const std::unique_ptr<Nic>& nic : host->nics()) {
        if (nic->mac() == hop->mac) return std::string(host->name());
      }
    }
    return "nobody";
  };
  EXPECT_EQ(router_of("client"), "r2");
  EXPECT_EQ(router_of("server"), "none");
  EXPECT_EQ(router_of("alone"), "none");
  EXPECT_EQ(router_of("far"), "r1");
}

TEST_F(RouteTest, IsNotChangedByAPartition) {
  test.AddPair({});
  EXPECT_TRUE(test.network.Partition("client", "server").ok());
  ExpectRoute("client", "server", 0, "server", 0);
}

TEST_F(RouteTest, FindsTheLeastMtuBetweenBranchesOfATree) {
  AddHosts({"a", "b", "c"});
  for (const char* name : {"root", "left", "right", "deep"}) test.AddSwitch(name);
  test.AddLink("deep", "right", Mtu(700));
  test.AddLink("root", "left", Mtu(900));
  test.AddLink("right", "root", Mtu(800));
  test.AddLink("a", "left", Mtu(1000));
  test.AddLink("b", "deep", Mtu(1000));
  test.AddLink("c", "right", Mtu(1000));
  EXPECT_EQ(PathMtu("a", "b"), 700u);
  EXPECT_EQ(PathMtu("b", "a"), 700u);
  EXPECT_EQ(PathMtu("a", "c"), 800u);
  EXPECT_EQ(PathMtu("c", "b"), 700u);
}

TEST_F(RouteTest, ServesManyHostsOnOneSwitch) {
  test.AddSwitch("switch");
  test.AddHost("server");
  test.AddLink("server", "switch");
  constexpr int kClients = 2000;
  for (int i = 0; i < kClients; ++i) {
    const std::string name = absl::StrCat("client", i);
    test.AddHost(name);
    test.AddLink("switch", name);
  }
  for (int i = 0; i < kClients; ++i) {
    const std::string name = absl::StrCat("client", i);
    ExpectRoute(name, "server", 0, "server", 0);
    ExpectRoute("server", name, 0, name, 0);
  }
}

}  // namespace
}  // namespace sim
