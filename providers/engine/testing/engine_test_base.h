// A world with one host, a scripted transport, and a program that calls the engine through its
// table.
#ifndef PROVIDERS_ENGINE_TESTING_ENGINE_TEST_BASE_H_
#define PROVIDERS_ENGINE_TESTING_ENGINE_TEST_BASE_H_

#include <functional>
#include <initializer_list>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "providers/engine/testing/fake_address.h"
#include "providers/engine/testing/fake_library.h"
#include "providers/engine/testing/fake_transport.h"
#include "providers/engine/words.h"
#include "sim/decision/zero_source.h"
#include "sim/host.h"
#include "sim/world.h"

namespace engine {

// The three kinds of transport that there are.
transport::Capabilities StreamWithRelease();    // as tcp is
transport::Capabilities MessagesWithRelease();  // as session is: 20 octets of data with each step
transport::Capabilities
MessagesWithAbortOnly();  // as tp4 is: 8 octets each, none with the answer to a release

// Calls return the error, 0 for success. They must be made by the program or one of its threads.
class EngineTestBase : public ::testing::Test {
 protected:
  explicit EngineTestBase(const transport::Capabilities& capabilities);

  // Runs the world with `program` as the main thread of a process that has called WSPStartup, to
  // its end.
  void Run(std::function<void()> program);

  // Another thread of the same process.
  sim::Thread& Thread(std::function<void()> body);
  void Sleep(absl::Duration span);
  // What happens outside any program, that long from now.
  void After(absl::Duration span, std::function<void()> action);
  sim::Time now() const { return world_.now(); }

  sim::World& world() { return world_; }
  FakeTransport& transport();
  FakeLibrary& library() { return world_.slots().Get<FakeLibrary>(); }
  FakeSettings& settings() { return world_.slots().Get<FakeSettings>(); }
  const winsock::WSPPROC_TABLE& calls() const { return calls_; }
  WSAPROTOCOL_INFOW& info() { return info_; }

  // WSPStartup once more.
  int Startup(winsock::WSPDATA& data, winsock::WSPPROC_TABLE& calls);
  SOCKET NewSocket(DWORD flags = winsock::WSA_FLAG_OVERLAPPED);
  // Bound to any address and that port, and listening.
  SOCKET NewListener(uint16_t port, int backlog = 5);
  // Connected to "h2:5000"; the connection is transport().last().
  SOCKET NewConnection();

  int Bind(SOCKET s, absl::string_view name);
  int Listen(SOCKET s, int backlog);
  int Connect(SOCKET s, absl::string_view name = "h2:5000");
  int ConnectWithData(SOCKET s, absl::string_view caller_data, WSABUF* callee_data);
  // The new socket; INVALID_SOCKET: error() says why.
  SOCKET Accept(SOCKET s);
  SOCKET AcceptIf(SOCKET s, LPCONDITIONPROC condition, void* context);
  int error() const { return error_; }

  // Octets sent, or the error's name.
  std::string Send(SOCKET s, absl::string_view octets, DWORD flags = 0);
  // The octets, with " MSG_PARTIAL" behind them if the call says so, or the error's name.
  std::string Receive(SOCKET s, size_t room = 100, DWORD flags = 0);
  // A receive with several buffers; their contents joined by '/'.
  std::string ReceiveInto(SOCKET s, std::initializer_list<size_t> rooms, DWORD flags = 0);

  int Shutdown(SOCKET s, int how);
  int SendDisconnect(SOCKET s);
  int SendDisconnect(SOCKET s, absl::string_view data);
  // The data, or the error's name.
  std::string ReceiveDisconnect(SOCKET s, size_t room = 100);
  int Close(SOCKET s);

  int SetLinger(SOCKET s, int onoff, int seconds);
  int SetOption(SOCKET s, int name, int value);
  int SetOption(SOCKET s, int level, int name, int value);
  // The value, or the negated error.
  int GetOption(SOCKET s, int name);
  int GetOption(SOCKET s, int level, int name);
  int SetNonblocking(SOCKET s, bool value = true);
  int Available(SOCKET s);  // FIONREAD

  // "h2:5000", or the error's name.
  std::string LocalName(SOCKET s);
  std::string PeerName(SOCKET s);

  WSAEVENT NewEvent() { return library().NewEvent(); }
  bool IsSet(WSAEVENT event) { return library().event(event)->is_set(); }
  int EventSelect(SOCKET s, WSAEVENT event, LONG mask = winsock::FD_ALL_EVENTS);
  // WSAEnumNetworkEvents: "FD_READ FD_CLOSE:10054", or the error's name.
  std::string Events(SOCKET s, WSAEVENT event = nullptr);

  // select with a time-out: which of the sets "r", "w", "x" the socket came back in, or the error's
  // name.
  std::string Select(SOCKET s, absl::Duration timeout = absl::ZeroDuration());

  // What the engine did with a connection, joined by blanks.
  static std::string Log(const FakeConnection& connection);

 private:
  static std::string NameOf(int error);

  sim::ZeroSource decisions_;
  sim::World world_{decisions_};
  WSAPROTOCOL_INFOW info_;
  winsock::WSPPROC_TABLE calls_ = {};
  int error_ = 0;
};

}  // namespace engine

#endif  // PROVIDERS_ENGINE_TESTING_ENGINE_TEST_BASE_H_
