#include "stack/catalog/protocol_info_text.h"

#include <algorithm>

namespace winsock {
namespace {

template <typename To, typename From>
WSAPROTOCOL_INFO_OF<To> WithNameAs(const WSAPROTOCOL_INFO_OF<From>& info) {
  WSAPROTOCOL_INFO_OF<To> other = {
      .dwServiceFlags1 = info.dwServiceFlags1,
      .dwServiceFlags2 = info.dwServiceFlags2,
      .dwServiceFlags3 = info.dwServiceFlags3,
      .dwServiceFlags4 = info.dwServiceFlags4,
      .dwProviderFlags = info.dwProviderFlags,
      .ProviderId = info.ProviderId,
      .dwCatalogEntryId = info.dwCatalogEntryId,
      .ProtocolChain = info.ProtocolChain,
      .iVersion = info.iVersion,
      .iAddressFamily = info.iAddressFamily,
      .iMaxSockAddr = info.iMaxSockAddr,
      .iMinSockAddr = info.iMinSockAddr,
      .iSocketType = info.iSocketType,
      .iProtocol = info.iProtocol,
      .iProtocolMaxOffset = info.iProtocolMaxOffset,
      .iNetworkByteOrder = info.iNetworkByteOrder,
      .iSecurityScheme = info.iSecurityScheme,
      .dwMessageSize = info.dwMessageSize,
      .dwProviderReserved = info.dwProviderReserved,
      .szProtocol = {},
  };
  for (int i = 0; i < WSAPROTOCOL_LEN && info.szProtocol[i] != 0; ++i) {
    bool is_ascii = info.szProtocol[i] > 0 && info.szProtocol[i] < 0x80;
    other.szProtocol[i] = is_ascii ? static_cast<To>(info.szProtocol[i]) : To{'?'};
  }
  return other;
}

}  // namespace

WSAPROTOCOL_INFOA ToNarrow(const WSAPROTOCOL_INFOW& info) { return WithNameAs<CHAR>(info); }

WSAPROTOCOL_INFOW ToWide(const WSAPROTOCOL_INFOA& info) { return WithNameAs<WCHAR>(info); }

void SetProtocolName(WSAPROTOCOL_INFOW& info, absl::string_view name) {
  std::fill(std::begin(info.szProtocol), std::end(info.szProtocol), WCHAR{0});
  name = name.substr(0, WSAPROTOCOL_LEN);
  for (size_t i = 0; i < name.size(); ++i) {
    info.szProtocol[i] = name[i] > 0 ? static_cast<WCHAR>(name[i]) : u'?';
  }
}

}  // namespace winsock
