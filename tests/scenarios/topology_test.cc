// Transfers over networks of several kinds, while links and hosts fail and come back: the octets
// arrive as they were sent, or both ends learn that they do not.
#include <ostream>
#include <string>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "tools/scenario/scenario_testing.h"

namespace wsim {
namespace {

// serve(host, clients): accepts, and says "done" to each client that has sent all of its octets.
// call(host, server): sends 40,000 of them and reports what came back, or which error.
constexpr char kPrograms[] = R"(
  local OCTETS <const> = 40000
  local function pattern(host)
    local lines = {}
    for i = 1, OCTETS // 10 do lines[i] = ("%s%8d "):format(host:sub(1, 1), i) end
    return table.concat(lines)
  end
  local function serve_one(s)
    local parts, got = {}, 0
    while got < OCTETS do
      local data, err = s:recv(4096)
      if not data or data == "" then
        outcome("the server's recv", data, err)
        return
      end
      parts[#parts + 1] = data
      got = got + #data
    end
    local all = table.concat(parts)
    check(all == pattern(all), "the octets arrive as they were sent")
    assert(s:send("done"))
    s:recv()
  end
  function serve(host, clients)
    process(host, function()
      local listener = assert(socket())
      assert(listener:bind(5000))
      assert(listener:listen(5))
      for i = 1, clients do
        local s = assert(listener:accept())
        thread(function() serve_one(s) s:closesocket() end)
      end
    end)
  end
  function call(host, server)
    process(host, host .. "'s client", function()
      sleep("1ms")
      local s = assert(socket())
      local connected, err = s:connect(server .. ":5000")
      if not connected then
        outcome(host, "connect", err)
        return
      end
      local all = pattern(host)
      for at = 1, #all, 1000 do
        local sent, err = s:send(all:sub(at, at + 999))
        if not sent then
          outcome(host, "send", err)
          return
        end
      end
      outcome(host, s:recv(10))
      s:closesocket()
    end)
  end
)";

struct Transfer {
  const char* name;
  const char* network;
  const char* programs;  // and what happens meanwhile
  const char* outcomes;

