// The DT TPDUs that we allow the peer to send, and what our AKs say of them (ISO 8073 12.2.3.8).
#ifndef PROVIDERS_OSI_TP4_RECEIVE_WINDOW_H_
#define PROVIDERS_OSI_TP4_RECEIVE_WINDOW_H_

#include <cstdint>
#include <optional>

#include "providers/osi/tp4/tpdu_acknowledge.h"
#include "providers/osi/tp4/tpdu_number.h"

namespace osi {

// Where a DT stands in the window.
enum class DtPlace : uint8_t {
  kNext,       // the one expected
  kAhead,      // others are missing before it
  kDuplicate,  // it was taken before: acknowledged again, its data ignored
  kOutside,    // beyond the upper edge: discarded
};

class ReceiveWindow {
 public:
  // `credit`: CDT of our CR or CC.
  ReceiveWindow(TpduFormat format, uint16_t credit)
      : format_(format), room_(credit), upper_edge_(credit), told_credit_(credit) {}

  struct Arrival {
    DtPlace place;
    TpduNumber number;
  };
  // What is at or behind next() and in the window may also be there already: that is for the
  // resequencer to say.
  Arrival Place(uint32_t number_on_the_wire) const;

  TpduNumber next() const { return next_; }
  // The DT expected has come.
  void Advance() { ++next_; }
  // So many DTs can be taken, from next() on. The window follows with the next AK.
  void SetRoom(size_t dts);

  // The peer, as far as it knows, must not send.
  bool is_closed() const { return upper_edge_ <= next_; }
  // How far an AK would raise the upper edge.
  uint64_t unannounced() const;

  // The next AK: acknowledges all before next() and grants the room. A reduction at the same lower
  // edge raises the subsequence number (12.2.3.8.1). References, confirmation and checksum are the
  // caller's.
  AkTpdu TakeAk();
  // `confirmation` says what the last AK said: the peer has it.
  bool IsConfirmedBy(const FlowControlConfirmation& confirmation) const;

 private:
  TpduFormat format_;
  TpduNumber next_ = 0;
  size_t room_;
  // What the last AK said; before there was one, what CR or CC did.
  TpduNumber upper_edge_;
  TpduNumber told_next_ = 0;
  uint16_t told_credit_;
  uint16_t subsequence_ = 0;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_RECEIVE_WINDOW_H_
