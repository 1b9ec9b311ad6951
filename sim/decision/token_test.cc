#include "sim/decision/token.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/trace/hash64.h"

namespace sim {
namespace {

constexpr uint64_t kGreatest = std::numeric_limits<uint64_t>::max();

// Two frames lost that seed 7 would have let through, and one kept that it would have lost.
ReplayToken Sample() {
  return {.provider = "tp4",
          .link = {.latency = absl::Milliseconds(10), .loss = Ratio{50'000'000}},
          .decisions = {.seed = 7,
                        .draws = {{"link/client-server/loss", 0, 1},
                                  {"link/client-server/loss", 300, 1},
                                  {"link/server-client/loss", 2, 0}}}};
}

// A token with any body, with the right check sum: what only somebody who wants to can make.
std::string Forged(const std::string& octets) {
  const std::string body = absl::WebSafeBase64Escape(octets);
  Hash64 hash;
  hash.AddText("w1");
  hash.AddText(body);
  std::string sum;
  for (int shift = 56; shift > 8; shift -= 8)
    sum.push_back(static_cast<char>(hash.value() >> shift));
  return absl::StrCat("w1.", absl::WebSafeBase64Escape(sum), ".", body);
}

std::string ErrorOf(absl::string_view text) {
  const absl::StatusOr<ReplayToken> token = ParseReplayToken(text);
  return token.ok() ? "accepted" : std::string(token.status().message());
}

TEST(ReplayToken, IsThisText) {
  EXPECT_EQ(
      FormatReplayToken({.provider = "tcp", .link = {}, .decisions = {.seed = 1, .draws = {}}}),
      "w1.yEACypXn.A3RjcAABAQ");
  EXPECT_EQ(FormatReplayToken(Sample()),
            "w1.JKSj-91x."
            "A3RwNAmAreIEgOHrFwEHF2xpbmsvY2xpZW50LXNlcnZlci9sb3NzAgABqwIBF2xpbmsvc2VydmVyLWNsaWVudC"
            "9sb3NzAQIA");
}

TEST(ReplayToken, SaysAgainWhatItWasMadeOf) {
  const std::vector<ReplayToken> tokens = {
      {},
      Sample(),
      {.provider = "a name of any kind: \xFF",
       .link = {},
       .decisions = {.seed = kGreatest, .draws = {}}},
      {.provider = "session",
       .link = {absl::Hours(24), absl::Nanoseconds(1), kGreatest, Ratio{Ratio::kOne}, Ratio{0},
                Ratio{1}, Ratio{2}, 65535, 0},
       .decisions = {.seed = 0,
                     .draws = {{"", 0, kGreatest}, {"", kGreatest, 0}, {"x", 127, 128}}}},
  };
  for (const ReplayToken& token : tokens) {
    const std::string text = FormatReplayToken(token);
    const absl::StatusOr<ReplayToken> parsed = ParseReplayToken(text);
    ASSERT_TRUE(parsed.ok()) << parsed.status();
    EXPECT_EQ(*parsed, token) << text;
  }
}

TEST(ReplayToken, TellsNoSeedFromSeedZero) {
  const ReplayToken zero{.provider = "tcp", .link = {}, .decisions = {.seed = 0, .draws = {}}};
  const ReplayToken none{.provider = "tcp", .link = {}, .decisions = {}};
  EXPECT_NE(FormatReplayToken(zero), FormatReplayToken(none));
  EXPECT_EQ(ParseReplayToken(FormatReplayToken(none))->decisions.seed, std::nullopt);
}

TEST(ReplayToken, IsRefusedWithAnyCharacterChanged) {
  const std::string token = FormatReplayToken(Sample());
  for (size_t i = 0; i < token.size(); ++i) {
    for (int c = 0; c < 256; ++c) {
      std::string changed = token;
      changed[i] = static_cast<char>(c);
      if (changed == token) continue;
      EXPECT_FALSE(ParseReplayToken(changed).ok()) << changed;
    }
  }
}

TEST(ReplayToken, IsRefusedWhenCutShortOrLengthened) {
  const std::string token = FormatReplayToken(Sample());
  for (size_t i = 0; i < token.size(); ++i) {
    EXPECT_FALSE(ParseReplayToken(token.substr(0, i)).ok()) << i;
    EXPECT_FALSE(ParseReplayToken(token.substr(i + 1)).ok()) << i;
    EXPECT_FALSE(ParseReplayToken(token.substr(0, i) + token.substr(i + 1)).ok()) << i;
    EXPECT_FALSE(ParseReplayToken(token.substr(0, i) + "A" + token.substr(i)).ok()) << i;
  }
  EXPECT_FALSE(ParseReplayToken(token + "A").ok());
  EXPECT_FALSE(ParseReplayToken(token + " ").ok());
  EXPECT_FALSE(ParseReplayToken(token + token).ok());
}

TEST(ReplayToken, IsRefusedWithTwoNeighboursSwapped) {
  const std::string token = FormatReplayToken(Sample());
  for (size_t i = 0; i + 1 < token.size(); ++i) {
    std::string changed = token;
    std::swap(changed[i], changed[i + 1]);
    if (changed == token) continue;
    EXPECT_FALSE(ParseReplayToken(changed).ok()) << changed;
  }
}

TEST(ReplayToken, SaysInOneLineWhatIsWrong) {
  const std::string token = FormatReplayToken(Sample());
  std::string of_tomorrow = token;
  of_tomorrow[1] = '2';
  EXPECT_EQ(ErrorOf(""), "replay token is empty");
  EXPECT_EQ(ErrorOf("12345"), "replay token does not begin with 'w1.'");
  EXPECT_EQ(ErrorOf("w1 x"), "replay token: character 3 does not belong into a token");
  EXPECT_EQ(ErrorOf("w1.abc"), "replay token is cut short");
  EXPECT_EQ(ErrorOf(of_tomorrow), "replay token has version 'w2'; known is 'w1' alone");
  EXPECT_EQ(ErrorOf(token + "\n"), absl::StrCat("replay token: character ", token.size() + 1,
                                                " does not belong into a token"));
  EXPECT_EQ(ErrorOf(token.substr(0, token.size() - 1)),
            "replay token is mistyped or cut short: its check sum does not match");
}

// Octets of a body: provider, link, base, draws.
const std::string kHead = "\x03tcp";
const std::string kNoLink(1, '\0');
const std::string kZeroBase(1, '\0');

TEST(ReplayToken, IsRefusedWhenForgedOutOfForm) {
  ASSERT_EQ(ErrorOf(Forged(kHead + kNoLink + kZeroBase)), "accepted");
  const std::string too_early = "replay token: its body ends too early";
  const std::string form = "replay token: its body is not in the one form that it can have";
  const std::string head = kHead + kNoLink + kZeroBase;
  EXPECT_EQ(ErrorOf(Forged("")), too_early);
  EXPECT_EQ(ErrorOf(Forged("\x7Ftcp")), too_early);
  EXPECT_EQ(ErrorOf(Forged(kHead)), too_early);
  EXPECT_EQ(ErrorOf(Forged(kHead + kNoLink)), too_early);
  EXPECT_EQ(ErrorOf(Forged(kHead + kNoLink + "\x01")), too_early) << "a base without its seed";
  EXPECT_EQ(ErrorOf(Forged(head + "\x01s")), too_early) << "a stream without a count";
  EXPECT_EQ(ErrorOf(Forged(head + "\x01s\xFF\xFF\xFF\x7F" + "\x01\x01")), too_early) << "too few";
  EXPECT_EQ(ErrorOf(Forged(head + std::string(10, '\xFF'))), too_early) << "a number without end";
  EXPECT_EQ(ErrorOf(Forged(kHead + kNoLink + "\x02\x05")), form) << "base 2";
  EXPECT_EQ(ErrorOf(Forged(kHead + "\x80" + kNoLink + kZeroBase)), form) << "a long way to say 0";
  EXPECT_EQ(ErrorOf(Forged(head + std::string("\x01s\x00", 3))), form) << "no draws";
  EXPECT_EQ(ErrorOf(Forged(head + "\x01t\x01\x01\x01" + "\x01s\x01\x01\x01")), form) << "order";
  EXPECT_EQ(ErrorOf(Forged(kHead + std::string("\x80\x04\x00", 3))), form) << "an unknown flag";
}

TEST(ReplayToken, IsRefusedWhenForgedOutOfRange) {
  EXPECT_EQ(ErrorOf(Forged(kHead + "\x80\x01\x43" + kZeroBase)),
            "replay token: mtu 67 is not between 68 and 65535");
  EXPECT_EQ(ErrorOf(Forged(kHead + "\x01" + std::string(9, '\xFF') + "\x01" + kZeroBase)),
            "replay token: latency inf is not between 0 and 24h");
  EXPECT_EQ(ErrorOf(Forged(kHead + "\x08" + std::string(9, '\xFF') + "\x01" + kZeroBase)),
            "replay token: loss of 4294967295 billionths is more than always");
}

}  // namespace
}  // namespace sim
