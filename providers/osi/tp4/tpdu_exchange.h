// Where the TPDUs of a transport entity leave for the network service, and are recorded in the
// trace.
#ifndef PROVIDERS_OSI_TP4_TPDU_EXCHANGE_H_
#define PROVIDERS_OSI_TP4_TPDU_EXCHANGE_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "providers/osi/clnp/clnp_layer.h"
#include "providers/osi/tp4/tpdu_header.h"
#include "sim/net/frame.h"
#include "sim/world.h"

namespace osi {

// Whose TPDU it is.
struct TpduOwner {
  // NOLINTNEXTLINE: a subject alone will do for TPDUs that are the same in both formats.
  TpduOwner(uint64_t subject, TpduFormat format = TpduFormat::kNormal)
      : subject(subject), format(format) {}
  uint64_t subject;  // the connection's number in the trace, 0 for a TPDU of none
  TpduFormat format;
  // The priority of its connection in the network, 0 to 14; negative: none is asked for.
  int network_priority = -1;
};

// Concatenation (6.4): TPDUs without user data that become due while an event is handled wait for
// its end, or for a TPDU with user data to the same system, and travel together in one NSDU: at
// most one of each connection in front, at most one with user data behind them.
class TpduExchange {
 public:
  TpduExchange(sim::World& world, ClnpLayer& network) : world_(world), network_(network) {}
  TpduExchange(const TpduExchange&) = delete;
  TpduExchange& operator=(const TpduExchange&) = delete;

  // Sends a TPDU struct.
  template <class Xx>
  void Send(const Nsap& destination, const TpduOwner& owner, const Xx& tpdu) {
    scratch_.clear();
    tpdu.AppendTo(scratch_);
    SendCopy(destination, owner, scratch_);
  }
  // Sends octets that stay with the caller.
  void SendCopy(const Nsap& destination, const TpduOwner& owner, ByteSpan tpdu);
  // Sends the octets of `tpdu`, which the caller may keep and read.
  void SendFrame(const Nsap& destination, const TpduOwner& owner, const sim::FramePtr& tpdu);

  // Between the two, TPDUs without user data wait for company.
  void BeginEvent() { is_in_event_ = true; }
  void EndEvent();

  // What is done from here on is done because of the TPDU.
  void OnReceived(const TpduOwner& owner, TpduType type, ByteSpan tpdu);
  // A TPDU that `clause` says is to be ignored.
  void OnDropped(uint64_t subject, TpduType type, absl::string_view why, absl::string_view clause);
  // An NSDU that no TPDU can be found in.
  void OnNoTpdu(absl::string_view why, absl::string_view clause);

 private:
  // An NSDU that is being put together.
  struct Waiting {
    Nsap destination;
    std::vector<uint8_t> tpdus;
    std::vector<uint64_t> subjects;
    int network_priority;
    sim::TraceId cause;  // the last TPDU of it
    bool is_work;
  };

  std::vector<Waiting>::iterator FindWaiting(const Nsap& destination, int network_priority);
  void Wait(const Nsap& destination, const TpduOwner& owner, ByteSpan tpdu, sim::TraceId cause);
  void SendWaiting(const Waiting& waiting);
  size_t MaxNsdu(const Nsap& destination, int network_priority) const;
  void SendNsdu(const Nsap& destination, int network_priority, const sim::FramePtr& nsdu);
  sim::TraceId Record(sim::TraceKind kind, const TpduOwner& owner, TpduType type, ByteSpan tpdu);

  sim::World& world_;
  ClnpLayer& network_;
  std::vector<uint8_t> scratch_;
  bool is_in_event_ = false;
  std::vector<Waiting> waiting_;  // one for each system and priority
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TPDU_EXCHANGE_H_
