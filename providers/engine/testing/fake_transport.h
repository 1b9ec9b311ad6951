// A transport without a network: tests say what the peer does, and read what the engine asked for.
#ifndef PROVIDERS_ENGINE_TESTING_FAKE_TRANSPORT_H_
#define PROVIDERS_ENGINE_TESTING_FAKE_TRANSPORT_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "providers/transport/testing/received_data.h"
#include "providers/transport/transport.h"
#include "sim/world.h"

namespace engine {

// Options that the fake protocol has at its own level, kFakeProtocol.
constexpr int kFakeProtocol = 7;
constexpr int kFakeNumber = 1;    // int, 0 to 100, 10 at first
constexpr int kFakeReadOnly = 2;  // int, 42

class FakeTransport;

// What a test wants of the world's fake transports. In the world's slots.
struct FakeSettings {
  explicit FakeSettings(sim::World&) {}
  transport::Capabilities capabilities;
  // What new connections say that the two ends have agreed on.
  std::optional<transport::Capabilities> agreed;
  size_t send_room = 1 << 20;  // octets that a connection takes before the peer acknowledges any
};

class FakeConnection final : public transport::Connection {
 public:
  FakeConnection(FakeTransport& transport, transport::Address local, transport::Address remote);

  // ---- What the peer does. From events only; a connection without a user hears nothing.
  void Confirms(absl::string_view accept_data = "");
  // The same, unless it is not the moment.
  void ConfirmsIfAsked(absl::string_view accept_data);
  void Sends(absl::string_view octets);  // a whole message, or more of a stream
  void SendsPart(absl::string_view octets, bool ends_message);
  // A unit with its place behind everything that has come so far.
  void SendsExpedited(absl::string_view octets);
  void Releases(absl::string_view user_data = "");
  void ReleasesOnce(absl::string_view user_data);
  void Disconnects(transport::Cause cause = transport::Cause::kPeerUser,
                   absl::string_view user_data = "");
  // Acknowledges octets, which makes room for as many; and with `all`, everything, our release too.
  void Acknowledges(size_t octets);
  void AcknowledgesAll();
  // Where close is not graceful: confirms our disconnect.
  void ConfirmsDisconnect();

  // ---- What the engine did, in order: "accept(data)", "refuse(data)", "release(data)",
  // "disconnect(data)", "detach(graceful)", "detach(abortive)", "expedited(data)".
  const std::vector<std::string>& log() const { return log_; }
  // Octets written; a message's end is shown as '|'.
  const std::string& written() const { return written_; }
  const std::string& connect_text() const { return connect_data_; }
  bool has_user() const { return user_ != nullptr; }
  // The engine has had it, so that it must detach it.
  bool was_given() const { return was_given_; }
  int number_option() const { return number_option_; }

  // transport::Connection
  void SetUser(transport::ConnectionUser* user) override;
  uint64_t subject() const override { return subject_; }
  transport::Address local_address() const override { return local_; }
  transport::Address remote_address() const override { return remote_; }
  void Accept(transport::ByteSpan accept_data) override;
  void Refuse(transport::ByteSpan user_data) override;
  transport::ByteSpan connect_data() const override;
  const transport::Capabilities* agreed_capabilities() const override;
  size_t Write(absl::Span<const transport::ByteSpan> pieces, bool end_of_message) override;
  size_t writable_octets() const override { return room_; }
  transport::ReadResult Read(absl::Span<uint8_t> into, bool peek) override;
  size_t readable_octets() const override { return input_.readable_octets(); }
  size_t queued_octets() const override { return input_.queued_octets(); }
  bool is_readable() const override;
  bool has_whole_message() const override;
  bool WriteExpedited(transport::ByteSpan octets) override;
  std::optional<Expedited> ReadExpedited(bool peek) override;
  void Release(transport::ByteSpan user_data) override;
  void Disconnect(transport::ByteSpan user_data) override;
  bool is_drained() const override { return unacknowledged_ == 0; }
  void Detach(transport::Farewell farewell) override;
  transport::OptionStatus SetOption(int level, int name, transport::ByteSpan value) override;
  transport::OptionStatus GetOption(int level, int name,
                                    std::vector<uint8_t>& value) const override;

 private:
  friend class FakeTransport;
  const transport::Capabilities& capabilities() const;

  FakeTransport& transport_;
  const transport::Address local_;
  const transport::Address remote_;
  const uint64_t subject_;
  transport::ConnectionUser* user_ = nullptr;
  std::string connect_data_;
  transport::ReceivedData input_;
  bool was_given_ = false;
  bool is_incoming_ = false;  // a request of the peer's
  bool is_answered_ = false;  // by Accept
  bool is_open_ = false;      // confirmed
  bool peer_has_released_ = false;
  bool has_released_ = false;
  bool has_disconnected_ = false;
  std::deque<Expedited> expedited_;
  bool expedited_is_under_way_ = false;
  size_t room_;
  size_t unacknowledged_ = 0;
  int number_option_ = 10;
  std::vector<std::string> log_;
  std::string written_;
};

// One boot's.
class FakeTransport final : public transport::Transport {
 public:
  explicit FakeTransport(sim::Boot& boot);

  // A request from `remote` to the listener at `port`. Null: the engine had no room.
  FakeConnection* Request(uint16_t port, absl::string_view remote,
                          absl::string_view connect_data = "");
  // Every connection there has been, the latest last.
  FakeConnection& connection(size_t index) const { return *connections_[index]; }
  FakeConnection& last() const { return *connections_.back(); }
  size_t connections() const { return connections_.size(); }
  bool is_listening(uint16_t port) const { return FindListener(port) != nullptr; }
  const transport::ListenOptions& last_listen() const { return last_listen_; }

  // For IsInUse: addresses of connections that linger.
  std::vector<transport::Address> in_use;
  // For IsInUseTowards, beside those: local and remote addresses.
  std::vector<std::pair<transport::Address, transport::Address>> in_use_towards;
  // The next Connect finds its four addresses taken.
  bool refuses_to_connect = false;

  // transport::Transport
  transport::Connection* Connect(const transport::ConnectOptions& options,
                                 transport::ConnectionUser& user) override;
  std::unique_ptr<transport::Listener> Listen(const transport::ListenOptions& options,
                                              transport::ListenerUser& user) override;
  bool IsLocal(const transport::Address& local) const override;
  bool IsInUse(const transport::Address& local) const override;
  bool IsInUseTowards(const transport::Address& local,
                      const transport::Address& remote) const override;
  transport::OptionStatus CheckOption(int level, int name,
                                      transport::ByteSpan value) const override;
  transport::OptionStatus DefaultOption(int level, int name,
                                        std::vector<uint8_t>& value) const override;

 private:
  friend class FakeConnection;
  class FakeListener;

  FakeListener* FindListener(uint16_t port) const;

  sim::Boot& boot_;
  std::vector<std::unique_ptr<FakeConnection>> connections_;
  std::vector<FakeListener*> listeners_;
  transport::ListenOptions last_listen_;
};

transport::Registration FakeRegistration(const transport::Capabilities& capabilities);

}  // namespace engine

#endif  // PROVIDERS_ENGINE_TESTING_FAKE_TRANSPORT_H_
