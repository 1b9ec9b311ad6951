// Segments of CLNP data units until they are whole (ISO 8473 6.8).
#ifndef PROVIDERS_OSI_CLNP_CLNP_REASSEMBLER_H_
#define PROVIDERS_OSI_CLNP_CLNP_REASSEMBLER_H_

#include <cstddef>
#include <cstdint>
#include <tuple>
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
  // All units together hold at most this many octets; the oldest make room.
  static constexpr size_t kMaxOctets = 1 << 20;

  // Takes a segment, which says where it stands, in. Returns the whole data once the last gap is
  // filled; null before. On overlap the first copy stays.
  sim::FramePtr Add(const ClnpDataPdu& pdu, size_t header_octets, sim::Time now);

  // Data units begun and not whole.
  size_t pending() const { return units_.size(); }
  // How many units were forgotten for age or for want of room.
  uint64_t forgotten() const { return forgotten_; }

 private:
  using Key = std::tuple<Nsap, Nsap, uint16_t>;
  struct Unit {
    sim::Time deadline;
    uint64_t order = 0;  // of the first segment
    sim::FramePtr data;
    std::vector<bool> present;  // for each 8 octets
    size_t missing = 0;         // blocks of 8 octets
  };

  using Units = absl::btree_map<Key, Unit>;

  void ForgetOld(sim::Time now);
  void MakeRoomFor(size_t octets);
  // Returns the unit after it.
  Units::iterator Forget(Units::iterator unit);

  Units units_;
  size_t octets_ = 0;
  uint64_t next_order_ = 0;
  uint64_t forgotten_ = 0;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_CLNP_CLNP_REASSEMBLER_H_
