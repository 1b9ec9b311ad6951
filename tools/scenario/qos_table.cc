#include "tools/scenario/qos_table.h"

namespace wsim {
namespace {

struct Member {
  const char* name;
  winsock::ULONG winsock::FLOWSPEC::*value;
};

constexpr Member kMembers[] = {
    {"TokenRate", &winsock::FLOWSPEC::TokenRate},
    {"TokenBucketSize", &winsock::FLOWSPEC::TokenBucketSize},
    {"PeakBandwidth", &winsock::FLOWSPEC::PeakBandwidth},
    {"Latency", &winsock::FLOWSPEC::Latency},
    {"DelayVariation", &winsock::FLOWSPEC::DelayVariation},
    {"ServiceType", &winsock::FLOWSPEC::ServiceType},
    {"MaxSduSize", &winsock::FLOWSPEC::MaxSduSize},
    {"MinimumPolicedSize", &winsock::FLOWSPEC::MinimumPolicedSize},
};

winsock::FLOWSPEC ReadFlowspec(lua_State* L, const Argument& argument, const char* what) {
  winsock::FLOWSPEC flowspec{};
  for (const Member& member : kMembers) flowspec.*member.value = winsock::QOS_NOT_SPECIFIED;
  flowspec.ServiceType = winsock::SERVICETYPE_BESTEFFORT;
  if (argument.is_absent()) return flowspec;
  const Options options(L, argument.index(), what,
                        {"TokenRate", "TokenBucketSize", "PeakBandwidth", "Latency",
                         "DelayVariation", "ServiceType", "MaxSduSize", "MinimumPolicedSize"});
  for (const Member& member : kMembers) {
    const Argument value = options.Get(member.name);
    if (!value.is_absent()) {
      flowspec.*member.value = static_cast<winsock::ULONG>(value.Integer(0, UINT32_MAX));
    }
  }
  return flowspec;
}

void PushFlowspec(lua_State* L, const winsock::FLOWSPEC& flowspec) {
  lua_newtable(L);
  for (const Member& member : kMembers) {
    lua_pushinteger(L, flowspec.*member.value);
    lua_setfield(L, -2, member.name);
  }
}

}  // namespace

winsock::QOS ReadQos(lua_State* L, const Argument& argument) {
  const Options options(L, argument.index(), "sqos", {"sending", "receiving"});
  winsock::QOS qos{};
  qos.SendingFlowspec = ReadFlowspec(L, options.Get("sending"), "sqos: sending");
  qos.ReceivingFlowspec = ReadFlowspec(L, options.Get("receiving"), "sqos: receiving");
  return qos;
}

void PushQos(lua_State* L, const winsock::QOS* qos) {
  if (qos == nullptr) {
    lua_pushnil(L);
    return;
  }
  lua_newtable(L);
  PushFlowspec(L, qos->SendingFlowspec);
  lua_setfield(L, -2, "sending");
  PushFlowspec(L, qos->ReceivingFlowspec);
  lua_setfield(L, -2, "receiving");
}

}  // namespace wsim
