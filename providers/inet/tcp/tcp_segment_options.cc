// The options of segments: which ours have, and what both ends agree on (RFC 9293 3.2, RFC 2018,
// RFC 7323).
#include <algorithm>

#include "providers/inet/tcp/tcp_connection.h"

namespace inet {
namespace {

constexpr size_t kSackHead = 4;   // octets of the option without blocks, padded
constexpr size_t kSackBlock = 8;  // octets

}  // namespace

size_t TcpConnection::MaxSegmentSize() const { return std::min(send_mss_, path_mss_); }

size_t TcpConnection::TextRoom() const {
  const size_t mss = MaxSegmentSize();
  const size_t blocks = SackBlocksFor(TcpOptions::kMaxSackBlocks).size();
  const size_t report = blocks == 0 ? 0 : kSackHead + blocks * kSackBlock;
  return mss > 2 * report ? mss - report : mss;
}

void TcpConnection::AgreeOnOptions(const TcpOptions& syn) {
  sack_agreed_ = syn.sack_permitted && services_.settings.sack;
}

TcpOptions TcpConnection::OptionsFor(uint16_t flags, size_t octets) {
  TcpOptions options;
  const bool has_ack = (flags & TcpHeader::kAck) != 0;
  if ((flags & TcpHeader::kSyn) != 0) {
    AddSynOptions(options, /*answers=*/has_ack);
    return options;
  }
  if (!has_ack || (flags & TcpHeader::kRst) != 0) return options;
  // Beside the text there is what the largest segment leaves.
  const size_t mss = MaxSegmentSize();
  const size_t left = octets == 0 ? TcpOptions::kMaxSize : mss - std::min(mss, octets);
  const size_t fits = left > kSackHead ? (left - kSackHead) / kSackBlock : 0;
  const SackReport::Blocks blocks = SackBlocksFor(std::min(fits, options.sack_room()));
  for (const SackReport::Block& block : blocks) {
    options.sack_blocks.push_back(
        {irs_ + static_cast<uint32_t>(block.begin), irs_ + static_cast<uint32_t>(block.end)});
  }
  if (!blocks.empty()) sack_report_.OnSent();
  return options;
}

// A SYN offers; a SYN,ACK has what the peer has offered too.
void TcpConnection::AddSynOptions(TcpOptions& options, bool answers) const {
  const TcpSettings& settings = services_.settings;
  options.max_segment_size = static_cast<uint16_t>(path_mss_);
  if (answers ? bool{peer_scales_} : settings.window_scaling) {
    options.window_scale = ReceiveWindow::ShiftFor(settings.largest_receive_buffer);
  }
  options.sack_permitted = answers ? bool{sack_agreed_} : settings.sack;
}

SackReport::Blocks TcpConnection::SackBlocksFor(size_t room) const {
  if (!sack_agreed_) return {};
  return sack_report_.Make(receive_buffer_.blocks(), room);
}

}  // namespace inet
