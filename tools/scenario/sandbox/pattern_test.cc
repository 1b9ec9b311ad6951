#include "tools/scenario/sandbox/pattern.h"

#include <string>
#include <tuple>

#include "gtest/gtest.h"

namespace wsim {
namespace {

constexpr int64_t kPlenty = 1'000'000;
constexpr size_t kNone = static_cast<size_t>(-1);

// Where the first match from the start on ends; kNone for no match.
size_t EndOfMatch(absl::string_view subject, absl::string_view pattern) {
  PatternMatcher matcher(subject, pattern);
  const PatternMatcher::Outcome outcome = matcher.MatchAt(0, kPlenty);
  if (outcome == PatternMatcher::Outcome::kNoMatch) return kNone;
  EXPECT_EQ(outcome, PatternMatcher::Outcome::kMatched) << matcher.error();
  return matcher.end();
}

std::string Wrong(absl::string_view pattern) {
  PatternMatcher matcher("abc", pattern);
  EXPECT_EQ(matcher.MatchAt(0, kPlenty), PatternMatcher::Outcome::kWrongPattern) << pattern;
  return std::string(matcher.error());
}

TEST(Pattern, MatchesCharactersAndClasses) {
  EXPECT_EQ(EndOfMatch("abc", "abc"), 3u);
  EXPECT_EQ(EndOfMatch("abc", "abd"), kNone);
  EXPECT_EQ(EndOfMatch("abc", ""), 0u);
  EXPECT_EQ(EndOfMatch("abc", "a.c"), 3u);
  EXPECT_EQ(EndOfMatch("a.c", "a%.c"), 3u);
  EXPECT_EQ(EndOfMatch("abc", "a%.c"), kNone);
  EXPECT_EQ(EndOfMatch("aB3 _\t", "%l%u%d%s%p%c"), 6u);
  EXPECT_EQ(EndOfMatch("aB3 _\t", "%L"), kNone);
  EXPECT_EQ(EndOfMatch("fF7g", "%x%x%x%X"), 4u);
  EXPECT_EQ(EndOfMatch("!a", "%g%a"), 2u);
  EXPECT_EQ(EndOfMatch("\xff", "%w"), kNone);
}

TEST(Pattern, MatchesSets) {
  EXPECT_EQ(EndOfMatch("b-]", "[a-c][-][]]"), 3u);
  EXPECT_EQ(EndOfMatch("x", "[^a-c]"), 1u);
  EXPECT_EQ(EndOfMatch("b", "[^a-c]"), kNone);
  EXPECT_EQ(EndOfMatch("5", "[%a%d]"), 1u);
  EXPECT_EQ(EndOfMatch("-", "[a-]"), 1u);
  EXPECT_EQ(EndOfMatch("]", "[^%]]"), kNone);
  EXPECT_EQ(EndOfMatch("\xf0", "[\x80-\xff]"), 1u);
}

TEST(Pattern, RepeatsItems) {
  EXPECT_EQ(EndOfMatch("aaab", "a*"), 3u);
  EXPECT_EQ(EndOfMatch("aaab", "a-b"), 4u);
  EXPECT_EQ(EndOfMatch("aaab", "a-"), 0u);
  EXPECT_EQ(EndOfMatch("aaab", "a+ab"), 4u);
  EXPECT_EQ(EndOfMatch("b", "a+b"), kNone);
  EXPECT_EQ(EndOfMatch("b", "a?b"), 1u);
  EXPECT_EQ(EndOfMatch("aab", "a?a?a?b"), 3u);
}

TEST(Pattern, MatchesTheEnd) {
  EXPECT_EQ(EndOfMatch("ab", "ab$"), 2u);
  EXPECT_EQ(EndOfMatch("abc", "ab$"), kNone);
  EXPECT_EQ(EndOfMatch("a$c", "a$c"), 3u);
}

TEST(Pattern, MatchesBalancedText) {
  EXPECT_EQ(EndOfMatch("(a(b)c)d", "%b()"), 7u);
  EXPECT_EQ(EndOfMatch("(a(b)c", "%b()"), kNone);
  EXPECT_EQ(EndOfMatch("'x'y", "%b''"), 3u);
}

TEST(Pattern, MatchesFrontiers) {
  EXPECT_EQ(EndOfMatch("the end", "%f[%w]%w+%f[%W]"), 3u);
  EXPECT_EQ(EndOfMatch(" the", "%f[%w]"), kNone);
  EXPECT_EQ(EndOfMatch("the", "%w+%f[%z]"), kNone);
  EXPECT_EQ(EndOfMatch("the", "%w+%f[^%w]"), 3u);
}

TEST(Pattern, MatchesACaptureAgain) {
  EXPECT_EQ(EndOfMatch("abcabc", "(abc)%1"), 6u);
  EXPECT_EQ(EndOfMatch("abcabd", "(abc)%1"), kNone);
  EXPECT_EQ(EndOfMatch("\"it's\"", "([\"'])(.-)%1"), 6u);
}

TEST(Pattern, KeepsCaptures) {
  const std::string subject = "key = value";
  PatternMatcher matcher(subject, "(%w+)()%s*=%s*((%w)%w*)");
  ASSERT_EQ(matcher.MatchAt(0, kPlenty), PatternMatcher::Outcome::kMatched);
  ASSERT_EQ(matcher.capture_count(), 4);
  EXPECT_EQ(std::string(matcher.capture(0).start, 3), "key");
  EXPECT_EQ(matcher.capture(0).length, 3);
  EXPECT_EQ(matcher.capture(1).length, PatternMatcher::Capture::kPosition);
  EXPECT_EQ(matcher.capture(1).start, subject.data() + 3);
  EXPECT_EQ(matcher.capture(2).length, 5);
  EXPECT_EQ(*matcher.capture(3).start, 'v');
}

TEST(Pattern, ForgetsCapturesOfFailedBranches) {
  PatternMatcher matcher("ab", "(a)?b?(b)");
  // A quantifier after a capture is a plain character.
  EXPECT_EQ(matcher.MatchAt(0, kPlenty), PatternMatcher::Outcome::kNoMatch);
  EXPECT_EQ(matcher.capture_count(), 0);
}

TEST(Pattern, ReportsWhatIsWrongWithIt) {
  EXPECT_EQ(Wrong("%"), "malformed pattern (ends with '%')");
  EXPECT_EQ(Wrong("[a"), "malformed pattern (missing ']')");
  EXPECT_EQ(Wrong("[]"), "malformed pattern (missing ']')");
  EXPECT_EQ(Wrong("[^"), "malformed pattern (missing ']')");
  EXPECT_EQ(Wrong("[%"), "malformed pattern (missing ']')");
  EXPECT_EQ(Wrong("[a%"), "malformed pattern (missing ']')");
  EXPECT_EQ(Wrong("%b"), "malformed pattern (missing arguments to '%b')");
  EXPECT_EQ(Wrong("%b("), "malformed pattern (missing arguments to '%b')");
  EXPECT_EQ(Wrong("%f"), "missing '[' after '%f' in pattern");
  EXPECT_EQ(Wrong("a)"), "invalid pattern capture");
  EXPECT_EQ(Wrong("%1"), "invalid capture index in pattern");
  EXPECT_EQ(Wrong("(%1)"), "invalid capture index in pattern");
  EXPECT_EQ(Wrong("%0"), "invalid capture index in pattern");
}

TEST(Pattern, HasLimitsOfItsOwn) {
  std::string many;
  for (int i = 0; i < 33; ++i) many += "()";
  EXPECT_EQ(Wrong(many), "too many captures");
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "x?";
  const std::string subject(300, 'x');
  PatternMatcher matcher(subject, deep);
  EXPECT_EQ(matcher.MatchAt(0, kPlenty), PatternMatcher::Outcome::kWrongPattern);
  EXPECT_EQ(matcher.error(), "pattern too complex");
}

TEST(Pattern, StopsWhenItsStepsAreUsedUp) {
  const std::string subject(1000, 'a');
  PatternMatcher matcher(subject, ".-.-.-.-b");
  EXPECT_EQ(matcher.MatchAt(0, 10'000), PatternMatcher::Outcome::kOutOfSteps);
  EXPECT_GE(matcher.steps_taken(), 10'000);
  EXPECT_LE(matcher.steps_taken(), 10'100);
}

TEST(Pattern, CountsItsSteps) {
  PatternMatcher matcher("aaaaaaaaab", "a*b");
  EXPECT_EQ(matcher.MatchAt(0, kPlenty), PatternMatcher::Outcome::kMatched);
  EXPECT_GE(matcher.steps_taken(), 10);
  EXPECT_LE(matcher.steps_taken(), 20);
}

// Every pattern of up to four characters from those that mean something, against every short
// subject: none may read beyond either text (AddressSanitizer watches) or run without end.
TEST(Pattern, SurvivesEveryShortPattern) {
  constexpr char kMeaningful[] = "a%[]()^$.*+-?bf1";
  constexpr size_t kCount = sizeof(kMeaningful) - 1;
  for (size_t code = 0; code < kCount * kCount * kCount * kCount; ++code) {
    std::string pattern;
    for (size_t rest = code; rest > 0; rest /= kCount) pattern += kMeaningful[rest % kCount];
    const std::string exact(pattern.begin(), pattern.end());
    for (const char* subject : {"", "a", "(ab)"}) {
      PatternMatcher matcher(subject, exact);
      const auto outcome = matcher.MatchAt(0, kPlenty);
      EXPECT_NE(outcome, PatternMatcher::Outcome::kOutOfSteps) << pattern;
      if (outcome == PatternMatcher::Outcome::kMatched) {
        EXPECT_LE(matcher.end(), 4u);
      }
    }
  }
}

}  // namespace
}  // namespace wsim
