// Explicit congestion notification, RFC 3168 6.1.
#include "providers/inet/tcp/tcp_connection.h"

namespace inet {

// A SYN asks with both flags, and a SYN,ACK grants with ECE (6.1.1); other acknowledgments echo.
uint16_t TcpConnection::EcnFlagsFor(uint16_t flags) const {
  const bool has_ack = (flags & TcpHeader::kAck) != 0;
  if ((flags & TcpHeader::kRst) != 0) return 0;
  if ((flags & TcpHeader::kSyn) == 0) return has_ack && ecn_.echoes() ? TcpHeader::kEce : 0;
  if (has_ack) return ecn_.is_agreed() ? TcpHeader::kEce : 0;
  const TcpSettings& settings = services_.settings;
  const bool asks =
      settings.ecn == TcpEcn::kAlways && syns_repeated_ <= settings.ecn_syn_retransmissions;
  return asks ? TcpHeader::kEce | TcpHeader::kCwr : 0;
}

// Only new data may be marked: neither what is sent again (6.1.5), nor a probe of a closed window
// (6.1.6), nor an acknowledgment (6.1.4).
EcnCodepoint TcpConnection::EcnFor(uint64_t offset, size_t octets) const {
  const bool is_new = octets > 0 && offset >= snd_nxt_ && offset + octets <= window_edge();
  return ecn_.is_agreed() && is_new ? EcnCodepoint::kEct0 : EcnCodepoint::kNotEct;
}

void TcpConnection::AgreeOnEcn(const TcpHeader& syn) {
  const TcpEcn wanted = services_.settings.ecn;
  if (syn.Has(TcpHeader::kAck)) {
    ecn_.set_agreed(wanted == TcpEcn::kAlways && Ecn::IsSetupSynAck(syn) &&
                    syns_repeated_ <= services_.settings.ecn_syn_retransmissions);
  } else {
    ecn_.set_agreed(wanted != TcpEcn::kOff && Ecn::IsSetupSyn(syn));
  }
}

void TcpConnection::OnEcnOfText(const Arrival& in) {
  if (!ecn_.is_agreed() || in.payload.empty()) return;
  ecn_.OnText(in.segment.ecn, in.Has(TcpHeader::kCwr));
}

void TcpConnection::OnEcnEcho(const Arrival& in, uint64_t ack) {
  if (!in.Has(TcpHeader::kEce) || !ecn_.IsReductionDue(ack)) return;
  if (!in_recovery()) congestion().OnCongestionEvent(snd_nxt_ - snd_una_, services_.world.now());
  ecn_.OnReduced(snd_nxt_);
}

}  // namespace inet
