// The transport service, in the words of ISO 8072: what the engine uses and every transport offers.
//
//   engine                                transport
//     |  Connect / Listen                   |     T-CONNECT request
//     |                OnConnectIndication  |     T-CONNECT indication (at the listener)
//     |  Accept / Refuse                    |     T-CONNECT response
//     |                       OnConnected   |     T-CONNECT confirm
//     |  Write, Read   OnReadable, OnWritable     T-DATA
//     |  Release    OnReleaseIndication     |     orderly release of one direction, with user data
//     |  Disconnect OnDisconnectIndication  |     T-DISCONNECT, with user data and reason
//     |  Detach                             |     the user is gone; the transport finishes on its
//     own
//
// Calling rules, which every transport keeps and every user may rely on:
// - A connection calls its user only while it handles an event (a frame's arrival, a deadline),
// never from inside a
//   call that the user makes. What a call brings about at once (no route, for instance) is reported
//   by an event at the same instant.
// - Inside such a call the user may call any connection, also Detach on the calling one. An object
// is freed
//   only when the outermost event has ended.
// - After Detach, and after OnDisconnectIndication, a user hears nothing more of that connection.
#ifndef PROVIDERS_TRANSPORT_TRANSPORT_H_
#define PROVIDERS_TRANSPORT_TRANSPORT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "providers/transport/address.h"
#include "providers/transport/capabilities.h"
#include "providers/transport/quality.h"
#include "providers/transport/reason.h"
#include "sim/host.h"

namespace transport {

using ByteSpan = absl::Span<const uint8_t>;

// What a Read took.
struct ReadResult {
  size_t octets = 0;
  // Message-oriented transports: the last octet taken (or, with none taken, an empty message) ends
  // a message. A read never goes beyond the end of a message.
  bool end_of_message = false;
  // Nothing more will come: all was read and the peer has released its direction. Only with no
  // octets.
  bool end_of_data = false;
};

// The level of ioctls that belong to one protocol: the name is the ioctl's number, the value what
// it is given.
inline constexpr int kIoctlLevel = -1;

// Why an option call did not act.
enum class OptionStatus : uint8_t {
  kDone,
  kUnknown,       // no such level or name here
  kUnknownName,   // the level is one of this transport's, the name is not
  kInvalidValue,  // value out of range, or not allowed in this state
  kTooShort,      // the octets do not hold a value of the option's type
  kReadOnly,      // cannot be set
};

// Hears of one connection. The engine's side.
class ConnectionUser {
 public:
  virtual ~ConnectionUser() = default;

  // T-CONNECT confirm: the connection is open. For a connection that was accepted: the peer has
  // completed the set-up (a three-way protocol's last message); until then nothing can be read.
  // `accept_data` is what the acceptor sent.
  virtual void OnConnected(ByteSpan accept_data) = 0;
  // Data, an end of message, or the end of data can be read where nothing could before, or more
  // came.
  virtual void OnReadable() = 0;
  // Write may take something again after it took less than was offered.
  virtual void OnWritable() = 0;
  // Expedited data has come (see Connection::ReadExpedited).
  virtual void OnExpedited() = 0;
  // The peer has released its direction. Comes when the release arrives, behind all data but not
  // waiting for it to be read. Once.
  virtual void OnReleaseIndication(ByteSpan user_data) = 0;
  // Our Release has been carried out: all data and the release are acknowledged. Without
  // graceful_close: our Disconnect has, because the peer confirmed it or never will.
  virtual void OnReleased() = 0;
  // Without graceful_close: is_drained has become true after it was false. A user that lingers
  // before it disconnects waits for this; others leave it as it is.
  virtual void OnDrained() {}
  // T-DISCONNECT indication: the connection is gone, and data not read is lost. Also the refusal or
  // failure of a connection that was being set up, and the withdrawal of a request that was not yet
  // answered.
  virtual void OnDisconnectIndication(Reason reason, ByteSpan user_data) = 0;
};

// How a connection is left to itself.
enum class Farewell : uint8_t {
  kGraceful,  // deliver what was written, then release (without graceful release: disconnect), then
              // free
  kAbortive,  // disconnect at once; data in flight is lost
};

// One end of one connection. Owned by its transport; a user's pointer is valid until it calls
// Detach. Every connection given to a user must be detached in the end, a disconnected one too.
class Connection {
 public:
  // The user hears of the connection from now on; one user at a time.
  virtual void SetUser(ConnectionUser* user) = 0;

