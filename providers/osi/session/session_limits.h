// How much user data SPDUs carry, and where session entities are found.
#ifndef PROVIDERS_OSI_SESSION_SESSION_LIMITS_H_
#define PROVIDERS_OSI_SESSION_SESSION_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "providers/osi/session/spdu_item.h"
#include "providers/transport/capabilities.h"

namespace osi {

// Version 1: 512 octets, 9 in an AB (X.225 8.3). Version 2 limits only CN, to 10240 octets without
// data overflow (8.3.1); the other SPDUs are held to the same here.
constexpr size_t kMaxUserDataVersion1 = 512;
constexpr size_t kMaxUserDataVersion2 = 10240;
constexpr size_t kMaxAbortDataVersion1 = 9;

// The port, which is the TSAP selector, of every session entity. The port of a session address is
// the session selector (SSAP), which CN carries; so one transport listener serves all listeners of
// a boot, and exists as long as one of them does. Far from the ports that are chosen by themselves.
constexpr uint16_t kSessionEntityPort = 0x0102;

// Octets beside user data that an AC, RF or FN takes in a TSDU: parameters, connection identifier,
// selectors.
constexpr size_t kMaxUserDataOverhead = 200;
// GT and DT in front of an SSDU that is not segmented.
constexpr size_t kDataHeaderSize = 4;

// What the session service can do where `version`, one of the two, is in force, and TSDUs that are
// sent have at most `tsdu_maximum` octets, 0 for no limit. In version 2 all but CN, which comes
// before any limit, may go in several TSDUs; in version 1 everything has room in one.
constexpr transport::Capabilities SessionCapabilities(SessionVersions version,
                                                      size_t tsdu_maximum = 0) {
  const bool is_version_1 = version == kSessionVersion1;
  const size_t room = tsdu_maximum == 0 ? SIZE_MAX : tsdu_maximum - kMaxUserDataOverhead;
  const size_t version_1_max = room < kMaxUserDataVersion1 ? room : kMaxUserDataVersion1;
  const size_t user_data_max = is_version_1 ? version_1_max : kMaxUserDataVersion2;
  return {.message_oriented = true,
          .partial_messages = true,
          .empty_messages = true,
          .graceful_close = true,
          .quality_of_service = true,
          .always_waits_for_decision = true,
          .message_max = is_version_1 && tsdu_maximum != 0 ? tsdu_maximum - kDataHeaderSize : 0,
          .connect_data_max = is_version_1 ? kMaxUserDataVersion1 : kMaxUserDataVersion2,
          .accept_data_max = user_data_max,
          .refuse_data_max = user_data_max,
          .disconnect_data_max = user_data_max,
          .disconnect_reply_data_max = user_data_max,
          .abort_data_max = is_version_1 ? kMaxAbortDataVersion1 : user_data_max};
}

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SESSION_LIMITS_H_
