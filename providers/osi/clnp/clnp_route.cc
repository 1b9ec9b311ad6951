#include "providers/osi/clnp/clnp_route.h"

#include <algorithm>

#include "absl/strings/string_view.h"
#include "providers/osi/clnp/clnp_fault.h"

namespace osi {
namespace {

constexpr uint8_t kPartial = 0;
constexpr uint8_t kComplete = 1;
constexpr size_t kTypeIndex = 0;
constexpr size_t kOffsetIndex = 1;
constexpr size_t kTitles = 2;
constexpr uint8_t kFirstOffset = kTitles + 1;
constexpr uint8_t kTerminated = 255;

absl::Status BadRoute(absl::string_view what) {
  return ClnpError({.reason = DiscardReason::kSourceRoutingSyntaxError}, what);
}

}  // namespace

absl::StatusOr<ClnpSourceRoute> ClnpSourceRoute::Parse(wire::ByteSpan value) {
  if (value.size() < kTitles || value[kTypeIndex] > kComplete) {
    return BadRoute("source route of no known type (ISO 8473 7.5.4)");
  }
  ClnpSourceRoute route{.is_complete = value[kTypeIndex] == kComplete};
  const size_t offset = value[kOffsetIndex];
  bool is_next_known = false;
  wire::ByteReader in(value.subspan(kTitles));
  while (true) {
    if (kFirstOffset + in.position() == offset) {
      route.next = route.path.size();
      is_next_known = true;
    }
    if (in.remaining() == 0) break;
    const absl::StatusOr<Nsap> title = Nsap::FromOctets(in.Bytes(in.U8()));
    if (!in.ok() || !title.ok()) return BadRoute("bad title in a source route (ISO 8473 7.5.4)");
    route.path.push_back(*title);
  }
  if (!is_next_known) return BadRoute("source route whose offset is at no title (ISO 8473 7.5.4)");
  return route;
}

std::vector<uint8_t> ClnpSourceRoute::ToValue() const {
  std::vector<uint8_t> value{is_complete ? kComplete : kPartial, 0};
  for (size_t i = 0; i <= path.size(); ++i) {
    if (i == next) value[kOffsetIndex] = static_cast<uint8_t>(value.size() + 1);
    if (i == path.size()) break;
    const wire::ByteSpan title = path[i].octets();
    value.push_back(static_cast<uint8_t>(title.size()));
    value.insert(value.end(), title.begin(), title.end());
  }
  return value;
}

std::vector<uint8_t> EmptyRecordOfRoute(bool is_complete, size_t octets) {
  std::vector<uint8_t> value(kTitles + octets);
  value[kTypeIndex] = is_complete ? kComplete : kPartial;
  value[kOffsetIndex] = kFirstOffset;
  return value;
}

void RecordSystem(std::vector<uint8_t>& value, const Nsap& title) {
  if (value.size() < kTitles || value[kOffsetIndex] == kTerminated) return;
  const wire::ByteSpan octets = title.octets();
  const size_t at = std::max<size_t>(value[kOffsetIndex], 1) - 1;
  if (at < kTitles || at + 1 + octets.size() > value.size()) {
    value[kOffsetIndex] = kTerminated;
    return;
  }
  value[at] = static_cast<uint8_t>(octets.size());
  std::copy(octets.begin(), octets.end(), value.begin() + static_cast<std::ptrdiff_t>(at + 1));
  value[kOffsetIndex] = static_cast<uint8_t>(at + 1 + octets.size() + 1);
}

std::vector<Nsap> RecordedSystems(wire::ByteSpan value) {
  std::vector<Nsap> titles;
  if (value.size() < kTitles) return titles;
  size_t end = value.size();
  if (value[kOffsetIndex] != kTerminated) {
    end = std::clamp<size_t>(std::max<size_t>(value[kOffsetIndex], 1) - 1, kTitles, end);
  }
  wire::ByteReader in(value.subspan(kTitles, end - kTitles));
  while (in.remaining() > 0) {
    const absl::StatusOr<Nsap> title = Nsap::FromOctets(in.Bytes(in.U8()));
    // Behind the last title recorded stand the zeros of room that nothing fitted into.
    if (!in.ok() || !title.ok() || title->empty()) break;
    titles.push_back(*title);
  }
  return titles;
}

}  // namespace osi
