// A transport without a protocol, for tests of what stands above the transport service: it records
// what its user asks for, and does as the test says.
#ifndef PROVIDERS_TRANSPORT_TESTING_FAKE_TRANSPORT_H_
#define PROVIDERS_TRANSPORT_TESTING_FAKE_TRANSPORT_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "providers/transport/testing/received_data.h"
#include "providers/transport/transport.h"

namespace transport {

// One end of a connection, message-oriented; of the other end the test plays the part.
class FakeConnection final : public Connection {
 public:
  using Octets = std::vector<uint8_t>;
  static constexpr size_t kUnlimited = SIZE_MAX;

  FakeConnection(uint64_t subject, const Address& local, const Address& remote,
                 ByteSpan connect_data = {});

  // What happens at the other end, and beneath. The user is called at once.
  void Confirm(ByteSpan accept_data = {});                  // OnConnected
  void Deliver(ByteSpan octets, bool ends_message = true);  // OnReadable
  void MakeRoom(size_t octets);  // OnWritable, if Write took less than was offered
  void Drain();                  // OnDrained, if anything is not acknowledged
  void End(const Reason& reason, ByteSpan user_data = {});  // OnDisconnectIndication

  // How many octets Write takes from now on; without telling the user.
  void set_room(size_t octets) { room_ = octets; }

  // What the user has asked for.
  struct Message {
    Octets octets;
    bool is_whole = false;
  };
  std::deque<Message>& written() { return written_; }  // the test takes off what it has looked at
  const std::optional<Octets>& accepted_with() const { return accepted_; }
  const std::optional<Octets>& refused_with() const { return refused_; }
  const std::optional<Octets>& disconnected_with() const { return disconnected_; }
  std::optional<Farewell> farewell() const { return farewell_; }
  // Octets delivered and not read, of all messages.
  size_t unread_octets() const { return unread_.queued_octets(); }
  bool has_unread() const { return unread_.is_readable(); }

  // Connection:
  void SetUser(ConnectionUser* user) override { user_ = user; }
  uint64_t subject() const override { return subject_; }
  Address local_address() const override { return local_; }
  Address remote_address() const override { return remote_; }
  void Accept(ByteSpan accept_data) override { accepted_ = Copy(accept_data); }
  void Refuse(ByteSpan user_data) override { refused_ = Copy(user_data); }
  ByteSpan connect_data() const override { return connect_data_; }
  size_t Write(absl::Span<const ByteSpan> pieces, bool end_of_message) override;
  size_t writable_octets() const override { return room_; }
  ReadResult Read(absl::Span<uint8_t> into, bool peek) override { return unread_.Read(into, peek); }
  size_t readable_octets() const override { return unread_.readable_octets(); }
  bool is_readable() const override { return has_unread(); }
  bool has_whole_message() const override { return unread_.has_whole_message(); }
  bool WriteExpedited(ByteSpan) override { return false; }
  std::optional<Expedited> ReadExpedited(bool) override { return std::nullopt; }
  void Release(ByteSpan) override {}
  void Disconnect(ByteSpan user_data) override { disconnected_ = Copy(user_data); }
  bool is_drained() const override { return is_drained_; }
  void Detach(Farewell farewell) override;
  OptionStatus SetOption(int level, int name, ByteSpan value) override;
  OptionStatus GetOption(int level, int name, Octets& value) const override;

 private:
  static Octets Copy(ByteSpan octets) { return {octets.begin(), octets.end()}; }

  const uint64_t subject_;
  const Address local_;
  const Address remote_;
  const Octets connect_data_;
  ConnectionUser* user_ = nullptr;
  size_t room_ = kUnlimited;
  bool wants_room_ = false;
  bool is_drained_ = true;
  std::deque<Message> written_;
  ReceivedData unread_;
  std::optional<Octets> accepted_;
  std::optional<Octets> refused_;
  std::optional<Octets> disconnected_;
  std::optional<Farewell> farewell_;
  Octets option_ = {0};
};

// The level and name of the one option that fake connections have: an octet, 0 at first.
constexpr int kFakeOptionLevel = 9000;
constexpr int kFakeOption = 1;

class FakeTransport final : public Transport {
 public:
  explicit FakeTransport(const AddressFormat& addresses, const Address& local_host)
      : addresses_(addresses), local_host_(local_host) {}
  ~FakeTransport() override;

  // T-CONNECT indication at whoever listens at the port of `local`. Null: nobody does, or the
  // request found no room.
  FakeConnection* Indicate(const Address& local, const Address& remote, ByteSpan connect_data = {});
  // From now on Connect finds no connection to give.
  void RefuseToConnect() { may_connect_ = false; }

  // In the order of making; they live as long as the transport.
  const std::vector<std::unique_ptr<FakeConnection>>& connections() const { return connections_; }
  bool is_listening() const { return listener_user_ != nullptr; }

  // Transport:
  Connection* Connect(const ConnectOptions& options, ConnectionUser& user) override;
  // One listener at a time.
  std::unique_ptr<Listener> Listen(const ListenOptions& options, ListenerUser& user) override;
  bool IsLocal(const Address& local) const override;
  bool IsInUse(const Address&) const override { return false; }
  OptionStatus CheckOption(int level, int name, ByteSpan value) const override;
  OptionStatus DefaultOption(int level, int name, std::vector<uint8_t>& value) const override;

 private:
  class FakeListener;

  const AddressFormat& addresses_;
  const Address local_host_;
  bool may_connect_ = true;
  uint64_t last_subject_ = 1'000'000;  // apart from those of the world
  std::vector<std::unique_ptr<FakeConnection>> connections_;
  Address listening_at_;
  ListenerUser* listener_user_ = nullptr;
};

// Writes down what a connection tells its user, one line each: "connected: data", "readable",
// "writable", "release: data", "released", "drained", "disconnected PeerUser 3: data".
class RecordingUser final : public ConnectionUser {
 public:
  std::deque<std::string>& heard() { return heard_; }

  void OnConnected(ByteSpan accept_data) override;
  void OnReadable() override { heard_.push_back("readable"); }
  void OnWritable() override { heard_.push_back("writable"); }
  void OnExpedited() override { heard_.push_back("expedited"); }
  void OnReleaseIndication(ByteSpan user_data) override;
  void OnReleased() override { heard_.push_back("released"); }
  void OnDrained() override { heard_.push_back("drained"); }
  void OnDisconnectIndication(Reason reason, ByteSpan user_data) override;

 private:
  std::deque<std::string> heard_;
};

}  // namespace transport

#endif  // PROVIDERS_TRANSPORT_TESTING_FAKE_TRANSPORT_H_
