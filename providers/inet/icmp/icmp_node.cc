#include "providers/inet/icmp/icmp_node.h"

namespace inet {
namespace {

// Octets of a segment that tell whose it is: its ports, and where it stands (RFC 792).
constexpr size_t kLeastQuoted = 8;

}  // namespace

void IcmpNode::NoteReceived(absl::string_view text) {
  world_.ContinueBecause(world_.trace().Record(
      {.kind = sim::TraceKind::kPduReceived, .name = version_.name, .text = text}));
}

void IcmpNode::Send(const IpAddress& source, const IpAddress& destination, absl::string_view text,
                    wire::ByteSpan message) {
  sim::World::CauseScope scope(world_, world_.context().cause);
  scope.Continue(world_.trace().Record(
      {.kind = sim::TraceKind::kPduSent, .name = version_.name, .text = text}));
  switch (internet_.Send({.source = source, .destination = destination}, version_.protocol,
                         sim::Frame::Copy(message))) {
    case SendStatus::kSent:
      return;
    case SendStatus::kNoRoute:
      return Drop(IpDrop::kNoRoute, "no route to who is told", version_.send_clause);
    case SendStatus::kTooLong:
      return Drop(IpDrop::kTooLong, "longer than the path takes", version_.send_clause);
  }
}

std::optional<IcmpEcho> IcmpNode::AnswerTo(const IcmpEcho& echo) {
  if (echo.is_reply) {
    Drop(IpDrop::kUnasked, "an echo reply that nobody waits for", version_.echo_clause);
    return std::nullopt;
  }
  IcmpEcho answer = echo;
  answer.is_reply = true;
  return answer;
}

bool IcmpNode::BelievesMtu(size_t mtu, size_t packet_octets) {
  if (mtu < version_.least_mtu) {
    Drop(IpDrop::kNotBelieved, "an MTU below what every link carries", version_.least_mtu_clause);
    return false;
  }
  if (mtu >= packet_octets) {
    Drop(IpDrop::kNotBelieved, "an MTU that the packet does not exceed", "RFC 5927 7");
    return false;
  }
  return true;
}

void IcmpNode::HandOn(uint8_t protocol, const NetworkError& error) {
  if (!internet_.IsLocal(error.source))
    return Drop(IpDrop::kNotBelieved, "about a packet of another host", "RFC 5927 4");
  if (error.quoted.size() < kLeastQuoted) {
    return Drop(IpDrop::kNotBelieved, "the quote does not show whose it is", "RFC 5927 4");
  }
  router_.OnNetworkError(protocol, error);
}

bool IcmpNode::MayTellOneMore() {
  if (limiter_.Allow(world_.now())) return true;
  Drop(IpDrop::kErrorLimit, "too many errors", version_.limit_clause);
  return false;
}

void IcmpNode::Drop(IpDrop drop, absl::string_view why, absl::string_view clause) {
  drops_.Record(drop, 0, version_.name, why, clause);
}

IpDrop IcmpNode::WhyUnread(const absl::Status& refusal) {
  return absl::IsUnimplemented(refusal) ? IpDrop::kUnknownType : IpDrop::kMalformed;
}

}  // namespace inet
