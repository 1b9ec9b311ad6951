#include "providers/osi/tp4/tpdu_exchange.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "providers/osi/tp4/tp4_quality.h"
#include "providers/osi/tp4/tpdu_text.h"

namespace osi {

void TpduExchange::SendCopy(const Nsap& destination, const TpduOwner& owner, ByteSpan tpdu) {
  const TpduType type = static_cast<TpduType>(tpdu[1] & 0xF0);
  if (!is_in_event_ || MayCarryUserData(type)) {
    return SendFrame(destination, owner, sim::Frame::Copy(tpdu));
  }
  sim::World::CauseScope scope(world_, world_.context().cause);
  scope.Continue(Record(sim::TraceKind::kPduSent, owner, type, tpdu));
  Wait(destination, owner, tpdu, world_.context().cause);
}

void TpduExchange::SendFrame(const Nsap& destination, const TpduOwner& owner,
                             const sim::FramePtr& tpdu) {
  const ByteSpan octets = tpdu->octets();
  sim::World::CauseScope scope(world_, world_.context().cause);
  scope.Continue(
      Record(sim::TraceKind::kPduSent, owner, static_cast<TpduType>(octets[1] & 0xF0), octets));
  const auto waiting = FindWaiting(destination, owner.network_priority);
  if (waiting == waiting_.end()) return SendNsdu(destination, owner.network_priority, tpdu);
  std::vector<uint8_t> nsdu = std::move(waiting->tpdus);
  waiting->tpdus.clear();
  if (nsdu.size() + octets.size() > MaxNsdu(destination, owner.network_priority)) {
    waiting->tpdus = std::move(nsdu);
    SendWaiting(*waiting);
    waiting_.erase(waiting);
    return SendNsdu(destination, owner.network_priority, tpdu);
  }
  waiting_.erase(waiting);
  nsdu.insert(nsdu.end(), octets.begin(), octets.end());
  SendNsdu(destination, owner.network_priority, sim::Frame::Copy(nsdu));
}

void TpduExchange::EndEvent() {
  is_in_event_ = false;
  for (const Waiting& waiting : std::exchange(waiting_, {})) SendWaiting(waiting);
}

std::vector<TpduExchange::Waiting>::iterator TpduExchange::FindWaiting(const Nsap& destination,
                                                                       int network_priority) {
  return std::find_if(waiting_.begin(), waiting_.end(), [&](const Waiting& waiting) {
    return waiting.destination == destination && waiting.network_priority == network_priority;
  });
}

void TpduExchange::Wait(const Nsap& destination, const TpduOwner& owner, ByteSpan tpdu,
                        sim::TraceId cause) {
  auto waiting = FindWaiting(destination, owner.network_priority);
  if (waiting != waiting_.end()) {
    const std::vector<uint64_t>& subjects = waiting->subjects;
    const bool has_one = owner.subject == 0 || std::find(subjects.begin(), subjects.end(),
                                                         owner.subject) != subjects.end();
    if (has_one ||
        waiting->tpdus.size() + tpdu.size() > MaxNsdu(destination, owner.network_priority)) {
      SendWaiting(*waiting);
      waiting_.erase(waiting);
      waiting = waiting_.end();
    }
  }
  if (waiting == waiting_.end()) {
    waiting_.push_back(
        {.destination = destination, .network_priority = owner.network_priority, .is_work = false});
    waiting = std::prev(waiting_.end());
  }
  waiting->tpdus.insert(waiting->tpdus.end(), tpdu.begin(), tpdu.end());
  waiting->subjects.push_back(owner.subject);
  waiting->cause = cause;
  waiting->is_work |= !world_.context().is_upkeep;
}

void TpduExchange::SendWaiting(const Waiting& waiting) {
  const sim::World::CauseScope scope(world_, waiting.cause,
                                     waiting.is_work ? sim::Urgency::kWork : sim::Urgency::kUpkeep);
  std::optional<sim::World::WorkScope> work;
  if (waiting.is_work) work.emplace(world_);
  SendNsdu(waiting.destination, waiting.network_priority, sim::Frame::Copy(waiting.tpdus));
}

size_t TpduExchange::MaxNsdu(const Nsap& destination, int network_priority) const {
  const size_t most = network_.MaxUnsegmentedData(destination);
  return network_priority < 0 ? most : most - std::min(most, kPriorityOptionOctets);
}

void TpduExchange::SendNsdu(const Nsap& destination, int network_priority,
                            const sim::FramePtr& nsdu) {
  if (network_priority < 0) {
    network_.Send(Nsap::kTransportSelector, destination, nsdu);
  } else {
    network_.Send(
        Nsap::kTransportSelector, destination, nsdu,
        {{.code = ClnpOptionCode::kPriority, .value = {static_cast<uint8_t>(network_priority)}}});
  }
}

void TpduExchange::OnReceived(const TpduOwner& owner, TpduType type, ByteSpan tpdu) {
  world_.ContinueBecause(Record(sim::TraceKind::kPduReceived, owner, type, tpdu));
}

void TpduExchange::OnDropped(uint64_t subject, TpduType type, absl::string_view why,
                             absl::string_view clause) {
  world_.trace().Record({.kind = sim::TraceKind::kPduDropped,
                         .code = static_cast<uint32_t>(type),
                         .subject = subject,
                         .name = TpduTypeName(type),
                         .text = why,
                         .clause = clause});
}

void TpduExchange::OnNoTpdu(absl::string_view why, absl::string_view clause) {
  world_.trace().Record(
      {.kind = sim::TraceKind::kPduDropped, .name = "TPDU", .text = why, .clause = clause});
}

sim::TraceId TpduExchange::Record(sim::TraceKind kind, const TpduOwner& owner, TpduType type,
                                  ByteSpan tpdu) {
  sim::Trace& trace = world_.trace();
  if (!trace.is_on()) return 0;
  const std::string text = trace.wants_text() ? TpduText(tpdu, owner.format) : std::string();
  return trace.Record({.kind = kind,
                       .code = static_cast<uint32_t>(type),
                       .subject = owner.subject,
                       .name = TpduTypeName(type),
                       .text = text});
}

}  // namespace osi
