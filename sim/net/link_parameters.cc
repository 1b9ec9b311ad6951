#include "sim/net/link_parameters.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

namespace sim {
namespace {

absl::Status ValidateDelay(absl::string_view name, absl::Duration delay) {
  if (delay >= absl::ZeroDuration() && delay <= LinkParameters::GreatestDelay()) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat(name, " ", absl::FormatDuration(delay), " is not between 0 and ",
                   absl::FormatDuration(LinkParameters::GreatestDelay())));
}

absl::Status ValidateRatio(absl::string_view name, Ratio ratio) {
  if (ratio.billionths <= Ratio::kOne) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(name, " of ", ratio.billionths, " billionths is more than always"));
}

std::string RatioText(Ratio ratio) {
  std::string text =
      absl::StrFormat("%d.%09d", ratio.billionths / Ratio::kOne, ratio.billionths % Ratio::kOne);
  while (text.back() == '0') text.pop_back();
  return std::string(absl::StripSuffix(text, "."));
}

}  // namespace

absl::Status LinkParameters::Validate() const {
  absl::Status status = ValidateDelay("latency", latency);
  status.Update(ValidateDelay("jitter", jitter));
  if (bandwidth == 0)
    status.Update(absl::InvalidArgumentError("bandwidth is less than 1 bit per second"));
  status.Update(ValidateRatio("loss", loss));
  status.Update(ValidateRatio("duplicate", duplicate));
  status.Update(ValidateRatio("reorder", reorder));
  status.Update(ValidateRatio("corrupt", corrupt));
  if (mtu < kLeastMtu || mtu > kGreatestMtu) {
    status.Update(absl::InvalidArgumentError(
        absl::StrCat("mtu ", mtu, " is not between ", kLeastMtu, " and ", kGreatestMtu)));
  }
  return status;
}

void LinkOverrides::ApplyTo(LinkParameters& parameters) const {
  parameters.latency = latency.value_or(parameters.latency);
  parameters.jitter = jitter.value_or(parameters.jitter);
  parameters.bandwidth = bandwidth.value_or(parameters.bandwidth);
  parameters.loss = loss.value_or(parameters.loss);
  parameters.duplicate = duplicate.value_or(parameters.duplicate);
  parameters.reorder = reorder.value_or(parameters.reorder);
  parameters.corrupt = corrupt.value_or(parameters.corrupt);
  parameters.mtu = mtu.value_or(parameters.mtu);
  parameters.queue = queue.value_or(parameters.queue);
}

absl::Status LinkOverrides::Validate() const {
  LinkParameters parameters;
  ApplyTo(parameters);
  return parameters.Validate();
}

std::string LinkOverrides::ToString() const {
  std::vector<std::string> said;
  if (latency) said.push_back(absl::StrCat("latency=", absl::FormatDuration(*latency)));
  if (jitter) said.push_back(absl::StrCat("jitter=", absl::FormatDuration(*jitter)));
  if (bandwidth) said.push_back(absl::StrCat("bandwidth=", *bandwidth, "bps"));
  if (loss) said.push_back(absl::StrCat("loss=", RatioText(*loss)));
  if (duplicate) said.push_back(absl::StrCat("duplicate=", RatioText(*duplicate)));
  if (reorder) said.push_back(absl::StrCat("reorder=", RatioText(*reorder)));
  if (corrupt) said.push_back(absl::StrCat("corrupt=", RatioText(*corrupt)));
  if (mtu) said.push_back(absl::StrCat("mtu=", *mtu));
  if (queue) said.push_back(absl::StrCat("queue=", *queue));
  return absl::StrJoin(said, " ");
}

}  // namespace sim
