#include "tools/scenario/sandbox/pattern.h"

#include <cstring>

#include "absl/strings/ascii.h"

namespace wsim {
namespace {

constexpr char kEscape = '%';

// Long items and repeated texts are compared in no more than this many octets a step.
constexpr int64_t kOctetsPerStep = 8;

}  // namespace

PatternMatcher::Outcome PatternMatcher::MatchAt(size_t start, int64_t steps) {
  captures_.clear();
  depth_ = 0;
  steps_left_ = steps;
  out_of_steps_ = false;
  end_ = Match(subject_.data() + start, pattern_.data());
  steps_taken_ += steps - steps_left_;
  if (!error_.empty()) return Outcome::kWrongPattern;
  if (out_of_steps_) return Outcome::kOutOfSteps;
  return end_ != nullptr ? Outcome::kMatched : Outcome::kNoMatch;
}

bool PatternMatcher::Step(int64_t count) {
  steps_left_ -= count;
  if (steps_left_ < 0) out_of_steps_ = true;
  return !out_of_steps_;
}

const char* PatternMatcher::Wrong(absl::string_view error) {
  if (error_.empty()) error_ = error;
  return nullptr;
}

const char* PatternMatcher::Match(const char* s, const char* p) {
  if (++depth_ > kDeepest) return Wrong("pattern too complex");
  const char* result = nullptr;
  bool is_decided = false;
  while (!is_decided) {
    if (p == pattern_end()) {
      result = s;
      break;
    }
    if (stopped() || !Step(1)) break;
    result = MatchItem(s, p, is_decided);
  }
  --depth_;
  return result;
}

// Matches the item at `p`. Either moves `s` and `p` behind it, or decides the rest of the match.
const char* PatternMatcher::MatchItem(const char*& s, const char*& p, bool& is_decided) {
  is_decided = true;
  const bool is_last = p + 1 == pattern_end();
  if (*p == '(') {
    if (!is_last && p[1] == ')') return OpenCapture(s, p + 2, Capture::kPosition);
    return OpenCapture(s, p + 1, Capture::kUnfinished);
  }
  if (*p == ')') return CloseCapture(s, p + 1);
  if (*p == '$' && is_last) return s == subject_end() ? s : nullptr;
  if (*p == kEscape && !is_last) {
    if (p[1] == 'b') {
      s = Balanced(s, p + 2);
      p += 4;
      is_decided = s == nullptr;
      return nullptr;
    }
    if (p[1] == 'f') {
      const char* set = p + 2;
      if (set == pattern_end() || *set != '[') return Wrong("missing '[' after '%f' in pattern");
      const char* set_end = ItemEnd(set);
      if (set_end == nullptr || !AtFrontier(s, set, set_end)) return nullptr;
      p = set_end;
      is_decided = false;
      return nullptr;
    }
    if (absl::ascii_isdigit(static_cast<unsigned char>(p[1]))) {
      s = RepeatCapture(s, p[1]);
      p += 2;
      is_decided = s == nullptr;
      return nullptr;
    }
  }
  const char* item_end = ItemEnd(p);
  if (item_end == nullptr || !Step((item_end - p) / kOctetsPerStep)) return nullptr;
  switch (item_end == pattern_end() ? '\0' : *item_end) {
    case '*':
      return MatchMost(s, p, item_end);
    case '+':
      return Accepts(s, p, item_end) ? MatchMost(s + 1, p, item_end) : nullptr;
    case '-':
      return MatchFewest(s, p, item_end);
    case '?':
      if (Accepts(s, p, item_end)) {
        const char* rest = Match(s + 1, item_end + 1);
        if (rest != nullptr || stopped()) return rest;
      }
      p = item_end + 1;
      break;
    default:
      if (!Accepts(s, p, item_end)) return nullptr;
      ++s;
      p = item_end;
      break;
  }
  is_decided = false;
  return nullptr;
}

const char* PatternMatcher::MatchMost(const char* s, const char* p, const char* item_end) {
  ptrdiff_t count = 0;
  const int64_t cost = 1 + (item_end - p) / kOctetsPerStep;
  while (Accepts(s + count, p, item_end)) {
    if (!Step(cost)) return nullptr;
    ++count;
  }
  for (; count >= 0; --count) {
    const char* rest = Match(s + count, item_end + 1);
    if (rest != nullptr || stopped()) return rest;
  }
  return nullptr;
}

const char* PatternMatcher::MatchFewest(const char* s, const char* p, const char* item_end) {
  const int64_t cost = 1 + (item_end - p) / kOctetsPerStep;
  while (true) {
    const char* rest = Match(s, item_end + 1);
    if (rest != nullptr || stopped()) return rest;
    if (!Accepts(s, p, item_end) || !Step(cost)) return nullptr;
    ++s;
  }
}

const char* PatternMatcher::OpenCapture(const char* s, const char* p, ptrdiff_t length) {
  if (captures_.size() == kMostCaptures) return Wrong("too many captures");
  captures_.push_back(Capture{s, length});
  const char* rest = Match(s, p);
  if (rest == nullptr) captures_.pop_back();
  return rest;
}

const char* PatternMatcher::CloseCapture(const char* s, const char* p) {
  size_t open = captures_.size();  // one more than the last that is not closed yet
  while (open > 0 && captures_[open - 1].length != Capture::kUnfinished) --open;
  if (open == 0) return Wrong("invalid pattern capture");
  captures_[open - 1].length = s - captures_[open - 1].start;
  const char* rest = Match(s, p);
  if (rest == nullptr) captures_[open - 1].length = Capture::kUnfinished;
  return rest;
}

// %bxy: from an x to the y that balances it. `p` is at the x.
const char* PatternMatcher::Balanced(const char* s, const char* p) {
  if (pattern_end() - p < 2) return Wrong("malformed pattern (missing arguments to '%b')");
  if (s == subject_end() || *s != p[0]) return nullptr;
  int64_t open = 1;
  for (++s; s != subject_end(); ++s) {
    if (!Step(1)) return nullptr;
    if (*s == p[1]) {
      if (--open == 0) return s + 1;
    } else if (*s == p[0]) {
      ++open;
    }
  }
  return nullptr;
}

// %1 to %9: what that capture has taken, again.
const char* PatternMatcher::RepeatCapture(const char* s, char digit) {
  const int number = digit - '1';
  if (number < 0 || number >= capture_count() || capture(number).length == Capture::kUnfinished) {
    return Wrong("invalid capture index in pattern");
  }
  const Capture& taken = capture(number);
  if (taken.length == Capture::kPosition) return nullptr;
  if (taken.length > subject_end() - s || !Step(taken.length / kOctetsPerStep)) return nullptr;
  if (std::memcmp(s, taken.start, static_cast<size_t>(taken.length)) != 0) return nullptr;
  return s + taken.length;
}

// %f[set]: between a character outside the set and one inside; both ends of the subject count as
// '\0'.
bool PatternMatcher::AtFrontier(const char* s, const char* set, const char* set_end) {
  const auto before = static_cast<unsigned char>(s == subject_.data() ? '\0' : s[-1]);
  const auto after = static_cast<unsigned char>(s == subject_end() ? '\0' : *s);
  return !InSet(before, set, set_end - 1) && InSet(after, set, set_end - 1);
}

bool PatternMatcher::Accepts(const char* s, const char* p, const char* item_end) {
  if (s == subject_end()) return false;
  const auto c = static_cast<unsigned char>(*s);
  switch (*p) {
    case '.':
      return true;
    case kEscape:
      return InClass(c, static_cast<unsigned char>(p[1]));
    case '[':
      return InSet(c, p, item_end - 1);
    default:
      return static_cast<unsigned char>(*p) == c;
  }
}

// `set` is at the '[', `last` at the ']'.
bool PatternMatcher::InSet(unsigned char c, const char* set, const char* last) {
  const bool is_complement = set[1] == '^';
  for (const char* p = set + (is_complement ? 2 : 1); p < last; ++p) {
    const auto first = static_cast<unsigned char>(*p);
    if (first == kEscape) {
      ++p;
      if (InClass(c, static_cast<unsigned char>(*p))) return !is_complement;
    } else if (p[1] == '-' && p + 2 < last) {
      p += 2;
      if (first <= c && c <= static_cast<unsigned char>(*p)) return !is_complement;
    } else if (first == c) {
      return !is_complement;
    }
  }
  return is_complement;
}

bool PatternMatcher::InClass(unsigned char c, unsigned char class_letter) {
  bool is_in = false;
  switch (absl::ascii_tolower(class_letter)) {
    case 'a':
      is_in = absl::ascii_isalpha(c);
      break;
    case 'c':
      is_in = absl::ascii_iscntrl(c);
      break;
    case 'd':
      is_in = absl::ascii_isdigit(c);
      break;
    case 'g':
      is_in = absl::ascii_isgraph(c);
      break;
    case 'l':
      is_in = absl::ascii_islower(c);
      break;
    case 'p':
      is_in = absl::ascii_ispunct(c);
      break;
    case 's':
      is_in = absl::ascii_isspace(c);
      break;
    case 'u':
      is_in = absl::ascii_isupper(c);
      break;
    case 'w':
      is_in = absl::ascii_isalnum(c);
      break;
    case 'x':
      is_in = absl::ascii_isxdigit(c);
      break;
    default:
      return class_letter == c;  // An escaped character stands for itself.
  }
  return absl::ascii_isupper(class_letter) ? !is_in : is_in;
}

const char* PatternMatcher::ItemEnd(const char* p) {
  if (*p == kEscape) {
    return p + 1 == pattern_end() ? Wrong("malformed pattern (ends with '%')") : p + 2;
  }
  if (*p != '[') return p + 1;
  ++p;
  if (p != pattern_end() && *p == '^') ++p;
  // A ']' at the very beginning is one of the set's characters.
  const char* first = p;
  while (p == first || *p != ']') {
    if (p == pattern_end()) return Wrong("malformed pattern (missing ']')");
    if (*p == kEscape && ++p == pattern_end()) return Wrong("malformed pattern (missing ']')");
    ++p;
    if (p == pattern_end()) return Wrong("malformed pattern (missing ']')");
  }
  return p + 1;
}

}  // namespace wsim
