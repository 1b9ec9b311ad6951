#include "providers/osi/session/session_transport.h"

#include <algorithm>
#include <utility>

#include "providers/osi/session/session_connection.h"
#include "providers/osi/session/session_options.h"

namespace osi {
namespace {

// They were checked when they were set.
SessionOptions OptionsIn(absl::Span<const transport::ConnectOptions::Option> options) {
  SessionOptions chosen;
  for (const transport::ConnectOptions::Option& option : options) {
    if (option.level == kSessionProtocol) chosen.Set(option.name, option.value);
  }
  return chosen;
}

}  // namespace

class SessionTransport::SessionListener final : public transport::Listener {
 public:
  SessionListener(SessionTransport& entity, const transport::Address& local,
                  transport::ListenerUser& user)
      : entity_(&entity), local_(local), user_(user) {}
  ~SessionListener() override {
    if (entity_ != nullptr) entity_->StopListening(*this);
  }
  transport::Address local_address() const override { return local_; }

  transport::ListenerUser& user() const { return user_; }
  // The entity goes before its listeners do.
  void Forget() { entity_ = nullptr; }

 private:
  SessionTransport* entity_;
  const transport::Address local_;
  transport::ListenerUser& user_;
};

SessionTransport::SessionTransport(sim::World& world, transport::Transport& lower,
                                   const transport::AddressFormat& addresses,
                                   std::vector<transport::Option> fixed_options)
    : world_(world),
      lower_(lower),
      addresses_(addresses),
      fixed_options_(std::move(fixed_options)) {}

SessionTransport::~SessionTransport() {
  for (auto& [local, listener] : listeners_) listener->Forget();
}

transport::Connection* SessionTransport::Connect(const transport::ConnectOptions& options,
                                                 transport::ConnectionUser& user) {
  const SessionOptions chosen = OptionsIn(options.options);
  if (chosen.keeps_transport) {
    if (SessionConnection* kept = FindKept(options)) {
      kept->StartAgain(options, chosen, user);
      return kept;
    }
  }
  auto connection = std::make_unique<SessionConnection>(*this, options.remote, user);
  if (!connection->Start(options, chosen)) return nullptr;
  return &Add(std::move(connection));
}

// The oldest, of those between the same systems.
SessionConnection* SessionTransport::FindKept(const transport::ConnectOptions& options) const {
  if (AsksOfTransport(options)) return nullptr;
  for (const uint64_t subject : kept_) {
    SessionConnection& kept = *connections_.find(subject)->second;
    const transport::Connection& lower = *kept.lower();
    const bool is_from_here =
        addresses_.IsWildcard(options.local) ||
        addresses_.HostPart(options.local) == addresses_.HostPart(lower.local_address());
    if (is_from_here &&
        addresses_.HostPart(options.remote) == addresses_.HostPart(lower.remote_address())) {
      return &kept;
    }
  }
  return nullptr;
}

bool SessionTransport::AsksOfTransport(const transport::ConnectOptions& options) {
  if (options.quality != nullptr) return true;
  return std::any_of(options.options.begin(), options.options.end(),
                     [](const auto& option) { return option.level != kSessionProtocol; });
}

SessionConnection& SessionTransport::AddKept(bool vtca) {
  return Add(std::make_unique<SessionConnection>(*this, vtca));
}

const transport::Capabilities* SessionTransport::CapabilitiesWith(
    absl::Span<const transport::ConnectOptions::Option> options) const {
  static constexpr transport::Capabilities kVersion1 = SessionCapabilities(kSessionVersion1);
  return (OptionsIn(options).versions & kSessionVersion2) != 0 ? nullptr : &kVersion1;
}

std::unique_ptr<transport::Listener> SessionTransport::Listen(
    const transport::ListenOptions& options, transport::ListenerUser& user) {
  if (listeners_.contains(options.local)) return nullptr;
  if (lower_listener_ == nullptr) {
    lower_listener_ = lower_.Listen(
        {.local = addresses_.Wildcard(kSessionEntityPort), .backlog = kMaxAwaitingConnect}, *this);
    if (lower_listener_ == nullptr) return nullptr;
  }
  auto listener = std::make_unique<SessionListener>(*this, options.local, user);
  listeners_[options.local] = listener.get();
  return listener;
}

void SessionTransport::StopListening(const SessionListener& listener) {
  listeners_.erase(listener.local_address());
  if (listeners_.empty()) lower_listener_.reset();
}

bool SessionTransport::OnConnectIndication(transport::Connection& connection) {
  if (awaiting_connect_ >= kMaxAwaitingConnect) return false;
  Add(std::make_unique<SessionConnection>(*this, /*vtca=*/true))
      .OnTransportConnectIndication(connection);
  return true;
}

SessionConnection& SessionTransport::Add(std::unique_ptr<SessionConnection> connection) {
  SessionConnection& added = *connection;
  connections_.emplace(added.subject(), std::move(connection));
  return added;
}

void SessionTransport::OnStateChange(const SessionConnection& connection, SessionState from,
                                     SessionState to) {
  if (connection.is_spent()) return;
  if (connection.is_acceptor()) {
    if (from == SessionState::kSta01C) --awaiting_connect_;
    if (to == SessionState::kSta01C) ++awaiting_connect_;
  } else {
    if (from == SessionState::kSta01C) kept_.erase(connection.subject());
    if (to == SessionState::kSta01C) kept_.insert(connection.subject());
  }
}

void SessionTransport::Free(SessionConnection& connection) {
  const transport::Address local = connection.local_address();
  if (!local.empty()) {
    const auto by_port = in_use_.find(addresses_.Port(local));
    const auto by_address = by_port->second.find(local);
    if (--by_address->second == 0) by_port->second.erase(by_address);
    if (by_port->second.empty()) in_use_.erase(by_port);
  }
  connections_.erase(connection.subject());
}

void SessionTransport::Occupy(const transport::Address& local) {
  ++in_use_[addresses_.Port(local)][local];
}

bool SessionTransport::IsInUse(const transport::Address& local) const {
  const auto by_port = in_use_.find(addresses_.Port(local));
  if (by_port == in_use_.end()) return false;
  return addresses_.IsWildcard(local) || by_port->second.contains(local);
}

transport::ListenerUser* SessionTransport::FindListener(const transport::Address& called) const {
  auto found = listeners_.find(called);
  if (found == listeners_.end()) {
    found = listeners_.find(addresses_.Wildcard(addresses_.Port(called)));
  }
  return found == listeners_.end() ? nullptr : &found->second->user();
}

const transport::Option* SessionTransport::FindFixedOption(int level, int name) const {
  const auto found = std::find_if(
      fixed_options_.begin(), fixed_options_.end(),
      [&](const auto& option) { return option.level == level && option.name == name; });
  return found == fixed_options_.end() ? nullptr : &*found;
}

transport::OptionStatus SessionTransport::CheckOption(int level, int name,
                                                      transport::ByteSpan value) const {
  if (level == kSessionProtocol) return SessionOptions().Set(name, value);
  if (FindFixedOption(level, name) != nullptr) return transport::OptionStatus::kReadOnly;
  return lower_.CheckOption(level, name, value);
}

transport::OptionStatus SessionTransport::DefaultOption(int level, int name,
                                                        std::vector<uint8_t>& value) const {
  if (level == kSessionProtocol) return SessionOptions().Get(name, value);
  if (const transport::Option* fixed = FindFixedOption(level, name)) {
    value = fixed->value;
    return transport::OptionStatus::kDone;
  }
  return lower_.DefaultOption(level, name, value);
}

}  // namespace osi
