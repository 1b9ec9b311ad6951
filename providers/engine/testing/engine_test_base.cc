#include "providers/engine/testing/engine_test_base.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "providers/engine/engine.h"
#include "sim/net/network.h"
#include "sim/thread.h"

namespace engine {
namespace {

constexpr absl::string_view kEventNames[] = {"FD_READ",   "FD_WRITE",   "FD_OOB",
                                             "FD_ACCEPT", "FD_CONNECT", "FD_CLOSE"};

// Those that the tests ask for by name.
constexpr std::pair<int, const char*> kErrorNames[] = {
    {WSAECONNABORTED, "WSAECONNABORTED"},
    {WSAECONNREFUSED, "WSAECONNREFUSED"},
    {WSAECONNRESET, "WSAECONNRESET"},
    {WSAEDISCON, "WSAEDISCON"},
    {WSAEFAULT, "WSAEFAULT"},
    {WSAEINTR, "WSAEINTR"},
    {WSAEINVAL, "WSAEINVAL"},
    {WSAEMSGSIZE, "WSAEMSGSIZE"},
    {WSAENETRESET, "WSAENETRESET"},
    {WSAENOPROTOOPT, "WSAENOPROTOOPT"},
    {WSAENOTCONN, "WSAENOTCONN"},
    {WSAENOTSOCK, "WSAENOTSOCK"},
    {WSAEOPNOTSUPP, "WSAEOPNOTSUPP"},
    {WSAESHUTDOWN, "WSAESHUTDOWN"},
    {WSAETIMEDOUT, "WSAETIMEDOUT"},
    {WSAEWOULDBLOCK, "WSAEWOULDBLOCK"},
    {WSANOTINITIALISED, "WSANOTINITIALISED"},
};

const winsock::sockaddr* Name(const transport::Address& address) {
  return reinterpret_cast<const winsock::sockaddr*>(address.data());
}

WSABUF Buffer(absl::string_view octets) {
  return {static_cast<u_long>(octets.size()), const_cast<char*>(octets.data())};
}

}  // namespace

transport::Capabilities StreamWithRelease() {
  return {.graceful_close = true, .expedited_data = true, .expedited_data_max = 1};
}

transport::Capabilities MessagesWithRelease() {
  return {.message_oriented = true,
          .partial_messages = true,
          .empty_messages = true,
          .graceful_close = true,
          .always_waits_for_decision = true,
          .connect_data_max = 20,
          .accept_data_max = 20,
          .refuse_data_max = 20,
          .disconnect_data_max = 20,
          .disconnect_reply_data_max = 20,
          .abort_data_max = 20};
}

transport::Capabilities MessagesWithAbortOnly() {
  return {.message_oriented = true,
          .partial_messages = true,
          .expedited_data = true,
          .always_waits_for_decision = true,
          .connect_data_max = 8,
          .accept_data_max = 8,
          .refuse_data_max = 8,
          .disconnect_data_max = 8,
          .expedited_data_max = 16};
}

EngineTestBase::EngineTestBase(const transport::Capabilities& capabilities) {
  settings().capabilities = capabilities;
  info_ = Install(world_, FakeRegistration(capabilities));
  info_.dwCatalogEntryId = 1001;
}

void EngineTestBase::Run(std::function<void()> program) {
  sim::Host* host = world_.network().AddHost("h1").value();
  host->DeclareProcess("program", [this, program = std::move(program)] {
    winsock::WSPDATA data;
    ASSERT_EQ(Startup(data, calls_), 0);
    program();
  });
  EXPECT_EQ(world_.Run().failure, "");
}

int EngineTestBase::Startup(winsock::WSPDATA& data, winsock::WSPPROC_TABLE& calls) {
  return engine::WSPStartup(winsock::WINSOCK_VERSION, &data, &info_, FakeLibrary::Upcalls(),
                            &calls);
}

sim::Thread& EngineTestBase::Thread(std::function<void()> body) {
  return *sim::Thread::Current()->process().StartThread(std::move(body));
}

void EngineTestBase::Sleep(absl::Duration span) {
  sim::Thread::Current()->Wait({}, now() + span, /*alertable=*/false);
}

void EngineTestBase::After(absl::Duration span, std::function<void()> action) {
  world_.At(now() + span, std::move(action));
}

FakeTransport& EngineTestBase::transport() {
  return world_.network().FindHost("h1")->boot()->slots().Get<FakeTransport>();
}

SOCKET EngineTestBase::NewSocket(DWORD flags) {
  return calls_.lpWSPSocket(0, 0, 0, &info_, 0, flags, &error_);
}

SOCKET EngineTestBase::NewListener(uint16_t port, int backlog) {
  const SOCKET s = NewSocket();
  EXPECT_EQ(Bind(s, absl::StrCat("*:", port)), 0);
  EXPECT_EQ(Listen(s, backlog), 0);
  return s;
}

SOCKET EngineTestBase::NewConnection() {
  const SOCKET s = NewSocket();
  After(absl::Milliseconds(1), [this] { transport().last().Confirms(); });
  EXPECT_EQ(Connect(s), 0);
  return s;
}

int EngineTestBase::Bind(SOCKET s, absl::string_view name) {
  const transport::Address address = FakeAddress(name);
  int error = 0;
  calls_.lpWSPBind(s, Name(address), static_cast<int>(address.size()), &error);
  return error;
}

int EngineTestBase::Listen(SOCKET s, int backlog) {
  int error = 0;
  calls_.lpWSPListen(s, backlog, &error);
  return error;
}

int EngineTestBase::Connect(SOCKET s, absl::string_view name) {
  const transport::Address address = FakeAddress(name);
  int error = 0;
  calls_.lpWSPConnect(s, Name(address), static_cast<int>(address.size()), nullptr, nullptr, nullptr,
                      nullptr, &error);
  return error;
}

int EngineTestBase::ConnectWithData(SOCKET s, absl::string_view caller_data, WSABUF* callee_data) {
  const transport::Address address = FakeAddress("h2:5000");
  WSABUF buffer = Buffer(caller_data);
  int error = 0;
  calls_.lpWSPConnect(s, Name(address), static_cast<int>(address.size()), &buffer, callee_data,
                      nullptr, nullptr, &error);
  return error;
}

SOCKET EngineTestBase::Accept(SOCKET s) { return AcceptIf(s, nullptr, nullptr); }

SOCKET EngineTestBase::AcceptIf(SOCKET s, LPCONDITIONPROC condition, void* context) {
  int error = 0;
  const SOCKET accepted = calls_.lpWSPAccept(s, nullptr, nullptr, condition,
                                             reinterpret_cast<DWORD_PTR>(context), &error);
  error_ = error;
  return accepted;
}

std::string EngineTestBase::Send(SOCKET s, absl::string_view octets, DWORD flags) {
  WSABUF buffer = Buffer(octets);
  DWORD sent = 0;
  int error = 0;
  calls_.lpWSPSend(s, &buffer, 1, &sent, flags, nullptr, nullptr, nullptr, &error);
  return error == 0 ? absl::StrCat(sent) : NameOf(error);
}

std::string EngineTestBase::Receive(SOCKET s, size_t room, DWORD flags) {
  return ReceiveInto(s, {room}, flags);
}

std::string EngineTestBase::ReceiveInto(SOCKET s, std::initializer_list<size_t> rooms,
                                        DWORD flags) {
  std::vector<std::string> contents;
  for (const size_t room : rooms) contents.emplace_back(room, '\0');
  std::vector<WSABUF> buffers;
  for (const std::string& content : contents) buffers.push_back(Buffer(content));
  DWORD received = 0;
  int error = 0;
  calls_.lpWSPRecv(s, buffers.data(), static_cast<DWORD>(buffers.size()), &received, &flags,
                   nullptr, nullptr, nullptr, &error);
  if (error != 0) return NameOf(error);
  size_t left = received;
  for (std::string& content : contents) {
    content.resize(std::min(left, content.size()));
    left -= content.size();
  }
  const absl::string_view partial = (flags & MSG_PARTIAL) != 0 ? " MSG_PARTIAL" : "";
  return absl::StrCat(absl::StrJoin(contents, "/"), partial);
}

int EngineTestBase::Shutdown(SOCKET s, int how) {
  int error = 0;
  calls_.lpWSPShutdown(s, how, &error);
  return error;
}

int EngineTestBase::SendDisconnect(SOCKET s) {
  int error = 0;
  calls_.lpWSPSendDisconnect(s, nullptr, &error);
  return error;
}

int EngineTestBase::SendDisconnect(SOCKET s, absl::string_view data) {
  WSABUF buffer = Buffer(data);
  int error = 0;
  calls_.lpWSPSendDisconnect(s, &buffer, &error);
  return error;
}

std::string EngineTestBase::ReceiveDisconnect(SOCKET s, size_t room) {
  std::string data(room, '\0');
  WSABUF buffer = Buffer(data);
  int error = 0;
  calls_.lpWSPRecvDisconnect(s, &buffer, &error);
  if (error != 0) return NameOf(error);
  return data.substr(0, buffer.len);
}

int EngineTestBase::Close(SOCKET s) {
  int error = 0;
  calls_.lpWSPCloseSocket(s, &error);
  return error;
}

int EngineTestBase::SetLinger(SOCKET s, int onoff, int seconds) {
  const winsock::linger linger = {static_cast<uint16_t>(onoff), static_cast<uint16_t>(seconds)};
  int error = 0;
  calls_.lpWSPSetSockOpt(s, winsock::SOL_SOCKET, winsock::SO_LINGER,
                         reinterpret_cast<const char*>(&linger), sizeof linger, &error);
  return error;
}

int EngineTestBase::SetOption(SOCKET s, int name, int value) {
  return SetOption(s, winsock::SOL_SOCKET, name, value);
}

int EngineTestBase::SetOption(SOCKET s, int level, int name, int value) {
  int error = 0;
  calls_.lpWSPSetSockOpt(s, level, name, reinterpret_cast<const char*>(&value), sizeof value,
                         &error);
  return error;
}

int EngineTestBase::GetOption(SOCKET s, int name) {
  return GetOption(s, winsock::SOL_SOCKET, name);
}

int EngineTestBase::GetOption(SOCKET s, int level, int name) {
  int value = 0;
  int length = sizeof value;
  int error = 0;
  calls_.lpWSPGetSockOpt(s, level, name, reinterpret_cast<char*>(&value), &length, &error);
  return error == 0 ? value : -error;
}

int EngineTestBase::SetNonblocking(SOCKET s, bool value) {
  u_long argument = value ? 1 : 0;
  DWORD returned = 0;
  int error = 0;
  calls_.lpWSPIoctl(s, winsock::FIONBIO, &argument, sizeof argument, nullptr, 0, &returned, nullptr,
                    nullptr, nullptr, &error);
  return error;
}

int EngineTestBase::Available(SOCKET s) {
  u_long octets = 0;
  DWORD returned = 0;
  int error = 0;
  calls_.lpWSPIoctl(s, winsock::FIONREAD, nullptr, 0, &octets, sizeof octets, &returned, nullptr,
                    nullptr, nullptr, &error);
  return error == 0 ? static_cast<int>(octets) : -error;
}

std::string EngineTestBase::LocalName(SOCKET s) {
  transport::Address address(8);
  int length = 8;
  int error = 0;
  calls_.lpWSPGetSockName(s, reinterpret_cast<winsock::sockaddr*>(address.data()), &length, &error);
  return error == 0 ? FakeAddresses().ToText(address) : NameOf(error);
}

std::string EngineTestBase::PeerName(SOCKET s) {
  transport::Address address(8);
  int length = 8;
  int error = 0;
  calls_.lpWSPGetPeerName(s, reinterpret_cast<winsock::sockaddr*>(address.data()), &length, &error);
  return error == 0 ? FakeAddresses().ToText(address) : NameOf(error);
}

int EngineTestBase::EventSelect(SOCKET s, WSAEVENT event, LONG mask) {
  int error = 0;
  calls_.lpWSPEventSelect(s, event, mask, &error);
  return error;
}

std::string EngineTestBase::Events(SOCKET s, WSAEVENT event) {
  WSANETWORKEVENTS events = {};
  int error = 0;
  calls_.lpWSPEnumNetworkEvents(s, event, &events, &error);
  if (error != 0) return NameOf(error);
  std::vector<std::string> names;
  for (int bit = 0; bit <= FD_CLOSE_BIT; ++bit) {
    if ((events.lNetworkEvents >> bit & 1) == 0) continue;
    names.emplace_back(kEventNames[bit]);
    if (events.iErrorCode[bit] != 0) absl::StrAppend(&names.back(), ":", events.iErrorCode[bit]);
  }
  return absl::StrJoin(names, " ");
}

std::string EngineTestBase::Select(SOCKET s, absl::Duration timeout) {
  winsock::fd_set read = {1, {s}};
  winsock::fd_set write = read;
  winsock::fd_set except = read;
  const winsock::timeval time = {
      static_cast<int32_t>(absl::ToInt64Seconds(timeout)),
      static_cast<int32_t>(absl::ToInt64Microseconds(timeout) % 1'000'000)};
  int error = 0;
  const int ready = calls_.lpWSPSelect(0, &read, &write, &except, &time, &error);
  if (ready == SOCKET_ERROR) return NameOf(error);
  std::string sets;
  if (read.fd_count == 1) sets += 'r';
  if (write.fd_count == 1) sets += 'w';
  if (except.fd_count == 1) sets += 'x';
  EXPECT_EQ(ready, static_cast<int>(sets.size()));
  return sets;
}

std::string EngineTestBase::Log(const FakeConnection& connection) {
  return absl::StrJoin(connection.log(), " ");
}

std::string EngineTestBase::NameOf(int error) {
  for (const auto& [number, name] : kErrorNames) {
    if (number == error) return name;
  }
  return absl::StrCat(error);
}

}  // namespace engine
