// The DT TPDUs that the peer allows us to send (ISO 8073 12.2.3.8, 12.2.3.9).
#ifndef PROVIDERS_OSI_TP4_TRANSMIT_WINDOW_H_
#define PROVIDERS_OSI_TP4_TRANSMIT_WINDOW_H_

#include <cstdint>

#include "providers/osi/tp4/tpdu_acknowledge.h"
#include "providers/osi/tp4/tpdu_number.h"

namespace osi {

// What an AK meant.
enum class AkVerdict : uint8_t {
  kOutOfSequence,  // older than one that was taken, or about DTs that were never sent: ignored
  kRepeated,       // says what the last one in sequence said
  kInSequence,
};

// From the lower window edge, the first DT not acknowledged, up to the upper, which must not be
// sent.
class TransmitWindow {
 public:
  // `credit`: CDT of the CR or CC.
  TransmitWindow(TpduFormat format, uint16_t credit) : format_(format), credit_(credit) {}

  // `end` is the number after the last DT ever sent.
  AkVerdict OnAk(const AkTpdu& ak, TpduNumber end);

  TpduNumber lower_edge() const { return lower_edge_; }
  TpduNumber upper_edge() const { return lower_edge_ + credit_; }
  uint16_t credit() const { return credit_; }
  bool is_closed() const { return credit_ == 0; }

  // The last AK asks for a confirmation: it was repeated, opened a closed window, or raised the
  // upper edge alone after a reduction; and is none itself (12.2.3.9).
  bool owes_confirmation() const { return owes_confirmation_; }
  FlowControlConfirmation Confirmation() const;

 private:
  bool IsInSequence(TpduNumber lower_edge, const AkTpdu& ak) const;

  TpduFormat format_;
  TpduNumber lower_edge_ = 0;
  uint16_t credit_;
  uint16_t subsequence_ = 0;
  bool has_ak_ = false;       // there was one in sequence
  bool was_reduced_ = false;  // the upper edge, since the lower edge last moved
  bool owes_confirmation_ = false;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TRANSMIT_WINDOW_H_
