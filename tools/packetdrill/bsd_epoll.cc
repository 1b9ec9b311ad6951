// epoll, over select.
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "stack/winsock2.h"
#include "tools/packetdrill/bsd_process.h"
#include "tools/packetdrill/readiness.h"
#include "tools/packetdrill/value.h"

namespace wsim::packetdrill {
namespace {

// {events=EPOLLIN, fd=4}: what comes back with the event.
absl::StatusOr<int64_t> DataOf(const Expression& event) {
  for (const char* name : {"fd", "ptr", "u32", "u64"}) {
    if (const Expression* data = event.Field(name)) return ToNumber(*data);
  }
  return int64_t{0};
}

absl::StatusOr<Descriptor::Watch> ToWatch(const Expression& event) {
  Descriptor::Watch watch;
  const Expression* events = event.Field("events");
  if (events == nullptr) return watch;
  const absl::StatusOr<EventMask> asked = ToEventMask(*events);
  const absl::StatusOr<int64_t> data = DataOf(event);
  if (!asked.ok()) return asked.status();
  if (!data.ok()) return data.status();
  watch.edge_triggered = asked->edge_triggered;
  watch.once = asked->once;
  watch.in = (asked->ready & kIn) != 0;
  watch.out = (asked->ready & kOut) != 0;
  watch.hang_up = (asked->ready & kPeerHangUp) != 0;
  watch.data = *data;
  return watch;
}

uint32_t AskedOf(const Descriptor::Watch& watch) {
  return (watch.in ? uint32_t{kIn} : 0) | (watch.out ? uint32_t{kOut} : 0) |
         (watch.hang_up ? uint32_t{kPeerHangUp} : 0);
}

}  // namespace

absl::StatusOr<BsdProcess::Outcome> BsdProcess::EpollCreate(const CallEvent& call) {
  Descriptor descriptor;
  descriptor.is_epoll = true;
  return Register(call, std::move(descriptor));
}

// epoll_ctl(epfd, EPOLL_CTL_ADD, fd, {events=EPOLLIN, fd=4})
absl::StatusOr<BsdProcess::Outcome> BsdProcess::EpollControl(const CallEvent& call) {
  const absl::StatusOr<Descriptor*> epoll = Find(call.arguments[0]);
  const absl::StatusOr<int64_t> target = ToNumber(call.arguments[2]);
  if (!epoll.ok()) return epoll.status();
  if (!target.ok()) return target.status();
  if (*epoll == nullptr || Look(*target) == nullptr) return Failed(winsock::WSAEBADF);
  if (!(*epoll)->is_epoll) return Failed(winsock::WSAEINVAL);
  const std::string command = ToName(call.arguments[1]);
  if (command == "EPOLL_CTL_DEL") {
    (*epoll)->watched.erase(*target);
    return Done(0);
  }
  if (command != "EPOLL_CTL_ADD" && command != "EPOLL_CTL_MOD") {
    return Unsupported(absl::StrCat("epoll_ctl ", command));
  }
  const absl::StatusOr<Descriptor::Watch> watch = ToWatch(call.arguments[3]);
  if (!watch.ok()) return watch.status();
  (*epoll)->watched[*target] = *watch;
  return Done(0);
}

// epoll_wait(epfd, {events=EPOLLIN, fd=4}, 1, 0)
absl::StatusOr<BsdProcess::Outcome> BsdProcess::EpollWait(const CallEvent& call) {
  const absl::StatusOr<int64_t> wait = ToNumber(call.arguments[3]);
  const absl::StatusOr<Descriptor*> epoll = Find(call.arguments[0]);
  if (!wait.ok()) return wait.status();
  if (!epoll.ok()) return epoll.status();
  if (*epoll == nullptr) return Failed(winsock::WSAEBADF);
  const int64_t number = *ToNumber(call.arguments[0]);
  const auto received_by = [this](int64_t target) -> uint64_t {
    const Descriptor* descriptor = Look(target);
    const inet::TcpConnection* connection =
        descriptor == nullptr || descriptor->is_epoll ? nullptr : ConnectionOf(descriptor->socket);
    return connection == nullptr ? 0 : connection->snapshot().rcv_nxt;
  };
  const auto news_of = [&](int64_t target, const Descriptor::Watch& watch) -> uint32_t {
    const Descriptor* descriptor = Look(target);
    if (descriptor == nullptr || descriptor->is_epoll) return 0;
    const uint32_t ready =
        LookAt(descriptor->socket, descriptor->is_listening) & (AskedOf(watch) | kError | kHangUp);
    if (!watch.edge_triggered) return ready;
    // More data is news, also where the last was not read yet.
    const bool has_more = received_by(target) > watch.last_received;
    return ready & ~(has_more ? watch.last_ready & ~uint32_t{kIn} : watch.last_ready);
  };
  std::vector<std::pair<winsock::SOCKET, uint32_t>> sockets;
  bool is_ready = false;
  for (const auto& [target, watch] : (*epoll)->watched) {
    is_ready = is_ready || news_of(target, watch) != 0;
    if (const Descriptor* descriptor = Look(target)) {
      sockets.emplace_back(descriptor->socket, AskedOf(watch));
    }
  }
  if (!is_ready && *wait != 0) WaitForAny(sockets, *wait);
  Descriptor* still = Look(number);
  if (still == nullptr) return Failed(winsock::WSAEBADF);

  const absl::StatusOr<Descriptor::Watch> expected = ToWatch(call.arguments[1]);
  if (!expected.ok()) return expected.status();
  Outcome outcome;
  for (auto& [target, watch] : still->watched) {
    const uint32_t ready = news_of(target, watch);
    watch.last_ready |= ready;
    if (ready != 0) watch.last_received = received_by(target);
    if (ready == 0) continue;
    ++outcome.result;
    if (watch.once) watch.in = watch.out = watch.hang_up = false;
    const uint32_t wanted = AskedOf(*expected);
    if ((ready & ~(kError | kHangUp)) == wanted && watch.data == expected->data) continue;
    outcome.mismatch = absl::FailedPreconditionError(
        absl::StrCat("descriptor ", target, ": expected ", ReadyToString(wanted), " with ",
                     expected->data, ", is ", ReadyToString(ready), " with ", watch.data));
  }
  return outcome;
}

}  // namespace wsim::packetdrill