  friend std::ostream& operator<<(std::ostream& out, const Transfer& transfer) {
    return out << transfer.name;
  }
};

constexpr char kOneLink[] = "hosts = {'client', 'server'}, links = {{'client', 'server'}}";
constexpr char kTwoRouters[] =
    "hosts = {'client', 'server'}, routers = {'r1', 'r2'},"
    " links = {{'client', 'r1'}, {'r1', 'r2'}, {'r2', 'server'}}";
constexpr char kOneCall[] = "serve('server', 1) call('client', 'server')";
constexpr char kTwoCalls[] = "serve('server', 2) call('a', 'server') call('b', 'server')";
constexpr char kDone[] = "\nclient: done\n";

constexpr Transfer kTransfers[] = {
    {"ToItself", "hosts = {'a'}", "serve('a', 1) call('a', 'a')", "\na: done\n"},
    {"OverASwitch",
     "hosts = {'a', 'b', 'server'}, switches = {'sw'},"
     " links = {{'a', 'sw'}, {'b', 'sw'}, {'server', 'sw'}}",
     kTwoCalls, "\na: done\nb: done\n"},
    {"OverThreeSwitchesAndARouter",
     "hosts = {'client', 'server'}, switches = {'s1', 's2', 's3'}, routers = {'r'},"
     " links = {{'client', 's1'}, {'s1', 's2'}, {'s2', 'r'}, {'r', 's3'}, {'s3', 'server'}}",
     kOneCall, kDone},
    {"OverTwoRouters", kTwoRouters, kOneCall, kDone},
    {"OnTwoLinksOfTheServer",
     "hosts = {'a', 'b', 'server'},"
     " links = {{'a', 'server', latency = '5ms'}, {'b', 'server', latency = '50ms'}}",
     kTwoCalls, "\na: done\nb: done\n"},
    {"InATriangle",
     "hosts = {'a', 'b', 'server'}, links = {{'a', 'b'}, {'b', 'server'}, {'a', 'server'}}",
     kTwoCalls, "\na: done\nb: done\n"},
    {"OverLinksOfDifferentMtu",
     "hosts = {'a', 'b', 'server'}, routers = {'r'}, switches = {'s'},"
     " links = {{'a', 's'}, {'b', 's'}, {'s', 'r', mtu = 1300}, {'r', 'server', mtu = 9000}}",
     kTwoCalls, "\na: done\nb: done\n"},
    {"OverANarrowLinkWithAShortQueue",
     "hosts = {'client', 'server'},"
     " links = {{'client', 'server', bandwidth = '64kbps', queue = 3}}",
     kOneCall, kDone},
    {"ThroughAPartitionBetweenRouters", kTwoRouters,
     "serve('server', 1) call('client', 'server')"
     " at('5ms', function() check(partition('r1', 'r2'), 'it is cut') end)"
     " at('3s', function() check(heal('r1', 'r2'), 'it is healed') end)",
     kDone},
    {"ThroughTheCrashOfARouter", kTwoRouters,
     "serve('server', 1) call('client', 'server')"
     " at('5ms', function() crash('r1') end) at('3s', function() restart('r1') end)",
     kDone},
    {"ThroughTheRestartOfARouter", kTwoRouters,
     "serve('server', 1) call('client', 'server') at('5ms', function() restart('r2') end)", kDone},
    {"WhileNothingArrivesForSomeTime", kOneLink,
     "serve('server', 1) call('client', 'server')"
     " at('4ms', function() link('client', 'server', {loss = 1}) end)"
     " at('4s', function() link('client', 'server', {loss = 0.1, reorder = 0.1}) end)",
     kDone},
    {"WhileTheLinkBecomesSlow", kOneLink,
     "serve('server', 1) call('client', 'server') at('4ms', function()"
     " link('client', 'server', {latency = '2s', bandwidth = '100kbps', jitter = '1s'}) end)",
     kDone},
    {"WhileTheMtuShrinks", kOneLink,
     "serve('server', 1) call('client', 'server')"
     " at('4ms', function() link('client', 'server', {mtu = 400}) end)",
     kDone},
    {"WhileTheMtuShrinksBehindARouter",
     "hosts = {'client', 'server'}, routers = {'r'}, links = {{'client', 'r'}, {'r', 'server'}}",
     "serve('server', 1) call('client', 'server')"
     " at('5ms', function() link('r', 'server', {mtu = 400}) end)",
     kDone},
    {"WhileAnotherHostCrashes",
     "hosts = {'a', 'b', 'server'}, switches = {'sw'},"
     " links = {{'a', 'sw'}, {'b', 'sw'}, {'server', 'sw'}}",
     "serve('server', 1) call('a', 'server') at('3ms', function() crash('b') end)"
     " at('4ms', function() restart('b') end)",
     "\na: done\n"},
};

class Transfers : public testing::TestWithParam<std::tuple<std::string, Transfer>> {};

TEST_P(Transfers, AreCompleteAndInOrder) {
  const auto& [provider, transfer] = GetParam();
  std::string text = absl::StrCat("network{", transfer.network, "}", kPrograms, transfer.programs);
  // A narrower link carries no IPv6 (RFC 8200 5).
  if (provider == "tcp6") {
    text = absl::StrReplaceAll(text, {{"mtu = 700", "mtu = 1300"}, {"mtu = 400", "mtu = 1280"}});
  }
  EXPECT_EQ(Outcomes(text, {.provider = provider}), transfer.outcomes);
}

INSTANTIATE_TEST_SUITE_P(Over, Transfers,
                         testing::Combine(testing::ValuesIn(ConnectionProviders()),
                                          testing::ValuesIn(kTransfers)),
                         [](const auto& info) {
                           return absl::StrCat(std::get<std::string>(info.param), "_",
                                               std::get<Transfer>(info.param).name);
                         });

class Failures : public OverEachProvider {
 protected:
  std::string RunOneLink(absl::string_view programs) const {
    return Run(absl::StrCat("network{", kOneLink, "}", kPrograms, programs));
  }
};

TEST_P(Failures, AClientLearnsThatTheServerIsGone) {
  const std::string seen = RunOneLink(
      "serve('server', 1) call('client', 'server') at('5ms', function() crash('server') end)");
  EXPECT_TRUE(absl::EndsWith(seen, "WSAETIMEDOUT\n")) << seen;
}

TEST_P(Failures, AServerLearnsThatItsClientWasKilled) {
  const std::string seen = RunOneLink(
      "serve('server', 1) call('client', 'server')"
      " at('5ms', function() check(kill(\"client's client\"), 'it ran') end)");
  EXPECT_EQ(seen, "\nthe server's recv: WSAECONNRESET\n");
}

TEST_P(Failures, AServerThatWasRestartedServesAgain) {
  const std::string seen = RunOneLink(R"(
    serve('server', 1)
    process('client', function()
      sleep('1ms')
      local first = assert(socket())
      assert(first:connect('server:5000'))
      restart('server')
      sleep('1ms')
      local second = assert(socket())
      outcome('connect', second:connect('server:5000'))
      kill('server')
    end))");
  EXPECT_EQ(seen, "\nconnect: true\n");
}

TEST_P(Failures, HostsWithoutAPathAreToldSo) {
  const std::string seen =
      Run(absl::StrCat("network{hosts = {'a', 'between', 'server'}, links = {{'a', 'between'},"
                       " {'between', 'server'}}}",
                       kPrograms, "call('a', 'server')"));
  EXPECT_TRUE(seen == "\na: connect, WSAEHOSTUNREACH\n" || seen == "\na: connect, WSAENETUNREACH\n")
      << seen;
}

INSTANTIATE_TEST_SUITE_P(Over, Failures, testing::ValuesIn(ConnectionProviders()), ProviderOf);

}  // namespace
}  // namespace wsim
