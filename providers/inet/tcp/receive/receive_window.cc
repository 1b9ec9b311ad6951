#include "providers/inet/tcp/receive/receive_window.h"

#include <algorithm>

#include "providers/inet/tcp/tcp_header.h"

namespace inet {
namespace {

constexpr uint64_t kMaxField = 65535;

}  // namespace

uint8_t ReceiveWindow::ShiftFor(size_t largest) {
  uint8_t shift = 0;
  while (shift < TcpOptions::kMaxWindowScale && largest >> shift > kMaxField) ++shift;
  return shift;
}

uint64_t ReceiveWindow::NewEdge(uint64_t next, size_t held, size_t capacity, size_t mss) const {
  const uint64_t free = capacity > held ? capacity - held : 0;
  const uint64_t edge = next + std::min(free, kMaxField << shift_);
  if (edge <= edge_) return edge_;
  // RCV.USER's share stays unsaid until it is worth a segment: at most half of the buffer (Fr=1/2).
  const uint64_t worth = std::min<uint64_t>(mss, capacity / 2);
  return edge - edge_ >= worth ? edge : edge_;
}

uint16_t ReceiveWindow::Advertise(uint64_t next, size_t held, size_t capacity, size_t mss,
                                  bool unscaled) {
  const uint8_t shift = unscaled ? 0 : shift_;
  const uint64_t wanted = NewEdge(next, held, capacity, mss);
  const uint64_t window = wanted > next ? wanted - next : 0;
  const uint64_t field = std::min(window >> shift, kMaxField);
  edge_ = std::max(edge_, next + (field << shift));
  return static_cast<uint16_t>(field);
}

bool ReceiveWindow::IsUpdateDue(uint64_t next, size_t held, size_t capacity, size_t mss) const {
  const uint64_t edge = NewEdge(next, held, capacity, mss);
  if (edge <= edge_) return false;
  const bool was_closed = edge_ < next + std::min<uint64_t>(mss, capacity / 2);
  const uint64_t worth = std::max<uint64_t>(2 * mss, capacity / 4);
  return was_closed || edge - edge_ >= std::min<uint64_t>(worth, capacity / 2);
}

}  // namespace inet
