// Options of a session socket, for setsockopt and getsockopt at level kSessionProtocol. The numbers
// are wsim's own: the Winsock headers number none for session.
#ifndef PROVIDERS_OSI_SESSION_SESSION_OPTIONS_H_
#define PROVIDERS_OSI_SESSION_SESSION_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "providers/osi/session/spdu_connect.h"
#include "providers/osi/session/spdu_item.h"
#include "providers/transport/transport.h"

namespace osi {

// The protocol number of the catalog entry, and the level of its options. wsiso.h numbers the ISO
// protocols from 25 (TP0) to 35, and has none for session; this is the next.
constexpr int kSessionProtocol = 36;

// All are set before connect, or on the listening socket, whose accepted sockets take them over;
// later kInvalidValue, except SO_SESSION_KEEP_TRANSPORT, which may be set until the release. Values
// are an int unless the row says otherwise.
enum SessionOption : int {
  // Versions proposed or accepted (X.225 8.3.1, PI 22): 1, 2 or 3 for both, which is the default.
  // On a connection: the version in force.
  SO_SESSION_VERSIONS = 1,
  // The longest TSDU in each direction (PI 21): 0, the default, for no limit, else
  // SessionOptions::kLeastTsduMaximum to 65535. The peer may ask for less. On a connection: what is
  // in force. In version 2 longer SSDUs go in segments; version 1 has none, and
  // messages are limited instead.
  SO_SESSION_TSDU_MAXIMUM_SEND = 2,
  SO_SESSION_TSDU_MAXIMUM_RECEIVE = 3,
  // BOOL, FALSE by default: the transport connection may be kept after release, refusal or abort
  // (PI 17), and a connect may take one that was kept.
  SO_SESSION_KEEP_TRANSPORT = 4,
  // The connection identifier (PGI 1) that this user sends: octets, at most 64, 64 and 4.
  SO_SESSION_USER_REFERENCE = 5,
  SO_SESSION_COMMON_REFERENCE = 6,
  SO_SESSION_ADDITIONAL_REFERENCE = 7,
  // The peer's, as it came with its CN, AC or RF. Read only.
  SO_SESSION_PEER_USER_REFERENCE = 8,
  SO_SESSION_PEER_COMMON_REFERENCE = 9,
  SO_SESSION_PEER_ADDITIONAL_REFERENCE = 10,
};

struct SessionOptionName {
  int number;
  absl::string_view name;  // "SO_SESSION_VERSIONS"
  bool is_octets = false;  // its value is octets, not a number
};
// In ascending order of their numbers.
absl::Span<const SessionOptionName> SessionOptionNames();

// Their values.
struct SessionOptions {
  // A TSDU that holds an AC with the longest connection identifier and selectors.
  static constexpr uint16_t kLeastTsduMaximum = 256;

  SessionVersions versions = kSessionVersion1 | kSessionVersion2;
  uint16_t tsdu_maximum_send = 0;  // octets; 0: no limit
  uint16_t tsdu_maximum_receive = 0;
  bool keeps_transport = false;
  ConnectionIdentifier identifier;       // ours
  ConnectionIdentifier peer_identifier;  // read only

  // At level kSessionProtocol. kInvalidValue: out of range, or too long.
  transport::OptionStatus Set(int name, ByteSpan value);
  transport::OptionStatus Get(int name, std::vector<uint8_t>& value) const;
};

// The lesser of two limits of which 0 is none.
constexpr uint16_t LesserLimit(uint16_t one, uint16_t other) {
  if (one == 0 || other == 0) return one == 0 ? other : one;
  return one < other ? one : other;
}

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SESSION_OPTIONS_H_
