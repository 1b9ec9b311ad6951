// Segments of CLNP data units until they are whole (ISO 8473 6.8).
#ifndef PROVIDERS_OSI_CLNP_CLNP_REASSEMBLER_H_
#define PROVIDERS_OSI_CLNP_CLNP_REASSEMBLER_H_

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "providers/osi/clnp/clnp_pdu.h"
#include "providers/osi/clnp/nsap.h"
#include "sim/net/frame.h"
#include "sim/time.h"

namespace osi {

// Pure: it is told the time and says what came of a segment. Data units are told apart by source,
// destination and identifier (6.8); one that is not whole when its lifetime ends is forgotten.
class ClnpReassembler {
 public:
  // All units together hold at most this many octets; those that would end first make room. A unit
  // counts for as much as its data, and for what is kept beside them.
  static constexpr size_t kMaxOctets = 1 << 20;
  static constexpr size_t kUnitOverhead = 512;

  // Takes a segment, which says where it stands, in. Returns the whole data once the last gap is
  // filled; null before. On overlap the first copy stays. `head` is what an error report would
  // quote of it.
  sim::FramePtr Add(const ClnpDataPdu& pdu, size_t header_octets, wire::ByteSpan head,
                    sim::Time now);
  // Forgets the units whose lifetime has ended.
  void ForgetOld(sim::Time now);
  // When that is for the next of them; Never() without any.
  sim::Time next_deadline() const;

  // Data units begun and not whole.
  size_t pending() const { return units_.size(); }

  // A unit that will never be whole.
  struct Forgotten {
    DiscardReason reason;
    std::vector<uint8_t> head;  // of the segment that came first
  };
  // Those since the last time.
  std::vector<Forgotten> TakeForgotten() { return std::exchange(forgotten_, {}); }

 private:
  using Key = std::tuple<Nsap, Nsap, uint16_t>;
  // When the lifetime ends, and which came how soon among those of the same end.
  using Place = std::pair<sim::Time, uint64_t>;
  struct Unit {
    Place place;
    sim::FramePtr data;
    std::vector<uint8_t> head;
    std::vector<bool> present;  // for each 8 octets
    size_t missing = 0;         // blocks of 8 octets
  };

  using Units = absl::btree_map<Key, Unit>;

  void MakeRoomFor(size_t octets);
  void Forget(Units::iterator unit, DiscardReason reason);
  void Erase(Units::iterator unit);

  Units units_;
  absl::btree_map<Place, Key> ends_;  // of all units
  size_t octets_ = 0;
  uint64_t next_order_ = 0;
  std::vector<Forgotten> forgotten_;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_CLNP_CLNP_REASSEMBLER_H_
