#include "providers/osi/clnp/clnp_layer.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "providers/ethernet/llc_header.h"
#include "providers/osi/clnp/clnp_outline.h"
#include "providers/osi/clnp/clnp_path.h"
#include "sim/world.h"

namespace osi {
namespace {

constexpr uint16_t kArea = 1;
constexpr uint64_t kFirstSystem = 0x00005E005300;  // RFC 7042 2.1.2: for documentation

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
    : boot_(boot),
      station_(boot.slots().Get<ethernet::Station>()),
      reassembly_time_(boot.world(), *this) {
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
  const size_t most = MaxClnpPduOctets(network.PathMtu(boot_.host(), *host));
  const ClnpDataPdu header{
      .destination = destination, .source = own_address(0), .segmentation = ClnpSegmentation{}};
  return most - std::min(most, header.header_octets());
}

std::optional<sim::PathQuality> ClnpLayer::QualityOfPath(const Nsap& destination,
                                                         size_t octets) const {
  sim::Network& network = boot_.world().network();
  const sim::Host* host = network.host(HostNumberOf(destination));
  if (host == nullptr) return std::nullopt;
  return network.QualityOfPath(boot_.host(), *host, octets);
}

void ClnpLayer::OnPacket(sim::Nic&, const sim::FramePtr& frame, wire::ByteSpan packet) {
  const absl::StatusOr<ClnpPdu> pdu = ParseClnpPdu(packet);
  if (!pdu.ok()) {
    const ClnpFault fault = ClnpFaultOf(pdu.status()).value_or(ClnpFault{});
    return Discard(fault, pdu.status().message(), "ISO 8473 6.9", ReporteeOf(packet));
  }
  if (const auto* data = std::get_if<ClnpDataPdu>(&*pdu)) return OnData(*data, frame, packet);
  OnReport(*std::get_if<ClnpErrorReportPdu>(&*pdu));
}

void ClnpLayer::OnData(const ClnpDataPdu& pdu, const sim::FramePtr& frame, wire::ByteSpan octets) {
  if (FindClnpOption(pdu.options, ClnpOptionCode::kSecurity) != nullptr) {
    // Of the functions of type 2 it is the one that is not done here (6.13, 6.19).
    return Discard({DiscardReason::kUnsupportedSecurity}, "security is not supported",
                   "ISO 8473 6.19", ReporteeOf(pdu, octets));
  }
  if (!IsLocal(pdu.destination)) {
    if (boot_.host().is_router()) return Forward(pdu, octets);
    return Discard({DiscardReason::kDestinationUnknown}, "for another system", "ISO 8473 6.9",
                   ReporteeOf(pdu, octets));
  }
  if (pdu.lifetime == 0) {
    return Discard({DiscardReason::kLifetimeExpiredInTransit}, "lifetime expired", "ISO 8473 6.4",
                   ReporteeOf(pdu, octets));
  }
  const bool is_whole = !pdu.segmentation.has_value() ||
                        (pdu.segmentation->offset == 0 && !pdu.segmentation->more_segments);
  if (is_whole) return Deliver(pdu, frame, pdu.data, octets);
  OnSegment(pdu, octets);
}

void ClnpLayer::OnSegment(const ClnpDataPdu& pdu, wire::ByteSpan octets) {
  const sim::FramePtr whole = reassembler_.Add(
      pdu, pdu.header_octets(), octets.subspan(0, kClnpQuotedOctets), boot_.world().now());
  DiscardForgotten();
  if (whole) Deliver(pdu, whole, whole->octets(), octets);
}

void ClnpLayer::OnReassemblyTime() {
  reassembler_.ForgetOld(boot_.world().now());
  DiscardForgotten();
}

void ClnpLayer::DiscardForgotten() {
  for (const ClnpReassembler::Forgotten& unit : reassembler_.TakeForgotten()) {
    Discard({unit.reason}, "segments of data that never became whole", "ISO 8473 6.8",
            ReporteeOf(unit.head));
  }
  const sim::Time next = reassembler_.next_deadline();
  // What is missing is sent again by somebody, or not: nothing waits for this.
  if (next != reassembly_time_.due()) reassembly_time_.ScheduleAt(next, sim::Urgency::kUpkeep);
}

void ClnpLayer::Deliver(const ClnpDataPdu& pdu, const sim::FramePtr& frame, wire::ByteSpan data,
                        wire::ByteSpan octets) {
  auto user = users_.find(pdu.destination.selector());
  if (user == users_.end()) {
    return Discard({DiscardReason::kDestinationUnknown}, "nobody at the selector", "ISO 8473 6.9",
                   ReporteeOf(pdu, octets));
  }
  user->second->OnUnitData(pdu.source, pdu.destination, frame, data);
}

void ClnpLayer::OnReport(const ClnpErrorReportPdu& pdu) {
  if (!IsLocal(pdu.destination)) return ForwardReport(pdu);
  const std::optional<ClnpOutline> discarded = ClnpOutline::Parse(pdu.discarded);
  if (!discarded.has_value()) return;
  auto user = users_.find(discarded->source.selector());
  if (user == users_.end()) return;
  user->second->OnErrorReport(discarded->destination, pdu.fault, discarded->data);
}

std::optional<ClnpLayer::Reportee> ClnpLayer::ReporteeOf(const ClnpDataPdu& pdu,
                                                         wire::ByteSpan octets) {
  if (!pdu.error_report_allowed) return std::nullopt;
  Reportee reportee{.source = pdu.source,
                    .discarded = octets.subspan(0, pdu.header_octets() + pdu.data.size())};
  for (ClnpOptionCode code : {ClnpOptionCode::kQualityOfService, ClnpOptionCode::kPriority}) {
    const ClnpOption* option = FindClnpOption(pdu.options, code);
    if (option != nullptr) reportee.options.push_back(*option);  // 6.10.3
  }
  return reportee;
}

std::optional<ClnpLayer::Reportee> ClnpLayer::ReporteeOf(wire::ByteSpan octets) {
  const std::optional<ClnpOutline> outline = ClnpOutline::Parse(octets);
  if (!outline.has_value() || !outline->error_report_allowed) return std::nullopt;
  return Reportee{.source = outline->source, .discarded = octets};
}

void ClnpLayer::Discard(ClnpFault fault, absl::string_view why, absl::string_view clause,
                        const std::optional<Reportee>& reportee) {
  sim::Trace& trace = boot_.world().trace();
  std::string text;
  if (trace.wants_text()) {
    text = absl::StrCat(why, " [", absl::Hex(static_cast<uint8_t>(fault.reason), absl::kZeroPad2),
                        "]");
  }
  trace.Record({.kind = sim::TraceKind::kPduDropped,
                .code = static_cast<uint32_t>(fault.reason),
                .name = "CLNP",
                .text = text,
                .clause = clause});
  if (!reportee.has_value()) return;
  const std::optional<sim::NextHop> next = Route(reportee->source);
  if (!next.has_value()) return;
  const ClnpErrorReportPdu report{.lifetime = kClnpInitialLifetime,
                                  .destination = reportee->source,
                                  .source = own_address(Nsap::kNetworkSelector),
                                  .fault = fault,
                                  .options = reportee->options,
                                  .discarded = reportee->discarded.subspan(0, kClnpQuotedOctets)};
  std::vector<uint8_t> octets;
  report.AppendTo(octets);
  station_.SendToSap(*next->nic, next->mac, ethernet::kSapOsiNetwork, sim::Frame::Copy(octets));
}

}  // namespace osi
