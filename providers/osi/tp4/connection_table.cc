#include "providers/osi/tp4/connection_table.h"

#include "providers/osi/tp4/tp4_connection.h"
#include "providers/osi/tp4/tp4_values.h"

namespace osi {

ConnectionTable::ConnectionTable(sim::World& world, uint32_t boot_number, TpduExchange& exchange)
    : world_(world), exchange_(exchange), references_(boot_number), thaw_(world, *this) {}

ConnectionTable::~ConnectionTable() = default;

Tp4Connection& ConnectionTable::Make(const TransportAddress& local,
                                     const TransportAddress& remote) {
  auto made = std::make_unique<Tp4Connection>(*this, local, remote);
  Tp4Connection& connection = *made;
  connections_.emplace(connection.subject(), std::move(made));
  return connection;
}

bool ConnectionTable::GiveReference(Tp4Connection& connection) {
  const uint16_t reference = references_.Take(connection);
  if (reference == 0) return false;
  connection.SetReference(reference);
  ++selectors_[connection.local().selector];
  return true;
}

void ConnectionTable::AddRequest(Tp4Connection& connection) {
  requests_[{connection.remote().nsap, connection.remote_reference()}] = {.connection =
                                                                              &connection};
}

void ConnectionTable::AddAnswer(Tp4Connection& connection) {
  answers_[{connection.remote().nsap, connection.remote_reference()}] = &connection;
}

Tp4Connection* ConnectionTable::FindByPeer(const Nsap& remote, uint16_t remote_reference) const {
  const auto answer = answers_.find({remote, remote_reference});
  if (answer != answers_.end()) return answer->second;
  const Request* request = FindRequest(remote, remote_reference);
  return request == nullptr ? nullptr : request->connection;
}

Tp4Connection* ConnectionTable::Find(uint16_t local_reference, const Nsap& remote) const {
  Tp4Connection* found = references_.Find(local_reference);
  return found != nullptr && found->remote().nsap == remote ? found : nullptr;
}

const ConnectionTable::Request* ConnectionTable::FindRequest(const Nsap& remote,
                                                             uint16_t remote_reference) const {
  auto found = requests_.find({remote, remote_reference});
  return found == requests_.end() ? nullptr : &found->second;
}

void ConnectionTable::ReleaseSelector(uint16_t selector) {
  auto found = selectors_.find(selector);
  if (--found->second == 0) selectors_.erase(found);
}

void ConnectionTable::OnOver(Tp4Connection& connection, std::vector<uint8_t> refusal) {
  ReleaseSelector(connection.local().selector);
  references_.Freeze(connection.local_reference());
  Frozen frozen{.until = world_.now() + FreezeTime(),
                .subject = connection.subject(),
                .reference = connection.local_reference()};
  if (connection.is_responder()) {
    const RequestKey key{connection.remote().nsap, connection.remote_reference()};
    requests_[key] = {.refusal = std::move(refusal)};
    frozen.request = key;
  } else {
    const auto answer = answers_.find({connection.remote().nsap, connection.remote_reference()});
    if (answer != answers_.end() && answer->second == &connection) answers_.erase(answer);
  }
  frozen_.push_back(std::move(frozen));
  if (!thaw_.is_scheduled()) thaw_.ScheduleAt(frozen_.front().until, sim::Urgency::kUpkeep);
}

void ConnectionTable::OnThaw() {
  while (!frozen_.empty() && frozen_.front().until <= world_.now()) {
    const Frozen& frozen = frozen_.front();
    references_.Thaw(frozen.reference);
    if (frozen.request.has_value()) requests_.erase(*frozen.request);
    world_.trace().Record({.kind = sim::TraceKind::kState,
                           .code = static_cast<uint32_t>(Tp4State::kClosed),
                           .subject = frozen.subject,
                           .numbers = {static_cast<int64_t>(Tp4State::kRefwait)},
                           .name = Tp4StateName(Tp4State::kClosed),
                           .text = "the reference may be used again",
                           .clause = "ISO 8073 6.18"});
    frozen_.pop_front();
  }
  if (!frozen_.empty()) thaw_.ScheduleAt(frozen_.front().until, sim::Urgency::kUpkeep);
}

void ConnectionTable::OnUnused(Tp4Connection& connection) {
  unused_.push_back(connection.subject());
}

void ConnectionTable::OnScopeEnds() {
  if (--scopes_ > 0) return;
  exchange_.EndEvent();
  for (uint64_t subject : unused_) connections_.erase(subject);
  unused_.clear();
}

}  // namespace osi
