#include "providers/osi/tp4/negotiation.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "providers/osi/tp4/tp4_values.h"

namespace osi {
namespace {

// W must be well below the peer's I (12.2.3.8.3).
absl::Duration WindowTimeFor(const ConnectTpduContent& peer) {
  if (peer.inactivity_time.value_or(0) == 0) return kWindowTime;
  return std::min(kWindowTime, absl::Milliseconds(*peer.inactivity_time) / 2);
}

Agreement Common(const ConnectTpduContent& peer) {
  return {.remote_acknowledge_time = absl::Milliseconds(peer.acknowledge_time.value_or(0)),
          .window_time = WindowTimeFor(peer)};
}

AdditionalOptions OptionsOf(const ConnectTpduContent& content) {
  return content.additional_options.value_or(AdditionalOptions{});
}

size_t SizeOf(const ConnectTpduContent& content) {
  return content.maximum_tpdu_size.value_or(ConnectTpduContent::kDefaultTpduSize);
}

absl::Status Failed(absl::string_view why) {
  return absl::FailedPreconditionError(absl::StrCat(why, " (ISO 8073 6.5.5)"));
}

}  // namespace

size_t LargestTpduSize(size_t nsdu) {
  size_t size = kLeastTpduSize;
  while (size < kGreatestTpduSize && 2 * size <= nsdu) size *= 2;
  return size;
}

ConnectTpduContent Proposal(size_t tpdu_size) {
  return {.credit = static_cast<uint8_t>(kReceiveDts),
          .maximum_tpdu_size = static_cast<uint16_t>(tpdu_size),
          .states_version = true,
          .additional_options = AdditionalOptions{.transport_expedited = true},
          .acknowledge_time = static_cast<uint16_t>(absl::ToInt64Milliseconds(kAcknowledgeTime)),
          .inactivity_time = static_cast<uint32_t>(absl::ToInt64Milliseconds(kInactivityTime))};
}

absl::StatusOr<Agreement> AgreeTo(const CrTpdu& request, size_t largest_tpdu_size) {
  if (request.preferred_class != 4 && !absl::c_linear_search(request.alternative_classes, 4)) {
    return Failed("the peer does not offer class 4");
  }
  Agreement agreement = Common(request);
  agreement.tpdu_size = std::min(SizeOf(request), largest_tpdu_size);
  agreement.expedited = OptionsOf(request).transport_expedited;
  return agreement;
}

ConnectTpduContent Answer(const Agreement& agreement) {
  ConnectTpduContent answer = Proposal(agreement.tpdu_size);
  answer.states_version = false;  // 13.4.4: only a CR has one
  answer.additional_options->transport_expedited = agreement.expedited;
  return answer;
}

absl::StatusOr<Agreement> AgreeTo(const CcTpdu& answer, size_t proposed_tpdu_size) {
  if (answer.preferred_class != 4) return Failed("the peer selects a class that was not offered");
  if (answer.extended_formats) return Failed("the peer selects formats that were not offered");
  if (OptionsOf(answer).checksum_non_use) {
    return Failed("the peer selects the non-use of checksums, which was not offered");
  }
  if (SizeOf(answer) > proposed_tpdu_size) {
    return Failed("the peer selects a larger TPDU size than was offered");
  }
  Agreement agreement = Common(answer);
  agreement.tpdu_size = SizeOf(answer);
  agreement.expedited = OptionsOf(answer).transport_expedited;
  return agreement;
}

}  // namespace osi
