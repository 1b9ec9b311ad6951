// Composing and forwarding PDUs: ISO 8473 6.1, 6.4 to 6.7, 6.14, 6.15.
#include <utility>
#include <vector>

#include "providers/ethernet/llc_header.h"
#include "providers/osi/clnp/clnp_layer.h"
#include "providers/osi/clnp/clnp_path.h"
#include "providers/osi/clnp/clnp_route.h"
#include "sim/world.h"

namespace osi {
namespace {

constexpr size_t kSegmentationBlock = 8;  // octets, 7.4.2

// A lifetime value, or 0, after a system has taken its share (6.4: at least 1).
uint8_t Decremented(uint8_t lifetime) { return lifetime == 0 ? 0 : lifetime - 1; }

ClnpOption* FindOption(ClnpOptions& options, ClnpOptionCode code) {
  return const_cast<ClnpOption*>(FindClnpOption(options, code));
}

}  // namespace

bool ClnpLayer::Send(uint8_t source_selector, const Nsap& destination, const sim::FramePtr& data,
                     const ClnpOptions& options) {
  const std::optional<sim::NextHop> next = Route(destination);
  if (!next.has_value()) return false;
  ClnpDataPdu header{.lifetime = kClnpInitialLifetime,
                     .error_report_allowed = true,
                     .destination = destination,
                     .source = own_address(source_selector),
                     .segmentation = ClnpSegmentation{},
                     .options = options};
  const ClnpSegmentation whole{
      .data_unit_identifier = next_data_unit_identifier_++,
      .total_length = static_cast<uint16_t>(header.header_octets() + data->size())};
  header.segmentation = whole;
  if (whole.total_length <= MaxClnpPduOctets(next->nic->mtu())) {
    SendPdu(*next, header, data);
  } else {
    SendSegmented(*next, header, data->octets(), whole);
  }
  return true;
}

void ClnpLayer::SendSegmented(const sim::NextHop& next, ClnpDataPdu header, wire::ByteSpan data,
                              const ClnpSegmentation& whole) {
  const size_t overhead = header.header_octets();
  const size_t room = MaxClnpPduOctets(next.nic->mtu());
  if (room < overhead + kSegmentationBlock) {
    return Discard({DiscardReason::kSegmentationNeeded}, "the link carries no segment at all",
                   "ISO 8473 6.7");
  }
  const size_t most = (room - overhead) / kSegmentationBlock * kSegmentationBlock;
  for (size_t at = 0; at < data.size(); at += most) {
    const wire::ByteSpan piece = data.subspan(at, most);
    header.segmentation = whole;
    header.segmentation->offset = static_cast<uint16_t>(whole.offset + at);
    header.segmentation->more_segments = whole.more_segments || at + piece.size() < data.size();
    SendPdu(next, header, sim::Frame::Copy(piece));
  }
}

void ClnpLayer::SendPdu(const sim::NextHop& next, ClnpDataPdu header, const sim::FramePtr& packet) {
  header.data = packet->octets();  // it stays where it is when the header is put in front
  const size_t octets = header.header_octets();
  header.WriteHeaderTo({packet->Prepend(octets), octets});
  station_.SendToSap(*next.nic, next.mac, ethernet::kSapOsiNetwork, packet);
}

bool ClnpLayer::IsNeighbour(const sim::NextHop& next, const Nsap& title) const {
  const sim::Host* host = boot_.world().network().host(HostNumberOf(title));
  if (host == nullptr) return false;
  for (const std::unique_ptr<sim::Nic>& nic : host->nics()) {
    if (nic->mac() == next.mac) return true;
  }
  return false;
}

absl::StatusOr<sim::NextHop> ClnpLayer::NextHopOf(ClnpDataPdu& pdu) const {
  ClnpOption* const option = FindOption(pdu.options, ClnpOptionCode::kSourceRouting);
  if (option != nullptr) {
    absl::StatusOr<ClnpSourceRoute> route = ClnpSourceRoute::Parse(option->value);
    if (!route.ok()) return route.status();
    if (!route->is_over() && IsLocal(route->path[route->next])) ++route->next;
    option->value = route->ToValue();
    const Nsap& title = route->is_over() ? pdu.destination : route->path[route->next];
    const std::optional<sim::NextHop> next = Route(title);
    if (!next.has_value()) {
      return ClnpError({DiscardReason::kSourceRoutingUnknownAddress},
                       "no route to the next system of the source route");
    }
    if (route->is_complete && !IsNeighbour(*next, title)) {
      return ClnpError({DiscardReason::kSourceRoutingPathNotAcceptable},
                       "the next system of a complete source route is no neighbour");
    }
    return *next;
  }
  const std::optional<sim::NextHop> next = Route(pdu.destination);
  if (next.has_value()) return *next;
  return ClnpError({DiscardReason::kDestinationUnreachable}, "no route to the destination");
}

void ClnpLayer::Forward(const ClnpDataPdu& pdu, wire::ByteSpan octets) {
  ClnpDataPdu header = pdu;
  header.lifetime = Decremented(pdu.lifetime);
  if (header.lifetime == 0) {
    return Discard({DiscardReason::kLifetimeExpiredInTransit}, "lifetime expired", "ISO 8473 6.4",
                   ReporteeOf(pdu, octets));
  }
  const absl::StatusOr<sim::NextHop> next = NextHopOf(header);
  if (!next.ok()) {
    return Discard(*ClnpFaultOf(next.status()), next.status().message(), "ISO 8473 6.5",
                   ReporteeOf(pdu, octets));
  }
  ClnpOption* const record = FindOption(header.options, ClnpOptionCode::kRecordingOfRoute);
  if (record != nullptr) RecordSystem(record->value, own_address(Nsap::kNetworkSelector));
  const size_t size = header.header_octets() + pdu.data.size();
  if (size <= MaxClnpPduOctets(next->nic->mtu())) {
    return SendPdu(*next, header, sim::Frame::Copy(pdu.data));
  }
  if (!pdu.segmentation.has_value()) {
    return Discard({DiscardReason::kSegmentationNeeded}, "longer than the next link carries",
                   "ISO 8473 6.7", ReporteeOf(pdu, octets));
  }
  SendSegmented(*next, header, pdu.data, *pdu.segmentation);
}

// The routes of data hold for reports, but no report is made about one (6.10.1).
void ClnpLayer::ForwardReport(const ClnpErrorReportPdu& pdu) {
  const std::optional<sim::NextHop> next = Route(pdu.destination);
  ClnpErrorReportPdu forwarded = pdu;
  forwarded.lifetime = Decremented(pdu.lifetime);
  if (!boot_.host().is_router() || !next.has_value() || forwarded.lifetime == 0) {
    return Discard({DiscardReason::kDestinationUnreachable}, "an error report that goes no further",
                   "ISO 8473 6.10");
  }
  std::vector<uint8_t> octets;
  forwarded.AppendTo(octets);
  station_.SendToSap(*next->nic, next->mac, ethernet::kSapOsiNetwork, sim::Frame::Copy(octets));
}

}  // namespace osi
