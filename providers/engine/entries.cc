#include "providers/engine/entries.h"

#include <algorithm>
#include <limits>

#include "absl/strings/string_view.h"
#include "providers/engine/engine.h"
#include "sim/check.h"

namespace engine {
namespace {

// Names the engine itself, whatever number of entries it has.
constexpr winsock::GUID kProviderId = {
    0x6d697377, 0x656e, 0x6769, {0x6e, 0x65, 0x00, 0x77, 0x69, 0x6e, 0x73, 0x6b}};

DWORD ServiceFlags(const transport::Capabilities& capabilities) {
  DWORD flags = winsock::XP1_GUARANTEED_DELIVERY | winsock::XP1_GUARANTEED_ORDER;
  if (capabilities.message_oriented) flags |= winsock::XP1_MESSAGE_ORIENTED;
  if (capabilities.partial_messages) flags |= winsock::XP1_PARTIAL_MESSAGE;
  if (capabilities.graceful_close) flags |= winsock::XP1_GRACEFUL_CLOSE;
  if (capabilities.expedited_data) flags |= winsock::XP1_EXPEDITED_DATA;
  if (capabilities.quality_of_service) flags |= winsock::XP1_QOS_SUPPORTED;
  if (capabilities.connect_data_max > 0 || capabilities.accept_data_max > 0) {
    flags |= winsock::XP1_CONNECT_DATA;
  }
  if (capabilities.disconnect_data_max > 0 || capabilities.disconnect_reply_data_max > 0) {
    flags |= winsock::XP1_DISCONNECT_DATA;
  }
  return flags;
}

}  // namespace

DWORD MessageSizeOf(const transport::Capabilities& capabilities) {
  constexpr DWORD kStream = 0;
  constexpr DWORD kNoLimit = 0xFFFFFFFF;
  if (!capabilities.message_oriented) return kStream;
  if (capabilities.message_max == 0 || capabilities.message_max >= kNoLimit) return kNoLimit;
  return static_cast<DWORD>(capabilities.message_max);
}

WSAPROTOCOL_INFOW DescribeEntry(const transport::Registration& registration) {
  WSAPROTOCOL_INFOW info = {};
  info.dwServiceFlags1 = ServiceFlags(registration.capabilities);
  info.dwProviderFlags = winsock::PFL_MATCHES_PROTOCOL_ZERO;
  info.ProviderId = kProviderId;
  info.ProtocolChain.ChainLen = winsock::BASE_PROTOCOL;
  info.iAddressFamily = registration.address_family;
  info.iMaxSockAddr = static_cast<int>(registration.addresses->max_size());
  info.iMinSockAddr = static_cast<int>(registration.addresses->min_size());
  info.iSocketType = registration.socket_type;
  info.iProtocol = registration.protocol;
  info.iNetworkByteOrder = winsock::BIGENDIAN;
  info.iSecurityScheme = winsock::SECURITY_PROTOCOL_NONE;
  info.dwMessageSize = MessageSizeOf(registration.capabilities);
  const absl::string_view name = registration.name;
  CHECK(name.size() <= winsock::WSAPROTOCOL_LEN) << name;
  std::copy(name.begin(), name.end(), info.szProtocol);
  return info;
}

const Entry& Entries::Add(const transport::Registration& registration) {
  const WSAPROTOCOL_INFOW info = DescribeEntry(registration);
  CHECK(Resolve(info) == nullptr) << registration.name << " is installed already";
  entries_.push_back(std::make_unique<Entry>(Entry{entries_.size(), registration, info}));
  return *entries_.back();
}

const Entry* Entries::Resolve(const WSAPROTOCOL_INFOW& info) {
  for (const std::unique_ptr<Entry>& entry : entries_) {
    WSAPROTOCOL_INFOW& known = entry->info;
    if (known.iAddressFamily == info.iAddressFamily && known.iSocketType == info.iSocketType &&
        known.iProtocol == info.iProtocol) {
      known.dwCatalogEntryId = info.dwCatalogEntryId;
      return entry.get();
    }
  }
  return nullptr;
}

const Entry* Entries::OfFamily(int family) const {
  for (const std::unique_ptr<Entry>& entry : entries_) {
    if (entry->info.iAddressFamily == family) return entry.get();
  }
  return nullptr;
}

WSAPROTOCOL_INFOW Install(sim::World& world, const transport::Registration& registration) {
  return world.slots().Get<Entries>().Add(registration).info;
}

}  // namespace engine
