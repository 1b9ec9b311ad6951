// network{...}, and the faults that strike it.
#include "absl/strings/match.h"
#include "gtest/gtest.h"
#include "tools/scenario/scenario_testing.h"

namespace wsim {
namespace {

class NetworkCalls : public OverEachProvider {
 protected:
  // How long it takes, in milliseconds, until the server has accepted a connection and read one
  // letter over `network`.
  std::string TimeOver(absl::string_view network) const {
    return Run(absl::StrCat(network, R"(
      process("server", function()
        local listener = assert(socket())
        assert(listener:bind(5000))
        assert(listener:listen(1))
        local s = assert(listener:accept())
        outcome("recv", s:recv())
        outcome("the time", now() // 1)
      end)
      process("client", function()
        local s = assert(socket())
        assert(s:connect("server:5000"))
        assert(s:send("x"))
        sleep("1h")
      end))"));
  }
  // Three times over the link to set up and send; the session protocol sets up over another
  // connection first.
  std::string Hops(int milliseconds) const {
    return absl::StrCat("\nrecv: x\nthe time: ", (is("session") ? 5 : 3) * milliseconds, ".0\n");
  }
};

TEST_P(NetworkCalls, TheDefaultIsAClientAndAServerTenMillisecondsApart) {
  EXPECT_EQ(TimeOver(""), Hops(10));
}

TEST_P(NetworkCalls, ALinkHasOneMillisecondUnlessItSaysOtherwise) {
  EXPECT_EQ(TimeOver("network{hosts = {'client', 'server'}, links = {{'client', 'server'}}}"),
            Hops(1));
  EXPECT_EQ(TimeOver("network{hosts = {'client', 'server'},"
                     " links = {{'client', 'server', latency = '50ms'}}}"),
            Hops(50));
  EXPECT_EQ(TimeOver("network{hosts = {'client', 'server'},"
                     " links = {{'client', 'server', latency = 20}}}"),
            Hops(20));
}

TEST_P(NetworkCalls, SwitchesAndRoutersPassFramesOn) {
  EXPECT_EQ(TimeOver("network{hosts = {'client', 'server'}, switches = {'sw'},"
                     " links = {{'client', 'sw'}, {'sw', 'server'}}}"),
            Hops(2));
  EXPECT_EQ(TimeOver("network{hosts = {'client', 'server'}, routers = {'r1', 'r2'},"
                     " links = {{'client', 'r1'}, {'r1', 'r2'}, {'r2', 'server'}}}"),
            Hops(3));
}

TEST_P(NetworkCalls, HostsThatNothingConnectsDoNotReachEachOther) {
  const std::string seen = Run(R"(
    network{hosts = {"client", "server"}}
    process("client", function() outcome("connect", socket():connect("server:5000")) end))");
  EXPECT_EQ(seen, "\nconnect: WSAENETUNREACH\n");
}

TEST_P(NetworkCalls, APartitionStopsEverythingUntilItIsHealed) {
  EXPECT_EQ(RunEnds(R"(
    outcome("recv", s:recv())
    outcome("after the healing", now() > 500)
  )",
                    R"(
    outcome("partition", partition("client", "server"))
    assert(s:send("x"))
    sleep("500ms")
    outcome("heal", heal("server", "client"))
    sleep("1h")
  )"),
            "\npartition: true\nheal: true\nrecv: x\nafter the healing: true\n");
}

TEST_P(NetworkCalls, ALinkCanBeChangedWhileTheRunGoesOn) {
  EXPECT_EQ(RunEnds(R"(
    assert(s:recv())
    local first = now()
    assert(s:send("now the slow one"))
    assert(s:recv())
    outcome("took", (now() - first) // 100)
  )",
                    R"(
    assert(s:send("x"))
    assert(s:recv())
    outcome("link", link("client", "server", {latency = "500ms", loss = 0}))
    assert(s:send("y"))
    sleep("1h")
  )"),
            "\nlink: true\ntook: 5.0\n");
}

TEST_P(NetworkCalls, ACrashTakesAHostAwayWithoutAWord) {
  const std::string seen = RunEnds(R"(
    outcome("never", s:recv())
  )",
                                   R"(
    crash("server")
    sleep("1s")
    restart("server")
    sleep("1s")
    s:send("are you there")
    local data, err = s:recv()
    outcome("the end", data, err)
    kill("server")
  )");
  // The host is up again and knows nothing of the connection: it says so.
  EXPECT_EQ(seen, is("tcp") ? "\nthe end: WSAECONNRESET\n" : "\nthe end: WSAETIMEDOUT\n");
}

TEST_P(NetworkCalls, ARestartRunsTheProgramsAgainFromTheirBeginning) {
  EXPECT_EQ(Run(R"(
    local lives = 0
    process("server", function()
      lives = lives + 1
      outcome("life " .. lives, now())
      sleep("1h")
    end)
    process("client", function()
      sleep("1s")
      crash("server")
      sleep("1s")
      restart("server")
    end))"),
            "\nlife 1: 0\nlife 2: 2000\n");
}

TEST_P(NetworkCalls, ARestartOfAHostThatIsUpCrashesItFirst) {
  EXPECT_EQ(RunEnds(R"(
    outcome("never", s:recv())
  )",
                    R"(
    outcome("restart", restart("server"))
    sleep("1s")
    local other = assert(socket())
    outcome("the new boot listens", other:connect("server:5000"))
    kill("server")
  )"),
            "\nrestart: true\nthe new boot listens: true\n");
}

TEST_P(NetworkCalls, FaultsSayWhereThereIsNothingToStrike) {
  EXPECT_EQ(Run(R"(
    process("client", function()
      outcome("heal", heal("client", "server"))
      outcome("partition", partition("client", "server"))
      outcome("partition again", partition("server", "client"))
      outcome("heal again", heal("client", "server"))
      outcome("crash", crash("server"))
      outcome("crash again", crash("server"))
      sleep("1s")
      outcome("crash later", crash("server"))
      outcome("restart", restart("server"))
      outcome("crash after all", crash("server"))
    end))"),
            R"(
heal: the link between 'client' and 'server' is not cut
partition: true
partition again: the link between 'server' and 'client' is cut already
heal again: true
crash: true
crash again: the host 'server' is down already
crash later: the host 'server' is down already
restart: true
crash after all: true
)");
}

INSTANTIATE_TEST_SUITE_P(Over, NetworkCalls, testing::ValuesIn(ConnectionProviders()), ProviderOf);

struct BadNetwork {
  const char* text;
  const char* error;  // a part of it
};

class BadNetworks : public testing::TestWithParam<BadNetwork> {};

TEST_P(BadNetworks, AreRefusedWhileTheScenarioLoads) {
  const std::string error = LoadError(GetParam().text);
  EXPECT_TRUE(absl::StartsWith(error, "test.lua:1: ")) << error;
  EXPECT_TRUE(absl::StrContains(error, GetParam().error)) << error;
  EXPECT_FALSE(absl::StrContains(error, "\n")) << error;
}

INSTANTIATE_TEST_SUITE_P(
    Of, BadNetworks,
    testing::Values(
        BadNetwork{"network{}", "at least one host"},
        BadNetwork{"network(5)", "network: table expected, got number"},
        BadNetwork{"network{hosts = {'a'}, nodes = {}}", "no option 'nodes'"},
        BadNetwork{"network{hosts = 'a'}", "network: hosts: table expected"},
        BadNetwork{"network{hosts = {'a', 'a'}}", "a"}, BadNetwork{"network{hosts = {''}}", "name"},
        BadNetwork{"network{hosts = {'a:b'}}", "a:b"},
        BadNetwork{"network{hosts = {{}}}", "network: hosts: string expected, got table"},
        BadNetwork{"network{hosts = {'a', 'b'}, links = {{'a'}}}", "the names of two nodes"},
        BadNetwork{"network{hosts = {'a', 'b'}, links = {{'a', 'c'}}}", "c"},
        BadNetwork{"network{hosts = {'a', 'b'}, links = {{'a', 'a'}}}", "itself"},
        BadNetwork{"network{hosts = {'a', 'b'}, links = {{'a', 'b'}, {'b', 'a'}}}", "link"},
        BadNetwork{"network{hosts = {'a', 'b'}, links = {{'a', 'b', speed = 1}}}",
                   "no option 'speed'"},
        BadNetwork{"network{hosts = {'a', 'b'}, links = {{'a', 'b', loss = 7}}}", "link: loss"},
        BadNetwork{"network{hosts = {'a', 'b'}, links = {{'a', 'b', loss = 'some'}}}",
                   "link: loss"},
        BadNetwork{"network{hosts = {'a', 'b'}, links = {{'a', 'b', latency = '10'}}}",
                   "link: latency"},
        BadNetwork{"network{hosts = {'a', 'b'}, links = {{'a', 'b', latency = '25h'}}}",
                   "between 0 and 24h"},
        BadNetwork{"network{hosts = {'a', 'b'}, links = {{'a', 'b', bandwidth = 0}}}",
                   "link: bandwidth"},
        BadNetwork{"network{hosts = {'a', 'b'}, links = {{'a', 'b', mtu = 67}}}", "link: mtu"},
        BadNetwork{"network{hosts = {'a', 'b'}, links = {{'a', 'b', mtu = 65536}}}", "link: mtu"},
        BadNetwork{"network{hosts = {'a', 'b'}, links = {{'a', 'b', queue = 0}}}", "link: queue"},
        BadNetwork{"network{hosts = {'a'}} network{hosts = {'b'}}", "once"},
        BadNetwork{"process('client', print) network{hosts = {'a'}}", "before the first process"},
        BadNetwork{"partition('client', 'server')", "before time 0"},
        BadNetwork{"crash('client')", "before time 0"},
        BadNetwork{"link('client', 'server', {})", "before time 0"}));

TEST(Faults, NameWhatIsNotThere) {
  EXPECT_EQ(Outcomes(R"(process("client", function()
    outcome("crash", pcall(crash, "nobody"))
    outcome("restart", pcall(restart, "nobody"))
    local _, partition_error = pcall(partition, "client", "nobody")
    outcome("partition", partition_error:find("nobody", 1, true) ~= nil)
    local _, heal_error = pcall(heal, "client", "client")
    outcome("heal", heal_error:find("client", 1, true) ~= nil)
    outcome("link", pcall(link, "client", "server", {speed = 1}))
    outcome("mtu", pcall(link, "client", "server", {mtu = 3}))
    outcome("network", pcall(network, {hosts = {"a"}}))
  end))",
                     {}),
            R"(
crash: false, crash: host: no host named "nobody"
restart: false, restart: host: no host named "nobody"
partition: true
heal: true
link: false, link: there is no option 'speed'; the options are latency, jitter, bandwidth, loss, duplicate, reorder, corrupt, mtu, queue
mtu: false, link: mtu: 3 is out of range; it is a whole number from 68 to 65535
network: false, network: only before time 0, outside any process
)");
}

}  // namespace
}  // namespace wsim
