// Whether a packet that was sent is the one that a script expects.
#ifndef TOOLS_PACKETDRILL_COMPARE_H_
#define TOOLS_PACKETDRILL_COMPARE_H_

#include <string>
#include <vector>

#include "tools/packetdrill/packet.h"
#include "tools/packetdrill/script.h"

namespace wsim::packetdrill {

// A field that is not as it should be, in words of the script.
struct Difference {
  std::string field;
  std::string expected;
  std::string sent;
};

// `sent` is in the script's numbers (Numbering::ToScript). Empty: it is the packet. The values of
// timestamps are not compared here: see Numbering::timestamp_gap.
std::vector<Difference> Compare(const PacketEvent& expected, const Packet& sent);

// As a script writes it: "S. 0:0(0) ack 1 win 65535 <mss 1460>".
std::string ToString(const Packet& packet);

// "seq: expected 1, sent 2; win: expected 100, sent 200".
std::string ToString(const std::vector<Difference>& differences);

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_COMPARE_H_
