#include "providers/osi/tp4/tpdu_text.h"

#include "absl/strings/str_cat.h"
#include "providers/osi/tp4/tpdu.h"

namespace osi {
namespace {

std::string UserData(size_t octets) {
  return octets == 0 ? "" : absl::StrCat(", ", octets, octets == 1 ? " octet" : " octets");
}

std::string Connecting(const ConnectTpduContent& content) {
  return absl::StrCat("src-ref ", content.source_reference, " cdt ", content.credit, " size ",
                      content.maximum_tpdu_size.value_or(ConnectTpduContent::kDefaultTpduSize),
                      content.additional_options.value_or(AdditionalOptions{}).transport_expedited
                          ? " expedited"
                          : "",
                      UserData(content.user_data.size()));
}

std::string Text(const CrTpdu& cr) { return Connecting(cr); }
std::string Text(const CcTpdu& cc) {
  return absl::StrCat("dst-ref ", cc.destination_reference, " ", Connecting(cc));
}
std::string Text(const DrTpdu& dr) {
  return absl::StrCat("reason ", static_cast<int>(dr.reason), " ", DisconnectReasonName(dr.reason),
                      UserData(dr.user_data.size()));
}
std::string Text(const DcTpdu&) { return ""; }
std::string Text(const DtTpdu& dt) {
  return absl::StrCat("nr ", dt.number, dt.end_of_tsdu ? " EOT" : "",
                      UserData(dt.user_data.size()));
}
std::string Text(const EdTpdu& ed) {
  return absl::StrCat("nr ", ed.number, UserData(ed.user_data.size()));
}
std::string Text(const AkTpdu& ak) {
  std::string text = absl::StrCat("nr ", ak.your_tpdu_number, " cdt ", ak.credit);
  if (ak.subsequence_number != 0) absl::StrAppend(&text, " subsequence ", ak.subsequence_number);
  if (ak.flow_control_confirmation.has_value()) {
    const FlowControlConfirmation& confirmation = *ak.flow_control_confirmation;
    absl::StrAppend(&text, " confirms nr ", confirmation.lower_window_edge, " cdt ",
                    confirmation.your_credit);
  }
  return text;
}
std::string Text(const EaTpdu& ea) { return absl::StrCat("nr ", ea.your_tpdu_number); }
std::string Text(const ErTpdu& er) { return absl::StrCat("cause ", static_cast<int>(er.cause)); }

}  // namespace

std::string TpduText(ByteSpan tpdu, TpduFormat format) {
  const absl::StatusOr<Tpdu> parsed = ParseTpdu(tpdu, format);
  if (!parsed.ok()) return std::string(parsed.status().message());
  return std::visit([](const auto& xx) { return Text(xx); }, *parsed);
}

}  // namespace osi
