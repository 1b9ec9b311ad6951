#include "tools/wsim/link_flags.h"

#include <algorithm>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "tools/units/units.h"

namespace wsim {
namespace {

absl::Status Wrong(absl::string_view flag, const absl::Status& why) {
  return absl::InvalidArgumentError(absl::StrCat(flag, ": ", why.message()));
}

// Reads `text`, unless it is empty, with `parse`, and gives the value to `set`.
template <class Parse, class Set>
absl::Status Read(absl::string_view flag, const std::string& text, Parse parse, Set set) {
  if (text.empty()) return absl::OkStatus();
  auto value = parse(text);
  if (!value.ok()) return Wrong(flag, value.status());
  set(*value);
  return absl::OkStatus();
}

auto SetRatio(std::optional<sim::Ratio>& ratio) {
  return [&ratio](int64_t billionths) { ratio = sim::Ratio{static_cast<uint32_t>(billionths)}; };
}

auto SetDuration(std::optional<absl::Duration>& duration) {
  return [&duration](absl::Duration value) { duration = value; };
}

}  // namespace

absl::Status ReadNumber(const std::string& text, absl::string_view flag, uint64_t lowest,
                        uint64_t highest, uint64_t& number) {
  const bool is_decimal = !text.empty() && std::all_of(text.begin(), text.end(),
                                                       [](char c) { return c >= '0' && c <= '9'; });
  uint64_t value = 0;
  if (!is_decimal || !absl::SimpleAtoi(text, &value) || value < lowest || value > highest) {
    return absl::InvalidArgumentError(absl::StrCat(
        flag, ": \"", text, "\" is not a whole number from ", lowest, " to ", highest));
  }
  number = value;
  return absl::OkStatus();
}

void LinkFlags::AddTo(CLI::App& command) {
  const auto add = [&command](const char* flag, std::string& value, const char* shown,
                              const char* description) {
    command.add_option(flag, value, description)
        ->option_text(shown)
        ->group("Link flags, over what the scenario's network says");
  };
  add("--latency", latency, "TIME", "one way, such as 10ms");
  add("--jitter", jitter, "TIME", "at most this much more, such as 2ms");
  add("--bandwidth", bandwidth, "RATE", "such as 100Mbps");
  add("--loss", loss, "P", "probability, such as 0.01");
  add("--duplicate", duplicate, "P", "probability, such as 0.001");
  add("--reorder", reorder, "P", "probability, such as 0.01");
  add("--corrupt", corrupt, "P", "probability, such as 0.001");
  add("--mtu", mtu, "N", "octets, such as 1500");
}

absl::Status LinkFlags::Apply(sim::LinkOverrides& overrides) const {
  absl::Status status;
  status.Update(Read("--latency", latency, ParseDuration, SetDuration(overrides.latency)));
  status.Update(Read("--jitter", jitter, ParseDuration, SetDuration(overrides.jitter)));
  status.Update(Read("--bandwidth", bandwidth, ParseBitsPerSecond,
                     [&](int64_t bits) { overrides.bandwidth = static_cast<uint64_t>(bits); }));
  status.Update(Read("--loss", loss, ParseProbability, SetRatio(overrides.loss)));
  status.Update(Read("--duplicate", duplicate, ParseProbability, SetRatio(overrides.duplicate)));
  status.Update(Read("--reorder", reorder, ParseProbability, SetRatio(overrides.reorder)));
  status.Update(Read("--corrupt", corrupt, ParseProbability, SetRatio(overrides.corrupt)));
  if (!mtu.empty()) {
    uint64_t octets = 0;
    status.Update(ReadNumber(mtu, "--mtu", sim::LinkParameters::kLeastMtu,
                             sim::LinkParameters::kGreatestMtu, octets));
    overrides.mtu = octets;
  }
  if (!status.ok()) return status;
  // What it says begins with the name of the parameter, which is the flag's.
  const absl::Status in_range = overrides.Validate();
  return in_range.ok() ? in_range
                       : absl::InvalidArgumentError(absl::StrCat("--", in_range.message()));
}

void LimitFlags::AddTo(CLI::App& command) {
  const std::string group = "Limits of a run";
  command.add_option("--max-events", max_events, "events, 100000000 unless given")
      ->option_text("N")
      ->group(group);
  command.add_option("--max-time", max_time, "virtual time, 720h unless given")
      ->option_text("TIME")
      ->group(group);
}

absl::Status LimitFlags::Apply(sim::Limits& limits) const {
  absl::Status status;
  if (!max_events.empty()) {
    status.Update(ReadNumber(max_events, "--max-events", 1, UINT64_MAX, limits.max_events));
  }
  status.Update(Read("--max-time", max_time, ParseDuration,
                     [&](absl::Duration duration) { limits.max_time = duration; }));
  return status;
}

}  // namespace wsim
