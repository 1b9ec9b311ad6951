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

uint16_t FirstCredit(const Tp4Options& options, size_t tpdu_size) {
  return static_cast<uint16_t>(
      std::clamp<size_t>(options.receive_buffer / tpdu_size, 1, kReceiveDts));
}

Offer OfferOf(const Tp4Options& options, size_t nsdu) {
  Offer offer{.extended_formats = options.extended_formats,
              .checksum_non_use = !options.checksum,
              .expedited = options.expedited,
              .tpdu_size = static_cast<uint16_t>(LargestTpduSize(nsdu))};
  offer.credit = FirstCredit(options, offer.tpdu_size);
  if (options.tpdu_size == 0) return offer;
  const size_t wanted = std::max(std::min<size_t>(options.tpdu_size, nsdu), kLeastTpduSize);
  offer.tpdu_size = static_cast<uint16_t>(LargestTpduSize(wanted));
  const size_t units = wanted / kTpduSizeUnit;
  if (units * kTpduSizeUnit > offer.tpdu_size) offer.preferred_units = static_cast<uint16_t>(units);
  offer.credit = FirstCredit(options, wanted);
  return offer;
}

ConnectTpduContent Proposal(const Offer& offer) {
  ConnectTpduContent content{
      .credit = static_cast<uint8_t>(offer.credit),
      .extended_formats = offer.extended_formats,
      .maximum_tpdu_size = offer.tpdu_size,
      .states_version = true,
      .additional_options = AdditionalOptions{.transport_expedited = offer.expedited,
                                              .checksum_non_use = offer.checksum_non_use},
      .acknowledge_time = static_cast<uint16_t>(absl::ToInt64Milliseconds(kAcknowledgeTime)),
      .inactivity_time = static_cast<uint32_t>(absl::ToInt64Milliseconds(kInactivityTime))};
  if (offer.preferred_units != 0) content.preferred_maximum_tpdu_size = offer.preferred_units;
  return content;
}

absl::StatusOr<Agreement> AgreeTo(const CrTpdu& request, size_t nsdu) {
  if (request.preferred_class != 4 && !absl::c_linear_search(request.alternative_classes, 4)) {
    return Failed("the peer does not offer class 4");
  }
  Agreement agreement = Common(request);
  // The options octet speaks of the preferred class (13.3.3).
  const bool extended = request.preferred_class == 4 && request.extended_formats;
  agreement.format = extended ? TpduFormat::kExtended : TpduFormat::kNormal;
  agreement.checksum = !OptionsOf(request).checksum_non_use;
  agreement.expedited = OptionsOf(request).transport_expedited;
  agreement.tpdu_size = std::min(SizeOf(request), LargestTpduSize(nsdu));
  const size_t units = std::min<size_t>(request.preferred_maximum_tpdu_size.value_or(0),
                                        std::min(nsdu, kGreatestTpduSize) / kTpduSizeUnit);
  if (units * kTpduSizeUnit > agreement.tpdu_size) {
    agreement.tpdu_size = units * kTpduSizeUnit;
    agreement.is_preferred_size = true;
  }
  return agreement;
}

Agreement Weakened(Agreement agreement, const Tp4Options& options) {
  if (!options.extended_formats) agreement.format = TpduFormat::kNormal;
  if (options.checksum) agreement.checksum = true;
  if (!options.expedited) agreement.expedited = false;
  if (options.tpdu_size != 0 && options.tpdu_size < agreement.tpdu_size) {
    const size_t units = options.tpdu_size / kTpduSizeUnit;
    agreement.tpdu_size =
        agreement.is_preferred_size ? units * kTpduSizeUnit : LargestTpduSize(options.tpdu_size);
  }
  agreement.credit = FirstCredit(options, agreement.tpdu_size);
  return agreement;
}

ConnectTpduContent Answer(const Agreement& agreement) {
  ConnectTpduContent answer =
      Proposal({.extended_formats = agreement.format == TpduFormat::kExtended,
                .checksum_non_use = !agreement.checksum,
                .expedited = agreement.expedited,
                .tpdu_size = static_cast<uint16_t>(agreement.tpdu_size),
                .credit = agreement.credit});
  answer.states_version = false;  // 13.4.4: only a CR has one
  if (agreement.is_preferred_size) {
    answer.maximum_tpdu_size.reset();
    answer.preferred_maximum_tpdu_size = static_cast<uint32_t>(agreement.tpdu_size / kTpduSizeUnit);
  }
  return answer;
}

absl::StatusOr<Agreement> AgreeTo(const CcTpdu& answer, const Offer& offer) {
  if (answer.preferred_class != 4) return Failed("the peer selects a class that was not offered");
  if (answer.extended_formats && !offer.extended_formats) {
    return Failed("the peer selects formats that were not offered");
  }
  if (OptionsOf(answer).checksum_non_use && !offer.checksum_non_use) {
    return Failed("the peer selects the non-use of checksums, which was not offered");
  }
  const uint32_t units = answer.preferred_maximum_tpdu_size.value_or(0);
  if (SizeOf(answer) > offer.tpdu_size || units > offer.preferred_units) {
    return Failed("the peer selects a larger TPDU size than was offered");
  }
  Agreement agreement = Common(answer);
  agreement.format = answer.extended_formats ? TpduFormat::kExtended : TpduFormat::kNormal;
  agreement.checksum = !OptionsOf(answer).checksum_non_use;
  agreement.tpdu_size = units != 0 ? units * kTpduSizeUnit : SizeOf(answer);
  agreement.is_preferred_size = units != 0;
  agreement.credit = offer.credit;
  // An absent parameter means yes (13.3.4 i), to what was asked.
  agreement.expedited = OptionsOf(answer).transport_expedited && offer.expedited;
  return agreement;
}

}  // namespace osi
