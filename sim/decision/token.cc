#include "sim/decision/token.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <tuple>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "sim/trace/hash64.h"

namespace sim {
namespace {

constexpr absl::string_view kVersion = "w1";
constexpr size_t kCheckSumSize = 8;                        // characters
constexpr size_t kCheckSumOctets = kCheckSumSize * 6 / 8;  // 48 bits
constexpr size_t kBodyAt = kVersion.size() + 1 + kCheckSumSize + 1;

std::string CheckSum(absl::string_view body) {
  Hash64 hash;
  hash.AddText(kVersion);
  hash.AddText(body);
  std::string octets;
  for (size_t i = 0; i < kCheckSumOctets; ++i) {
    octets.push_back(static_cast<char>(hash.value() >> (56 - 8 * i)));
  }
  return absl::WebSafeBase64Escape(octets);
}

class Writer {
 public:
  void Number(uint64_t number) {
    for (; number >= 0x80; number >>= 7) octets_.push_back(static_cast<char>(number | 0x80));
    octets_.push_back(static_cast<char>(number));
  }
  void Text(absl::string_view text) {
    Number(text.size());
    octets_.append(text.data(), text.size());
  }
  const std::string& octets() const { return octets_; }

 private:
  std::string octets_;
};

// Gives zeros once something was not there; one check at the end covers all.
class Reader {
 public:
  explicit Reader(absl::string_view octets) : rest_(octets) {}

  uint64_t Number() {
    uint64_t number = 0;
    for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const uint8_t octet = static_cast<uint8_t>(rest_.front());
      rest_.remove_prefix(1);
      number |= uint64_t{octet & 0x7Fu} << shift;
      if (octet < 0x80) return number;
    }
    return Fail();
  }
  std::string Text() {
    const uint64_t size = Number();
    if (size > rest_.size()) Fail();
    std::string text(rest_.substr(0, ok_ ? size : 0));
    rest_.remove_prefix(text.size());
    return text;
  }
  bool ok() const { return ok_; }
  bool empty() const { return rest_.empty(); }

 private:
  uint64_t Fail() {
    ok_ = false;
    rest_ = "";
    return 0;
  }

  absl::string_view rest_;
  bool ok_ = true;
};

// The overrides' members, in the order of their bits.
template <class Overrides>
auto Members(Overrides& link) {
  return std::tie(link.latency, link.jitter, link.bandwidth, link.loss, link.duplicate,
                  link.reorder, link.corrupt, link.mtu, link.queue);
}

uint64_t AsNumber(absl::Duration delay) {
  return static_cast<uint64_t>(absl::ToInt64Nanoseconds(delay));
}
uint64_t AsNumber(Ratio ratio) { return ratio.billionths; }
uint64_t AsNumber(uint64_t number) { return number; }

// What does not fit becomes something that LinkOverrides::Validate refuses.
void FromNumber(uint64_t number, absl::Duration& delay) {
  constexpr uint64_t kGreatest = std::numeric_limits<int64_t>::max();
  delay = number <= kGreatest ? absl::Nanoseconds(number) : absl::InfiniteDuration();
}
void FromNumber(uint64_t number, Ratio& ratio) {
  constexpr uint64_t kGreatest = std::numeric_limits<uint32_t>::max();
  ratio.billionths = static_cast<uint32_t>(number <= kGreatest ? number : kGreatest);
}
void FromNumber(uint64_t number, uint64_t& value) { value = number; }

void WriteLink(const LinkOverrides& link, Writer& out) {
  std::apply(
      [&](const auto&... members) {
        uint64_t given = 0;
        uint64_t bit = 1;
        ((given |= members.has_value() ? bit : 0, bit <<= 1), ...);
        out.Number(given);
        ((members.has_value() ? out.Number(AsNumber(*members)) : void()), ...);
      },
      Members(link));
}

void ReadLink(Reader& in, LinkOverrides& link) {
  const uint64_t given = in.Number();
  uint64_t bit = 1;
  const auto read = [&](auto& member) {
    if ((given & bit) != 0) FromNumber(in.Number(), member.emplace());
    bit <<= 1;
  };
  std::apply([&](auto&... members) { (read(members), ...); }, Members(link));
}

void WriteDraws(const std::vector<Draw>& draws, Writer& out) {
  for (size_t first = 0; first < draws.size();) {
    size_t end = first;
    while (end < draws.size() && draws[end].stream == draws[first].stream) ++end;
    out.Text(draws[first].stream);
    out.Number(end - first);
    uint64_t next = 0;
    for (; first < end; ++first) {
      out.Number(draws[first].n - next);
      out.Number(draws[first].value);
      next = draws[first].n + 1;
    }
  }
}

void ReadDraws(Reader& in, std::vector<Draw>& draws) {
  while (!in.empty()) {
    const std::string stream = in.Text();
    const uint64_t count = in.Number();
    uint64_t next = 0;
    for (uint64_t i = 0; i < count && in.ok(); ++i) {
      const uint64_t n = next + in.Number();
      draws.push_back({stream, n, in.Number()});
      next = n + 1;
    }
  }
}

// As DecisionRecord wants them.
bool AreInOrder(const std::vector<Draw>& draws) {
  const auto is_not_before = [](const Draw& a, const Draw& b) {
    return std::tie(a.stream, a.n) >= std::tie(b.stream, b.n);
  };
  return std::adjacent_find(draws.begin(), draws.end(), is_not_before) == draws.end();
}

absl::Status Error(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("replay token", what));
}

