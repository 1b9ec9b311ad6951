// Lua's patterns (Lua 5.4 manual, 6.4.1), with the work counted that a match takes. Knows no Lua
// state.
#ifndef TOOLS_SCENARIO_SANDBOX_PATTERN_H_
#define TOOLS_SCENARIO_SANDBOX_PATTERN_H_

#include <cstddef>
#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"

namespace wsim {

// Matches one pattern against one subject, neither of which it owns, at any number of positions.
class PatternMatcher {
 public:
  static constexpr size_t kMostCaptures = 32;
  // How deep the parts of a pattern that can give back what they took may follow each other.
  static constexpr int kDeepest = 200;

  enum class Outcome {
    kMatched,
    kNoMatch,
    kWrongPattern,  // see error()
    kOutOfSteps,
  };

  struct Capture {
    const char* start = nullptr;
    // Octets; or one of these two.
    ptrdiff_t length = kUnfinished;
    static constexpr ptrdiff_t kUnfinished = -1;
    static constexpr ptrdiff_t kPosition = -2;  // of `start`, not text
  };

  // `pattern` without the "^" that ties it to a position, which is the caller's part.
  PatternMatcher(absl::string_view subject, absl::string_view pattern)
      : subject_(subject), pattern_(pattern) {}

  // Whether the pattern matches at `start`, an offset up to the subject's size, within `steps` of a
  // few nanoseconds each. Captures and end() are of the last call.
  Outcome MatchAt(size_t start, int64_t steps);

  // Steps that were taken since the matcher was made.
  int64_t steps_taken() const { return steps_taken_; }

  // After kMatched: the offset behind the match.
  size_t end() const { return static_cast<size_t>(end_ - subject_.data()); }
  int capture_count() const { return static_cast<int>(captures_.size()); }
  const Capture& capture(int i) const { return captures_[static_cast<size_t>(i)]; }

  // After kWrongPattern: what is wrong with it.
  absl::string_view error() const { return error_; }

  absl::string_view subject() const { return subject_; }

 private:
  const char* subject_end() const { return subject_.data() + subject_.size(); }
  const char* pattern_end() const { return pattern_.data() + pattern_.size(); }
  bool stopped() const { return !error_.empty() || out_of_steps_; }
  bool Step(int64_t count);
  const char* Wrong(absl::string_view error);

  // Each answers where the match of the rest of the pattern, from `p`, ends for the subject from
  // `s`; null for no match.
  const char* Match(const char* s, const char* p);
  const char* MatchItem(const char*& s, const char*& p, bool& is_decided);
  const char* MatchMost(const char* s, const char* p, const char* item_end);
  const char* MatchFewest(const char* s, const char* p, const char* item_end);
  const char* OpenCapture(const char* s, const char* p, ptrdiff_t length);
  const char* CloseCapture(const char* s, const char* p);

  // Each answers where its own item's match ends; null for no match.
  const char* Balanced(const char* s, const char* p);
  const char* RepeatCapture(const char* s, char digit);
  bool AtFrontier(const char* s, const char* set, const char* set_end);

  // Whether the single-character item [p, item_end) accepts the character at `s`.
  bool Accepts(const char* s, const char* p, const char* item_end);
  static bool InSet(unsigned char c, const char* set, const char* last);
  static bool InClass(unsigned char c, unsigned char class_letter);
  // The end of the single-character item at `p`; null when it is malformed.
  const char* ItemEnd(const char* p);

  absl::string_view subject_;
  absl::string_view pattern_;
  const char* end_ = nullptr;
  absl::string_view error_;
  bool out_of_steps_ = false;
  int depth_ = 0;
  int64_t steps_left_ = 0;
  int64_t steps_taken_ = 0;
  // Small on the stack: substitutions nest.
  absl::InlinedVector<Capture, 2> captures_;
};

}  // namespace wsim

#endif  // TOOLS_SCENARIO_SANDBOX_PATTERN_H_
