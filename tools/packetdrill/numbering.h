// From the numbers of a script to those on the wire, and back.
#ifndef TOOLS_PACKETDRILL_NUMBERING_H_
#define TOOLS_PACKETDRILL_NUMBERING_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tools/packetdrill/packet.h"
#include "tools/packetdrill/script.h"

namespace wsim::packetdrill {

// The numbers of one connection. Packets with SYN say a script's initial sequence numbers as they
// are; all others count from them. The peer's initial number is the script's; our own is whatever
// the first SYN says, and the script's word for it stands in the packet that expects this SYN.
class Numbering {
 public:
  // What an injected segment says, on the wire. InvalidArgument: it echoes a timestamp that no
  // expected packet had.
  absl::StatusOr<Packet> ToWire(const TcpSpec& spec);

  // Everything that is sent, in its order, before it is compared.
  void OnSent(const Packet& packet);
  // What was sent, in the numbers that `expected` is written in. Pins timestamps.
  Packet ToScript(const Packet& sent, const TcpSpec& expected);

  // A sequence number of what is quoted, on the wire.
  uint32_t QuotedToWire(uint32_t seq) const { return local_.value_or(0) + seq; }

  // How far apart two timestamps that were sent are, as the script and as the wire counts; nullopt
  // where the packet or the script has none, or it was the first.
  struct TimestampGap {
    uint32_t script = 0;
    uint32_t wire = 0;
  };
  std::optional<TimestampGap> timestamp_gap() const { return gap_; }

 private:
  void OnInjectedSyn(const TcpSpec& spec);
  absl::StatusOr<uint32_t> EchoToWire(const TcpSpec& spec, uint32_t echo_reply) const;

  std::optional<uint32_t> local_;  // our initial sequence number, on the wire
  uint32_t local_in_script_ = 0;
  std::optional<uint32_t> remote_;       // the peer's
  std::optional<uint32_t> next_remote_;  // of a SYN that may begin a new connection of this name
  bool is_synchronized_ = false;
  absl::btree_map<uint32_t, uint32_t> timestamps_;  // sent: by the script's value
  std::optional<TimestampGap> first_timestamp_;
  std::optional<TimestampGap> gap_;
};

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_NUMBERING_H_
