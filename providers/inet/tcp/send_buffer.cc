#include "providers/inet/tcp/send_buffer.h"

#include <algorithm>

#include "sim/check.h"

namespace inet {

size_t SendBuffer::Append(absl::Span<const wire::ByteSpan> pieces) {
  size_t taken = 0;
  for (const wire::ByteSpan piece : pieces) {
    const size_t count = std::min(piece.size(), room());
    ring_.Store(ring_.end(), piece.first(count));
    taken += count;
    if (count < piece.size()) break;
  }
  return taken;
}

void SendBuffer::Acknowledge(uint64_t offset) {
  CHECK(offset <= end());
  if (offset > begin()) ring_.DropBefore(offset);
}

}  // namespace inet
