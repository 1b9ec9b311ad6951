// Winsock's words, as the engine speaks them: types, error codes and numbers of the SPI headers
// under their own names.
#ifndef PROVIDERS_ENGINE_WORDS_H_
#define PROVIDERS_ENGINE_WORDS_H_

#include "stack/ws2spi.h"

namespace engine {

using winsock::BOOL;
using winsock::DWORD;
using winsock::DWORD_PTR;
using winsock::FALSE;
using winsock::GROUP;
using winsock::HWND;
using winsock::INT;
using winsock::INVALID_SOCKET;
using winsock::LONG;
using winsock::LPCONDITIONPROC;
using winsock::LPDWORD;
using winsock::LPINT;
using winsock::LPQOS;
using winsock::LPSOCKADDR;
using winsock::LPVOID;
using winsock::LPWSABUF;
using winsock::LPWSANETWORKEVENTS;
using winsock::LPWSAOVERLAPPED;
using winsock::LPWSAOVERLAPPED_COMPLETION_ROUTINE;
using winsock::LPWSAPROTOCOL_INFOW;
using winsock::LPWSATHREADID;
using winsock::LPWSPDATA;
using winsock::LPWSPPROC_TABLE;
using winsock::LPWSTR;
using winsock::SOCKET;
using winsock::SOCKET_ERROR;
using winsock::TRUE;
using winsock::u_int;
using winsock::u_long;
using winsock::UINT;
using winsock::WCHAR;
using winsock::WORD;
using winsock::WSABUF;
using winsock::WSAEVENT;
using winsock::WSANETWORKEVENTS;
using winsock::WSAPROTOCOL_INFOW;
using winsock::WSPUPCALLTABLE;

// Errors. 0 is success, everywhere in the engine.
using winsock::WSA_INVALID_HANDLE;
using winsock::WSA_OPERATION_ABORTED;
using winsock::WSAEACCES;
using winsock::WSAEADDRINUSE;
using winsock::WSAEADDRNOTAVAIL;
using winsock::WSAEAFNOSUPPORT;
using winsock::WSAEALREADY;
using winsock::WSAECONNABORTED;
using winsock::WSAECONNREFUSED;
using winsock::WSAECONNRESET;
using winsock::WSAEDISCON;
using winsock::WSAEFAULT;
using winsock::WSAEHOSTUNREACH;
using winsock::WSAEINTR;
using winsock::WSAEINVAL;
using winsock::WSAEISCONN;
using winsock::WSAEMSGSIZE;
using winsock::WSAENETRESET;
using winsock::WSAENETUNREACH;
using winsock::WSAENOBUFS;
using winsock::WSAENOPROTOOPT;
using winsock::WSAENOTCONN;
using winsock::WSAENOTSOCK;
using winsock::WSAEOPNOTSUPP;
using winsock::WSAEPROTONOSUPPORT;
using winsock::WSAESHUTDOWN;
using winsock::WSAESOCKTNOSUPPORT;
using winsock::WSAETIMEDOUT;
using winsock::WSAEWOULDBLOCK;
using winsock::WSANOTINITIALISED;
using winsock::WSASYSNOTREADY;
using winsock::WSATRY_AGAIN;
using winsock::WSAVERNOTSUPPORTED;

using winsock::MSG_DONTROUTE;
using winsock::MSG_OOB;
using winsock::MSG_PARTIAL;
using winsock::MSG_PEEK;
using winsock::MSG_PUSH_IMMEDIATE;
using winsock::MSG_WAITALL;

using winsock::FD_ACCEPT_BIT;
using winsock::FD_ALL_EVENTS;
using winsock::FD_CLOSE_BIT;
using winsock::FD_CONNECT_BIT;
using winsock::FD_MAX_EVENTS;
using winsock::FD_OOB_BIT;
using winsock::FD_READ_BIT;
using winsock::FD_WRITE_BIT;

using winsock::SD_BOTH;
using winsock::SD_RECEIVE;
using winsock::SD_SEND;

}  // namespace engine

#endif  // PROVIDERS_ENGINE_WORDS_H_
