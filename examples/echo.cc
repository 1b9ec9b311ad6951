// An echo client and server: two ordinary Winsock programs on two simulated hosts.
//
//   bazel run //examples:echo            over tcp
//   bazel run //examples:echo session    over another provider
//
// What a program needs to run in wsim is all here: a world with a network, a provider, and
// processes that call the API of stack/winsock2.h.
#include <cstdio>
#include <string>
#include <vector>

#include "providers/transport/address.h"
#include "sim/decision/seeded_source.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/world.h"
#include "stack/winsock2.h"
#include "tools/catalog/provider_catalog.h"

namespace {

constexpr uint16_t kPort = 7;

// The example's two programs share what main chose: the provider, and where the server is.
struct Choice {
  winsock::WSAPROTOCOL_INFOW protocol;
  transport::Address any;     // the server's port at any address of its host
  transport::Address server;  // the same as the client sees it
};

const winsock::sockaddr* ToSockaddr(const transport::Address& address) {
  return reinterpret_cast<const winsock::sockaddr*>(address.data());
}

winsock::SOCKET MakeSocket(const Choice& choice) {
  winsock::WSAPROTOCOL_INFOW protocol = choice.protocol;
  return winsock::WSASocketW(winsock::FROM_PROTOCOL_INFO, winsock::FROM_PROTOCOL_INFO,
                             winsock::FROM_PROTOCOL_INFO, &protocol, 0,
                             winsock::WSA_FLAG_OVERLAPPED);
}

void Serve(const Choice& choice) {
  winsock::WSADATA data;
  winsock::WSAStartup(winsock::WINSOCK_VERSION, &data);
  const winsock::SOCKET listener = MakeSocket(choice);
  winsock::bind(listener, ToSockaddr(choice.any), static_cast<int>(choice.any.size()));
  winsock::listen(listener, 1);
  const winsock::SOCKET s = winsock::accept(listener, nullptr, nullptr);
  char buffer[256];
  for (int count; (count = winsock::recv(s, buffer, sizeof(buffer), 0)) > 0;) {
    winsock::send(s, buffer, count, 0);
  }
  winsock::closesocket(s);
  winsock::closesocket(listener);
  winsock::WSACleanup();
}

void Talk(const Choice& choice, sim::World& world) {
  winsock::WSADATA data;
  winsock::WSAStartup(winsock::WINSOCK_VERSION, &data);
  const winsock::SOCKET s = MakeSocket(choice);
  if (winsock::connect(s, ToSockaddr(choice.server), static_cast<int>(choice.server.size())) != 0) {
    std::printf("connect: error %d\n", winsock::WSAGetLastError());
    return;
  }
  const std::string question = "is there anybody?";
  winsock::send(s, question.data(), static_cast<int>(question.size()), 0);
  char buffer[256];
  const int count = winsock::recv(s, buffer, sizeof(buffer), 0);
  std::printf("%lld us: the echo of %d octets: \"%.*s\"\n",
              static_cast<long long>(world.now().nanoseconds() / 1000), count, count, buffer);
  winsock::closesocket(s);
  winsock::WSACleanup();
}

}  // namespace

int main(int argc, char** argv) {
  const wsim::ProviderEntry* provider = wsim::FindProvider(argc > 1 ? argv[1] : "tcp");
  if (provider == nullptr) {
    std::fprintf(stderr, "echo: no such provider; there are %s\n", wsim::ProviderNames().c_str());
    return 2;
  }
  sim::SeededSource decisions(/*seed=*/1);
  sim::World world(decisions);
  if (!wsim::InstallProviders(world).ok()) return 1;
  sim::Host* client = *world.network().AddHost("client");
  sim::Host* server = *world.network().AddHost("server");
  if (!world.network().AddLink("client", "server", {.latency = absl::Milliseconds(10)}).ok())
    return 1;

  const transport::AddressFormat& addresses = *provider->registration.addresses;
  const Choice choice{.protocol = provider->info,
                      .any = addresses.Wildcard(kPort),
                      .server = addresses.OfHost(server->number(), kPort)};
  server->DeclareProcess("echo server", [&] { Serve(choice); });
  client->DeclareProcess("echo client", [&] { Talk(choice, world); });
  const sim::RunResult result = world.Run();
  if (!result.failure.empty()) std::fprintf(stderr, "echo: %s\n", result.failure.c_str());
  return result.failure.empty() ? 0 : 1;
}
