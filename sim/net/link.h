// A full-duplex link between two interfaces.
#ifndef SIM_NET_LINK_H_
#define SIM_NET_LINK_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "sim/net/link_direction.h"
#include "sim/net/link_parameters.h"
#include "sim/net/nic.h"

namespace sim {

// Two directions that know nothing of each other, and the faults that strike both.
class Link {
 public:
  struct End {
    absl::string_view name;  // of the node
    Nic& nic;
  };

  // Connects the interfaces, which outlive all use of the link, and gives them its MTU. `number` is
  // from 1, in the order of declaration.
  Link(Network& network, uint32_t number, const End& a, const End& b,
       const LinkParameters& parameters);
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  const LinkParameters& parameters() const { return parameters_; }

  // Recorded in the trace as faults. False, and no effect and no trace: it is so already.
  bool Partition();
  bool Heal();
  // Frames whose sending has begun keep the parameters that they had. The overrides are valid.
  void Change(const LinkOverrides& overrides);

 private:
  TraceId RecordFault(FaultKind kind, absl::string_view text);

  const uint32_t number_;
  const std::string name_;  // "client-server"
  Nic& a_;
  Nic& b_;
  LinkParameters parameters_;
  LinkDirection a_to_b_;
  LinkDirection b_to_a_;
  bool is_partitioned_ = false;
};

// "client-server": what the names of a direction's decisions begin with, after "link/".
std::string DirectionName(absl::string_view from, absl::string_view to);

}  // namespace sim

#endif  // SIM_NET_LINK_H_
