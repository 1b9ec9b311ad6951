// bind, getsockname, getpeername.
#include "providers/engine/socket.h"

namespace engine {

// The forms of an address that no socket call takes. The page of bind says WSAEFAULT for a wrong
// family as well; Windows, and this, say WSAEAFNOSUPPORT.
int Socket::CheckName(ByteSpan name) const {
  if (name.data() == nullptr) return WSAEFAULT;
  switch (entry_.addresses().Check(name)) {
    case transport::AddressCheck::kGood:
      return 0;
    case transport::AddressCheck::kWrongFamily:
      return WSAEAFNOSUPPORT;
    case transport::AddressCheck::kTooShort:
    case transport::AddressCheck::kMalformed:
      return WSAEFAULT;
  }
  return WSAEFAULT;
}

int Socket::Bind(ByteSpan name) {
  if (state_ != SocketState::kUnbound) return WSAEINVAL;
  if (const int error = CheckName(name)) return error;
  if (const int error = BindTo(entry_.addresses().Canonical(name))) return error;
  TransitionTo(SocketState::kBound);
  return 0;
}

int Socket::BindTo(transport::Address address) {
  sharing_ = options_.exclusive_address ? Sharing::kExclusive
             : options_.reuse_address   ? Sharing::kReuse
                                        : Sharing::kPlain;
  if (const int error = host_.bindings(entry_).Bind(address, sharing_)) return error;
  bound_ = address;
  return 0;
}

void Socket::Unbind() {
  if (!bound_.has_value()) return;
  host_.bindings(entry_).Unbind(*bound_, sharing_);
  bound_.reset();
}

int Socket::LocalName(transport::Address& name) const {
  const bool has_connection_name = state_ == SocketState::kConnecting || has_conversation();
  if (!has_connection_name && !bound_.has_value()) return WSAEINVAL;
  name = has_connection_name ? local_ : *bound_;
  return 0;
}

// Readable from the moment at which connect was begun, and still when the connection has ended.
int Socket::PeerName(transport::Address& name) const {
  if (state_ != SocketState::kConnecting && !has_conversation()) return WSAENOTCONN;
  name = remote_;
  return 0;
}

}  // namespace engine
