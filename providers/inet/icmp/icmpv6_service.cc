#include "providers/inet/icmp/icmpv6_service.h"

#include <optional>
#include <utility>
#include <vector>

#include "providers/inet/ipv6/ipv6_extension.h"

namespace inet {
namespace {

using Kind = NetworkError::Kind;
using wire::ByteSpan;

// RFC 4443 3.1, as a transport has to tell them apart.
NetworkError ErrorOf(Icmpv6UnreachableCode code) {
  switch (code) {
    case Icmpv6UnreachableCode::kNoRoute:
    case Icmpv6UnreachableCode::kBeyondScope:
      return {.kind = Kind::kNetworkUnreachable, .text = "ICMPv6: no route to the destination"};
    case Icmpv6UnreachableCode::kAddress:
      return {.kind = Kind::kHostUnreachable, .text = "ICMPv6: address unreachable"};
    case Icmpv6UnreachableCode::kPort:
      return {.kind = Kind::kPortUnreachable, .text = "ICMPv6: port unreachable"};
    case Icmpv6UnreachableCode::kProhibited:
    case Icmpv6UnreachableCode::kSourcePolicy:
    case Icmpv6UnreachableCode::kRejectRoute:
      return {.kind = Kind::kProhibited, .text = "ICMPv6: communication prohibited"};
  }
  return {};
}

// Whether the packet is an ICMPv6 error, or redirect, or may be one.
bool IsIcmpError(const Ipv6Header& header, ByteSpan packet) {
  constexpr uint8_t kRedirect = 137;
  const Ipv6Chain chain = FollowIpv6ChainIntoFragment(header, packet.subspan(Ipv6Header::kSize));
  if (chain.next_header != kProtocolIcmpv6) return false;
  return chain.payload.empty() || chain.payload[0] < Icmpv6Message::kFirstInformational ||
         chain.payload[0] == kRedirect;
}

constexpr IcmpVersion kVersion{.name = "ICMPv6",
                               .protocol = kProtocolIcmpv6,
                               .echo_clause = "RFC 4443 4.2",
                               .limit_clause = "RFC 4443 2.4 (f)",
                               .send_clause = "RFC 4443 2.4",
                               .least_mtu = Ipv6Header::kMinMtu,
                               .least_mtu_clause = "RFC 8201 4"};

}  // namespace

Icmpv6Service::Icmpv6Service(sim::World& world, InternetLayer& internet, NetworkErrorRouter& router,
                             IpDrops& drops)
    : IcmpNode(kVersion, world, internet, router, drops) {}

void Icmpv6Service::OnSegment(const SegmentInfo& info, const sim::FramePtr&, ByteSpan octets) {
  // The sum is the same in both directions.
  if (!MakePseudoHeader(info.source, info.destination, kProtocolIcmpv6).Verifies(octets)) {
    return Drop(IpDrop::kBadChecksum, "wrong checksum", "RFC 4443 2.3");
  }
  const absl::StatusOr<Icmpv6Message> message = Icmpv6Message::Parse(octets);
  if (!message.ok())
    return Drop(WhyUnread(message.status()), message.status().message(), "RFC 4443 2.4");
  NoteReceived(Icmpv6MessageToString(*message));
  if (const auto* echo = std::get_if<IcmpEcho>(&message->body)) return OnEcho(info, *echo);
  std::visit(
      [this](const auto& error) {
        if constexpr (!std::is_same_v<std::decay_t<decltype(error)>, IcmpEcho>) OnError(error);
      },
      message->body);
}

void Icmpv6Service::OnError(const Icmpv6DestinationUnreachable& error) {
  HandOn(ErrorOf(error.code), error.quoted);
}

void Icmpv6Service::OnError(const Icmpv6PacketTooBig& error) {
  HandOn({.kind = Kind::kTooBig, .text = "ICMPv6: packet too big", .mtu = error.mtu}, error.quoted);
}

void Icmpv6Service::OnError(const Icmpv6TimeExceeded& error) {
  // A destination that waits for fragments in vain is a loss, and no end of the way.
  if (error.code == Icmpv6TimeExceededCode::kReassembly) {
    return HandOn({.kind = Kind::kHostUnreachable, .text = "ICMPv6: reassembly time exceeded"},
                  error.quoted);
  }
  HandOn({.kind = Kind::kTimeExceeded, .text = "ICMPv6: time exceeded"}, error.quoted);
}

void Icmpv6Service::OnError(const Icmpv6ParameterProblem& error) {
  if (error.code == Icmpv6ParameterCode::kUnrecognizedNextHeader) {
    return HandOn({.kind = Kind::kProtocolUnreachable, .text = "ICMPv6: unrecognized next header"},
                  error.quoted);
  }
  HandOn({.kind = Kind::kParameterProblem, .text = "ICMPv6: parameter problem"}, error.quoted);
}

void Icmpv6Service::HandOn(NetworkError error, ByteSpan quoted) {
  ByteSpan payload;
  const absl::StatusOr<Ipv6Header> header = Ipv6Header::ParseQuoted(quoted, &payload);
  if (!header.ok()) return Drop(IpDrop::kMalformed, header.status().message(), "RFC 4443 2.4");
  error.source = header->source;
  error.destination = header->destination;
  if (error.kind == Kind::kTooBig &&
      !BelievesMtu(error.mtu, header->size() + header->payload_length)) {
    return;
  }
  const Ipv6Chain chain = FollowIpv6ChainIntoFragment(*header, payload);
  if (chain.verdict == Ipv6Chain::Verdict::kDeliver) error.quoted = chain.payload;
  IcmpNode::HandOn(chain.next_header, error);
}

// RFC 4443 4.2: from the address that was asked, with the same data.
void Icmpv6Service::OnEcho(const SegmentInfo& info, const IcmpEcho& echo) {
  std::optional<IcmpEcho> answer = AnswerTo(echo);
  if (answer.has_value()) Send(info.destination, info.source, {*std::move(answer)});
}

void Icmpv6Service::TellUnreachable(const Ipv6Header& header, ByteSpan packet,
                                    Icmpv6UnreachableCode code) {
  if (!MayTell(header, packet)) return;
  Send(own_address(), header.source,
       {Icmpv6DestinationUnreachable{.code = code, .quoted = Icmpv6QuoteOf(packet)}});
}

void Icmpv6Service::TellTooBig(const Ipv6Header& header, ByteSpan packet, size_t mtu) {
  if (!MayTell(header, packet, /*about_group=*/true)) return;
  Send(own_address(), header.source,
       {Icmpv6PacketTooBig{.mtu = static_cast<uint32_t>(mtu), .quoted = Icmpv6QuoteOf(packet)}});
}

void Icmpv6Service::TellTimeExceeded(const Ipv6Header& header, ByteSpan packet,
                                     Icmpv6TimeExceededCode code) {
  if (!MayTell(header, packet)) return;
  Send(own_address(), header.source,
       {Icmpv6TimeExceeded{.code = code, .quoted = Icmpv6QuoteOf(packet)}});
}

void Icmpv6Service::TellParameterProblem(const Ipv6Header& header, ByteSpan packet,
                                         Icmpv6ParameterCode code, uint32_t pointer) {
  if (!MayTell(header, packet, code == Icmpv6ParameterCode::kUnrecognizedOption)) return;
  Send(own_address(), header.source,
       {Icmpv6ParameterProblem{.code = code, .pointer = pointer, .quoted = Icmpv6QuoteOf(packet)}});
}

bool Icmpv6Service::MayTell(const Ipv6Header& header, ByteSpan packet, bool about_group) {
  return !IsIcmpError(header, packet) && !header.source.is_unspecified() &&
         !header.source.is_multicast() && (!header.destination.is_multicast() || about_group) &&
         MayTellOneMore();
}

void Icmpv6Service::Send(const IpAddress& source, const IpAddress& destination,
                         const Icmpv6Message& message) {
  std::vector<uint8_t> octets;
  message.AppendTo(octets, MakePseudoHeader(source, destination, kProtocolIcmpv6));
  IcmpNode::Send(source, destination, Icmpv6MessageToString(message), octets);
}

}  // namespace inet
