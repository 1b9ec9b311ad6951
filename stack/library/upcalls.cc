#include "stack/library/upcalls.h"

#include <algorithm>

#include "sim/process.h"
#include "sim/thread.h"
#include "sim/world.h"
#include "stack/catalog/catalog.h"
#include "stack/handles/handle_table.h"
#include "stack/library/thread_state.h"

namespace winsock {
namespace {

// Stores the error, where the provider wants it, and passes `result` on.
template <typename Result>
Result Fail(Result result, int error, LPINT lpErrno) {
  if (lpErrno != nullptr) *lpErrno = error;
  return result;
}

// Null outside of every run.
HandleTable* CurrentHandles() {
  sim::World* world = CurrentWorld();
  return world == nullptr ? nullptr : &world->slots().Get<HandleTable>();
}

std::optional<EventHandle> FindEvent(WSAEVENT event) {
  HandleTable* handles = CurrentHandles();
  if (handles == nullptr) return std::nullopt;
  return handles->FindEvent(event);
}

// Whether the world's catalog, as it is now, has that entry: a process may have a view of it that
// is older, never newer.
bool IsInstalled(sim::World& world, DWORD catalog_entry_id) {
  return FindEntry(*world.slots().Get<Catalog>().view(), catalog_entry_id) != nullptr;
}

BOOL WSPAPI CloseEvent(WSAEVENT event, LPINT lpErrno) {
  HandleTable* handles = CurrentHandles();
  if (handles == nullptr || !handles->RemoveEvent(event)) {
    return Fail(FALSE, WSA_INVALID_HANDLE, lpErrno);
  }
  return TRUE;
}

int WSPAPI CloseSocketHandle(SOCKET s, LPINT lpErrno) {
  HandleTable* handles = CurrentHandles();
  if (handles == nullptr || !handles->RemoveSocket(s)) {
    return Fail(SOCKET_ERROR, WSAENOTSOCK, lpErrno);
  }
  return 0;
}

WSAEVENT WSPAPI CreateEvent(LPINT lpErrno) {
  sim::Thread* thread = sim::Thread::Current();
  if (thread == nullptr) return Fail(WSA_INVALID_EVENT, WSANOTINITIALISED, lpErrno);
  WSAEVENT event = CurrentHandles()->AddEvent(thread->process());
  if (event == WSA_INVALID_EVENT) return Fail(event, WSA_NOT_ENOUGH_MEMORY, lpErrno);
  return event;
}

SOCKET WSPAPI CreateSocketHandle(DWORD catalog_entry_id, DWORD_PTR context, LPINT lpErrno) {
  sim::Thread* thread = sim::Thread::Current();
  if (thread == nullptr) return Fail(INVALID_SOCKET, WSANOTINITIALISED, lpErrno);
  if (!IsInstalled(thread->world(), catalog_entry_id)) {
    return Fail(INVALID_SOCKET, WSAEINVAL, lpErrno);
  }
  SOCKET s = CurrentHandles()->AddSocket(thread->process(), catalog_entry_id, context);
  if (s == INVALID_SOCKET) return Fail(s, WSAENOBUFS, lpErrno);
  return s;
}

int WSPAPI FDIsSet(SOCKET s, fd_set* set) { return set != nullptr && FD_ISSET(s, set); }

int WSPAPI GetProviderPath(LPGUID provider, WCHAR* path, LPINT length, LPINT lpErrno) {
  if (provider == nullptr || path == nullptr || length == nullptr) {
    return Fail(SOCKET_ERROR, WSAEFAULT, lpErrno);
  }
  sim::World* world = CurrentWorld();
  if (world == nullptr) return Fail(SOCKET_ERROR, WSAEINVAL, lpErrno);
  std::shared_ptr<const CatalogView> view = world->slots().Get<Catalog>().view();
  auto entry = std::find_if(view->begin(), view->end(), [provider](const auto& candidate) {
    return candidate->info.ProviderId == *provider;
  });
  if (entry == view->end()) return Fail(SOCKET_ERROR, WSAEINVAL, lpErrno);
  const std::u16string& found = (*entry)->path;
  int needed = static_cast<int>(found.size()) + 1;
  if (*length < needed) {
    *length = needed;
    return Fail(SOCKET_ERROR, WSAEFAULT, lpErrno);
  }
  std::copy_n(found.c_str(), needed, path);
  *length = needed;
  return 0;
}

SOCKET WSPAPI ModifyIFSHandle(DWORD catalog_entry_id, SOCKET proposed, LPINT lpErrno) {
  sim::World* world = CurrentWorld();
  if (world == nullptr || !IsInstalled(*world, catalog_entry_id) ||
      !CurrentHandles()->TieSocket(proposed, catalog_entry_id)) {
    return Fail(INVALID_SOCKET, WSAEINVAL, lpErrno);
  }
  return proposed;
}

BOOL WSPAPI PostMessage(HWND, UINT, WPARAM, LPARAM) { return FALSE; }

int WSPAPI QueryBlockingCallback(DWORD catalog_entry_id, LPBLOCKINGCALLBACK* callback,
                                 PDWORD_PTR context, LPINT lpErrno) {
  if (callback == nullptr || context == nullptr) return Fail(SOCKET_ERROR, WSAEFAULT, lpErrno);
  sim::World* world = CurrentWorld();
  if (world == nullptr || !IsInstalled(*world, catalog_entry_id)) {
    return Fail(SOCKET_ERROR, WSAEINVAL, lpErrno);
  }
  *callback = nullptr;
  *context = 0;
  return 0;
}

int WSPAPI QuerySocketHandleContext(SOCKET s, PDWORD_PTR context, LPINT lpErrno) {
  HandleTable* handles = CurrentHandles();
  std::optional<SocketHandle> handle;
  if (handles != nullptr) handle = handles->FindSocket(s);
  if (!handle.has_value() || context == nullptr) return Fail(SOCKET_ERROR, WSAENOTSOCK, lpErrno);
  *context = handle->context;
  return 0;
}

int WSPAPI QueueApc(LPWSATHREADID id, LPWSAUSERAPC function, DWORD_PTR context, LPINT lpErrno) {
  sim::World* world = CurrentWorld();
  sim::Thread* thread = nullptr;
  if (world != nullptr && id != nullptr) thread = ThreadState::Find(*world, *id);
  if (thread == nullptr || function == nullptr) return Fail(SOCKET_ERROR, WSAEFAULT, lpErrno);
  thread->QueueApc([function, context] { function(context); });
  return 0;
}

BOOL WSPAPI ResetEvent(WSAEVENT event, LPINT lpErrno) {
  std::optional<EventHandle> handle = FindEvent(event);
  if (!handle.has_value()) return Fail(FALSE, WSA_INVALID_HANDLE, lpErrno);
  handle->condition->Reset();
  return TRUE;
}

BOOL WSPAPI SetEvent(WSAEVENT event, LPINT lpErrno) {
  std::optional<EventHandle> handle = FindEvent(event);
  if (!handle.has_value()) return Fail(FALSE, WSA_INVALID_HANDLE, lpErrno);
  handle->condition->Set();
  return TRUE;
}

int WSPAPI OpenCurrentThread(LPWSATHREADID id, LPINT lpErrno) {
  if (id == nullptr) return Fail(SOCKET_ERROR, WSAEFAULT, lpErrno);
  sim::Thread* thread = sim::Thread::Current();
  if (thread == nullptr) return Fail(SOCKET_ERROR, WSANOTINITIALISED, lpErrno);
  *id = thread->slots().Get<ThreadState>().id();
  return 0;
}

// A thread's name is no resource: there is nothing to give back.
int WSPAPI CloseThread(LPWSATHREADID id, LPINT lpErrno) {
  if (id == nullptr) return Fail(SOCKET_ERROR, WSAEFAULT, lpErrno);
  return 0;
}

}  // namespace

WSPUPCALLTABLE Upcalls() {
  return {
      .lpWPUCloseEvent = CloseEvent,
      .lpWPUCloseSocketHandle = CloseSocketHandle,
      .lpWPUCreateEvent = CreateEvent,
      .lpWPUCreateSocketHandle = CreateSocketHandle,
      .lpWPUFDIsSet = FDIsSet,
      .lpWPUGetProviderPath = GetProviderPath,
      .lpWPUModifyIFSHandle = ModifyIFSHandle,
      .lpWPUPostMessage = PostMessage,
      .lpWPUQueryBlockingCallback = QueryBlockingCallback,
      .lpWPUQuerySocketHandleContext = QuerySocketHandleContext,
      .lpWPUQueueApc = QueueApc,
      .lpWPUResetEvent = ResetEvent,
      .lpWPUSetEvent = SetEvent,
      .lpWPUOpenCurrentThread = OpenCurrentThread,
      .lpWPUCloseThread = CloseThread,
  };
}

int WSPAPI WPUCompleteOverlappedRequest(SOCKET s, LPWSAOVERLAPPED lpOverlapped, DWORD dwError,
                                        DWORD cbTransferred, LPINT lpErrno) {
  HandleTable* handles = CurrentHandles();
  if (handles == nullptr || lpOverlapped == nullptr || !handles->FindSocket(s).has_value()) {
    return Fail(SOCKET_ERROR, WSAEINVAL, lpErrno);
  }
  lpOverlapped->InternalHigh = cbTransferred;
  lpOverlapped->Internal = dwError;
  // An event that was closed meanwhile can tell nobody; the operation has ended all the same.
  if (std::optional<EventHandle> event = handles->FindEvent(lpOverlapped->hEvent)) {
    event->condition->Set();
  }
  return 0;
}

}  // namespace winsock
