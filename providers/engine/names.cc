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
  is_bound_towards_ = false;
  return 0;
}

// A port that connect has chosen for another peer may be of no use.
bool Socket::IsBoundFor(const transport::Address& remote) {
  if (!bound_.has_value()) return false;
  return !is_bound_towards_ || !transport().IsInUseTowards(*bound_, remote);
}

// connect binds a socket that was not: to a port that need not be the only one of its number. What
// asked to be alone is.
int Socket::BindTowards(const transport::Address& remote) {
  transport::Address address = entry_.addresses().Wildcard(0);
  if (options_.exclusive_address) return BindTo(address);
  if (const int error = host_.bindings(entry_).BindTowards(address, remote)) return error;
  bound_ = address;
  is_bound_towards_ = true;
  return 0;
}

void Socket::Unbind() {
  if (!bound_.has_value()) return;
  BindingTable& bindings = host_.bindings(entry_);
  if (is_bound_towards_) {
    bindings.UnbindTowards(*bound_);
  } else {
    bindings.Unbind(*bound_, sharing_);
  }
  bound_.reset();
}

Socket::ConnectionNames Socket::Names() const {
  if (connection_ != nullptr) return {connection_->local_address(), connection_->remote_address()};
  return former_names_ != nullptr ? *former_names_ : ConnectionNames();
}

int Socket::LocalName(transport::Address& name) const {
  if (state_ != SocketState::kConnecting && !has_conversation()) {
    if (!bound_.has_value()) return WSAEINVAL;
    name = *bound_;
  } else {
    name = Names().local;
  }
  return 0;
}

// Readable from the moment at which connect was begun, and still when the connection has ended.
int Socket::PeerName(transport::Address& name) const {
  if (state_ != SocketState::kConnecting && !has_conversation()) return WSAENOTCONN;
  name = Names().remote;
  return 0;
}

}  // namespace engine
