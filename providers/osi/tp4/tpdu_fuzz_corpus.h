// One TPDU of every kind, for connection kOurReference of a Tp4Script: what fuzz targets begin
// with.
#ifndef PROVIDERS_OSI_TP4_TPDU_FUZZ_CORPUS_H_
#define PROVIDERS_OSI_TP4_TPDU_FUZZ_CORPUS_H_

#include <vector>

#include "providers/osi/tp4/tpdu.h"

namespace osi {

inline std::vector<Tpdu> TpdusOfEveryKind(TpduFormat format) {
  static constexpr uint8_t kText[] = "text";
  constexpr uint16_t kOurs = 1;
  constexpr uint16_t kPeers = 0x5678;
  CrTpdu cr;
  cr.credit = 15;
  cr.source_reference = kPeers;
  cr.extended_formats = format == TpduFormat::kExtended;
  cr.calling_tsap_id = {0x17, 0x70};
  cr.called_tsap_id = {0x13, 0x88};
  cr.maximum_tpdu_size = 1024;
  cr.preferred_maximum_tpdu_size = 11;
  cr.additional_options = AdditionalOptions{};
  cr.quality = {.throughput = Throughput{}, .priority = 3, .transit_delay = TransitDelay{}};
  cr.inactivity_time = 60'000;
  cr.user_data = {'h', 'i'};
  CcTpdu cc;
  static_cast<ConnectTpduContent&>(cc) = cr;
  cc.destination_reference = kOurs;
  return {cr,
          cc,
          DtTpdu{.format = format,
                 .destination_reference = kOurs,
                 .end_of_tsdu = true,
                 .user_data = {kText, 4}},
          AkTpdu{.format = format,
                 .destination_reference = kOurs,
                 .credit = 15,
                 .subsequence_number = 1,
                 .flow_control_confirmation = FlowControlConfirmation{.your_credit = 15}},
          EdTpdu{.format = format, .destination_reference = kOurs, .user_data = {kText, 4}},
          EaTpdu{.format = format, .destination_reference = kOurs},
          DrTpdu{.destination_reference = kOurs,
                 .source_reference = kPeers,
                 .reason = DisconnectReason::kNormal,
                 .user_data = {'b', 'y', 'e'}},
          DcTpdu{.destination_reference = kOurs, .source_reference = kPeers},
          ErTpdu{.destination_reference = kOurs, .rejected_tpdu = {1, 2, 3}}};
}

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TPDU_FUZZ_CORPUS_H_
