// The Windows types that Winsock speaks, with the sizes they have on 64-bit Windows: u_long, LONG
// and DWORD are 32 bits wide, handles and SOCKET as wide as a pointer, WCHAR one UTF-16 code unit.
#ifndef STACK_WINSOCK2_TYPES_H_
#define STACK_WINSOCK2_TYPES_H_

#include <cstdint>

#include "stack/winsock2/system_macros.h"

// The calling conventions of the original headers. They mark what crosses the API (WSAAPI), the SPI
// (WSPAPI) and what is called back (CALLBACK); all are the platform's own convention here.
#ifndef WSAAPI
#define WSAAPI
#endif
#ifndef WSPAPI
#define WSPAPI
#endif
#ifndef CALLBACK
#define CALLBACK
#endif

namespace winsock {

typedef uint8_t u_char;
typedef uint16_t u_short;
typedef uint32_t u_int;
typedef uint32_t u_long;

typedef uint8_t BYTE;
typedef uint16_t WORD;
typedef uint32_t DWORD;
typedef uint16_t USHORT;
typedef int INT;
typedef unsigned int UINT;
typedef int32_t LONG;
typedef uint32_t ULONG;
typedef int BOOL;
typedef char CHAR;
typedef char16_t WCHAR;
typedef uintptr_t UINT_PTR;
typedef uintptr_t ULONG_PTR;
typedef uintptr_t DWORD_PTR;
typedef UINT_PTR WPARAM;
typedef intptr_t LPARAM;

typedef void* LPVOID;
typedef INT* LPINT;
typedef DWORD* LPDWORD;
typedef DWORD_PTR* PDWORD_PTR;
typedef ULONG_PTR* PULONG_PTR;
typedef CHAR* LPSTR;
typedef const CHAR* LPCSTR;
typedef WCHAR* LPWSTR;
typedef const WCHAR* LPCWSTR;

// Handles are numbers that the library gives out, wide as a pointer and never dereferenced. The two
// lowest bits are 0.
typedef void* HANDLE;
typedef HANDLE* LPHANDLE;
typedef void* HWND;

constexpr BOOL FALSE = 0;
constexpr BOOL TRUE = 1;

struct GUID {
  uint32_t Data1;
  uint16_t Data2;
  uint16_t Data3;
  uint8_t Data4[8];

  friend bool operator==(const GUID&, const GUID&) = default;
};
typedef GUID* LPGUID;

// A socket. Unsigned: compare with INVALID_SOCKET, never with 0 or for being negative.
typedef UINT_PTR SOCKET;
constexpr SOCKET INVALID_SOCKET = ~static_cast<SOCKET>(0);
constexpr int SOCKET_ERROR = -1;

// A socket group; all group use is reserved.
typedef unsigned int GROUP;
constexpr GROUP SG_UNCONSTRAINED_GROUP = 1;
constexpr GROUP SG_CONSTRAINED_GROUP = 2;

typedef HANDLE WSAEVENT;
typedef WSAEVENT* LPWSAEVENT;
constexpr WSAEVENT WSA_INVALID_EVENT = nullptr;

constexpr WORD MAKEWORD(BYTE low, BYTE high) { return static_cast<WORD>(low | high << 8); }
constexpr BYTE LOBYTE(WORD word) { return static_cast<BYTE>(word); }
constexpr BYTE HIBYTE(WORD word) { return static_cast<BYTE>(word >> 8); }
constexpr WORD LOWORD(DWORD dword) { return static_cast<WORD>(dword); }
constexpr WORD HIWORD(DWORD dword) { return static_cast<WORD>(dword >> 16); }

}  // namespace winsock

#endif  // STACK_WINSOCK2_TYPES_H_
