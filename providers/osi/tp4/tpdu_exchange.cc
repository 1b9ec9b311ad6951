#include "providers/osi/tp4/tpdu_exchange.h"

#include <string>

#include "providers/osi/tp4/tpdu_text.h"

namespace osi {

void TpduExchange::SendCopy(const Nsap& destination, uint64_t subject, ByteSpan tpdu) {
  SendFrame(destination, subject, sim::Frame::Copy(tpdu));
}

void TpduExchange::SendFrame(const Nsap& destination, uint64_t subject, const sim::FramePtr& tpdu) {
  const ByteSpan octets = tpdu->octets();
  sim::World::CauseScope scope(world_, world_.context().cause);
  scope.Continue(
      Record(sim::TraceKind::kPduSent, subject, static_cast<TpduType>(octets[1] & 0xF0), octets));
  network_.Send(Nsap::kTransportSelector, destination, tpdu);
}

void TpduExchange::OnReceived(uint64_t subject, TpduType type, ByteSpan tpdu) {
  world_.ContinueBecause(Record(sim::TraceKind::kPduReceived, subject, type, tpdu));
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

sim::TraceId TpduExchange::Record(sim::TraceKind kind, uint64_t subject, TpduType type,
                                  ByteSpan tpdu) {
  sim::Trace& trace = world_.trace();
  if (!trace.is_on()) return 0;
  const std::string text = trace.wants_text() ? TpduText(tpdu, TpduFormat::kNormal) : std::string();
  return trace.Record({.kind = kind,
                       .code = static_cast<uint32_t>(type),
                       .subject = subject,
                       .name = TpduTypeName(type),
                       .text = text});
}

}  // namespace osi
