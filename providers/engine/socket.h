// A connection-oriented socket: everything about it that is the same over every transport.
#ifndef PROVIDERS_ENGINE_SOCKET_H_
#define PROVIDERS_ENGINE_SOCKET_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "providers/engine/accept_queue.h"
#include "providers/engine/buffers.h"
#include "providers/engine/event_record.h"
#include "providers/engine/host_sockets.h"
#include "providers/engine/input.h"
#include "providers/engine/operation.h"
#include "providers/engine/socket_state.h"
#include "providers/transport/transport.h"
#include "sim/time.h"
#include "sim/waitable.h"

namespace engine {

class HeldMessage;

// WSAConnect's arguments beside the name.
struct ConnectArguments {
  const WSABUF* caller_data = nullptr;
  WSABUF* callee_data = nullptr;  // lives until the attempt has ended
  const winsock::QOS* sqos = nullptr;
  const winsock::QOS* gqos = nullptr;
};

// WSAAccept's arguments.
struct AcceptArguments {
  LPCONDITIONPROC condition = nullptr;
  DWORD_PTR callback_data = 0;
  std::optional<size_t> address_room;  // octets for the peer's address; nullopt: not wanted
};

// What select asks, computed when asked.
struct Readiness {
  bool read = false;
  bool write = false;
  bool except = false;
};

// Calls return 0 or the Winsock error that the page of their name lists; a call that fails has
// changed nothing unless that page says so. Calls that can wait suspend the calling thread. A
// socket is held by its handles (those of a process's table), by a listener's queue, and by every
// call in progress, so that it outlives being closed by another thread.
class Socket final : public std::enable_shared_from_this<Socket>,
                     private transport::ConnectionUser,
                     private transport::ListenerUser {
 public:
  // What SOMAXCONN means, and how far SOMAXCONN_HINT goes (Winsock page: listen).
  static constexpr int kDefaultBacklog = 200;
  static constexpr int kMaxBacklog = 65535;

  Socket(HostSockets& host, const Entry& entry, bool is_overlapped);
  ~Socket();
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  // The first handle that the library gives it: its number in the trace from now on.
  void SetHandle(SOCKET handle);
  // Counts the handles that name it. True: that was the last one.
  void AddHandle() { ++handles_; }
  bool DropHandle() { return --handles_ == 0; }

  const Entry& entry() const { return entry_; }
  SocketState state() const { return state_; }
  bool is_overlapped() const { return is_overlapped_; }

  // ---- Names (names.cc)
  int Bind(ByteSpan name);
  int LocalName(transport::Address& name) const;
  int PeerName(transport::Address& name) const;

  // ---- Connections (connect.cc, accept.cc)
  int Connect(ByteSpan name, const ConnectArguments& arguments);
  int Listen(int backlog);
  // The new socket has no handle yet.
  int Accept(const AcceptArguments& arguments, std::shared_ptr<Socket>& accepted);

  // ---- Data (send.cc, receive.cc)
  int Send(const WSABUF* buffers, DWORD count, DWORD flags, size_t& sent);
  // `flags` in and out.
  int Receive(const WSABUF* buffers, DWORD count, DWORD& flags, size_t& received);

  // ---- The end (disconnect.cc, close.cc)
  int Shutdown(int how);
  int SendDisconnect(const WSABUF* data);
  int ReceiveDisconnect(WSABUF* data);
  // WSAEWOULDBLOCK: a nonblocking socket that lingers could not close at once, and stays as it is.
  int MayClose() const;
  // No handle is left. Waits if the socket lingers.
  void Close();
  // The same with a reset, silently: the process ends or the library was cleaned up.
  void Reset();
  // The transport no longer exists.
  void ForgetConnection() { connection_ = nullptr; }

  // ---- Options and ioctls (options.cc, ioctl.cc)
  int SetOption(int level, int name, ByteSpan value);
  int GetOption(int level, int name, std::vector<uint8_t>& value) const;
  int SetNonblocking(bool value);
  u_long AvailableOctets() const;
  bool IsAtMark() const;
  // SIO_SET_QOS and SIO_GET_QOS: what a connect without a QOS of its own asks for, and what the two
  // ends of a connection agreed on (before there is one, what would be asked for).
  bool has_quality_of_service() const { return capabilities().quality_of_service; }
  int SetQuality(const winsock::QOS& qos);
  int Quality(winsock::QOS& qos) const;
  // An ioctl that belongs to the transport.
  int ControlProtocol(DWORD code, ByteSpan in);

  // ---- Readiness (events.cc)
  void SelectEvents(LONG mask, WSAEVENT event, winsock::LPWPUSETEVENT set_event);
  void EnumerateEvents(WSANETWORKEVENTS& events) { events_.Enumerate(events); }
  Readiness readiness() const;
  // Set for an instant whenever the readiness may have changed.
  sim::Waitable& changed() { return changed_; }

 private:
  friend class ReceiveOperation;
  friend class HeldMessage;
  friend class SendExpeditedOperation;

  // What only a listener has.
  struct Listening {
    AcceptQueue queue;
    OperationQueue accepts;  // calls that wait for a request
    std::unique_ptr<transport::Listener> listener;
    size_t backlog = 1;
  };
  class Claimed;

  // What came or goes with the end of a connection.
  struct DisconnectData {
    std::vector<uint8_t> of_peer;
    std::vector<uint8_t> to_send;  // while our release is pending
  };
  struct ConnectionNames {
    transport::Address local;
    transport::Address remote;
  };

  // ---- transport::ConnectionUser and ListenerUser (indications.cc)
  void OnConnected(ByteSpan accept_data) override;
  void OnReadable() override;
  void OnWritable() override;
  void OnExpedited() override;
  void OnReleaseIndication(ByteSpan user_data) override;
  void OnReleased() override;
  void OnDrained() override;
  void OnDisconnectIndication(transport::Reason reason, ByteSpan user_data) override;
  bool OnConnectIndication(transport::Connection& connection) override;

  sim::World& world() const { return host_.world(); }
  // What the two ends have agreed on, where they have; else what the transport is registered with.
  const transport::Capabilities& capabilities() const;
  transport::Transport& transport() { return host_.transport(entry_); }
  void TransitionTo(SocketState next);
  void TraceState(int64_t former);
  // The connection is open, or was: shut down, released and aborted ones included.
  bool has_conversation() const {
    return state_ == SocketState::kConnected || state_ == SocketState::kAborted;
  }
  sim::Time DeadlineIn(DWORD milliseconds) const;  // 0: Never()
  // Attempts, queues and waits. An operation that does not complete in time ends with WSAETIMEDOUT,
  // one whose thread is ending with WSAEINTR.
  Completion Run(Operation& operation, OperationQueue& queue, sim::Time deadline);

  // names.cc
  int CheckName(ByteSpan name) const;
  int BindTo(transport::Address address);
  bool IsBoundFor(const transport::Address& remote);
  int BindTowards(const transport::Address& remote);
  void Unbind();
  // Of the connection, also when it has ended.
  ConnectionNames Names() const;

  // connect.cc
  int CheckConnect(ByteSpan name, const ConnectArguments& arguments) const;
  void EndConnect(int error, ByteSpan callee_data);

  // accept.cc
  bool answers_early() const;
  bool AddRequest(transport::Connection& connection);
  int AwaitRequest(std::shared_ptr<Socket>& request);
  int Deal(Socket& request, const AcceptArguments& arguments);
  int Decide(Socket& request, const AcceptArguments& arguments);
  void Answer(ByteSpan accept_data, bool is_open_at_once);
  void TurnDown(ByteSpan user_data);
  void InheritFrom(const Socket& listener);
  void OnRequestReady();
  void OnRequestGone(const Socket& request);
  void UpdateAcceptEvent();
  void CloseListener();

  // send.cc
  int CheckSend(DWORD flags, size_t total) const;
  int SendNormal(const Buffers& octets, bool ends_message, size_t& sent);
  int SendExpedited(const Buffers& octets, size_t& sent);
  void AdvanceSends();
  bool is_sending_message() const;

  // receive.cc
  int CheckReceive(DWORD flags) const;
  int ReceiveOutOfBand(Buffers into, bool peek, size_t& received);
  void UpdateReadEvent();

  // disconnect.cc
  // The connection has ended, and not because the program asked for that.
  bool was_lost() const;
  void StopReceiving();
  void KeepDisconnectData(ByteSpan of_peer);
  void Release(ByteSpan user_data);
  void ReleaseWhenSent();
  void DisconnectNow(ByteSpan user_data);
  void EndConversation(int error, int close_event_error);
  // The part of it that a program notices at once.
  void EndTransfers(int error);

  // close.cc
  void CloseConversation(bool cuts_message);
  void Linger();
  bool has_finished() const;
  void CancelOperations();
  void DetachFrom(transport::Farewell farewell);

  // options.cc
  int SetSocketOption(int name, ByteSpan value);
  int SetSharing(int name, bool value);
  int SetInline(bool value);
  DWORD ConnectSeconds() const;
  int GetSocketOption(int name, std::vector<uint8_t>& value) const;
  std::optional<bool> BoolOption(int name) const;
  int UnknownOptionError(int level) const;
  int SetProtocolOption(int level, int name, ByteSpan value);
  int GetProtocolOption(int level, int name, std::vector<uint8_t>& value) const;

  // events.cc
  void Record(int bit, int error);
  void RecordClose(int error);
  sim::TraceId TraceRecorded(int bit, int error);
  void NotifyChanged();

  HostSockets& host_;
  const Entry& entry_;
  SOCKET handle_ = 0;  // 0: none yet
  uint32_t handles_ = 0;
  SocketState state_ = SocketState::kUnbound;
  const bool is_overlapped_;
  bool is_nonblocking_ = false;

  bool receive_is_shut_ = false;     // SD_RECEIVE
  bool send_is_shut_ = false;        // SD_SEND
  bool release_is_pending_ = false;  // our release goes out when everything has been sent
  bool is_released_ = false;         // our release has been carried out
  bool peer_has_released_ = false;
  bool was_disconnected_here_ = false;
  bool close_is_recorded_ = false;  // FD_CLOSE, once in the socket's life
  bool send_met_wouldblock_ = false;
  bool connect_has_failed_ = false;
  bool is_bound_towards_ = false;      // bound_ was chosen by connect
  Sharing sharing_ = Sharing::kPlain;  // of bound_

  int last_error_ = 0;              // SO_ERROR
  int end_error_ = 0;               // kAborted: what sending and receiving give
  size_t message_octets_sent_ = 0;  // of a message that goes on (MSG_PARTIAL)
  sim::Time connected_at_ = sim::Time::Never();

  std::optional<transport::Address> bound_;  // as bound: a wildcard stays one

  transport::Connection* connection_ = nullptr;
  Socket* listener_ = nullptr;  // while it stands in a queue
  Input input_;
  EventRecord events_;
  SocketOptions options_;
  std::unique_ptr<DisconnectData> disconnect_data_;  // null: there is none
  std::unique_ptr<ConnectionNames> former_names_;    // once the connection has gone

  OperationQueue connects_;  // the blocking connect; of a request: the accept that waits for it
  OperationQueue receives_;
  OperationQueue sends_;
  OperationQueue expedited_sends_;
  OperationQueue closes_;          // the closesocket that lingers
  WSABUF* callee_data_ = nullptr;  // while connecting
  // Taken whole from a caller who could not wait; in front of sends_.
  std::unique_ptr<HeldMessage> held_message_;
  std::unique_ptr<Listening> listening_;
  std::unique_ptr<transport::QualityOfService> wanted_quality_;  // null: none in particular
  sim::Waitable changed_;
};

}  // namespace engine

#endif  // PROVIDERS_ENGINE_SOCKET_H_
