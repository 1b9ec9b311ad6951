#include "tools/units/units.h"

#include <cmath>
#include <optional>

#include "absl/numeric/int128.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace wsim {
namespace {

// More digits than any accepted quantity needs, few enough that no product below overflows.
constexpr int kMostDigits = 18;

// A decimal number as written: `digits` divided by ten to the power `decimals`.
struct Decimal {
  int64_t digits = 0;
  int decimals = 0;
};

struct Unit {
  absl::string_view name;
  int64_t size;
};

constexpr Unit kDurationUnits[] = {
    {"ns", 1},
    {"us", 1'000},
    {"ms", 1'000'000},
    {"s", 1'000'000'000},
    {"m", 60LL * 1'000'000'000},
    {"min", 60LL * 1'000'000'000},
    {"h", 3600LL * 1'000'000'000},
};
constexpr Unit kBandwidthUnits[] = {
    {"bps", 1}, {"kbps", 1'000}, {"mbps", 1'000'000}, {"gbps", 1'000'000'000}};

int64_t PowerOfTen(int exponent) {
  int64_t power = 1;
  while (exponent-- > 0) power *= 10;
  return power;
}

// Takes digits, with at most one point among them, from the front of `text`.
std::optional<Decimal> ConsumeDecimal(absl::string_view& text) {
  Decimal number;
  int digits_seen = 0;
  bool point_seen = false;
  while (!text.empty()) {
    if (text[0] == '.' && !point_seen) {
      point_seen = true;
    } else if (absl::ascii_isdigit(static_cast<unsigned char>(text[0]))) {
      if (++digits_seen > kMostDigits) return std::nullopt;
      number.digits = number.digits * 10 + (text[0] - '0');
      if (point_seen) ++number.decimals;
    } else {
      break;
    }
    text.remove_prefix(1);
  }
  if (digits_seen == 0) return std::nullopt;
  return number;
}

const Unit* FindUnit(absl::Span<const Unit> units, absl::string_view name) {
  for (const Unit& unit : units) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

// `number` times `size`, where that is whole.
std::optional<absl::int128> WholeProduct(Decimal number, int64_t size) {
  const absl::int128 product = absl::int128(number.digits) * size;
  const absl::int128 divisor = PowerOfTen(number.decimals);
  if (product % divisor != 0) return std::nullopt;
  return product / divisor;
}

absl::Status BadDuration(absl::string_view text) {
  return absl::InvalidArgumentError(
      absl::StrCat("'", text, "' is not a duration; write a number and its unit, such as 10ms"));
}

absl::Status BadProbability(absl::string_view text) {
  return absl::OutOfRangeError(
      absl::StrCat("'", text, "' is not a probability; write a number from 0 to 1, such as 0.01"));
}

absl::Status DurationOutOfRange(absl::string_view text) {
  return absl::OutOfRangeError(
      absl::StrCat("the duration '", text, "' is out of range; it is from 0 to 365 days"));
}

}  // namespace

absl::StatusOr<absl::Duration> ParseDuration(absl::string_view text) {
  absl::string_view rest = text;
  if (absl::StartsWith(rest, "-")) return DurationOutOfRange(text);
  const std::optional<Decimal> number = ConsumeDecimal(rest);
  const Unit* unit = FindUnit(kDurationUnits, rest);
  if (!number.has_value() || unit == nullptr) return BadDuration(text);
  const std::optional<absl::int128> nanoseconds = WholeProduct(*number, unit->size);
  if (!nanoseconds.has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat("the duration '", text, "' is not a whole number of nanoseconds"));
  }
  if (*nanoseconds > kLongestDurationNanoseconds) return DurationOutOfRange(text);
  return absl::Nanoseconds(static_cast<int64_t>(*nanoseconds));
}

absl::StatusOr<absl::Duration> DurationFromMilliseconds(double milliseconds) {
  const double nanoseconds = milliseconds * 1e6;
  if (!(nanoseconds >= 0 && nanoseconds <= static_cast<double>(kLongestDurationNanoseconds))) {
    return DurationOutOfRange(absl::StrCat(milliseconds, "ms"));
  }
  return absl::Nanoseconds(static_cast<int64_t>(std::llround(nanoseconds)));
}

absl::StatusOr<absl::Duration> DurationFromMilliseconds(int64_t milliseconds) {
  if (milliseconds < 0 || milliseconds > kLongestDurationNanoseconds / 1'000'000) {
    return DurationOutOfRange(absl::StrCat(milliseconds, "ms"));
  }
  return absl::Milliseconds(milliseconds);
}

absl::StatusOr<int64_t> ParseBitsPerSecond(absl::string_view text) {
  absl::string_view rest = text;
  const std::optional<Decimal> number = ConsumeDecimal(rest);
  const Unit* unit = FindUnit(kBandwidthUnits, absl::AsciiStrToLower(rest));
  if (!number.has_value() || unit == nullptr) {
    return absl::InvalidArgumentError(absl::StrCat(
        "'", text, "' is not a bandwidth; write a number and its unit, such as 100Mbps"));
  }
  const std::optional<absl::int128> bits = WholeProduct(*number, unit->size);
  if (!bits.has_value() || *bits < 1 || *bits > kWidestBandwidthBitsPerSecond) {
    return absl::OutOfRangeError(absl::StrCat(
        "the bandwidth '", text,
        "' is out of range; it is a whole number of bits per second, from 1bps to 1000Gbps"));
  }
  return static_cast<int64_t>(*bits);
}

absl::StatusOr<int64_t> ParseProbability(absl::string_view text) {
  absl::string_view rest = text;
  const std::optional<Decimal> number = ConsumeDecimal(rest);
  if (!number.has_value() || !rest.empty()) return BadProbability(text);
  const absl::int128 divisor = PowerOfTen(number->decimals);
  const absl::int128 scaled = absl::int128(number->digits) * kCertainInBillionths;
  if (scaled > divisor * kCertainInBillionths) return BadProbability(text);
  return static_cast<int64_t>((scaled + divisor / 2) / divisor);
}

absl::StatusOr<int64_t> ProbabilityFromNumber(double probability) {
  if (!(probability >= 0 && probability <= 1)) return BadProbability(absl::StrCat(probability));
  return static_cast<int64_t>(std::llround(probability * 1e9));
}

absl::StatusOr<uint16_t> ParsePort(absl::string_view text) {
  absl::string_view rest = text;
  const std::optional<Decimal> number = ConsumeDecimal(rest);
  if (!number.has_value() || !rest.empty() || absl::StrContains(text, '.') ||
      number->digits > UINT16_MAX) {
    return absl::OutOfRangeError(
        absl::StrCat("'", text, "' is not a port; write a number from 0 to 65535"));
  }
  return static_cast<uint16_t>(number->digits);
}

}  // namespace wsim
