// poll, over select.
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "stack/winsock2.h"
#include "tools/packetdrill/bsd_process.h"
#include "tools/packetdrill/readiness.h"
#include "tools/packetdrill/value.h"

namespace wsim::packetdrill {
namespace {

struct Asked {
  int64_t descriptor = 0;
  uint32_t events = 0;
  uint32_t expected = 0;
};

absl::StatusOr<std::vector<Asked>> ToAsked(const Expression& list) {
  std::vector<Asked> asked;
  if (list.kind != Expression::Kind::kList) return Unsupported("poll without a list");
  for (const Expression& item : list.items) {
    const Expression* descriptor = item.Field("fd");
    const Expression* events = item.Field("events");
    const Expression* told = item.Field("revents");
    if (descriptor == nullptr || events == nullptr) {
      return Unsupported("poll without fd and events");
    }
    const absl::StatusOr<int64_t> number = ToNumber(*descriptor);
    const absl::StatusOr<EventMask> wanted = ToEventMask(*events);
    const absl::StatusOr<EventMask> expected =
        told == nullptr ? absl::StatusOr<EventMask>(EventMask()) : ToEventMask(*told);
    for (const absl::Status& status : {number.status(), wanted.status(), expected.status()}) {
      if (!status.ok()) return status;
    }
    asked.push_back({*number, wanted->ready, expected->ready});
  }
  return asked;
}

}  // namespace

// poll([{fd=4, events=POLLIN, revents=POLLIN}], 1, 1000)
absl::StatusOr<BsdProcess::Outcome> BsdProcess::Poll(const CallEvent& call) {
  const absl::StatusOr<std::vector<Asked>> asked = ToAsked(call.arguments[0]);
  if (!asked.ok()) return asked.status();
  const absl::StatusOr<int64_t> wait = ToNumber(call.arguments[2]);
  if (!wait.ok()) return wait.status();
  const auto look = [this](const Asked& each) -> uint32_t {
    const Descriptor* descriptor = Look(each.descriptor);
    if (descriptor == nullptr || descriptor->is_epoll) return kInvalid;
    return LookAt(descriptor->socket, descriptor->is_listening) & (each.events | kAlwaysTold);
  };
  std::vector<std::pair<winsock::SOCKET, uint32_t>> sockets;
  bool is_ready = false;
  for (const Asked& each : *asked) {
    is_ready = is_ready || look(each) != 0;
    if (const Descriptor* descriptor = Look(each.descriptor)) {
      sockets.emplace_back(descriptor->socket, each.events);
    }
  }
  if (!is_ready && *wait != 0) WaitForAny(sockets, *wait);
  Outcome outcome;
  for (const Asked& each : *asked) {
    const uint32_t ready = look(each);
    if (ready != 0) ++outcome.result;
    if (ready == each.expected) continue;
    outcome.mismatch = absl::FailedPreconditionError(
        absl::StrCat("descriptor ", each.descriptor, ": expected ", ReadyToString(each.expected),
                     ", is ", ReadyToString(ready)));
  }
  return outcome;
}

}  // namespace wsim::packetdrill
