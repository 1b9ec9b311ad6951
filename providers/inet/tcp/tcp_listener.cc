#include "providers/inet/tcp/tcp_listener.h"

#include <algorithm>

namespace inet {

TcpListener::TcpListener(const transport::ListenOptions& options, const Endpoint& local,
                         const TcpUserOptions& user_options, size_t syn_queue,
                         TcpDemultiplexer& demultiplexer, transport::ListenerUser& user)
    : local_(local),
      local_address_(options.local),
      user_options_(user_options),
      waits_for_decision_(options.waits_for_decision),
      backlog_(std::max<size_t>(options.backlog, 1)),
      syn_queue_(syn_queue),
      demultiplexer_(&demultiplexer),
      user_(user) {
  demultiplexer.Add(local_, *this);
}

TcpListener::~TcpListener() {
  if (demultiplexer_ == nullptr) return;
  demultiplexer_->Remove(local_);
  // Each takes itself off no more.
  for (const auto& [number, connection] : undecided_) connection->ForgetOpener();
  const absl::btree_map<uint64_t, TcpConnection*> opening = std::move(opening_);
  for (const auto& [number, connection] : opening) connection->ForgetOpener();
}

TcpListener::Admission TcpListener::Admit() const {
  if (opening_.size() + (waits_for_decision_ ? undecided_.size() : 0) >= syn_queue_) {
    return Admission::kDrop;
  }
  if (!waits_for_decision_ && undecided_.size() >= backlog_) return Admission::kRefuse;
  return Admission::kAdmit;
}

void TcpListener::Expect(TcpConnection& connection) {
  opening_.emplace(connection.subject(), &connection);
}

bool TcpListener::OnOpened(TcpConnection& connection) {
  opening_.erase(connection.subject());
  undecided_.emplace(connection.subject(), &connection);
  if (user_.OnConnectIndication(connection)) return true;
  undecided_.erase(connection.subject());
  return false;
}

void TcpListener::OnDecided(TcpConnection& connection) { undecided_.erase(connection.subject()); }

void TcpListener::OnFailed(TcpConnection& connection) { opening_.erase(connection.subject()); }

}  // namespace inet
