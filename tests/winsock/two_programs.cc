#include "tests/winsock/two_programs.h"

#include <utility>

#include "gtest/gtest.h"
#include "sim/host.h"
#include "sim/thread.h"

namespace wsim {
namespace {

std::function<void()> AsProgram(std::function<void()> body, absl::Duration delay) {
  return [body = std::move(body), delay] {
    TwoPrograms::Sleep(delay);
    winsock::WSADATA data;
    EXPECT_EQ(winsock::WSAStartup(winsock::WINSOCK_VERSION, &data), 0);
    body();
    winsock::WSACleanup();
  };
}

}  // namespace

std::vector<std::string> ConnectionProviders() {
  std::vector<std::string> names;
  for (const ProviderEntry& provider : Providers()) {
    const bool has_connections = (provider.info.dwServiceFlags1 & winsock::XP1_CONNECTIONLESS) == 0;
    if (has_connections) names.push_back(provider.registration.name);
  }
  return names;
}

TwoPrograms::TwoPrograms(absl::string_view provider, const sim::LinkParameters& link)
    : provider_(FindProvider(provider)) {
  EXPECT_TRUE(InstallProviders(world_).ok());
  client_ = *world_.network().AddHost("client");
  server_ = *world_.network().AddHost("server");
  EXPECT_TRUE(world_.network().AddLink("client", "server", link).ok());
}

transport::Address TwoPrograms::server_address() const {
  return addresses().OfHost(server_->number(), kPort);
}

void TwoPrograms::Run(std::function<void()> server, std::function<void()> client) {
  server_->DeclareProcess("server", AsProgram(std::move(server), absl::ZeroDuration()));
  client_->DeclareProcess("client", AsProgram(std::move(client), absl::Milliseconds(10)));
  EXPECT_EQ(world_.Run().failure, "");
}

void TwoPrograms::Run(std::function<void()> program) {
  client_->DeclareProcess("program", AsProgram(std::move(program), absl::ZeroDuration()));
  EXPECT_EQ(world_.Run().failure, "");
}

winsock::SOCKET TwoPrograms::MakeSocket() const {
  winsock::WSAPROTOCOL_INFOW info = provider_->info;
  const winsock::SOCKET s =
      winsock::WSASocketW(winsock::FROM_PROTOCOL_INFO, winsock::FROM_PROTOCOL_INFO,
                          winsock::FROM_PROTOCOL_INFO, &info, 0, winsock::WSA_FLAG_OVERLAPPED);
  EXPECT_NE(s, winsock::INVALID_SOCKET) << winsock::WSAGetLastError();
  return s;
}

winsock::SOCKET TwoPrograms::MakeListener(int backlog) const {
  const winsock::SOCKET s = MakeSocket();
  const transport::Address name = any();
  EXPECT_EQ(ErrorOf(winsock::bind(s, ToSockaddr(name), static_cast<int>(name.size()))), 0);
  EXPECT_EQ(ErrorOf(winsock::listen(s, backlog)), 0);
  return s;
}

int TwoPrograms::Connect(winsock::SOCKET s, absl::string_view caller_data) const {
  std::string data(caller_data);
  winsock::WSABUF buffer = ToBuffer(data);
  const transport::Address name = server_address();
  return ErrorOf(winsock::WSAConnect(s, ToSockaddr(name), static_cast<int>(name.size()),
                                     data.empty() ? nullptr : &buffer, nullptr, nullptr, nullptr));
}

void TwoPrograms::Sleep(absl::Duration time) {
  sim::Thread* thread = sim::Thread::Current();
  if (time > absl::ZeroDuration()) thread->Wait({}, thread->world().now() + time, false);
}

}  // namespace wsim