  // Number in the trace (sim::World::NextSubject).
  virtual uint64_t subject() const = 0;
  virtual Address local_address() const = 0;
  virtual Address remote_address() const = 0;

  // For a connection given by OnConnectIndication: T-CONNECT response. `accept_data` is at most
  // accept_data_max octets. OnConnected follows (at once, as an event, where the protocol had
  // answered early).
  virtual void Accept(ByteSpan accept_data) = 0;
  // Before Accept: no more than this is granted of what was asked for. Quality that nobody asked
  // for is never granted.
  virtual void LimitQuality(const QualityOfService&) {}
  // Turns the request down; at most refuse_data_max octets. Nothing further is indicated; detach it
  // then.
  virtual void Refuse(ByteSpan user_data) = 0;
  // Data that came with the request; empty if none. Valid as long as the connection.
  virtual ByteSpan connect_data() const = 0;
  // The quality of service that was asked for, as far as this end can grant it; once the connection
  // is open, that which both ends agreed on. Null: none was asked for.
  virtual const QualityOfService* quality() const { return nullptr; }
  // What this connection can carry, where the two ends have agreed on less than the transport is
  // registered with (an older version's user data); null: as registered. Settled before
  // OnConnectIndication and OnConnected.
  virtual const Capabilities* agreed_capabilities() const { return nullptr; }

  // Takes octets (gathered from `pieces`) into the send buffer, as many as there is room for, and
  // returns how many. `end_of_message` marks the last octet, and counts only if all octets are
  // taken; message-oriented transports may be given a message in several writes. A message-oriented
  // write of no octets with end_of_message is an empty message, taken if and only if
  // writable_octets() is not 0. The direction is open.
  virtual size_t Write(absl::Span<const ByteSpan> pieces, bool end_of_message) = 0;
  // Octets that Write would take now. 0: not writable; OnWritable will tell.
  virtual size_t writable_octets() const = 0;

  // Copies octets out, and takes them unless `peek`. A message-oriented transport gives octets of
  // one message at a time, and may give the beginning of one that has not come as a whole.
  virtual ReadResult Read(absl::Span<uint8_t> into, bool peek) = 0;
  // Octets that can be read now (of the first message, if message-oriented).
  virtual size_t readable_octets() const = 0;
  // The same of all messages.
  virtual size_t queued_octets() const { return readable_octets(); }
  // True: Read would take octets, an end of message, or tell the end of data.
  virtual bool is_readable() const = 0;
  // Message-oriented: the first message has come as a whole. Streams: as is_readable.
  virtual bool has_whole_message() const = 0;

  // T-EXPEDITED-DATA, at least one octet and at most expedited_data_max. False: not now, one is
  // under way; OnWritable will tell. Only with the capability.
  virtual bool WriteExpedited(ByteSpan octets) = 0;
  // The first expedited unit not yet read; nullopt if there is none. Normal octets that stand
  // before it and were not read are counted by `octets_before`.
  struct Expedited {
    std::vector<uint8_t> octets;
    size_t octets_before = 0;
  };
  virtual std::optional<Expedited> ReadExpedited(bool peek) = 0;

  // Orderly release of our direction, behind all data written, with at most disconnect_data_max
  // octets (after the peer's release: disconnect_reply_data_max). Only with graceful_close; once.
  virtual void Release(ByteSpan user_data) = 0;
  // T-DISCONNECT request with at most disconnect_data_max octets (abort_data_max where close is
  // graceful). Nothing further is indicated, except OnReleased without graceful_close; detach it
  // then, or before.
  virtual void Disconnect(ByteSpan user_data) = 0;
  // Everything that was written has been acknowledged by the peer.
  virtual bool is_drained() const = 0;

  // The user is gone and forgets the pointer. The transport finishes as `farewell` says and frees
  // the connection.
  virtual void Detach(Farewell farewell) = 0;

  // Options of the protocol's own, by level and name; the transport's public header declares them.
  virtual OptionStatus SetOption(int level, int name, ByteSpan value) = 0;
  virtual OptionStatus GetOption(int level, int name, std::vector<uint8_t>& value) const = 0;

