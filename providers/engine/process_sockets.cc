#include "providers/engine/process_sockets.h"

#include <utility>

#include "sim/thread.h"

namespace engine {

ProcessSockets* ProcessSockets::Current() {
  sim::Thread* thread = sim::Thread::Current();
  if (thread == nullptr) return nullptr;
  auto* sockets = thread->process().slots().Find<ProcessSockets>();
  return sockets != nullptr && sockets->startups_ > 0 ? sockets : nullptr;
}

void ProcessSockets::Startup(const WSPUPCALLTABLE& upcalls) {
  ++startups_;
  upcalls_ = upcalls;
}

void ProcessSockets::Cleanup() {
  if (--startups_ == 0) ResetAll();
}

std::shared_ptr<Socket> ProcessSockets::Find(SOCKET s) const {
  const auto found = sockets_.find(s);
  return found == sockets_.end() ? nullptr : found->second;
}

SOCKET ProcessSockets::Open(const std::shared_ptr<Socket>& socket, int& error) {
  // The engine finds its sockets by their handles, and needs no context.
  const SOCKET s = upcalls_.lpWPUCreateSocketHandle(socket->entry().info.dwCatalogEntryId,
                                                    /*dwContext=*/0, &error);
  if (s == INVALID_SOCKET) return s;
  sockets_[s] = socket;
  socket->AddHandle();
  socket->SetHandle(s);
  return s;
}

void ProcessSockets::Close(SOCKET s) {
  const auto found = sockets_.find(s);
  const std::shared_ptr<Socket> socket = std::move(found->second);
  sockets_.erase(found);
  int ignored = 0;  // The handle is gone in either case.
  upcalls_.lpWPUCloseSocketHandle(s, &ignored);
  if (socket->DropHandle()) socket->Close();
}

void ProcessSockets::ResetAll() {
  const auto sockets = std::exchange(sockets_, {});
  for (const auto& [handle, socket] : sockets) {
    if (socket->DropHandle()) socket->Reset();
  }
}

}  // namespace engine
