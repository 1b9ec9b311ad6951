// WSAAddressToString and WSAStringToAddress (Winsock pages of these names).
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <vector>

#include "stack/api/api_call.h"
#include "stack/api/call_text.h"
#include "stack/catalog/protocol_info_text.h"
#include "stack/winsock2.h"

namespace winsock {
namespace {

// A provider that writes a longer text does so in the wide form only.
constexpr DWORD kLongestText = 4096;

// The provider for an address: the one that `info` names, else the first of the family. Null:
// `call` knows why.
const Provider* ProviderFor(ApiCall& call, Library& library, const WSAPROTOCOL_INFOW* info,
                            int family, WSAPROTOCOL_INFOW& chosen) {
  const CatalogEntry* entry = nullptr;
  if (info != nullptr) {
    entry = EntryOf(library.catalog(), *info).entry;
  } else {
    for (const auto& candidate : library.catalog()) {
      if (!candidate->is_layer() && candidate->info.iAddressFamily == family) {
        entry = candidate.get();
        break;
      }
    }
  }
  if (entry == nullptr) return call.Refuse(WSAEINVAL);
  const Library::Found found = library.Use(*entry);
  if (found.provider == nullptr) return call.Refuse(found.error);
  chosen = entry->info;
  return found.provider;
}

int WriteText(ApiCall& call, LPSOCKADDR address, DWORD length, LPWSAPROTOCOL_INFOW info,
              LPWSTR text, LPDWORD text_length) {
  Library* library = call.Enter(Waits::kNever);
  if (library == nullptr) return call.Fail(SOCKET_ERROR);
  if (address == nullptr || text == nullptr || text_length == nullptr ||
      length < sizeof(ADDRESS_FAMILY)) {
    return call.Fail(SOCKET_ERROR, WSAEINVAL);
  }
  WSAPROTOCOL_INFOW chosen;
  const Provider* provider = ProviderFor(call, *library, info, address->sa_family, chosen);
  if (provider == nullptr) return call.Fail(SOCKET_ERROR);
  int error = 0;
  const int result =
      provider->calls().lpWSPAddressToString(address, length, &chosen, text, text_length, &error);
  return result == SOCKET_ERROR ? call.Fail(result, error) : call.Return(result);
}

int ReadText(ApiCall& call, LPWSTR text, INT family, LPWSAPROTOCOL_INFOW info, LPSOCKADDR address,
             LPINT length) {
  Library* library = call.Enter(Waits::kNever);
  if (library == nullptr) return call.Fail(SOCKET_ERROR);
  if (address == nullptr || length == nullptr) return call.Fail(SOCKET_ERROR, WSAEFAULT);
  if (text == nullptr) return call.Fail(SOCKET_ERROR, WSAEINVAL);
  WSAPROTOCOL_INFOW chosen;
  const Provider* provider = ProviderFor(call, *library, info, family, chosen);
  if (provider == nullptr) return call.Fail(SOCKET_ERROR);
  int error = 0;
  const int result =
      provider->calls().lpWSPStringToAddress(text, family, &chosen, address, length, &error);
  if (result == SOCKET_ERROR) return call.Fail(result, error);
  return call.Return(result, AddressOctets(address, *length));
}

}  // namespace

int WSAAPI WSAAddressToStringW(LPSOCKADDR lpsaAddress, DWORD dwAddressLength,
                               LPWSAPROTOCOL_INFOW lpProtocolInfo, LPWSTR lpszAddressString,
                               LPDWORD lpdwAddressStringLength) {
  ApiCall call(
      CallId::kWSAAddressToString,
      {.numbers = {dwAddressLength}, .octets = AddressOctets(lpsaAddress, dwAddressLength)});
  return WriteText(call, lpsaAddress, dwAddressLength, lpProtocolInfo, lpszAddressString,
                   lpdwAddressStringLength);
}

int WSAAPI WSAAddressToStringA(LPSOCKADDR lpsaAddress, DWORD dwAddressLength,
                               LPWSAPROTOCOL_INFOA lpProtocolInfo, LPSTR lpszAddressString,
                               LPDWORD lpdwAddressStringLength) {
  if (lpszAddressString == nullptr || lpdwAddressStringLength == nullptr) {
    return WSAAddressToStringW(lpsaAddress, dwAddressLength, nullptr, nullptr, nullptr);
  }
  WSAPROTOCOL_INFOW info;
  if (lpProtocolInfo != nullptr) info = ToWide(*lpProtocolInfo);
  std::vector<WCHAR> wide(std::min(*lpdwAddressStringLength, kLongestText));
  DWORD length = static_cast<DWORD>(wide.size());
  WCHAR none = 0;
  const int result =
      WSAAddressToStringW(lpsaAddress, dwAddressLength, lpProtocolInfo == nullptr ? nullptr : &info,
                          wide.empty() ? &none : wide.data(), &length);
  if (result != SOCKET_ERROR) {
    std::transform(wide.begin(), wide.begin() + std::min<std::ptrdiff_t>(length, std::ssize(wide)),
                   lpszAddressString,
                   [](WCHAR c) { return c < 0x80 ? static_cast<char>(c) : '?'; });
  }
  const bool is_known = result != SOCKET_ERROR || length > wide.size();
  if (is_known) *lpdwAddressStringLength = length;
  return result;
}

int WSAAPI WSAStringToAddressW(LPWSTR AddressString, INT AddressFamily,
                               LPWSAPROTOCOL_INFOW lpProtocolInfo, LPSOCKADDR lpAddress,
                               LPINT lpAddressLength) {
  ApiCall call(CallId::kWSAStringToAddress, {.numbers = {AddressFamily}});
  return ReadText(call, AddressString, AddressFamily, lpProtocolInfo, lpAddress, lpAddressLength);
}

int WSAAPI WSAStringToAddressA(LPSTR AddressString, INT AddressFamily,
                               LPWSAPROTOCOL_INFOA lpProtocolInfo, LPSOCKADDR lpAddress,
                               LPINT lpAddressLength) {
  std::u16string wide;
  for (const char* c = AddressString; c != nullptr && *c != 0; ++c) {
    wide.push_back(static_cast<unsigned char>(*c));
  }
  WSAPROTOCOL_INFOW info;
  if (lpProtocolInfo != nullptr) info = ToWide(*lpProtocolInfo);
  return WSAStringToAddressW(AddressString == nullptr ? nullptr : wide.data(), AddressFamily,
                             lpProtocolInfo == nullptr ? nullptr : &info, lpAddress,
                             lpAddressLength);
}

}  // namespace winsock
