#include "providers/inet/icmp/icmp_service.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "providers/inet/path_mtu.h"

namespace inet {
namespace {

using Kind = NetworkError::Kind;
using wire::ByteSpan;

// RFC 1122 3.2.2.1 and RFC 1812 5.2.7.1, as a transport has to tell them apart.
NetworkError ErrorOf(IcmpUnreachableCode code) {
  switch (code) {
    case IcmpUnreachableCode::kNetwork:
    case IcmpUnreachableCode::kSourceRouteFailed:
    case IcmpUnreachableCode::kNetworkUnknown:
    case IcmpUnreachableCode::kNetworkTypeOfService:
      return {.kind = Kind::kNetworkUnreachable, .text = "ICMP: network unreachable"};
    case IcmpUnreachableCode::kHost:
    case IcmpUnreachableCode::kHostUnknown:
    case IcmpUnreachableCode::kSourceHostIsolated:
    case IcmpUnreachableCode::kHostTypeOfService:
    case IcmpUnreachableCode::kHostPrecedenceViolation:
    case IcmpUnreachableCode::kPrecedenceCutoff:
      return {.kind = Kind::kHostUnreachable, .text = "ICMP: host unreachable"};
    case IcmpUnreachableCode::kProtocol:
      return {.kind = Kind::kProtocolUnreachable, .text = "ICMP: protocol unreachable"};
    case IcmpUnreachableCode::kPort:
      return {.kind = Kind::kPortUnreachable, .text = "ICMP: port unreachable"};
    case IcmpUnreachableCode::kFragmentationNeeded:
      return {.kind = Kind::kTooBig, .text = "ICMP: fragmentation needed"};
    case IcmpUnreachableCode::kNetworkProhibited:
    case IcmpUnreachableCode::kHostProhibited:
    case IcmpUnreachableCode::kCommunicationProhibited:
      return {.kind = Kind::kProhibited, .text = "ICMP: communication prohibited"};
  }
  return {};
}

// RFC 1122 3.2.2: what an error may be sent to, and about.
bool IsSingleHost(const Ipv4Address& address) {
  return !address.is_unspecified() && !address.is_multicast() && !address.is_limited_broadcast() &&
         address.octets[0] < 240;
}

// Whether the datagram is an ICMP message that is not known to be no error.
bool IsIcmpError(const Ipv4Header& header, ByteSpan datagram) {
  if (header.protocol != kProtocolIcmp) return false;
  constexpr uint8_t kInformational[] = {0, 8, 13, 14, 15, 16, 17, 18};
  return datagram.size() <= header.size() ||
         std::find(std::begin(kInformational), std::end(kInformational), datagram[header.size()]) ==
             std::end(kInformational);
}

constexpr IcmpVersion kVersion{.name = "ICMP",
                               .protocol = kProtocolIcmp,
                               .echo_clause = "RFC 1122 3.2.2.6",
                               .limit_clause = "RFC 1812 4.3.2.8",
                               .send_clause = "RFC 1122 3.2.2",
                               .least_mtu = Ipv4Header::kMinMtu,
                               .least_mtu_clause = "RFC 1191 3"};

}  // namespace

IcmpService::IcmpService(sim::World& world, InternetLayer& internet, NetworkErrorRouter& router,
                         IpDrops& drops)
    : IcmpNode(kVersion, world, internet, router, drops) {}

void IcmpService::OnSegment(const SegmentInfo& info, const sim::FramePtr&, ByteSpan octets) {
  if (octets.size() < IcmpMessage::kHeaderSize) {
    return Drop(IpDrop::kMalformed, "ICMP header truncated", "RFC 792");
  }
  if (absl::Status checksum = VerifyIcmpChecksum(octets); !checksum.ok()) {
    return Drop(IpDrop::kBadChecksum, checksum.message(), "RFC 792");
  }
  const absl::StatusOr<IcmpMessage> message = IcmpMessage::Parse(octets);
  if (!message.ok())
    return Drop(WhyUnread(message.status()), message.status().message(), "RFC 1122 3.2.2");
  NoteReceived(IcmpMessageToString(*message));
  if (const auto* echo = std::get_if<IcmpEcho>(&message->body)) return OnEcho(info, *echo);
  std::visit(
      [this](const auto& error) {
        if constexpr (!std::is_same_v<std::decay_t<decltype(error)>, IcmpEcho>) OnError(error);
      },
      message->body);
}

void IcmpService::OnError(const IcmpDestinationUnreachable& error) {
  NetworkError network = ErrorOf(error.code);
  network.mtu = error.next_hop_mtu;
  HandOn(network, error.quoted);
}

void IcmpService::OnError(const IcmpTimeExceeded& error) {
  // A destination that waits for fragments in vain is a loss, and no end of the way.
  if (error.code == IcmpTimeExceededCode::kReassembly) {
    return HandOn({.kind = Kind::kHostUnreachable, .text = "ICMP: reassembly time exceeded"},
                  error.quoted);
  }
  HandOn({.kind = Kind::kTimeExceeded, .text = "ICMP: time exceeded"}, error.quoted);
}

void IcmpService::OnError(const IcmpParameterProblem& error) {
  HandOn({.kind = Kind::kParameterProblem, .text = "ICMP: parameter problem"}, error.quoted);
}

void IcmpService::HandOn(NetworkError error, ByteSpan quoted) {
  const absl::StatusOr<Ipv4Header> header = Ipv4Header::ParseQuoted(quoted, &error.quoted);
  if (!header.ok()) return Drop(IpDrop::kMalformed, header.status().message(), "RFC 1122 3.2.2");
  error.source = header->source;
  error.destination = header->destination;
  if (header->fragment_offset != 0) error.quoted = {};  // Of a later piece, which has no ports.
  if (error.kind == Kind::kTooBig) {
    if (error.mtu == 0) error.mtu = PlateauBelow(header->total_length);
    if (!BelievesMtu(error.mtu, header->total_length)) return;
  }
  IcmpNode::HandOn(header->protocol, error);
}

// RFC 1122 3.2.2.6: from the address that was asked, with the same data.
void IcmpService::OnEcho(const SegmentInfo& info, const IcmpEcho& echo) {
  std::optional<IcmpEcho> answer = AnswerTo(echo);
  if (answer.has_value()) Send(info.destination, info.source, {*std::move(answer)});
}

void IcmpService::TellUnreachable(const Ipv4Header& header, ByteSpan datagram,
                                  IcmpUnreachableCode code) {
  if (!MayTell(header, datagram)) return;
  Send(own_address(), header.source,
       {IcmpDestinationUnreachable{.code = code, .quoted = IcmpQuoteOf(datagram)}});
}

void IcmpService::TellFragmentationNeeded(const Ipv4Header& header, ByteSpan datagram, size_t mtu) {
  if (!MayTell(header, datagram)) return;
  constexpr size_t kLargest = std::numeric_limits<uint16_t>::max();
  Send(own_address(), header.source,
       {IcmpDestinationUnreachable{.code = IcmpUnreachableCode::kFragmentationNeeded,
                                   .next_hop_mtu = static_cast<uint16_t>(std::min(mtu, kLargest)),
                                   .quoted = IcmpQuoteOf(datagram)}});
}

void IcmpService::TellTimeExceeded(const Ipv4Header& header, ByteSpan datagram,
                                   IcmpTimeExceededCode code) {
  if (!MayTell(header, datagram)) return;
  Send(own_address(), header.source,
       {IcmpTimeExceeded{.code = code, .quoted = IcmpQuoteOf(datagram)}});
}

bool IcmpService::MayTell(const Ipv4Header& header, ByteSpan datagram) {
  return !IsIcmpError(header, datagram) && header.fragment_offset == 0 &&
         IsSingleHost(header.source) && IsSingleHost(header.destination) && MayTellOneMore();
}

void IcmpService::Send(const IpAddress& source, const IpAddress& destination,
                       const IcmpMessage& message) {
  std::vector<uint8_t> octets;
  message.AppendTo(octets);
  IcmpNode::Send(source, destination, IcmpMessageToString(message), octets);
}

}  // namespace inet
