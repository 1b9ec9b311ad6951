#include "providers/osi/clnp/clnp_layer.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "providers/ethernet/ethernet_header.h"
#include "providers/ethernet/llc_header.h"
#include "sim/world.h"

namespace osi {
namespace {

constexpr uint16_t kArea = 1;
constexpr uint64_t kFirstSystem = 0x00005E005300;  // RFC 7042 2.1.2: for documentation
constexpr uint8_t kInitialLifetime = 30;           // of 500 ms: 15 s
constexpr size_t kSegmentationBlock = 8;           // octets, ISO 8473 7.4.2
// Octets of a discarded PDU that its error report quotes: the whole header and the head of a TPDU.
constexpr size_t kQuotedOctets = 254 + 32;

// A lifetime value, or 0, after a system has taken its share (ISO 8473 6.4: at least 1).
uint8_t Decremented(uint8_t lifetime) { return lifetime == 0 ? 0 : lifetime - 1; }

// The octets of a PDU that a frame of a link with this MTU carries. LLC's frames have a length, not
// a type, so that a link for longer frames does not help them.
size_t MaxPduOctets(size_t mtu) {
  const size_t most = std::min<size_t>(mtu, ethernet::EthernetHeader::kMaxLength);
  return most - std::min(most, ethernet::LlcHeader::kSize);
}

// What an address says about itself when its selector is left aside.
bool SameSystem(const Nsap& a, const Nsap& b) {
  return a.size() == b.size() && a.WithSelector(0) == b.WithSelector(0);
}

}  // namespace

Nsap NsapOfHost(uint32_t host_number, uint8_t selector) {
  const uint64_t system = kFirstSystem + host_number;
  Nsap::SystemId id;
  for (size_t i = 0; i < id.size(); ++i) {
    id[i] = static_cast<uint8_t>(system >> (8 * (id.size() - 1 - i)));
  }
  return Nsap::Local(kArea, id, selector);
}

uint32_t HostNumberOf(const Nsap& nsap) {
  if (nsap.size() != NsapOfHost(0, 0).size()) return 0;
  wire::ByteReader in(nsap.octets());
  in.Skip(3);  // AFI and area
  const uint64_t system = static_cast<uint64_t>(in.U16()) << 32 | in.U32();
  if (system <= kFirstSystem || system - kFirstSystem > UINT32_MAX) return 0;
  const uint32_t number = static_cast<uint32_t>(system - kFirstSystem);
  return SameSystem(nsap, NsapOfHost(number, 0)) ? number : 0;
}

ClnpLayer::ClnpLayer(sim::Boot& boot)
    : boot_(boot), station_(boot.slots().Get<ethernet::Station>()) {
  station_.SetReceiverOfSap(ethernet::kSapOsiNetwork, this);
}

ClnpLayer::~ClnpLayer() { station_.SetReceiverOfSap(ethernet::kSapOsiNetwork, nullptr); }

void ClnpLayer::SetUser(uint8_t selector, NetworkServiceUser* user) {
  if (user == nullptr) {
    users_.erase(selector);
  } else {
    users_[selector] = user;
  }
}

Nsap ClnpLayer::own_address(uint8_t selector) const {
  return NsapOfHost(boot_.host().number(), selector);
}

bool ClnpLayer::IsLocal(const Nsap& nsap) const { return SameSystem(nsap, own_address(0)); }

std::optional<sim::NextHop> ClnpLayer::Route(const Nsap& destination) const {
  sim::Network& network = boot_.world().network();
  const sim::Host* host = network.host(HostNumberOf(destination));
  if (host == nullptr) return std::nullopt;
  return network.Route(boot_.host(), *host);
}

size_t ClnpLayer::MaxUnsegmentedData(const Nsap& destination) const {
  sim::Network& network = boot_.world().network();
  const sim::Host* host = network.host(HostNumberOf(destination));
  if (host == nullptr) return 0;
  const size_t most = MaxPduOctets(network.PathMtu(boot_.host(), *host));
  const ClnpDataPdu header{
      .destination = destination, .source = own_address(0), .segmentation = ClnpSegmentation{}};
  return most - std::min(most, header.header_octets());
}

bool ClnpLayer::Send(uint8_t source_selector, const Nsap& destination, const sim::FramePtr& data) {
  const std::optional<sim::NextHop> next = Route(destination);
  if (!next.has_value()) return false;
  ClnpDataPdu header{.lifetime = kInitialLifetime,
                     .error_report_allowed = true,
                     .destination = destination,
                     .source = own_address(source_selector),
                     .segmentation = ClnpSegmentation{}};
  const ClnpSegmentation whole{
      .data_unit_identifier = next_data_unit_identifier_++,
      .total_length = static_cast<uint16_t>(header.header_octets() + data->size())};
  header.segmentation = whole;
  if (whole.total_length <= MaxPduOctets(next->nic->mtu())) {
    SendPdu(*next, header, data);
  } else {
    SendSegmented(*next, header, data->octets(), whole);
  }
  return true;
}

void ClnpLayer::SendSegmented(const sim::NextHop& next, ClnpDataPdu header, wire::ByteSpan data,
                              const ClnpSegmentation& whole) {
  const size_t overhead = header.header_octets();
  const size_t room = MaxPduOctets(next.nic->mtu());
  if (room < overhead + kSegmentationBlock) {
    return Discard({DiscardReason::kSegmentationNeeded}, "the link carries no segment at all",
                   "ISO 8473 6.7", nullptr, {});
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

void ClnpLayer::OnPacket(sim::Nic&, const sim::FramePtr& frame, wire::ByteSpan packet) {
  const absl::StatusOr<ClnpPdu> pdu = ParseClnpPdu(packet);
  if (!pdu.ok()) {
    const std::optional<ClnpFault> fault = ClnpFaultOf(pdu.status());
    return Discard(fault.value_or(ClnpFault{}), pdu.status().message(), "ISO 8473 6.9", nullptr,
                   {});
  }
  if (const auto* data = std::get_if<ClnpDataPdu>(&*pdu)) return OnData(*data, frame, packet);
  OnReport(*std::get_if<ClnpErrorReportPdu>(&*pdu));
}

void ClnpLayer::OnData(const ClnpDataPdu& pdu, const sim::FramePtr& frame, wire::ByteSpan octets) {
  if (!IsLocal(pdu.destination)) {
    if (boot_.host().is_router()) return Forward(pdu, octets);
    return Discard({DiscardReason::kDestinationUnknown}, "for another system", "ISO 8473 6.9", &pdu,
                   octets);
  }
  if (pdu.lifetime == 0) {
    return Discard({DiscardReason::kLifetimeExpiredInTransit}, "lifetime expired", "ISO 8473 6.4",
                   &pdu, octets);
  }
  const bool is_whole = !pdu.segmentation.has_value() ||
                        (pdu.segmentation->offset == 0 && !pdu.segmentation->more_segments);
  if (is_whole) return Deliver(pdu.source, pdu.destination, frame, pdu.data);
  OnSegment(pdu);
}

void ClnpLayer::OnSegment(const ClnpDataPdu& pdu) {
  const uint64_t forgotten = reassembler_.forgotten();
  const sim::FramePtr whole = reassembler_.Add(pdu, pdu.header_octets(), boot_.world().now());
  if (reassembler_.forgotten() != forgotten) {
    Discard({DiscardReason::kLifetimeExpiredInReassembly},
            "segments of data that never became whole", "ISO 8473 6.8", nullptr, {});
  }
  if (whole) Deliver(pdu.source, pdu.destination, whole, whole->octets());
}

void ClnpLayer::Deliver(const Nsap& source, const Nsap& destination, const sim::FramePtr& frame,
                        wire::ByteSpan data) {
  auto user = users_.find(destination.selector());
  if (user == users_.end()) {
    return Discard({DiscardReason::kDestinationUnknown}, "nobody at the selector", "ISO 8473 6.9",
                   nullptr, {});
  }
  user->second->OnUnitData(source, destination, frame, data);
}

void ClnpLayer::OnReport(const ClnpErrorReportPdu& pdu) {
  if (!IsLocal(pdu.destination)) {
    // Reports are not forwarded over more than the routes of data: the same topology holds for
    // them.
    const std::optional<sim::NextHop> next = Route(pdu.destination);
    const uint8_t lifetime = Decremented(pdu.lifetime);
    if (!boot_.host().is_router() || !next.has_value() || lifetime == 0) {
      return Discard({DiscardReason::kDestinationUnreachable},
                     "an error report that goes no further", "ISO 8473 6.10", nullptr, {});
    }
    ClnpErrorReportPdu forwarded = pdu;
    forwarded.lifetime = lifetime;
    std::vector<uint8_t> octets;
    forwarded.AppendTo(octets);
    return station_.SendToSap(*next->nic, next->mac, ethernet::kSapOsiNetwork,
                              sim::Frame::Copy(octets));
  }
  const absl::StatusOr<ClnpDataPdu> discarded = ClnpDataPdu::Parse(pdu.discarded);
  if (!discarded.ok()) return;
  auto user = users_.find(discarded->source.selector());
  if (user == users_.end()) return;
  user->second->OnErrorReport(discarded->destination, pdu.fault, discarded->data);
}

void ClnpLayer::Forward(const ClnpDataPdu& pdu, wire::ByteSpan octets) {
  const uint8_t lifetime = Decremented(pdu.lifetime);
  if (lifetime == 0) {
    return Discard({DiscardReason::kLifetimeExpiredInTransit}, "lifetime expired", "ISO 8473 6.4",
                   &pdu, octets);
  }
  const std::optional<sim::NextHop> next = Route(pdu.destination);
  if (!next.has_value()) {
    return Discard({DiscardReason::kDestinationUnreachable}, "no route to the destination",
                   "ISO 8473 6.5", &pdu, octets);
  }
  ClnpDataPdu header = pdu;
  header.lifetime = lifetime;
  const size_t size = header.header_octets() + pdu.data.size();
  if (size <= MaxPduOctets(next->nic->mtu())) {
    return SendPdu(*next, header, sim::Frame::Copy(pdu.data));
  }
  if (!pdu.segmentation.has_value()) {
    return Discard({DiscardReason::kSegmentationNeeded}, "longer than the next link carries",
                   "ISO 8473 6.7", &pdu, octets);
  }
  SendSegmented(*next, header, pdu.data, *pdu.segmentation);
}

void ClnpLayer::Discard(ClnpFault fault, absl::string_view why, absl::string_view clause,
                        const ClnpDataPdu* pdu, wire::ByteSpan octets) {
  boot_.world().trace().Record({.kind = sim::TraceKind::kPduDropped,
                                .code = static_cast<uint32_t>(fault.reason),
                                .name = "CLNP",
                                .text = why,
                                .clause = clause});
  if (pdu == nullptr || !pdu->error_report_allowed) return;
  const std::optional<sim::NextHop> next = Route(pdu->source);
  if (!next.has_value()) return;
  const ClnpErrorReportPdu report{
      .lifetime = kInitialLifetime,
      .destination = pdu->source,
      .source = own_address(Nsap::kNetworkSelector),
      .fault = fault,
      .discarded =
          octets.subspan(0, std::min(kQuotedOctets, pdu->header_octets() + pdu->data.size()))};
  std::vector<uint8_t> report_octets;
  report.AppendTo(report_octets);
  station_.SendToSap(*next->nic, next->mac, ethernet::kSapOsiNetwork,
                     sim::Frame::Copy(report_octets));
}

}  // namespace osi
