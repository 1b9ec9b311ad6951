#include "tools/transfer/long_transfer.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "providers/inet/socket_address.h"
#include "providers/inet/tcp/tcp_registration.h"
#include "sim/decision/seeded_source.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/thread.h"
#include "sim/waitable.h"
#include "sim/world.h"

namespace wsim {
namespace {

constexpr uint16_t kPort = 5000;
constexpr size_t kPiece = 65536;
constexpr size_t kPeriod = 65521;  // a prime: what is out of place differs

// What was sent from any offset on, `kPiece` octets of it.
class Pattern {
 public:
  Pattern() : octets_(kPeriod + kPiece) {
    for (size_t i = 0; i < octets_.size(); ++i) {
      octets_[i] = static_cast<uint8_t>((i % kPeriod) * 2654435761u >> 11);
    }
  }
  const uint8_t* At(uint64_t offset) const { return &octets_[offset % kPeriod]; }

 private:
  std::vector<uint8_t> octets_;
};

// The user of one connection, whose thread waits for what it hears.
class WaitingUser final : public transport::ConnectionUser, public transport::ListenerUser {
 public:
  ~WaitingUser() override {
    if (connection != nullptr) connection->Detach(transport::Farewell::kGraceful);
  }
  // Until `condition` holds. False: the connection is gone, or the run is over.
  template <class Condition>
  bool WaitFor(Condition condition) {
    while (end.empty() && !condition()) {
      changed_.Reset();
      if (sim::Thread::Current()->Wait(changed_).end == sim::WaitEnd::kEnded) return false;
    }
    return end.empty();
  }

  bool OnConnectIndication(transport::Connection& request) override {
    connection = &request;
    request.SetUser(this);
    request.Accept({});
    return true;
  }
  void OnConnected(transport::ByteSpan) override {
    is_connected = true;
    changed_.Set();
  }
  void OnReadable() override { changed_.Set(); }
  void OnWritable() override { changed_.Set(); }
  void OnExpedited() override {}
  void OnReleaseIndication(transport::ByteSpan) override { changed_.Set(); }
  void OnReleased() override { changed_.Set(); }
  void OnDisconnectIndication(transport::Reason reason, transport::ByteSpan) override {
    end = std::string(reason.text);
    changed_.Set();
  }

  transport::Connection* connection = nullptr;
  bool is_connected = false;
  std::string end;

 private:
  sim::Waitable changed_;
};

class Receiver {
 public:
  Receiver(const LongTransfer& transfer, const Pattern& pattern, TransferResult& result)
      : transfer_(transfer), pattern_(pattern), result_(result), into_(kPiece) {}

  void Play(sim::World& world, inet::TcpTransport& tcp) {
    WaitingUser user;
    auto listener = tcp.Listen({.local = inet::Ipv4SocketAddresses().Wildcard(kPort)}, user);
    if (!user.WaitFor([&] { return user.is_connected; })) return;
    const uint64_t all = transfer_.warm_up + transfer_.octets;
    sim::Time begin = world.now();
    while (offset_ < all) {
      if (!user.WaitFor([&] { return user.connection->is_readable(); })) break;
      const bool was_warm = offset_ >= transfer_.warm_up;
      if (!Read(*user.connection)) return;
      if (!was_warm && offset_ >= transfer_.warm_up) {
        begin = world.now();
        measured_from_ = offset_;
      }
    }
    result_.took = world.now() - begin;
    result_.octets = offset_ - measured_from_;
    result_.failure = offset_ == all ? "" : absl::StrCat("ended at ", offset_, ": ", user.end);
  }

 private:
  bool Read(transport::Connection& connection) {
    const size_t count = connection.Read(absl::MakeSpan(into_), false).octets;
    if (transfer_.checks_octets && std::memcmp(into_.data(), pattern_.At(offset_), count) != 0) {
      result_.failure = absl::StrCat("octets behind ", offset_, " are not what was sent");
      return false;
    }
    offset_ += count;
    return true;
  }

  const LongTransfer& transfer_;
  const Pattern& pattern_;
  TransferResult& result_;
  std::vector<uint8_t> into_;
  uint64_t offset_ = 0;
  uint64_t measured_from_ = 0;
};

void Send(const LongTransfer& transfer, const Pattern& pattern, inet::TcpTransport& tcp,
          const transport::Address& server) {
  WaitingUser user;
  user.connection = tcp.Connect({.local = inet::Ipv4SocketAddresses().Wildcard(40000),
                                 .remote = server,
                                 .options = transfer.options},
                                user);
  if (!user.WaitFor([&] { return user.is_connected; })) return;
  const uint64_t all = transfer.warm_up + transfer.octets;
  for (uint64_t offset = 0; offset < all;) {
    const auto count = static_cast<size_t>(std::min<uint64_t>(kPiece, all - offset));
    const transport::ByteSpan piece(pattern.At(offset), count);
    const size_t taken = user.connection->Write({&piece, 1}, false);
    offset += taken;
    if (taken > 0) continue;
    if (!user.WaitFor([&] { return user.connection->writable_octets() > 0; })) return;
  }
  // At once: else the Nagle algorithm would keep the last, small segment until the peer's delayed
  // acknowledgment has come.
  user.connection->Release({});
  user.WaitFor([&] { return user.connection->is_drained(); });
}

}  // namespace

TransferResult RunTransfer(const LongTransfer& transfer) {
  TransferResult result{.failure = "not finished"};
  const Pattern pattern;
  sim::SeededSource decisions(transfer.seed);
  sim::World world(decisions, {.max_events = UINT64_MAX});
  world.slots().Get<inet::TcpWorldSettings>().settings = transfer.settings;
  sim::Network& network = world.network();
  sim::Host* client = *network.AddHost("client");
  sim::Host* server = *network.AddHost("server");
  if (!network.AddLink("client", "server", transfer.link).ok()) {
    result.failure = "no such link can be";
    return result;
  }
  for (sim::Host* host : {client, server}) {
    host->OnBoot([](sim::Boot& boot) { inet::TcpOfBoot(boot); });
  }
  Receiver receiver(transfer, pattern, result);
  server->DeclareProcess("receiver",
                         [&] { receiver.Play(world, inet::TcpOfBoot(*server->boot())); });
  client->DeclareProcess("sender", [&] {
    inet::TcpTransport& tcp = inet::TcpOfBoot(*client->boot());
    Send(transfer, pattern, tcp, inet::Ipv4SocketAddresses().OfHost(server->number(), kPort));
    result.sender = tcp.counters();
  });
  const std::string failure = world.Run().failure;
  if (!failure.empty()) result.failure = failure;
  return result;
}

}  // namespace wsim
