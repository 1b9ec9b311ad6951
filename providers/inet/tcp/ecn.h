// Explicit congestion notification at one connection: RFC 3168 6.1.
#ifndef PROVIDERS_INET_TCP_ECN_H_
#define PROVIDERS_INET_TCP_ECN_H_

#include <cstdint>

#include "providers/inet/tcp/tcp_header.h"

namespace inet {

// The two ECN bits of an IPv4 or IPv6 header, RFC 3168 5.
enum class EcnCodepoint : uint8_t { kNotEct = 0, kEct1 = 1, kEct0 = 2, kCe = 3 };

// Remembers what was agreed, what is to be echoed, and which window was answered last. Offsets
// count from the initial send sequence number.
class Ecn {
 public:
  // An ECN-setup SYN has both flags, an ECN-setup SYN,ACK has ECE alone (6.1.1); a host that throws
  // back all flags has not understood.
  static bool IsSetupSyn(const TcpHeader& header) {
    return header.Has(TcpHeader::kEce | TcpHeader::kCwr);
  }
  static bool IsSetupSynAck(const TcpHeader& header) {
    return header.Has(TcpHeader::kEce) && !header.Has(TcpHeader::kCwr);
  }

  void set_agreed(bool agreed) { agreed_ = agreed; }
  bool is_agreed() const { return agreed_; }

  // Receiver. A segment with text that is in the window came in such a packet.
  void OnText(EcnCodepoint codepoint, bool congestion_window_reduced) {
    if (congestion_window_reduced) echoes_ = false;
    if (codepoint == EcnCodepoint::kCe) echoes_ = true;
  }
  // Whether acknowledgments say ECE: from a CE packet on until the sender says CWR (6.1.3).
  bool echoes() const { return agreed_ && echoes_; }

  // Sender. An acknowledgment up to `ack` said ECE. True: the congestion window has to be reduced,
  // which it is once for a window of data (6.1.2).
  bool IsReductionDue(uint64_t ack) const { return agreed_ && ack > reduced_at_; }
  // The window was reduced, for whatever reason; `nxt` is SND.NXT. The next new data says CWR.
  void OnReduced(uint64_t nxt) {
    reduced_at_ = nxt;
    tells_reduction_ = agreed_;
  }
  bool tells_reduction() const { return tells_reduction_; }
  void OnToldReduction() { tells_reduction_ = false; }

 private:
  bool agreed_ = false;
  bool echoes_ = false;
  bool tells_reduction_ = false;
  uint64_t reduced_at_ = 0;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_ECN_H_
