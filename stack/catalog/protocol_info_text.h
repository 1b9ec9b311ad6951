// The two forms of WSAPROTOCOL_INFO. The catalog and the SPI have the wide one; the A calls
// convert.
#ifndef STACK_CATALOG_PROTOCOL_INFO_TEXT_H_
#define STACK_CATALOG_PROTOCOL_INFO_TEXT_H_

#include "absl/strings/string_view.h"
#include "stack/winsock2/protocol_info.h"

namespace winsock {

// Members other than szProtocol are copied. What the other form's characters cannot say (anything
// beyond ASCII) becomes '?'.
WSAPROTOCOL_INFOA ToNarrow(const WSAPROTOCOL_INFOW& info);
WSAPROTOCOL_INFOW ToWide(const WSAPROTOCOL_INFOA& info);

// Sets the name to show; cut after WSAPROTOCOL_LEN characters.
void SetProtocolName(WSAPROTOCOL_INFOW& info, absl::string_view name);

}  // namespace winsock

#endif  // STACK_CATALOG_PROTOCOL_INFO_TEXT_H_
