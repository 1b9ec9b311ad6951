// Event objects, waiting for them, and network events.
#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "sim/thread.h"
#include "sim/time.h"
#include "sim/world.h"
#include "stack/api/api_call.h"
#include "stack/api/call_text.h"
#include "stack/names.h"
#include "stack/winsock2.h"

namespace winsock {
namespace {

uint64_t NumberOf(WSAEVENT event) { return reinterpret_cast<uintptr_t>(event); }

// WSACloseEvent, WSASetEvent and WSAResetEvent: `act(handles, condition)` on an event of the
// process.
template <typename Act>
BOOL ActOnEvent(CallId id, WSAEVENT event, Act act) {
  ApiCall call(id, {.socket = NumberOf(event)}, [&] { return absl::StrCat(NumberOf(event)); });
  Library* library = call.Enter(Waits::kNever);
  if (library == nullptr) return call.Fail(FALSE);
  if (!library->OwnsEvent(event)) return call.Fail(FALSE, WSA_INVALID_HANDLE);
  act(library->handles(), *library->handles().FindEvent(event)->condition);
  return call.Return(TRUE);
}

// The provider of a socket, for a call that names an event object too: these are the library's, so
// it is the library that judges them.
const Provider* EnterWithEvent(ApiCall& call, SOCKET s, WSAEVENT event, bool is_optional) {
  Library* library = call.Enter(Waits::kNever);
  if (library == nullptr) return nullptr;
  const Provider* provider = call.EnterSocket(s, Waits::kNever);
  if (provider == nullptr) return nullptr;
  if (!is_optional && !library->OwnsEvent(event)) return call.Refuse(WSAEINVAL);
  return provider;
}

// The events of one wait: shared, so that one that is closed meanwhile lasts until its end.
using Conditions = std::vector<std::shared_ptr<sim::Waitable>>;

// 0, or the error.
int FindConditions(const Library& library, absl::Span<const WSAEVENT> events, bool all,
                   Conditions& conditions) {
  for (size_t i = 0; i < events.size(); ++i) {
    if (!library.OwnsEvent(events[i])) return WSA_INVALID_HANDLE;
    // Windows refuses to wait for all where one stands twice.
    if (all && std::find(events.begin(), events.begin() + i, events[i]) != events.begin() + i) {
      return WSA_INVALID_PARAMETER;
    }
    conditions.push_back(library.handles().FindEvent(events[i])->condition);
  }
  return 0;
}

sim::Time DeadlineOf(sim::Time now, DWORD milliseconds) {
  if (milliseconds == WSA_INFINITE) return sim::Time::Never();
  return now + absl::Milliseconds(int64_t{milliseconds});
}

}  // namespace

WSAEVENT WSAAPI WSACreateEvent() {
  ApiCall call(CallId::kWSACreateEvent, {});
  Library* library = call.Enter(Waits::kNever);
  if (library == nullptr) return call.Fail(WSA_INVALID_EVENT);
  WSAEVENT event = library->handles().AddEvent(library->process());
  if (event == WSA_INVALID_EVENT) return call.Fail(event, WSA_NOT_ENOUGH_MEMORY);
  return call.Return(event);
}

BOOL WSAAPI WSACloseEvent(WSAEVENT hEvent) {
  return ActOnEvent(CallId::kWSACloseEvent, hEvent,
                    [&](HandleTable& handles, sim::Waitable&) { handles.RemoveEvent(hEvent); });
}

BOOL WSAAPI WSASetEvent(WSAEVENT hEvent) {
  return ActOnEvent(CallId::kWSASetEvent, hEvent,
                    [](HandleTable&, sim::Waitable& condition) { condition.Set(); });
}

BOOL WSAAPI WSAResetEvent(WSAEVENT hEvent) {
  return ActOnEvent(CallId::kWSAResetEvent, hEvent,
                    [](HandleTable&, sim::Waitable& condition) { condition.Reset(); });
}

DWORD WSAAPI WSAWaitForMultipleEvents(DWORD cEvents, const WSAEVENT* lphEvents, BOOL fWaitAll,
                                      DWORD dwTimeout, BOOL fAlertable) {
  bool is_list = cEvents != 0 && cEvents <= WSA_MAXIMUM_WAIT_EVENTS && lphEvents != nullptr;
  absl::Span<const WSAEVENT> events(lphEvents, is_list ? cEvents : 0);
  std::array<uint64_t, WSA_MAXIMUM_WAIT_EVENTS> numbers;
  std::transform(events.begin(), events.end(), numbers.begin(), NumberOf);
  ApiCall call(CallId::kWSAWaitForMultipleEvents,
               {.socket = is_list ? NumberOf(events[0]) : 0,
                .numbers = {cEvents, fWaitAll, dwTimeout},
                .waits_for = "event",
                .waits_for_list = absl::MakeSpan(numbers.data(), events.size())},
               [&] {
                 std::string text = absl::StrCat(cEvents, " events, ");
                 absl::StrAppend(&text, fWaitAll ? "all, " : "any, ");
                 if (dwTimeout == WSA_INFINITE) return text + "WSA_INFINITE";
                 return absl::StrCat(text, dwTimeout, " ms");
               });
  Library* library = call.Enter(Waits::kPerhaps);
  if (library == nullptr) return call.Fail(WSA_WAIT_FAILED);
  if (!is_list) return call.Fail(WSA_WAIT_FAILED, WSA_INVALID_PARAMETER);
  Conditions conditions;
  int error = FindConditions(*library, events, fWaitAll != FALSE, conditions);
  if (error != 0) return call.Fail(WSA_WAIT_FAILED, error);

  std::array<sim::Waitable*, WSA_MAXIMUM_WAIT_EVENTS> waitables;
  for (size_t i = 0; i < conditions.size(); ++i) waitables[i] = conditions[i].get();
  sim::WaitResult result =
      call.thread().Wait(absl::MakeSpan(waitables.data(), conditions.size()),
                         DeadlineOf(call.thread().world().now(), dwTimeout), fAlertable != FALSE,
                         fWaitAll ? sim::WaitMode::kAll : sim::WaitMode::kAny);
  switch (result.end) {
    case sim::WaitEnd::kSignaled:
      return call.Return(WSA_WAIT_EVENT_0 + (fWaitAll ? 0 : static_cast<DWORD>(result.index)));
    case sim::WaitEnd::kTimedOut:
      return call.Return(WSA_WAIT_TIMEOUT);
    case sim::WaitEnd::kApc:
      return call.Return(WSA_WAIT_IO_COMPLETION);
    case sim::WaitEnd::kEnded:
      break;
  }
  return call.Fail(WSA_WAIT_FAILED, WSA_OPERATION_ABORTED);
}

int WSAAPI WSAEventSelect(SOCKET s, WSAEVENT hEventObject, LONG lNetworkEvents) {
  uint32_t mask = static_cast<uint32_t>(lNetworkEvents);
  ApiCall call(
      CallId::kWSAEventSelect,
      {.socket = s, .numbers = {static_cast<int64_t>(NumberOf(hEventObject)), lNetworkEvents}},
      [&] {
        return absl::StrCat(s, ", ", NumberOf(hEventObject), ", ",
                            NamesOfBits(NetworkEventNames(), mask));
      });
  // With no events to select any value will do.
  const Provider* provider = EnterWithEvent(call, s, hEventObject, /*is_optional=*/mask == 0);
  if (provider == nullptr) return call.Fail(SOCKET_ERROR);
  int error = 0;
  int result = provider->calls().lpWSPEventSelect(s, hEventObject, lNetworkEvents, &error);
  return result == SOCKET_ERROR ? call.Fail(result, error) : call.Return(result);
}

int WSAAPI WSAEnumNetworkEvents(SOCKET s, WSAEVENT hEventObject,
                                LPWSANETWORKEVENTS lpNetworkEvents) {
  ApiCall call(CallId::kWSAEnumNetworkEvents,
               {.socket = s, .numbers = {static_cast<int64_t>(NumberOf(hEventObject))}},
               [&] { return absl::StrCat(s, ", ", NumberOf(hEventObject)); });
  const Provider* provider =
      EnterWithEvent(call, s, hEventObject, /*is_optional=*/hEventObject == WSA_INVALID_EVENT);
  if (provider == nullptr) return call.Fail(SOCKET_ERROR);
  int error = 0;
  int result = provider->calls().lpWSPEnumNetworkEvents(s, hEventObject, lpNetworkEvents, &error);
  if (result == SOCKET_ERROR) return call.Fail(result, error);
  // Which events, then the code of each, as one number for every event in ascending order.
  if (lpNetworkEvents == nullptr) return call.Return(result);
  std::vector<int32_t> reported = {lpNetworkEvents->lNetworkEvents};
  for (int bit = 0; bit < FD_MAX_EVENTS; ++bit) {
    if ((lpNetworkEvents->lNetworkEvents & 1 << bit) != 0) {
      reported.push_back(lpNetworkEvents->iErrorCode[bit]);
    }
  }
  return call.Return(result, Octets(reported.data(), reported.size() * sizeof reported[0]));
}

}  // namespace winsock
