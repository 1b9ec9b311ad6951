#include "tools/packetdrill/readiness.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "tools/packetdrill/value.h"

namespace wsim::packetdrill {
namespace {

constexpr std::pair<absl::string_view, uint32_t> kNames[] = {
    {"POLLIN", kIn},
    {"POLLOUT", kOut},
    {"POLLPRI", kUrgent},
    {"POLLERR", kError},
    {"POLLHUP", kHangUp},
    {"POLLRDHUP", kPeerHangUp},
    {"POLLNVAL", kInvalid},
    {"EPOLLIN", kIn},
    {"EPOLLOUT", kOut},
    {"EPOLLPRI", kUrgent},
    {"EPOLLERR", kError},
    {"EPOLLHUP", kHangUp},
    {"EPOLLRDHUP", kPeerHangUp},
};

}  // namespace

absl::StatusOr<EventMask> ToEventMask(const Expression& expression) {
  const absl::StatusOr<std::vector<std::string>> flags = ToFlags(expression);
  if (!flags.ok()) return flags.status();
  EventMask mask;
  for (const std::string& flag : *flags) {
    const auto* found = std::find_if(std::begin(kNames), std::end(kNames),
                                     [&flag](const auto& name) { return name.first == flag; });
    if (found != std::end(kNames)) {
      mask.ready |= found->second;
    } else if (flag == "EPOLLET") {
      mask.edge_triggered = true;
    } else if (flag == "EPOLLONESHOT") {
      mask.once = true;
    } else {
      return Unsupported(absl::StrCat("the event ", flag));
    }
  }
  return mask;
}

std::string ReadyToString(uint32_t ready) {
  std::string text;
  for (size_t i = 0; i < 7; ++i) {  // the names of poll
    if ((ready & kNames[i].second) == 0) continue;
    absl::StrAppend(&text, text.empty() ? "" : "|", kNames[i].first);
  }
  return text.empty() ? "0" : text;
}

uint32_t LookAt(winsock::SOCKET socket, bool is_listening) {
  winsock::fd_set in{.fd_count = 1, .fd_array = {socket}};
  winsock::fd_set out = in;
  winsock::fd_set except = in;
  const winsock::timeval at_once{};
  if (winsock::select(0, &in, &out, &except, &at_once) < 0) return kInvalid;
  uint32_t ready = 0;
  if (in.fd_count > 0) ready |= kIn;
  if (out.fd_count > 0) ready |= kOut;
  if (except.fd_count > 0) ready |= kUrgent;
  if ((ready & kIn) == 0 || is_listening) return ready;
  char octet = 0;
  const int read = winsock::recv(socket, &octet, 1, winsock::MSG_PEEK);
  if (read == 0) ready |= kPeerHangUp;
  if (read < 0 && winsock::WSAGetLastError() != winsock::WSAEWOULDBLOCK) {
    ready |= kError | kHangUp | kPeerHangUp | kOut;
  }
  return ready;
}

void WaitForAny(const std::vector<std::pair<winsock::SOCKET, uint32_t>>& asked,
                int64_t milliseconds) {
  winsock::fd_set in{};
  winsock::fd_set out{};
  winsock::fd_set except{};
  for (const auto& [socket, events] : asked) {
    if (in.fd_count == winsock::FD_SETSIZE) break;
    in.fd_array[in.fd_count++] = socket;  // its end makes it readable, whatever is asked for
    if ((events & kOut) != 0) out.fd_array[out.fd_count++] = socket;
    except.fd_array[except.fd_count++] = socket;
  }
  const int64_t wait = std::max<int64_t>(milliseconds, 0);
  const winsock::timeval span{.tv_sec = static_cast<int32_t>(wait / 1000),
                              .tv_usec = static_cast<int32_t>(wait % 1000 * 1000)};
  winsock::select(0, &in, out.fd_count > 0 ? &out : nullptr, &except,
                  milliseconds < 0 ? nullptr : &span);
}

}  // namespace wsim::packetdrill
