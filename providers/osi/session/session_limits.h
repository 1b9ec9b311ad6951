// How much user data SPDUs carry, and where session entities are found.
#ifndef PROVIDERS_OSI_SESSION_SESSION_LIMITS_H_
#define PROVIDERS_OSI_SESSION_SESSION_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "providers/osi/session/spdu_item.h"
#include "providers/transport/capabilities.h"

namespace osi {

// Version 1: 512 octets, 9 in an AB (X.225 8.3). Version 2 limits only CN, to 10240 octets without
// data overflow (8.3.1); the other SPDUs are held to the same here, and RF to what both versions
// allow, because the version is not settled when it is sent.
constexpr size_t kMaxUserDataVersion1 = 512;
constexpr size_t kMaxUserDataVersion2 = 10240;
constexpr size_t kMaxRefuseData = 512;
constexpr size_t kMaxAbortDataVersion1 = 9;

// The port, which is the TSAP selector, of every session entity. The port of a session address is
// the session selector (SSAP), which CN carries; so one transport listener serves all listeners of
// a boot, and exists as long as one of them does. Far from the ports that are chosen by themselves.
constexpr uint16_t kSessionEntityPort = 0x0102;

// What the session service can do where `version`, one of the two, is in force.
constexpr transport::Capabilities SessionCapabilities(SessionVersions version) {
  const size_t user_data_max =
      version == kSessionVersion1 ? kMaxUserDataVersion1 : kMaxUserDataVersion2;
  return {.message_oriented = true,
          .partial_messages = true,
          .empty_messages = true,
          .graceful_close = true,
          .always_waits_for_decision = true,
          .connect_data_max = user_data_max,
          .accept_data_max = user_data_max,
          .refuse_data_max = kMaxRefuseData,
          .disconnect_data_max = user_data_max,
          .disconnect_reply_data_max = user_data_max,
          .abort_data_max = version == kSessionVersion1 ? kMaxAbortDataVersion1 : user_data_max};
}

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SESSION_LIMITS_H_
