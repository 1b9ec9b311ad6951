// network{...}, and the faults that strike it.
#include "absl/strings/str_cat.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "tools/scenario/bindings.h"
#include "tools/scenario/sandbox/argument.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/scenario_host.h"

namespace wsim {
namespace {

constexpr int64_t kLongestQueue = 1'000'000;  // frames

void Expect(lua_State* L, const absl::Status& status) {
  if (!status.ok()) RaiseError(L, status.message());
}

sim::Ratio ToRatio(int64_t billionths) { return {static_cast<uint32_t>(billionths)}; }

// The options that `network`'s links and `link` share.
sim::LinkOverrides ReadLinkOptions(const Options& options) {
  sim::LinkOverrides read;
  if (const Argument a = options.Get("latency"); !a.is_absent()) read.latency = a.Duration();
  if (const Argument a = options.Get("jitter"); !a.is_absent()) read.jitter = a.Duration();
  if (const Argument a = options.Get("bandwidth"); !a.is_absent()) {
    read.bandwidth = static_cast<uint64_t>(a.BitsPerSecond());
  }
  if (const Argument a = options.Get("loss"); !a.is_absent()) read.loss = ToRatio(a.Probability());
  if (const Argument a = options.Get("duplicate"); !a.is_absent()) {
    read.duplicate = ToRatio(a.Probability());
  }
  if (const Argument a = options.Get("reorder"); !a.is_absent()) {
    read.reorder = ToRatio(a.Probability());
  }
  if (const Argument a = options.Get("corrupt"); !a.is_absent()) {
    read.corrupt = ToRatio(a.Probability());
  }
  if (const Argument a = options.Get("mtu"); !a.is_absent()) {
    read.mtu = static_cast<size_t>(
        a.Integer(sim::LinkParameters::kLeastMtu, sim::LinkParameters::kGreatestMtu));
  }
  if (const Argument a = options.Get("queue"); !a.is_absent()) {
    read.queue = static_cast<size_t>(a.Integer(1, kLongestQueue));
  }
  return read;
}

// Calls `add` with each text of a list.
template <class Add>
void ForEachName(lua_State* L, const Argument& list, absl::string_view what, Add add) {
  if (list.is_absent()) return;
  list.ExpectTable();
  ForEachListItem(L, list.index(), [&](lua_Integer) {
    ChargeForCall(L);
    add(Argument(L, -1, what).Text());
  });
}

void AddLinks(lua_State* L, const Argument& links) {
  if (links.is_absent()) return;
  links.ExpectTable();
  ForEachListItem(L, links.index(), [&](lua_Integer) {
    ChargeForCall(L);
    const int top = lua_gettop(L);
    const Options link(L, top, "link",
                       {"latency", "jitter", "bandwidth", "loss", "duplicate", "reorder", "corrupt",
                        "mtu", "queue"},
                       /*allow_list=*/true);
    if (link.item_count() != 2) RaiseError(L, "link: expected the names of two nodes first");
    sim::LinkParameters parameters;
    ReadLinkOptions(link).ApplyTo(parameters);
    Expect(L, ScenarioHost::Of(L).AddLink(link.Item(1).Text(), link.Item(2).Text(), parameters));
    lua_settop(L, top);
  });
}

int NetworkFunction(lua_State* L) {
  ScenarioHost& host = ScenarioHost::Of(L);
  if (!host.is_loading()) RaiseError(L, "network: only before time 0, outside any process");
  if (host.has_network()) {
    RaiseError(L, "network: once, and before the first process");
  }
  const Options options(L, 1, "network", {"hosts", "routers", "switches", "links"});
  host.OnNetworkDeclared();
  sim::Network& network = host.world().network();
  ForEachName(L, options.Get("hosts"), "network: hosts",
              [&](absl::string_view name) { Expect(L, network.AddHost(name).status()); });
  ForEachName(L, options.Get("routers"), "network: routers",
              [&](absl::string_view name) { Expect(L, network.AddRouter(name).status()); });
  ForEachName(L, options.Get("switches"), "network: switches",
              [&](absl::string_view name) { Expect(L, network.AddSwitch(name)); });
  if (network.hosts().empty()) RaiseError(L, "network: name at least one host in hosts");
  AddLinks(L, options.Get("links"));
  return 0;
}

int PartitionFunction(lua_State* L) {
  ExpectRunning(L);
  return PushFault(
      L, ScenarioHost::Of(L).world().network().Partition(Argument(L, 1, "partition: a").Text(),
                                                         Argument(L, 2, "partition: b").Text()));
}

int HealFunction(lua_State* L) {
  ExpectRunning(L);
  return PushFault(L, ScenarioHost::Of(L).world().network().Heal(Argument(L, 1, "heal: a").Text(),
                                                                 Argument(L, 2, "heal: b").Text()));
}

int LinkFunction(lua_State* L) {
  ExpectRunning(L);
  const Options options(L, 3, "link",
                        {"latency", "jitter", "bandwidth", "loss", "duplicate", "reorder",
                         "corrupt", "mtu", "queue"});
  Expect(L, ScenarioHost::Of(L).world().network().ChangeLink(Argument(L, 1, "link: a").Text(),
                                                             Argument(L, 2, "link: b").Text(),
                                                             ReadLinkOptions(options)));
  return PushTrue(L);
}

sim::Host& HostArgument(lua_State* L, absl::string_view what) {
  ExpectRunning(L);
  const Argument name(L, 1, what);
  sim::Host* host = ScenarioHost::Of(L).world().network().FindHost(name.Text());
  if (host == nullptr) name.Fail(absl::StrCat("no host named \"", name.Text(), "\""));
  return *host;
}

int CrashFunction(lua_State* L) {
  sim::Host& host = HostArgument(L, "crash: host");
  return PushFault(L, host.Crash() ? absl::OkStatus()
                                   : absl::FailedPreconditionError(absl::StrCat(
                                         "the host '", host.name(), "' is down already")));
}

int RestartFunction(lua_State* L) {
  HostArgument(L, "restart: host").Restart();
  return PushTrue(L);
}

}  // namespace

void AddNetworkBindings(lua_State* L) {
  AddGlobal(L, "network", Native<NetworkFunction>);
  AddGlobal(L, "partition", Native<PartitionFunction>);
  AddGlobal(L, "heal", Native<HealFunction>);
  AddGlobal(L, "link", Native<LinkFunction>);
  AddGlobal(L, "crash", Native<CrashFunction>);
  AddGlobal(L, "restart", Native<RestartFunction>);
}

}  // namespace wsim