// The frame around the body: version, points, check sum, characters.
absl::Status ValidateForm(absl::string_view text) {
  if (text.empty()) return Error(" is empty");
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_') continue;
    if (c == '.' && (i == kVersion.size() || i == kBodyAt - 1)) continue;
    return Error(absl::StrCat(": character ", i + 1, " does not belong into a token"));
  }
  if (text.size() <= kVersion.size() || text[kVersion.size()] != '.' || text[0] != kVersion[0]) {
    return Error(absl::StrCat(" does not begin with '", kVersion, ".'"));
  }
  if (text.substr(0, kVersion.size()) != kVersion) {
    return Error(absl::StrCat(" has version '", text.substr(0, kVersion.size()), "'; known is '",
                              kVersion, "' alone"));
  }
  if (text.size() < kBodyAt || text[kBodyAt - 1] != '.') return Error(" is cut short");
  const absl::string_view check_sum = text.substr(kVersion.size() + 1, kCheckSumSize);
  if (check_sum != CheckSum(text.substr(kBodyAt))) {
    return Error(" is mistyped or cut short: its check sum does not match");
  }
  return absl::OkStatus();
}

}  // namespace

std::string FormatReplayToken(const ReplayToken& token) {
  Writer out;
  out.Text(token.provider);
  WriteLink(token.link, out);
  out.Number(token.decisions.seed.has_value() ? 1 : 0);
  if (token.decisions.seed.has_value()) out.Number(*token.decisions.seed);
  WriteDraws(token.decisions.draws, out);
  const std::string body = absl::WebSafeBase64Escape(out.octets());
  return absl::StrCat(kVersion, ".", CheckSum(body), ".", body);
}

absl::StatusOr<ReplayToken> ParseReplayToken(absl::string_view text) {
  if (absl::Status status = ValidateForm(text); !status.ok()) return status;
  // From here on only a token that somebody made up is wrong.
  std::string octets;
  if (!absl::WebSafeBase64Unescape(text.substr(kBodyAt), &octets)) {
    return Error(": its body is not base64url");
  }
  Reader in(octets);
  ReplayToken token;
  token.provider = in.Text();
  ReadLink(in, token.link);
  if (in.Number() != 0) token.decisions.seed = in.Number();
  ReadDraws(in, token.decisions.draws);
  if (!in.ok()) return Error(": its body ends too early");
  if (absl::Status status = token.link.Validate(); !status.ok()) {
    return Error(absl::StrCat(": ", status.message()));
  }
  if (!AreInOrder(token.decisions.draws) || FormatReplayToken(token) != text) {
    return Error(": its body is not in the one form that it can have");
  }
  return token;
}

}  // namespace sim
