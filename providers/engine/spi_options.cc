// Options and ioctls.
#include <algorithm>
#include <cstring>
#include <vector>

#include "providers/engine/option_value.h"
#include "providers/engine/spi.h"

namespace engine {
namespace {

// SO_BSP_STATE: a CSADDR_INFO whose pointers lead to the two addresses behind it in the caller's
// buffer. An address that the socket does not have is a null pointer with length 0.
int GiveState(const Socket& socket, char* value, int& length) {
  winsock::CSADDR_INFO state = {};
  transport::Address local;
  transport::Address peer;
  if (socket.LocalName(local) != 0) local.clear();
  if (socket.PeerName(peer) != 0) peer.clear();
  const size_t size = sizeof state + local.size() + peer.size();
  if (length < 0 || static_cast<size_t>(length) < size) return WSAEFAULT;
  char* place = value + sizeof state;
  const auto give = [&place](const transport::Address& address, winsock::SOCKET_ADDRESS& to) {
    if (address.empty()) return;
    std::memcpy(place, address.data(), address.size());
    to.lpSockaddr = reinterpret_cast<winsock::sockaddr*>(place);
    to.iSockaddrLength = static_cast<INT>(address.size());
    place += address.size();
  };
  give(local, state.LocalAddr);
  give(peer, state.RemoteAddr);
  state.iSocketType = socket.entry().info.iSocketType;
  state.iProtocol = socket.entry().info.iProtocol;
  std::memcpy(value, &state, sizeof state);
  length = static_cast<int>(size);
  return 0;
}

// Windows lets BOOLs be read into fewer octets than they have; numbers need their full length. What
// the options of a protocol are is the protocol's affair.
bool MayBeCut(int level, int name) {
  if (level != winsock::SOL_SOCKET) return true;
  switch (name) {
    case winsock::SO_LINGER:
    case winsock::SO_SNDBUF:
    case winsock::SO_RCVBUF:
    case winsock::SO_SNDTIMEO:
    case winsock::SO_RCVTIMEO:
    case winsock::SO_ERROR:
    case winsock::SO_TYPE:
    case winsock::SO_GROUP_ID:
    case winsock::SO_MAX_MSG_SIZE:
    case winsock::SO_CONNECT_TIME:
      return false;
    default:
      return true;
  }
}

int GiveValue(const std::vector<uint8_t>& octets, bool may_be_cut, char* value, int& length) {
  if (length <= 0) return WSAEFAULT;
  size_t count = octets.size();
  if (static_cast<size_t>(length) < count) {
    if (!may_be_cut || count != sizeof(BOOL)) return WSAEFAULT;
    count = static_cast<size_t>(length);
  }
  std::copy_n(octets.begin(), count, value);
  length = static_cast<int>(count);
  return 0;
}

struct IoctlArguments {
  ByteSpan in;
  absl::Span<uint8_t> out;
  size_t returned = 0;
};

template <typename T>
int GiveResult(const T& result, IoctlArguments& arguments) {
  if (arguments.out.data() == nullptr || arguments.out.size() < sizeof(T)) return WSAEFAULT;
  std::memcpy(arguments.out.data(), &result, sizeof(T));
  arguments.returned = sizeof(T);
  return 0;
}

int SetBlockingMode(Socket& socket, const IoctlArguments& arguments) {
  u_long is_nonblocking = 0;
  if (arguments.in.data() == nullptr || !ReadValue(arguments.in, is_nonblocking)) return WSAEFAULT;
  return socket.SetNonblocking(is_nonblocking != 0);
}

int GetQuality(const Socket& socket, IoctlArguments& arguments) {
  winsock::QOS qos;
  if (const int error = socket.Quality(qos)) return error;
  return GiveResult(qos, arguments);
}

int SetQuality(Socket& socket, const IoctlArguments& arguments) {
  if (!socket.has_quality_of_service()) return WSAENOPROTOOPT;
  winsock::QOS qos;
  if (arguments.in.data() == nullptr || !ReadValue(arguments.in, qos)) return WSAEFAULT;
  return socket.SetQuality(qos);
}

// For one protocol or from one vendor, and without a result (Winsock page: WSAIoctl).
bool IsOfProtocol(DWORD code) {
  constexpr DWORD kDirections = winsock::IOC_INOUT | winsock::IOC_VOID;
  const bool is_class = (code & winsock::IOC_VENDOR) == winsock::IOC_VENDOR ||
                        (code & winsock::IOC_VENDOR) == winsock::IOC_PROTOCOL;
  return is_class && (code & kDirections) == winsock::IOC_IN;
}

int Ioctl(SOCKET s, Socket& socket, DWORD code, IoctlArguments& arguments) {
  switch (code) {
    case winsock::FIONBIO:
      return SetBlockingMode(socket, arguments);
    case winsock::FIONREAD:
      return GiveResult(socket.AvailableOctets(), arguments);
    case winsock::SIOCATMARK:
      return GiveResult(socket.IsAtMark() ? TRUE : FALSE, arguments);
    case winsock::SIO_BASE_HANDLE:
      return GiveResult(s, arguments);
    case winsock::SIO_GET_EXTENSION_FUNCTION_POINTER: {
      winsock::GUID function;
      // There is no extension function in this version, so that every GUID is an unknown one.
      return arguments.in.data() != nullptr && ReadValue(arguments.in, function) ? WSAEINVAL
                                                                                 : WSAEFAULT;
    }
    case winsock::SIO_GET_QOS:
      return GetQuality(socket, arguments);
    case winsock::SIO_SET_QOS:
      return SetQuality(socket, arguments);
    default:
      // Where nobody knows it the page says WSAEINVAL; Windows says WSAEOPNOTSUPP.
      return IsOfProtocol(code) ? socket.ControlProtocol(code, arguments.in) : WSAEOPNOTSUPP;
  }
}

}  // namespace

int WSPAPI WSPGetSockOpt(SOCKET s, int level, int name, char* value, LPINT length, LPINT lpErrno) {
  SocketCall call(s);
  if (call.error != 0) return Finish(call.error, lpErrno);
  if (value == nullptr || length == nullptr) return Finish(WSAEFAULT, lpErrno);
  if (level == winsock::SOL_SOCKET && name == winsock::SO_BSP_STATE) {
    return Finish(GiveState(*call.socket, value, *length), lpErrno);
  }
  std::vector<uint8_t> octets;
  int error = call.socket->GetOption(level, name, octets);
  if (error == 0) error = GiveValue(octets, MayBeCut(level, name), value, *length);
  return Finish(error, lpErrno);
}

int WSPAPI WSPSetSockOpt(SOCKET s, int level, int name, const char* value, int length,
                         LPINT lpErrno) {
  SocketCall call(s);
  if (call.error == 0) {
    const ByteSpan octets(reinterpret_cast<const uint8_t*>(value),
                          static_cast<size_t>(std::max(length, 0)));
    call.error = call.socket->SetOption(level, name, octets);
  }
  return Finish(call.error, lpErrno);
}

// Every ioctl here completes at once.
int WSPAPI WSPIoctl(SOCKET s, DWORD code, LPVOID in, DWORD in_size, LPVOID out, DWORD out_size,
                    LPDWORD returned, LPWSAOVERLAPPED overlapped,
                    LPWSAOVERLAPPED_COMPLETION_ROUTINE /*routine*/, LPWSATHREADID /*thread*/,
                    LPINT lpErrno) {
  SocketCall call(s);
  if (call.error != 0) return Finish(call.error, lpErrno);
  if (overlapped != nullptr && call.socket->is_overlapped()) return Finish(WSAEOPNOTSUPP, lpErrno);
  if (returned == nullptr) return Finish(WSAEFAULT, lpErrno);
  IoctlArguments arguments{.in = {static_cast<const uint8_t*>(in), in_size},
                           .out = {static_cast<uint8_t*>(out), out_size}};
  const int error = Ioctl(s, *call.socket, code, arguments);
  if (error == 0) *returned = static_cast<DWORD>(arguments.returned);
  return Finish(error, lpErrno);
}

}  // namespace engine
