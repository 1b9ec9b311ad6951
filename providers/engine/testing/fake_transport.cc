#include "providers/engine/testing/fake_transport.h"

#include <algorithm>
#include <cstring>

#include "providers/engine/testing/fake_address.h"
#include "sim/host.h"

namespace engine {

using transport::OptionStatus;

class FakeTransport::FakeListener final : public transport::Listener {
 public:
  FakeListener(FakeTransport& transport, const transport::ListenOptions& options,
               transport::ListenerUser& user)
      : transport_(transport), local_(options.local), user_(user) {
    transport.listeners_.push_back(this);
  }
  ~FakeListener() override {
    auto& all = transport_.listeners_;
    all.erase(std::remove(all.begin(), all.end(), this), all.end());
  }
  transport::Address local_address() const override { return local_; }
  transport::ListenerUser& user() const { return user_; }

 private:
  FakeTransport& transport_;
  const transport::Address local_;
  transport::ListenerUser& user_;
};

FakeTransport::FakeTransport(sim::Boot& boot) : boot_(boot) {}

FakeConnection* FakeTransport::Request(uint16_t port, absl::string_view remote,
                                       absl::string_view connect_data) {
  FakeListener* listener = FindListener(port);
  connections_.push_back(std::make_unique<FakeConnection>(
      *this, FakeAddresses().OfHost(boot_.host().number(), port), FakeAddress(remote)));
  FakeConnection& connection = last();
  connection.connect_data_ = std::string(connect_data);
  connection.is_incoming_ = true;
  return listener->user().OnConnectIndication(connection) ? &connection : nullptr;
}

transport::Connection* FakeTransport::Connect(const transport::ConnectOptions& options,
                                              transport::ConnectionUser& user) {
  if (refuses_to_connect) return nullptr;
  const uint16_t port = FakeAddresses().Port(options.local);
  connections_.push_back(std::make_unique<FakeConnection>(
      *this, FakeAddresses().OfHost(boot_.host().number(), port), options.remote));
  FakeConnection& connection = last();
  connection.SetUser(&user);
  connection.connect_data_.assign(options.user_data.begin(), options.user_data.end());
  for (const transport::ConnectOptions::Option& option : options.options) {
    connection.SetOption(option.level, option.name, option.value);
  }
  return &connection;
}

std::unique_ptr<transport::Listener> FakeTransport::Listen(const transport::ListenOptions& options,
                                                           transport::ListenerUser& user) {
  if (FindListener(FakeAddresses().Port(options.local)) != nullptr) return nullptr;
  last_listen_ = options;
  return std::make_unique<FakeListener>(*this, options, user);
}

bool FakeTransport::IsLocal(const transport::Address& local) const {
  return FakeAddresses().IsWildcard(local) ||
         FakeAddresses().HostNumber(local) == boot_.host().number() ||
         FakeAddresses().HostNumber(local) == 100;  // A second address of every host.
}

bool FakeTransport::IsInUse(const transport::Address& local) const {
  return std::any_of(in_use.begin(), in_use.end(), [&](const transport::Address& used) {
    return used == local || (FakeAddresses().IsWildcard(local) &&
                             FakeAddresses().Port(local) == FakeAddresses().Port(used));
  });
}

bool FakeTransport::IsInUseTowards(const transport::Address& local,
                                   const transport::Address& remote) const {
  return IsInUse(local) || std::find(in_use_towards.begin(), in_use_towards.end(),
                                     std::pair(local, remote)) != in_use_towards.end();
}

OptionStatus FakeTransport::CheckOption(int level, int name, transport::ByteSpan value) const {
  if (level != kFakeProtocol) return OptionStatus::kUnknown;
  if (name == kFakeReadOnly) return OptionStatus::kReadOnly;
  if (name != kFakeNumber) return OptionStatus::kUnknown;
  int number = 0;
  if (value.size() < sizeof number) return OptionStatus::kTooShort;
  std::memcpy(&number, value.data(), sizeof number);
  return number >= 0 && number <= 100 ? OptionStatus::kDone : OptionStatus::kInvalidValue;
}

OptionStatus FakeTransport::DefaultOption(int level, int name, std::vector<uint8_t>& value) const {
  if (level != kFakeProtocol || (name != kFakeNumber && name != kFakeReadOnly)) {
    return OptionStatus::kUnknown;
  }
  const int number = name == kFakeNumber ? 10 : 42;
  value.resize(sizeof number);
  std::memcpy(value.data(), &number, sizeof number);
  return OptionStatus::kDone;
}

FakeTransport::FakeListener* FakeTransport::FindListener(uint16_t port) const {
  for (FakeListener* listener : listeners_) {
    if (FakeAddresses().Port(listener->local_address()) == port) return listener;
  }
  return nullptr;
}

transport::Registration FakeRegistration(const transport::Capabilities& capabilities) {
  return {.name = "fake",
          .description = "a transport for tests",
          .capabilities = capabilities,
          .addresses = &FakeAddresses(),
          .address_family = kFakeFamily,
          .socket_type = capabilities.message_oriented ? 5 : 1,
          .protocol = kFakeProtocol,
          .of_boot = [](sim::Boot& boot) -> transport::Transport& {
            return boot.slots().Get<FakeTransport>();
          }};
}

}  // namespace engine
