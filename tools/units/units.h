// Quantities as people write them, on the command line and in scenarios: "10ms", "100Mbps", "0.01".
// Text is read exactly, in integers; no quantity passes through a floating-point number. Every
// error is InvalidArgument or OutOfRange, one line that quotes the text and says what would be
// accepted.
#ifndef TOOLS_UNITS_UNITS_H_
#define TOOLS_UNITS_UNITS_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace wsim {

// A probability is a whole number of billionths: this many are certainty.
inline constexpr int64_t kCertainInBillionths = 1'000'000'000;

// The longest duration and the widest bandwidth that are accepted.
inline constexpr int64_t kLongestDurationNanoseconds = 365LL * 24 * 3600 * 1'000'000'000;
inline constexpr int64_t kWidestBandwidthBitsPerSecond = 1'000'000'000'000;

// A duration of zero or more: a decimal number directly followed by its unit, one of ns, us, ms, s,
// m or min, h. It must be a whole number of nanoseconds.
absl::StatusOr<absl::Duration> ParseDuration(absl::string_view text);

// A duration given as a number of milliseconds, the scenario language's other form. A fraction is
// rounded to the nearest nanosecond.
absl::StatusOr<absl::Duration> DurationFromMilliseconds(double milliseconds);
absl::StatusOr<absl::Duration> DurationFromMilliseconds(int64_t milliseconds);

// A bandwidth of at least one bit a second: a decimal number directly followed by bps, kbps, Mbps
// or Gbps (powers of 1000), in upper or lower case. It must be a whole number of bits per second.
absl::StatusOr<int64_t> ParseBitsPerSecond(absl::string_view text);

// A probability from 0 to 1 as a decimal number, to the nearest billionth.
absl::StatusOr<int64_t> ParseProbability(absl::string_view text);
absl::StatusOr<int64_t> ProbabilityFromNumber(double probability);

// A port number, 0 to 65535, in decimal digits.
absl::StatusOr<uint16_t> ParsePort(absl::string_view text);

}  // namespace wsim

#endif  // TOOLS_UNITS_UNITS_H_
