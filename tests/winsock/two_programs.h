// Two programs, written against the Winsock calls, on two hosts with a link between them, over one
// of the providers that wsim brings.
#ifndef TESTS_WINSOCK_TWO_PROGRAMS_H_
#define TESTS_WINSOCK_TWO_PROGRAMS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "providers/transport/address.h"
#include "sim/decision/seeded_source.h"
#include "sim/net/network.h"
#include "sim/world.h"
#include "stack/winsock2.h"
#include "tools/catalog/provider_catalog.h"

namespace wsim {

// The names of all providers with connections.
std::vector<std::string> ConnectionProviders();

class TwoPrograms {
 public:
  static constexpr uint16_t kPort = 6000;

  explicit TwoPrograms(absl::string_view provider, const sim::LinkParameters& link = {});

  // Runs both, each between WSAStartup and WSACleanup; the client 10 ms later. Nothing of the run
  // may fail.
  void Run(std::function<void()> server, std::function<void()> client);
  // One program alone.
  void Run(std::function<void()> program);

  // For the threads that run.
  winsock::SOCKET MakeSocket() const;
  winsock::SOCKET MakeListener(int backlog = 5) const;
  // 0, or the error.
  int Connect(winsock::SOCKET s, absl::string_view caller_data = "") const;
  static void Sleep(absl::Duration time);

  const ProviderEntry& provider() const { return *provider_; }
  const transport::AddressFormat& addresses() const { return *provider_->registration.addresses; }
  transport::Address any() const { return addresses().Wildcard(kPort); }
  transport::Address server_address() const;
  sim::World& world() { return world_; }
  sim::Host& client_host() { return *client_; }
  sim::Host& server_host() { return *server_; }

 private:
  const ProviderEntry* provider_;
  sim::SeededSource decisions_{/*seed=*/1};
  sim::World world_{decisions_};
  sim::Host* client_ = nullptr;
  sim::Host* server_ = nullptr;
};

inline winsock::sockaddr* ToSockaddr(transport::Address& address) {
  return reinterpret_cast<winsock::sockaddr*>(address.data());
}
inline const winsock::sockaddr* ToSockaddr(const transport::Address& address) {
  return reinterpret_cast<const winsock::sockaddr*>(address.data());
}
inline winsock::WSABUF ToBuffer(std::string& octets) {
  return {static_cast<winsock::u_long>(octets.size()), octets.data()};
}

// 0 where `result` says that the call went well, else the thread's last error.
inline int ErrorOf(int64_t result) { return result == -1 ? winsock::WSAGetLastError() : 0; }

}  // namespace wsim

#endif  // TESTS_WINSOCK_TWO_PROGRAMS_H_
