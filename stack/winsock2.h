// The Winsock 2 API, in namespace winsock, with the numbers and layouts of 64-bit Windows.
#ifndef STACK_WINSOCK2_H_
#define STACK_WINSOCK2_H_

#include "stack/winsock2/addresses.h"
#include "stack/winsock2/errors.h"
#include "stack/winsock2/events.h"
#include "stack/winsock2/functions.h"
#include "stack/winsock2/options.h"
#include "stack/winsock2/protocol_info.h"
#include "stack/winsock2/transfer.h"
#include "stack/winsock2/types.h"

#endif  // STACK_WINSOCK2_H_
