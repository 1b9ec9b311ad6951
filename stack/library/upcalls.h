// What the library lends to providers.
#ifndef STACK_LIBRARY_UPCALLS_H_
#define STACK_LIBRARY_UPCALLS_H_

#include "stack/ws2spi.h"

namespace winsock {

// The fifteen upcalls, for WSPStartup.
//
// Those that make something (an event, a socket handle, a thread's name) act for the process whose
// thread is running, and fail with WSANOTINITIALISED where none is; the others find their object
// anywhere in the running world. There are no windows: WPUPostMessage answers FALSE. There are no
// blocking hooks either, as always once version 2 is negotiated: WPUQueryBlockingCallback gives a
// null function, which means to wait natively.
WSPUPCALLTABLE Upcalls();

}  // namespace winsock

#endif  // STACK_LIBRARY_UPCALLS_H_
