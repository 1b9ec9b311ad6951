#include "tools/views/time_text.h"

#include "absl/strings/str_cat.h"

namespace wsim {
namespace {

constexpr int64_t kMicrosecond = 1'000;  // nanoseconds
constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kMinute = 60 * kSecond;
constexpr int64_t kHour = 60 * kMinute;

struct Unit {
  int64_t nanoseconds;
  const char* name;
};

// `nanoseconds` as one decimal number of the largest unit that fits: "1.5 ms".
std::string BelowAMinute(int64_t nanoseconds) {
  static constexpr Unit kUnits[] = {{kSecond, " s"}, {1'000'000, " ms"}, {1'000, " us"}};
  for (const Unit& unit : kUnits) {
    if (nanoseconds < unit.nanoseconds) continue;
    // The one in front keeps the zeros that follow the point.
    std::string decimals =
        absl::StrCat(unit.nanoseconds + nanoseconds % unit.nanoseconds).substr(1);
    decimals.erase(decimals.find_last_not_of('0') + 1);
    return absl::StrCat(nanoseconds / unit.nanoseconds, decimals.empty() ? "" : ".", decimals,
                        unit.name);
  }
  return absl::StrCat(nanoseconds, " ns");
}

}  // namespace

std::string TimeText(sim::Time time) {
  if (time == sim::Time::Zero()) return "0";
  static constexpr Unit kUnits[] = {{kHour, " h"}, {kMinute, " min"}};
  int64_t left = time.nanoseconds();
  std::string text;
  for (const Unit& unit : kUnits) {
    if (left < unit.nanoseconds) continue;
    absl::StrAppend(&text, text.empty() ? "" : " ", left / unit.nanoseconds, unit.name);
    left %= unit.nanoseconds;
  }
  if (left != 0) absl::StrAppend(&text, text.empty() ? "" : " ", BelowAMinute(left));
  return text;
}

std::string ClockText(sim::Time time) {
  const int64_t left = time.nanoseconds();
  std::string text;
  if (left >= kHour) absl::StrAppend(&text, left / kHour, ":");
  if (left >= kMinute) {
    const int64_t minutes = left % kHour / kMinute;
    absl::StrAppend(&text, text.empty() || minutes > 9 ? "" : "0", minutes, ":");
  }
  const int64_t seconds = left % kMinute / kSecond;
  absl::StrAppend(&text, text.empty() || seconds > 9 ? "" : "0", seconds, ".");
  return absl::StrCat(text, absl::Dec(left % kSecond / kMicrosecond, absl::kZeroPad6));
}

}  // namespace wsim
