// DT TPDUs that came before others which are still missing (ISO 8073 6.20).
#ifndef PROVIDERS_OSI_TP4_RESEQUENCER_H_
#define PROVIDERS_OSI_TP4_RESEQUENCER_H_

#include <optional>
#include <utility>

#include "absl/container/btree_map.h"
#include "providers/osi/tp4/tpdu_number.h"
#include "sim/net/frame.h"

namespace osi {

// What is kept of a DT: its user data, octets of a frame that it holds on to.
struct ReceivedDt {
  sim::FramePtr frame;
  ByteSpan user_data;
  bool end_of_tsdu = false;
};

// Holds at most as many as the receive window lets in.
class Resequencer {
 public:
  // False: it is there already, and the first copy stays.
  bool Insert(TpduNumber number, ReceivedDt dt) {
    return ahead_.emplace(number, std::move(dt)).second;
  }
  // The DT of that number, which has become the next; nullopt where it has not come.
  std::optional<ReceivedDt> Take(TpduNumber number) {
    if (ahead_.empty() || ahead_.begin()->first != number) return std::nullopt;
    std::optional<ReceivedDt> dt = std::move(ahead_.begin()->second);
    ahead_.erase(ahead_.begin());
    return dt;
  }
  bool empty() const { return ahead_.empty(); }
  void Clear() { ahead_.clear(); }

 private:
  absl::btree_map<TpduNumber, ReceivedDt> ahead_;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_RESEQUENCER_H_
