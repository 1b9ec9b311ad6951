#include "tools/dissect/frame_dissector.h"

#include <algorithm>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "providers/ethernet/ethernet_header.h"
#include "providers/ethernet/llc_header.h"
#include "providers/inet/ipv4/ipv4_header.h"
#include "providers/inet/tcp/tcp_header.h"
#include "providers/osi/clnp/clnp_pdu.h"
#include "providers/osi/session/session_limits.h"
#include "providers/osi/session/spdu.h"
#include "providers/osi/tp4/tpdu.h"

namespace wsim {
namespace {

using Octets = absl::Span<const uint8_t>;

constexpr size_t kQuotedOctets = 24;

// " \"data\"", or nothing for no data.
std::string WithData(absl::string_view name, Octets data) {
  return data.empty() ? std::string(name) : absl::StrCat(name, " ", QuoteOctets(data));
}

std::string LabelTcp(Octets segment) {
  Octets payload;
  const absl::StatusOr<inet::TcpHeader> header = inet::TcpHeader::Parse(segment, &payload);
  if (!header.ok()) return "TCP, malformed";
  // A push is on nearly every segment with data and tells nothing that they do not.
  std::string flags =
      inet::TcpFlagsToString(static_cast<uint16_t>(header->flags & ~inet::TcpHeader::kPsh));
  flags = absl::StrReplaceAll(flags, {{",", " "}});
  return WithData(payload.empty() || flags != "ACK" ? flags : "data", payload);
}

Octets UserDataOf(const osi::Spdu& spdu) {
  return std::visit(
      [](const auto& unit) -> Octets {
        if constexpr (requires { unit.user_data; }) {
          return unit.user_data;
        } else if constexpr (requires { unit.user_information; }) {
          return unit.user_information;
        } else {
          return {};
        }
      },
      spdu);
}

std::string LabelSpdu(Octets tsdu) {
  const absl::StatusOr<osi::Spdu> spdu = osi::ParseSpdu(tsdu);
  if (!spdu.ok()) return absl::StrCat("SPDU of ", tsdu.size(), " octets or more");
  return WithData(osi::SpduName(*spdu), UserDataOf(*spdu));
}

bool NamesSession(const osi::ConnectTpduContent& content) {
  return content.called_tsap_id ==
         std::vector<uint8_t>{osi::kSessionTsapSelector >> 8, osi::kSessionTsapSelector & 0xFF};
}

}  // namespace

std::string QuoteOctets(Octets octets) {
  const Octets shown = octets.subspan(0, kQuotedOctets);
  const bool is_printable = std::all_of(shown.begin(), shown.end(),
                                        [](uint8_t octet) { return octet >= ' ' && octet <= '~'; });
  if (!is_printable) return absl::StrCat(octets.size(), " octets");
  const absl::string_view text(reinterpret_cast<const char*>(shown.data()), shown.size());
  if (shown.size() == octets.size()) return absl::StrCat("\"", text, "\"");
  return absl::StrCat("\"", text, "…\" (", octets.size(), ")");
}

std::string FrameDissector::Label(Octets frame) {
  Octets payload;
  const absl::StatusOr<ethernet::EthernetHeader> header =
      ethernet::EthernetHeader::Parse(frame, &payload);
  if (!header.ok()) return "Ethernet, malformed";
  if (!header->has_length()) {
    if (header->type_or_length == ethernet::kTypeIpv4) return LabelIpv4(payload);
    return absl::StrCat("Ethernet type ", absl::Hex(header->type_or_length, absl::kZeroPad4));
  }
  const absl::StatusOr<ethernet::LlcHeader> llc = ethernet::LlcHeader::Parse(payload);
  if (!llc.ok()) return "LLC, malformed";
  payload.remove_prefix(llc->size());
  if (llc->destination_sap == ethernet::kSapOsiNetwork) return LabelClnp(payload);
  return absl::StrCat("LLC service access point ", absl::Hex(llc->destination_sap));
}

std::string FrameDissector::LabelIpv4(Octets packet) {
  Octets payload;
  const absl::StatusOr<inet::Ipv4Header> header = inet::Ipv4Header::Parse(packet, &payload);
  if (!header.ok()) return "IPv4, malformed";
  if (header->is_fragment()) return "IPv4 fragment";
  if (header->protocol == inet::kProtocolTcp) return LabelTcp(payload);
  return absl::StrCat("IPv4 protocol ", header->protocol);
}

std::string FrameDissector::LabelClnp(Octets packet) {
  const absl::StatusOr<osi::ClnpPdu> pdu = osi::ParseClnpPdu(packet);
  if (!pdu.ok()) return "CLNP, malformed";
  if (const auto* report = std::get_if<osi::ClnpErrorReportPdu>(&*pdu)) {
    return absl::StrCat("CLNP ER ", osi::DiscardReasonName(report->fault.reason));
  }
  const osi::ClnpDataPdu& data = *std::get_if<osi::ClnpDataPdu>(&*pdu);
  if (data.segmentation.has_value() &&
      (data.segmentation->offset != 0 || data.segmentation->more_segments)) {
    return absl::StrCat("CLNP segment at ", data.segmentation->offset);
  }
  std::string label;
  for (Octets nsdu = data.data; !nsdu.empty();) {
    const absl::StatusOr<Octets> tpdu = osi::TakeTpdu(nsdu);
    absl::StrAppend(
        &label, label.empty() ? "" : " + ",
        tpdu.ok() ? LabelTpdu(data.source, data.destination, *tpdu) : "TPDU, malformed");
  }
  return label;
}

std::string FrameDissector::LabelTpdu(const osi::Nsap& source, const osi::Nsap& destination,
                                      Octets octets) {
  const absl::StatusOr<osi::Tpdu> tpdu = osi::ParseTpdu(octets, osi::TpduFormat::kNormal);
  if (!tpdu.ok()) return "TPDU, malformed";
  if (const auto* cr = std::get_if<osi::CrTpdu>(&*tpdu)) {
    if (NamesSession(*cr)) session_ends_.insert({source, cr->source_reference});
    return WithData("CR", cr->user_data);
  }
  if (const auto* cc = std::get_if<osi::CcTpdu>(&*tpdu)) {
    if (session_ends_.contains({destination, cc->destination_reference})) {
      session_ends_.insert({source, cc->source_reference});
    }
    return WithData("CC", cc->user_data);
  }
  if (const auto* dr = std::get_if<osi::DrTpdu>(&*tpdu)) {
    const bool is_normal = dr->reason == osi::DisconnectReason::kNormal;
    return WithData(is_normal ? "DR" : absl::StrCat("DR ", osi::DisconnectReasonName(dr->reason)),
                    dr->user_data);
  }
  if (const auto* ak = std::get_if<osi::AkTpdu>(&*tpdu)) {
    return absl::StrCat("AK ", ak->your_tpdu_number, ", credit ", ak->credit);
  }
  if (const auto* ed = std::get_if<osi::EdTpdu>(&*tpdu)) {
    return WithData(absl::StrCat("ED ", ed->number), ed->user_data);
  }
  if (const auto* ea = std::get_if<osi::EaTpdu>(&*tpdu)) {
    return absl::StrCat("EA ", ea->your_tpdu_number);
  }
  const auto* dt = std::get_if<osi::DtTpdu>(&*tpdu);
  if (dt == nullptr) return std::holds_alternative<osi::DcTpdu>(*tpdu) ? "DC" : "ER";

  const TransportEnd end{destination, dt->destination_reference};
  const bool begins = !inside_tsdu_.contains(end);
  if (dt->end_of_tsdu) {
    inside_tsdu_.erase(end);
  } else {
    inside_tsdu_.insert(end);
  }
  const std::string name = absl::StrCat("DT ", dt->number);
  if (begins && session_ends_.contains(end)) {
    return absl::StrCat(name, " ", LabelSpdu(dt->user_data));
  }
  return WithData(name, dt->user_data);
}

}  // namespace wsim
