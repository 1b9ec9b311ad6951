// Where the TPDUs of a transport entity leave for the network service and are recorded in the
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

// `subject` is the connection's number in the trace, 0 for a TPDU of none. One TPDU in each NSDU.
class TpduExchange {
 public:
  TpduExchange(sim::World& world, ClnpLayer& network) : world_(world), network_(network) {}
  TpduExchange(const TpduExchange&) = delete;
  TpduExchange& operator=(const TpduExchange&) = delete;

  // Sends a TPDU struct.
  template <class Xx>
  void Send(const Nsap& destination, uint64_t subject, const Xx& tpdu) {
    scratch_.clear();
    tpdu.AppendTo(scratch_);
    SendCopy(destination, subject, scratch_);
  }
  // Sends octets that stay with the caller.
  void SendCopy(const Nsap& destination, uint64_t subject, ByteSpan tpdu);
  // Sends the octets of `tpdu`, which the caller may keep and read.
  void SendFrame(const Nsap& destination, uint64_t subject, const sim::FramePtr& tpdu);

  // What is done from here on is done because of the TPDU.
  void OnReceived(uint64_t subject, TpduType type, ByteSpan tpdu);
  // A TPDU that `clause` says is to be ignored.
  void OnDropped(uint64_t subject, TpduType type, absl::string_view why, absl::string_view clause);
  // An NSDU that no TPDU can be found in.
  void OnNoTpdu(absl::string_view why, absl::string_view clause);

 private:
  sim::TraceId Record(sim::TraceKind kind, uint64_t subject, TpduType type, ByteSpan tpdu);

  sim::World& world_;
  ClnpLayer& network_;
  std::vector<uint8_t> scratch_;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TPDU_EXCHANGE_H_
