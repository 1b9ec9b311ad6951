// getsockopt, setsockopt (Winsock page: SOL_SOCKET Socket Options). SO_DEBUG and SO_DONTROUTE are
// kept and have no effect, as their pages allow, and so has SO_KEEPALIVE where the transport knows
// nothing of the kind, and SO_SNDBUF and SO_RCVBUF where it has no buffers: every provider has to
// recognise them. Every other option that is accepted acts, and one that cannot act is refused.
#include <algorithm>
#include <utility>

#include "providers/engine/option_value.h"
#include "providers/engine/socket.h"
#include "sim/world.h"

namespace engine {
namespace {

using transport::OptionStatus;
using winsock::SOL_SOCKET;

// Options at SOL_SOCKET that only the transport can carry out.
bool IsTransportOption(int name) {
  return name == winsock::SO_KEEPALIVE || name == winsock::SO_SNDBUF || name == winsock::SO_RCVBUF;
}

// What such an option says on a transport that has none of the kind. Octets, of a buffer.
constexpr int kUnknownBuffer = 65536;
int DefaultOf(int name) { return name == winsock::SO_KEEPALIVE ? FALSE : kUnknownBuffer; }

// Whether such an option could be set to `value`, though nothing comes of it.
OptionStatus CheckIgnored(int name, ByteSpan value) {
  int number = 0;
  if (!ReadValue(value, number)) return OptionStatus::kTooShort;
  const bool is_valid = name == winsock::SO_KEEPALIVE || number >= 0;
  return is_valid ? OptionStatus::kDone : OptionStatus::kInvalidValue;
}

bool IsReadOnly(int name) {
  return name == winsock::SO_ACCEPTCONN || name == winsock::SO_TYPE ||
         name == winsock::SO_BSP_STATE || name == winsock::SO_GROUP_ID ||
         name == winsock::SO_MAX_MSG_SIZE || name == winsock::SO_PROTOCOL_INFOA ||
         name == winsock::SO_PROTOCOL_INFOW || name == winsock::SO_CONNECT_TIME;
}

// Options that exist, and whose page says WSAEINVAL where the protocol does not support them.
bool IsUnsupportedValue(int name) {
  return name == winsock::SO_USELOOPBACK || name == winsock::SO_SNDLOWAT ||
         name == winsock::SO_RCVLOWAT;
}

int ErrorOf(OptionStatus status) {
  switch (status) {
    case OptionStatus::kDone:
      return 0;
    case OptionStatus::kUnknown:
    case OptionStatus::kUnknownName:
    case OptionStatus::kReadOnly:
      return WSAENOPROTOOPT;
    case OptionStatus::kInvalidValue:
      return WSAEINVAL;
    case OptionStatus::kTooShort:
      return WSAEFAULT;
  }
  return WSAENOPROTOOPT;
}

winsock::WSAPROTOCOL_INFOA Narrow(const WSAPROTOCOL_INFOW& wide) {
  winsock::WSAPROTOCOL_INFOA narrow = {};
  // The two differ in the last member alone.
  std::memcpy(&narrow, &wide, offsetof(WSAPROTOCOL_INFOW, szProtocol));
  std::transform(std::begin(wide.szProtocol), std::end(wide.szProtocol),
                 std::begin(narrow.szProtocol), [](WCHAR c) { return static_cast<char>(c); });
  return narrow;
}

}  // namespace

int Socket::SetOption(int level, int name, ByteSpan value) {
  if (value.data() == nullptr) return WSAEFAULT;
  if (level != SOL_SOCKET || IsTransportOption(name)) return SetProtocolOption(level, name, value);
  if (IsUnsupportedValue(name)) return WSAEINVAL;
  if (IsReadOnly(name)) return WSAENOPROTOOPT;
  return SetSocketOption(name, value);
}

int Socket::SetSocketOption(int name, ByteSpan value) {
  bool flag = false;
  switch (name) {
    case winsock::SO_DEBUG:
      return ReadBool(value, options_.debug) ? 0 : WSAEFAULT;
    case winsock::SO_DONTROUTE:
      return ReadBool(value, options_.dont_route) ? 0 : WSAEFAULT;
    case winsock::SO_PAUSE_ACCEPT:
      return ReadBool(value, options_.pause_accept) ? 0 : WSAEFAULT;
    case winsock::SO_LINGER:
      return ReadValue(value, options_.linger) ? 0 : WSAEFAULT;
    case winsock::SO_SNDTIMEO:
      return ReadValue(value, options_.send_timeout) ? 0 : WSAEFAULT;
    case winsock::SO_RCVTIMEO:
      return ReadValue(value, options_.receive_timeout) ? 0 : WSAEFAULT;
    case winsock::SO_ERROR:
      return ReadValue(value, last_error_) ? 0 : WSAEFAULT;
    case winsock::SO_DONTLINGER:
      if (!ReadBool(value, flag)) return WSAEFAULT;
      options_.linger.l_onoff = flag ? 0 : 1;
      return 0;
    case winsock::SO_REUSEADDR:
    case winsock::SO_EXCLUSIVEADDRUSE:
      return ReadBool(value, flag) ? SetSharing(name, flag) : WSAEFAULT;
    case winsock::SO_OOBINLINE:
      return ReadBool(value, flag) ? SetInline(flag) : WSAEFAULT;
    case winsock::SO_CONDITIONAL_ACCEPT:
      if (state_ == SocketState::kListening) return WSAEINVAL;
      return ReadBool(value, options_.conditional_accept) ? 0 : WSAEFAULT;
    default:
      return WSAENOPROTOOPT;
  }
}

// Each excludes the other; both count when the socket is bound, the exclusive one may not even be
// set later.
int Socket::SetSharing(int name, bool value) {
  if (name == winsock::SO_REUSEADDR) {
    if (value && options_.exclusive_address) return WSAEINVAL;
    options_.reuse_address = value;
    return 0;
  }
  if (bound_.has_value() || (value && options_.reuse_address)) return WSAEINVAL;
  options_.exclusive_address = value;
  return 0;
}

int Socket::SetInline(bool value) {
  if (value && !capabilities().expedited_data) return WSAENOPROTOOPT;
  options_.oob_inline = value;
  input_.set_inline(value);
  if (state_ != SocketState::kConnected) return 0;
  // A block that waits has become normal data, or the reverse.
  if (input_.HasData(*connection_)) Record(FD_READ_BIT, 0);
  if (input_.HasExpedited(*connection_)) Record(FD_OOB_BIT, 0);
  receives_.Advance();
  NotifyChanged();
  return 0;
}

int Socket::GetOption(int level, int name, std::vector<uint8_t>& value) const {
  if (level != SOL_SOCKET || IsTransportOption(name)) return GetProtocolOption(level, name, value);
  if (IsUnsupportedValue(name)) return WSAEINVAL;
  return GetSocketOption(name, value);
}

int Socket::GetSocketOption(int name, std::vector<uint8_t>& value) const {
  if (const std::optional<bool> flag = BoolOption(name)) {
    WriteValue(*flag ? TRUE : FALSE, value);
    return 0;
  }
  switch (name) {
    case winsock::SO_LINGER:
      WriteValue(options_.linger, value);
      break;
    case winsock::SO_SNDTIMEO:
      WriteValue(options_.send_timeout, value);
      break;
    case winsock::SO_RCVTIMEO:
      WriteValue(options_.receive_timeout, value);
      break;
    case winsock::SO_ERROR:  // The page says that reading clears it; on Windows it stays.
      WriteValue(last_error_, value);
      break;
    case winsock::SO_TYPE:
      WriteValue(entry_.info.iSocketType, value);
      break;
    case winsock::SO_GROUP_ID:
      WriteValue(GROUP{0}, value);
      break;
    case winsock::SO_MAX_MSG_SIZE:
      WriteValue(MessageSizeOf(capabilities()), value);
      break;
    case winsock::SO_PROTOCOL_INFOA:
      WriteValue(Narrow(entry_.info), value);
      break;
    case winsock::SO_PROTOCOL_INFOW:
      WriteValue(entry_.info, value);
      break;
    case winsock::SO_CONNECT_TIME:
      WriteValue(ConnectSeconds(), value);
      break;
    default:
      return WSAENOPROTOOPT;
  }
  return 0;
}

// Nullopt: not a BOOL, or not known.
std::optional<bool> Socket::BoolOption(int name) const {
  switch (name) {
    case winsock::SO_DEBUG:
      return options_.debug;
    case winsock::SO_DONTROUTE:
      return options_.dont_route;
    case winsock::SO_ACCEPTCONN:
      return state_ == SocketState::kListening;
    case winsock::SO_REUSEADDR:
      return options_.reuse_address;
    case winsock::SO_EXCLUSIVEADDRUSE:
      return options_.exclusive_address;
    case winsock::SO_DONTLINGER:
      return options_.linger.l_onoff == 0;
    case winsock::SO_OOBINLINE:
      return options_.oob_inline;
    case winsock::SO_CONDITIONAL_ACCEPT:
      return options_.conditional_accept || capabilities().always_waits_for_decision;
    case winsock::SO_PAUSE_ACCEPT:
      return options_.pause_accept;
    default:
      return std::nullopt;
  }
}

DWORD Socket::ConnectSeconds() const {
  constexpr DWORD kNotConnected = 0xFFFFFFFF;
  if (state_ != SocketState::kConnected) return kNotConnected;
  return static_cast<DWORD>(absl::ToInt64Seconds(world().now() - connected_at_));
}

// Of an option that the transport does not know. A level may be one that only it could know, of the
// layer below it for instance.
int Socket::UnknownOptionError(int level) const {
  if (level == transport::kIoctlLevel) return WSAEOPNOTSUPP;
  return level == SOL_SOCKET || level == entry_.info.iProtocol ? WSAENOPROTOOPT : WSAEINVAL;
}

int Socket::ControlProtocol(DWORD code, ByteSpan in) {
  return SetProtocolOption(transport::kIoctlLevel, static_cast<int>(code), in);
}

int Socket::SetProtocolOption(int level, int name, ByteSpan value) {
  const bool is_keep_alive = level == SOL_SOCKET && name == winsock::SO_KEEPALIVE;
  // Winsock page: SO_KEEPALIVE. A state in transition takes none.
  if (is_keep_alive && state_ == SocketState::kConnecting) return WSAEINVAL;
  if (state_ == SocketState::kAborted) {
    return end_error_ == WSAENETRESET || end_error_ == WSAETIMEDOUT ? WSAENETRESET : WSAENOTCONN;
  }
  OptionStatus status = connection_ != nullptr
                            ? connection_->SetOption(level, name, value)
                            : host_.transport(entry_).CheckOption(level, name, value);
  if (status == OptionStatus::kUnknown && level == SOL_SOCKET) status = CheckIgnored(name, value);
  if (status == OptionStatus::kUnknown) return UnknownOptionError(level);
  if (status != OptionStatus::kDone) return ErrorOf(status);
  auto& known = options_.protocol;
  known.erase(std::remove_if(known.begin(), known.end(),
                             [&](const transport::ConnectOptions::Option& option) {
                               return option.level == level && option.name == name;
                             }),
              known.end());
  known.push_back({level, name, {value.begin(), value.end()}});
  return 0;
}

int Socket::GetProtocolOption(int level, int name, std::vector<uint8_t>& value) const {
  if (connection_ != nullptr) {
    const OptionStatus status = connection_->GetOption(level, name, value);
    if (status == OptionStatus::kUnknown && level != SOL_SOCKET) return UnknownOptionError(level);
    if (status != OptionStatus::kUnknown || level != SOL_SOCKET) return ErrorOf(status);
  }
  const OptionStatus status =
      host_.transport(entry_).OptionAmong(options_.protocol, level, name, value);
  if (status == OptionStatus::kUnknown && level != SOL_SOCKET) return UnknownOptionError(level);
  if (status != OptionStatus::kUnknown || level != SOL_SOCKET) return ErrorOf(status);
  WriteValue(DefaultOf(name), value);
  return 0;
}

}  // namespace engine
