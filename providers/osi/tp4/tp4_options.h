// What a user may ask of a connection of class 4 beyond its addresses: options at ISOPROTO_TP4, by
// the names that stack/winsock2/options.h gives them, and the buffers of SOL_SOCKET.
#ifndef PROVIDERS_OSI_TP4_TP4_OPTIONS_H_
#define PROVIDERS_OSI_TP4_TP4_OPTIONS_H_

#include <cstdint>
#include <vector>

#include "providers/osi/tp4/tp4_values.h"
#include "providers/transport/transport.h"

namespace osi {

inline constexpr int kTransportLevel = 29;     // ISOPROTO_TP4
inline constexpr int kExtendedFormats = 1;     // TP_EXTENDED_FORMATS
inline constexpr int kUseOfChecksum = 2;       // TP_CHECKSUM
inline constexpr int kTransportExpedited = 3;  // TP_EXPEDITED
inline constexpr int kMaximumTpduSize = 4;     // TP_TPDU_SIZE

inline constexpr int kSocketLevel = 0xFFFF;          // SOL_SOCKET
inline constexpr int kSendBufferOption = 0x1001;     // SO_SNDBUF
inline constexpr int kReceiveBufferOption = 0x1002;  // SO_RCVBUF

// The options at ISOPROTO_TP4: each is a proposal that the peer may weaken, and of the peer's
// proposals what is not wished for here is weakened in turn (ISO 8073 6.5.5): extended formats and
// the non-use of checksums need both ends. A connection that is open reads what was agreed. Every
// value is a 32-bit integer in little-endian order; longer octets are not looked at.
struct Tp4Options {
  bool extended_formats = false;
  bool checksum = true;
  bool expedited = true;
  // Octets, header included, at least 128; 0: as large as fits into one NSDU on the way. What is no
  // power of 2 goes into the preferred maximum TPDU size, in steps of 128.
  uint32_t tpdu_size = 0;
  // Octets. At any time, and nothing is told to the peer: how much may be written and not yet
  // acknowledged, and for how much unread data, in TPDUs of the full size, there is credit. Both
  // hold one TPDU however little they are set to.
  uint32_t send_buffer = kSendOctets;
  uint32_t receive_buffer = kReceiveOctets;

  transport::OptionStatus Set(int level, int name, transport::ByteSpan value);
  transport::OptionStatus Get(int level, int name, std::vector<uint8_t>& value) const;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TP4_OPTIONS_H_
