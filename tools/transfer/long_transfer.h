// One long transfer over TCP between two hosts, and how fast it was.
#ifndef TOOLS_TRANSFER_LONG_TRANSFER_H_
#define TOOLS_TRANSFER_LONG_TRANSFER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "providers/inet/tcp/tcp_services.h"
#include "providers/inet/tcp/tcp_settings.h"
#include "providers/transport/transport.h"
#include "sim/net/link_parameters.h"

namespace wsim {

struct LongTransfer {
  sim::LinkParameters link;
  inet::TcpSettings settings;  // of both hosts
  uint64_t seed = 1;
  uint64_t warm_up = 0;  // octets that arrive before the measurement begins
  uint64_t octets = 0;   // that are measured
  bool checks_octets = true;
  std::vector<transport::ConnectOptions::Option> options;  // of the sender
};

struct TransferResult {
  std::string failure;  // empty: all octets arrived, in order
  absl::Duration took;  // from the first measured octet to the last, in virtual time
  uint64_t octets = 0;
  inet::TcpCounters sender;

  // Payload, bits per second of virtual time.
  double goodput() const { return 8 * static_cast<double>(octets) / absl::ToDoubleSeconds(took); }
};

TransferResult RunTransfer(const LongTransfer& transfer);

}  // namespace wsim

#endif  // TOOLS_TRANSFER_LONG_TRANSFER_H_
