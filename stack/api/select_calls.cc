// select (Winsock pages: select, WSPSelect).
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "stack/api/api_call.h"
#include "stack/winsock2.h"

namespace winsock {
namespace {

// A set as the caller passed it, and the copy that the provider works on: the caller's stays as it
// is if the call fails, and one set may be passed for two. The count decides how many handles there
// are, not FD_SETSIZE.
class SetCopy {
 public:
  explicit SetCopy(fd_set* original) : original_(IsPlausible(original) ? original : nullptr) {
    if (original_ == nullptr) return;
    size_t octets = offsetof(fd_set, fd_array) + original->fd_count * sizeof(SOCKET);
    storage_.resize(std::max(octets, sizeof(fd_set)) / sizeof(SOCKET) + 1);
    std::memcpy(storage_.data(), original, octets);
  }

  // Whether its memory can hold what it claims: no process has more handles than that. A null set
  // is.
  static bool IsPlausible(const fd_set* set) {
    return set == nullptr || set->fd_count <= HandleTable::kMaxPerProcess;
  }

  fd_set* original() const { return original_; }
  // Null where the caller passed none.
  fd_set* copy() {
    return original_ == nullptr ? nullptr : reinterpret_cast<fd_set*>(storage_.data());
  }
  absl::Span<const SOCKET> handles() {
    if (original_ == nullptr) return {};
    return {HandlesOf(copy()), copy()->fd_count};
  }

  // Adds what is ready to the caller's set, which was emptied before.
  void GiveBack() {
    for (SOCKET s : handles()) {
      SOCKET* begin = HandlesOf(original_);
      SOCKET* end = begin + original_->fd_count;
      if (std::find(begin, end, s) != end) continue;
      *end = s;
      ++original_->fd_count;
    }
  }

 private:
  // Past fd_array's declared bound for sets of more than FD_SETSIZE.
  static SOCKET* HandlesOf(fd_set* set) {
    return reinterpret_cast<SOCKET*>(reinterpret_cast<char*>(set) + offsetof(fd_set, fd_array));
  }

  fd_set* const original_;
  std::vector<SOCKET> storage_;  // aligned as an fd_set is
};

// The provider of all handles. WSAEINVAL: there are none; WSAENOTSOCK: one is no socket of this
// process, or one of another provider, to which the others mean nothing.
Library::Found ProviderOfAll(Library& library, absl::Span<SetCopy> sets) {
  Library::Found all = {.provider = nullptr, .error = WSAEINVAL};
  for (SetCopy& set : sets) {
    for (SOCKET s : set.handles()) {
      Library::Found found = library.ProviderOf(s);
      if (found.provider == nullptr) return found;
      if (all.provider == nullptr) all = found;
      if (found.provider->entry().info.ProviderId != all.provider->entry().info.ProviderId) {
        return {.provider = nullptr, .error = WSAENOTSOCK};
      }
    }
  }
  return all;
}

int64_t MicrosecondsOf(const timeval* timeout) {
  constexpr int64_t kForEver = -1;
  if (timeout == nullptr) return kForEver;
  return int64_t{timeout->tv_sec} * 1'000'000 + timeout->tv_usec;
}

}  // namespace

int WSAAPI select(int nfds, fd_set* readfds, fd_set* writefds, fd_set* exceptfds,
                  const timeval* timeout) {
  SetCopy sets[] = {SetCopy(readfds), SetCopy(writefds), SetCopy(exceptfds)};
  std::vector<SOCKET> handles;  // of all sets
  for (SetCopy& set : sets) {
    handles.insert(handles.end(), set.handles().begin(), set.handles().end());
  }
  ApiCall call(
      CallId::kSelect,
      {.socket = handles.empty() ? 0 : handles[0],
       .numbers = {static_cast<int64_t>(sets[0].handles().size()),
                   static_cast<int64_t>(sets[1].handles().size()), MicrosecondsOf(timeout)},
       .octets = {reinterpret_cast<const uint8_t*>(handles.data()),
                  handles.size() * sizeof(SOCKET)},
       .waits_for_list = handles},
      [&] {
        return absl::StrCat(sets[0].handles().size(), " read, ", sets[1].handles().size(),
                            " write, ", sets[2].handles().size(), " except");
      });
  Library* library = call.Enter(Waits::kPerhaps);
  if (library == nullptr) return call.Fail(SOCKET_ERROR);
  for (const fd_set* set : {readfds, writefds, exceptfds}) {
    if (!SetCopy::IsPlausible(set)) return call.Fail(SOCKET_ERROR, WSAEFAULT);
  }
  Library::Found found = ProviderOfAll(*library, absl::MakeSpan(sets));
  if (found.provider == nullptr) return call.Fail(SOCKET_ERROR, found.error);
  int error = 0;
  int ready = found.provider->calls().lpWSPSelect(nfds, sets[0].copy(), sets[1].copy(),
                                                  sets[2].copy(), timeout, &error);
  if (ready == SOCKET_ERROR) return call.Fail(ready, error);
  for (SetCopy& set : sets) {
    if (set.original() != nullptr) set.original()->fd_count = 0;
  }
  for (SetCopy& set : sets) {
    if (set.original() != nullptr) set.GiveBack();
  }
  std::vector<SOCKET> found_ready;
  for (SetCopy& set : sets) {
    found_ready.insert(found_ready.end(), set.handles().begin(), set.handles().end());
  }
  return call.Return(ready, {reinterpret_cast<const uint8_t*>(found_ready.data()),
                             found_ready.size() * sizeof(SOCKET)});
}

int WSAAPI __WSAFDIsSet(SOCKET s, fd_set* set) { return set != nullptr && FD_ISSET(s, set); }

}  // namespace winsock
