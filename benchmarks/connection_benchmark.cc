// How fast connections come and go, and what an idle one costs, through the whole stack: Winsock
// calls in blocking threads, TCP with its checksums, frames over a link of 1 ms.
#include <malloc.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "benchmark/benchmark.h"
#include "providers/inet/tcp/tcp_settings.h"
#include "providers/transport/address.h"
#include "sim/decision/seeded_source.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/thread.h"
#include "sim/world.h"
#include "stack/winsock2.h"
#include "tools/catalog/provider_catalog.h"

namespace {

using winsock::SOCKET;

constexpr uint16_t kFirstPort = 5000;
constexpr int kPorts = 8;
constexpr int kInParallel = 64;
constexpr int kMessage = 100;  // octets each way

// Two hosts, the entry that they speak over, and the two programs.
class Pair {
 public:
  explicit Pair(const std::string& provider)
      : entry_(*wsim::FindProvider(provider)), decisions_(/*seed=*/1), world_(decisions_) {
    ok_ = wsim::InstallProviders(world_).ok();
    inet::TcpSettings& settings = world_.slots().Get<inet::TcpWorldSettings>().settings;
    settings.maximum_segment_lifetime = absl::Milliseconds(500);  // 2 MSL are 1 s
    client_ = *world_.network().AddHost("client");
    server_ = *world_.network().AddHost("server");
    ok_ &=
        world_.network()
            .AddLink("client", "server",
                     {.latency = absl::Milliseconds(1), .bandwidth = 1'000'000'000, .queue = 1000})
            .ok();
  }

  // False, with the failure in `failure`, where the run did not hold.
  bool Run(std::function<void()> server, std::function<void()> client, std::string& failure) {
    server_->DeclareProcess("server", [&] { AsProgram(server); });
    client_->DeclareProcess("client", [&] { AsProgram(client); });
    failure = ok_ ? world_.Run().failure : "the world could not be composed";
    return failure.empty();
  }

  SOCKET NewSocket() const {
    winsock::WSAPROTOCOL_INFOW protocol = entry_.info;
    return winsock::WSASocketW(winsock::FROM_PROTOCOL_INFO, winsock::FROM_PROTOCOL_INFO,
                               winsock::FROM_PROTOCOL_INFO, &protocol, 0,
                               winsock::WSA_FLAG_OVERLAPPED);
  }
  SOCKET Listener(int port) const {
    const SOCKET s = NewSocket();
    const transport::Address name = addresses().Wildcard(static_cast<uint16_t>(kFirstPort + port));
    winsock::bind(s, ToSockaddr(name), static_cast<int>(name.size()));
    winsock::listen(s, winsock::SOMAXCONN);
    return s;
  }
  // INVALID_SOCKET: refused.
  SOCKET Connected(int port) const {
    const SOCKET s = NewSocket();
    const transport::Address name =
        addresses().OfHost(server_->number(), static_cast<uint16_t>(kFirstPort + port));
    if (winsock::connect(s, ToSockaddr(name), static_cast<int>(name.size())) == 0) return s;
    winsock::closesocket(s);
    return winsock::INVALID_SOCKET;
  }

  sim::World& world() { return world_; }
  sim::Process& server_process() { return *server_->boot()->processes().front(); }
  sim::Process& client_process() { return *client_->boot()->processes().front(); }

 private:
  static const winsock::sockaddr* ToSockaddr(const transport::Address& address) {
    return reinterpret_cast<const winsock::sockaddr*>(address.data());
  }
  static void AsProgram(const std::function<void()>& body) {
    winsock::WSADATA data;
    winsock::WSAStartup(winsock::WINSOCK_VERSION, &data);
    body();
  }
  const transport::AddressFormat& addresses() const { return *entry_.registration.addresses; }

  const wsim::ProviderEntry& entry_;
  sim::SeededSource decisions_;
  sim::World world_;
  sim::Host* client_;
  sim::Host* server_;
  bool ok_;
};

// Answers one connection after another until the listener is closed.
void Serve(SOCKET listener) {
  char buffer[kMessage];
  for (SOCKET s; (s = winsock::accept(listener, nullptr, nullptr)) != winsock::INVALID_SOCKET;) {
    for (int count; (count = winsock::recv(s, buffer, kMessage, 0)) > 0;) {
      winsock::send(s, buffer, count, 0);
    }
    winsock::closesocket(s);
  }
}

// One cycle: connect, 100 octets each way, orderly close. Whether it held.
bool Cycle(const Pair& pair, int port) {
  const SOCKET s = pair.Connected(port);
  if (s == winsock::INVALID_SOCKET) return false;
  char buffer[kMessage] = {};
  bool held = winsock::send(s, buffer, kMessage, 0) == kMessage;
  held &= winsock::recv(s, buffer, kMessage, winsock::MSG_WAITALL) == kMessage;
  held &= winsock::shutdown(s, winsock::SD_SEND) == 0;
  held &= winsock::recv(s, buffer, kMessage, 0) == 0;
  return winsock::closesocket(s) == 0 && held;
}

void Cycles(benchmark::State& state, const std::string& provider) {
  const int64_t cycles = state.range(0);
  for (auto _ : state) {
    Pair pair(provider);
    int64_t begun = 0, failed = 0, running = kInParallel;
    std::vector<SOCKET> listeners;
    std::string failure;
    const bool held = pair.Run(
        [&] {
          for (int i = 0; i < kPorts; ++i) listeners.push_back(pair.Listener(i));
          for (int i = 0; i < kInParallel; ++i) {
            pair.server_process().StartThread([&, i] { Serve(listeners[i % kPorts]); });
          }
        },
        [&] {
          for (int i = 0; i < kInParallel; ++i) {
            pair.client_process().StartThread([&] {
              while (begun < cycles)
                failed += Cycle(pair, static_cast<int>(begun++ % kPorts)) ? 0 : 1;
              if (--running == 0) pair.server_process().Kill();
            });
          }
        },
        failure);
    if (!held || failed > 0) {
      state.SkipWithError(held ? "a cycle failed" : failure.c_str());
      return;
    }
  }
  state.counters["cycles"] = benchmark::Counter(static_cast<double>(cycles * state.iterations()),
                                                benchmark::Counter::kIsRate);
}

// Octets in use by this process.
size_t InUse() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

// Sends back the first `message` octets of a connection, which stays open.
void Echo(SOCKET s, int message) {
  std::vector<char> buffer(static_cast<size_t>(message));
  if (winsock::recv(s, buffer.data(), message, winsock::MSG_WAITALL) == message) {
    winsock::send(s, buffer.data(), message, 0);
  }
}

// False: there is no connection, or its echo did not come.
bool ConnectedAndEchoed(const Pair& pair, int port, int message) {
  const SOCKET s = pair.Connected(port);
  if (s == winsock::INVALID_SOCKET || message == 0) return s != winsock::INVALID_SOCKET;
  std::vector<char> buffer(static_cast<size_t>(message));
  return winsock::send(s, buffer.data(), message, 0) == message &&
         winsock::recv(s, buffer.data(), message, winsock::MSG_WAITALL) == message;
}

// Connections that have carried `message` octets each way, one after the other, and nothing since.
void Idle(benchmark::State& state, const std::string& provider, int message) {
  const int64_t pairs = state.range(0);
  size_t octets = 0;
  for (auto _ : state) {
    Pair pair(provider);
    std::string failure;
    int64_t connected = 0;
    const bool held = pair.Run(
        [&] {
          for (int i = 0; i < kPorts; ++i) {
            pair.server_process().StartThread([&, listener = pair.Listener(i)] {
              for (SOCKET s;
                   (s = winsock::accept(listener, nullptr, nullptr)) != winsock::INVALID_SOCKET;) {
                if (message > 0) Echo(s, message);
              }
            });
          }
        },
        [&] {
          ConnectedAndEchoed(pair, 0, message);
          const size_t before = InUse();
          for (int64_t i = 0; i < pairs; ++i) {
            if (ConnectedAndEchoed(pair, static_cast<int>(i % kPorts), message)) ++connected;
          }
          // Until the last acknowledgments have come.
          sim::Thread::Current()->Wait({}, pair.world().now() + absl::Seconds(1), false);
          octets = InUse() - before;
          pair.server_process().Kill();
        },
        failure);
    if (!held || connected != pairs) {
      state.SkipWithError(held ? "a connection failed" : failure.c_str());
      return;
    }
  }
  state.counters["octets_per_pair"] = static_cast<double>(octets) / static_cast<double>(pairs);
}

BENCHMARK_CAPTURE(Cycles, tcp, "tcp")->Arg(100'000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Cycles, tcp6, "tcp6")->Arg(100'000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Idle, tcp, "tcp", /*message=*/0)
    ->Arg(1'000)
    ->Arg(100'000)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Idle, tcp_after_100_octets, "tcp", kMessage)
    ->Arg(100'000)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Idle, tcp_after_64_KiB, "tcp", 65536)
    ->Arg(1'000)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
