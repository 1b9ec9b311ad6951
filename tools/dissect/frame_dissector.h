// What a frame says, in a few words: the label of an arrow in a ladder.
#ifndef TOOLS_DISSECT_FRAME_DISSECTOR_H_
#define TOOLS_DISSECT_FRAME_DISSECTOR_H_

#include <cstdint>
#include <string>

#include "absl/types/span.h"
#include "tools/dissect/osi_labels.h"
#include "tools/dissect/tcp_labels.h"

namespace wsim {

// Reads frames in the order in which they were sent. Labels are one line of valid UTF-8.
class FrameDissector {
 public:
  // `frame` is a whole Ethernet frame. What cannot be read is named by the protocol that it belongs
  // to.
  std::string Label(absl::Span<const uint8_t> frame);

 private:
  std::string LabelIpv4(absl::Span<const uint8_t> packet);
  std::string LabelIpv6(absl::Span<const uint8_t> packet);

  TcpLabels tcp_;
  OsiLabels osi_;
};

}  // namespace wsim

#endif  // TOOLS_DISSECT_FRAME_DISSECTOR_H_
