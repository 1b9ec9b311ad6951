#include "tools/dissect/osi_labels.h"

#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "providers/osi/clnp/clnp_pdu.h"
#include "providers/osi/session/session_limits.h"
#include "providers/osi/session/spdu.h"
#include "tools/dissect/quote_octets.h"

namespace wsim {
namespace {

using Octets = absl::Span<const uint8_t>;

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
  // The beginning of one that goes on in the next DT TPDU, or none at all.
  if (!spdu.ok()) return WithData("SPDU", tsdu);
  return WithData(osi::SpduName(*spdu), UserDataOf(*spdu));
}

bool NamesSession(const osi::ConnectTpduContent& content) {
  return content.called_tsap_id ==
         std::vector<uint8_t>{osi::kSessionEntityPort >> 8, osi::kSessionEntityPort & 0xFF};
}

}  // namespace

std::string OsiLabels::Label(Octets packet) {
  const absl::StatusOr<osi::ClnpPdu> pdu = osi::ParseClnpPdu(packet);
  if (!pdu.ok()) return "CLNP, malformed";
  if (const auto* report = std::get_if<osi::ClnpErrorReportPdu>(&*pdu)) {
    return absl::StrCat("CLNP ER, ", osi::DiscardReasonName(report->fault.reason));
  }
  const osi::ClnpDataPdu& data = *std::get_if<osi::ClnpDataPdu>(&*pdu);
  if (data.segmentation.has_value() &&
      (data.segmentation->offset != 0 || data.segmentation->more_segments)) {
    return absl::StrCat("CLNP segment at ", data.segmentation->offset);
  }
  std::string label;
  for (Octets nsdu = data.data; !nsdu.empty();) {  // TakeTpdu takes from its front
    const absl::StatusOr<Octets> tpdu = osi::TakeTpdu(nsdu);
    absl::StrAppend(
        &label, label.empty() ? "" : " + ",
        tpdu.ok() ? LabelTpdu(data.source, data.destination, *tpdu) : "TPDU, malformed");
    if (!tpdu.ok()) break;
  }
  return label.empty() ? "CLNP without data" : label;
}

std::string OsiLabels::LabelTpdu(const osi::Nsap& source, const osi::Nsap& destination,
                                 Octets octets) {
  absl::StatusOr<osi::Tpdu> tpdu = osi::ParseTpdu(octets, osi::TpduFormat::kNormal);
  // Only the connection knows which formats it agreed on; where the octets are none of the normal
  // formats they are those of the extended ones.
  if (!tpdu.ok()) tpdu = osi::ParseTpdu(octets, osi::TpduFormat::kExtended);
  if (!tpdu.ok()) return "TPDU, malformed";
  const std::bitset<kNumbers> first_begins(1);
  if (const auto* cr = std::get_if<osi::CrTpdu>(&*tpdu)) {
    const End caller{source, cr->source_reference};
    session_ends_.erase(caller);  // of a connection before, with the same reference
    if (NamesSession(*cr)) session_ends_[caller] = first_begins;
    return WithData("CR", cr->user_data);
  }
  if (const auto* cc = std::get_if<osi::CcTpdu>(&*tpdu)) {
    const End called{source, cc->source_reference};
    if (!session_ends_.contains({destination, cc->destination_reference})) {
      session_ends_.erase(called);
    } else {
      session_ends_.try_emplace(called, first_begins);  // a CC may be sent again
    }
    return WithData("CC", cc->user_data);
  }
  if (const auto* dr = std::get_if<osi::DrTpdu>(&*tpdu)) {
    const bool is_normal = dr->reason == osi::DisconnectReason::kNormal;
    return WithData(is_normal ? "DR" : absl::StrCat("DR, ", osi::DisconnectReasonName(dr->reason)),
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
  if (const auto* dt = std::get_if<osi::DtTpdu>(&*tpdu)) {
    return LabelDt({destination, dt->destination_reference}, *dt);
  }
  return std::holds_alternative<osi::DcTpdu>(*tpdu) ? "DC" : "ER";
}

std::string OsiLabels::LabelDt(const End& receiver, const osi::DtTpdu& dt) {
  const std::string name = absl::StrCat("DT ", dt.number);
  const auto session = session_ends_.find(receiver);
  if (session == session_ends_.end()) return WithData(name, dt.user_data);
  std::bitset<kNumbers>& begins = session->second;
  begins[(dt.number + 1) % kNumbers] = dt.end_of_tsdu;
  return begins[dt.number % kNumbers] ? absl::StrCat(name, ": ", LabelSpdu(dt.user_data))
                                      : WithData(name, dt.user_data);
}

}  // namespace wsim