 protected:
  ~Connection() = default;
};

// Hears of connection requests. The engine's side.
class ListenerUser {
 public:
  virtual ~ListenerUser() = default;
  // T-CONNECT indication. True: the user has called SetUser and will answer in the end. False:
  // there is no room in its queue; the transport refuses in its own way (a reset, a DR "congestion
  // at TSAP", an RF).
  virtual bool OnConnectIndication(Connection& connection) = 0;
};

// An option that was set on a socket before it had a connection.
struct Option {
  int level;
  int name;
  std::vector<uint8_t> value;
};

struct ListenOptions {
  Address local;
  // The application decides before the protocol answers (SO_CONDITIONAL_ACCEPT). Transports whose
  // capability always_waits_for_decision is set do so in any case.
  bool waits_for_decision = false;
  // How many requests the user will queue: for protocols that answer early.
  size_t backlog = 1;
  // As ConnectOptions::options: for connections that are answered before anybody is asked.
  absl::Span<const Option> options = {};
};

// Ends by destruction; requests already indicated live on and are the user's to refuse.
class Listener {
 public:
  virtual ~Listener() = default;
  // What the transport knows the listener by (a wildcard stays a wildcard).
  virtual Address local_address() const = 0;
};

struct ConnectOptions {
  Address local;       // complete, or with a wildcard host part
  Address remote;      // complete
  ByteSpan user_data;  // at most connect_data_max octets
  // Null: none in particular. Only with the capability. What cannot be had is told by
  // OnDisconnectIndication.
  const QualityOfService* quality = nullptr;
  // Options that were set on the socket before, in the order of setting.
  using Option = transport::Option;
  absl::Span<const Option> options;
};

// One protocol on one boot of one host.
class Transport {
 public:
  virtual ~Transport() = default;

  // The user hears OnConnected or OnDisconnectIndication. Null: the local address is taken for this
  // peer (the same four-tuple still exists, for instance in TIME-WAIT).
  virtual Connection* Connect(const ConnectOptions& options, ConnectionUser& user) = 0;
  // Null: something listens there already. A specific address comes before a wildcard.
  virtual std::unique_ptr<Listener> Listen(const ListenOptions& options, ListenerUser& user) = 0;

  // True if `local` is an address of this host, or the wildcard.
  virtual bool IsLocal(const Address& local) const = 0;
  // Some connection, however old, still uses the local address (host part and port; a wildcard host
  // part stands for every one). For bind.
  virtual bool IsInUse(const Address& local) const = 0;

  // The same for a connection to `remote` alone: whether Connect would refuse `local` for it.
  // Protocols that tell connections apart by the peer too let many of them share a local address.
  virtual bool IsInUseTowards(const Address& local, const Address&) const { return IsInUse(local); }

  // Checks an option that is set before there is a connection, and says what its default is.
  virtual OptionStatus CheckOption(int level, int name, ByteSpan value) const = 0;
  virtual OptionStatus DefaultOption(int level, int name, std::vector<uint8_t>& value) const = 0;
  // What it is for a connection that would begin with `set`: where one option changes another, or
  // an ioctl does, a transport knows better than this.
  virtual OptionStatus OptionAmong(absl::Span<const Option> set, int level, int name,
                                   std::vector<uint8_t>& value) const {
    for (const Option& option : set) {
      if (option.level != level || option.name != name) continue;
      value = option.value;
      return OptionStatus::kDone;
    }
    return DefaultOption(level, name, value);
  }
  // What a connection made with `options` could carry at most, where they leave less than the
  // transport is registered with; null: as registered.
  virtual const Capabilities* CapabilitiesWith(
      absl::Span<const ConnectOptions::Option> /*options*/) const {
    return nullptr;
  }
};

// What a transport registers with the engine: one catalog entry.
struct Registration {
  std::string name;         // "tcp": what scenarios and the command line say
  std::string description;  // one line, for people
  Capabilities capabilities;
  const AddressFormat* addresses = nullptr;  // outlives every world
  int address_family = 0;
  int socket_type = 0;
  int protocol = 0;
  // The transport of a boot, made on first use. Lives in the boot's slots.
  Transport& (*of_boot)(sim::Boot& boot) = nullptr;
};

}  // namespace transport

#endif  // PROVIDERS_TRANSPORT_TRANSPORT_H_
