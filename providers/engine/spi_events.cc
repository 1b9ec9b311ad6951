// Network events, and select.
#include <algorithm>
#include <vector>

#include "providers/engine/spi.h"
#include "sim/thread.h"
#include "sim/world.h"

namespace engine {
namespace {

// The members of one set, in its order, each handle once.
struct Selected {
  struct Member {
    SOCKET handle;
    std::shared_ptr<Socket> socket;
  };
  winsock::fd_set* set;
  bool Readiness::*wanted;
  std::vector<Member> members;
};

int Collect(const ProcessSockets& process, Selected& selected) {
  if (selected.set == nullptr) return 0;
  // By a pointer: a program may have a set of more than FD_SETSIZE.
  const SOCKET* const handles = selected.set->fd_array;
  for (u_int i = 0; i < selected.set->fd_count; ++i) {
    const SOCKET s = handles[i];
    std::shared_ptr<Socket> socket = process.Find(s);
    if (socket == nullptr) return WSAENOTSOCK;
    const bool is_known =
        std::any_of(selected.members.begin(), selected.members.end(),
                    [s](const Selected::Member& member) { return member.handle == s; });
    if (!is_known) selected.members.push_back({s, std::move(socket)});
  }
  return 0;
}

bool IsReady(const Selected& selected, const Selected::Member& member) {
  return member.socket->readiness().*selected.wanted;
}

bool IsAnyReady(const std::vector<Selected>& sets) {
  return std::any_of(sets.begin(), sets.end(), [](const Selected& selected) {
    return std::any_of(selected.members.begin(), selected.members.end(),
                       [&](const Selected::Member& member) { return IsReady(selected, member); });
  });
}

// The sets are written only after all readiness is known: a program may pass one set twice.
int GiveReady(const std::vector<Selected>& sets) {
  std::vector<std::vector<SOCKET>> ready(sets.size());
  int count = 0;
  for (size_t i = 0; i < sets.size(); ++i) {
    for (const Selected::Member& member : sets[i].members) {
      if (IsReady(sets[i], member)) ready[i].push_back(member.handle);
    }
    count += static_cast<int>(ready[i].size());
  }
  for (size_t i = 0; i < sets.size(); ++i) {
    if (sets[i].set == nullptr) continue;
    sets[i].set->fd_count = static_cast<u_int>(ready[i].size());
    std::copy(ready[i].begin(), ready[i].end(), sets[i].set->fd_array);
  }
  return count;
}

// Suspends the thread until a member is ready. 0 also when the time is over; WSAEINTR: the thread
// is ending.
int AwaitReady(const std::vector<Selected>& sets, sim::Time deadline) {
  std::vector<sim::Waitable*> changes;
  for (const Selected& selected : sets) {
    for (const Selected::Member& member : selected.members) {
      changes.push_back(&member.socket->changed());
    }
  }
  while (!IsAnyReady(sets)) {
    const sim::WaitResult result =
        sim::Thread::Current()->Wait(changes, deadline, /*alertable=*/true);
    if (result.end == sim::WaitEnd::kEnded) return WSAEINTR;
    if (result.end == sim::WaitEnd::kTimedOut) return 0;
  }
  return 0;
}

int DeadlineOf(const winsock::timeval* timeout, sim::Time now, sim::Time& deadline) {
  deadline = sim::Time::Never();
  if (timeout == nullptr) return 0;
  if (timeout->tv_sec < 0 || timeout->tv_usec < 0 || timeout->tv_usec >= 1'000'000)
    return WSAEINVAL;
  deadline = now + (absl::Seconds(timeout->tv_sec) + absl::Microseconds(timeout->tv_usec));
  return 0;
}

}  // namespace

// There are no windows to post messages to.
int WSPAPI WSPAsyncSelect(SOCKET s, HWND, UINT, LONG, LPINT lpErrno) {
  const SocketCall call(s);
  return Finish(call.error != 0 ? call.error : WSAEOPNOTSUPP, lpErrno);
}

int WSPAPI WSPEventSelect(SOCKET s, WSAEVENT event, LONG events, LPINT lpErrno) {
  SocketCall call(s);
  if (call.error == 0) {
    const bool is_valid = (events & ~FD_ALL_EVENTS) == 0 && (events == 0 || event != nullptr);
    if (is_valid) {
      call.socket->SelectEvents(events, event, call.process->upcalls().lpWPUSetEvent);
    } else {
      call.error = WSAEINVAL;
    }
  }
  return Finish(call.error, lpErrno);
}

int WSPAPI WSPEnumNetworkEvents(SOCKET s, WSAEVENT event, LPWSANETWORKEVENTS events,
                                LPINT lpErrno) {
  SocketCall call(s);
  if (call.error != 0) return Finish(call.error, lpErrno);
  if (events == nullptr) return Finish(WSAEFAULT, lpErrno);
  int ignored = 0;
  if (event != nullptr && !call.process->upcalls().lpWPUResetEvent(event, &ignored)) {
    return Finish(WSAEINVAL, lpErrno);
  }
  call.socket->EnumerateEvents(*events);
  return 0;
}

int WSPAPI WSPSelect(int /*nfds*/, winsock::fd_set* read, winsock::fd_set* write,
                     winsock::fd_set* except, const winsock::timeval* timeout, LPINT lpErrno) {
  ProcessSockets* process = ProcessSockets::Current();
  if (process == nullptr) return Finish(WSANOTINITIALISED, lpErrno);
  std::vector<Selected> sets = {{read, &Readiness::read, {}},
                                {write, &Readiness::write, {}},
                                {except, &Readiness::except, {}}};
  bool has_members = false;
  for (Selected& selected : sets) {
    if (const int error = Collect(*process, selected)) return Finish(error, lpErrno);
    has_members = has_members || !selected.members.empty();
  }
  sim::Time deadline;
  int error = has_members ? 0 : WSAEINVAL;
  if (error == 0) error = DeadlineOf(timeout, process->process().world().now(), deadline);
  if (error == 0) error = AwaitReady(sets, deadline);
  if (error != 0) return Finish(error, lpErrno);
  return GiveReady(sets);
}

}  // namespace engine
