#include "tools/packetdrill/assertions.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "tools/packetdrill/value.h"

namespace wsim::packetdrill {
namespace {

constexpr int kDeepest = 64;  // brackets and signs inside each other

bool IsWord(char c) { return absl::ascii_isalnum(static_cast<uint8_t>(c)) || c == '_'; }

// One expression, read from its front and worked out on the way. The first failure is kept.
class Evaluation {
 public:
  Evaluation(absl::string_view text, const inet::TcpConnection* connection, WindowUnit unit)
      : rest_(text), connection_(connection), unit_(unit) {}

  int64_t Or() {
    int64_t value = And();
    while (AcceptWord("or")) {
      const int64_t other = And();
      if (value == 0) value = other;
    }
    return value;
  }
  // What stands behind the expression.
  absl::string_view rest() const { return absl::StripLeadingAsciiWhitespace(rest_); }
  const absl::Status& status() const { return status_; }
  // "tcpi_rto is 200000", for each field that was read.
  const std::string& fields() const { return fields_; }

 private:
  int64_t And() {
    int64_t value = Not();
    while (AcceptWord("and")) {
      const int64_t other = Not();
      if (value != 0) value = other;
    }
    return value;
  }
  int64_t Not() {
    bool negates = false;
    while (AcceptWord("not")) negates = !negates;
    const int64_t value = Comparison();
    return negates ? (value == 0 ? 1 : 0) : value;
  }
  // a < b <= c, as in Python: each with the next.
  int64_t Comparison() {
    static constexpr absl::string_view kSigns[] = {"==", "!=", "<=", ">=", "<", ">"};
    int64_t left = Sum();
    bool holds = true;
    bool compares = false;
    while (true) {
      const absl::string_view sign = AcceptOneOf(kSigns);
      if (sign.empty()) return compares ? (holds ? 1 : 0) : left;
      compares = true;
      const int64_t right = Sum();
      holds = holds && Holds(left, sign, right);
      left = right;
    }
  }
  static bool Holds(int64_t left, absl::string_view sign, int64_t right) {
    if (sign == "==") return left == right;
    if (sign == "!=") return left != right;
    if (sign == "<=") return left <= right;
    if (sign == ">=") return left >= right;
    return sign == "<" ? left < right : left > right;
  }
  int64_t Sum() {
    static constexpr absl::string_view kSigns[] = {"+", "-"};
    int64_t value = Product();
    while (true) {
      const absl::string_view sign = AcceptOneOf(kSigns);
      if (sign.empty()) return value;
      const int64_t other = Product();
      const bool overflows = sign == "+" ? __builtin_add_overflow(value, other, &value)
                                         : __builtin_sub_overflow(value, other, &value);
      if (overflows) Fail("a number that is too large in code");
    }
  }
  int64_t Product() {
    static constexpr absl::string_view kSigns[] = {"//", "*", "%"};
    int64_t value = Unary();
    while (true) {
      const absl::string_view sign = AcceptOneOf(kSigns);
      if (sign.empty()) return value;
      const int64_t other = Unary();
      if (sign == "*") {
        if (__builtin_mul_overflow(value, other, &value)) {
          Fail("a number that is too large in code");
        }
      } else if (other <= 0 || value < 0) {
        Fail("a division of or by a negative number or zero in code");
        value = 0;
      } else {
        value = sign == "%" ? value % other : value / other;
      }
    }
  }
  int64_t Unary() {
    static constexpr absl::string_view kMinus[] = {"-"};
    if (!AcceptOneOf(kMinus).empty()) {
      if (++depth_ > kDeepest) return Fail("code that is nested too deep");
      const int64_t value = -Unary();
      --depth_;
      return value;
    }
    return Primary();
  }
  int64_t Primary() {
    static constexpr absl::string_view kOpen[] = {"("};
    static constexpr absl::string_view kClose[] = {")"};
    if (!AcceptOneOf(kOpen).empty()) {
      if (++depth_ > kDeepest) return Fail("code that is nested too deep");
      const int64_t value = Or();
      --depth_;
      if (AcceptOneOf(kClose).empty()) return Fail("code with a bracket that does not end");
      return value;
    }
    const absl::string_view word = TakeWord();
    if (word.empty()) return Fail(absl::StrCat("the code \"", rest(), "\""));
    if (absl::ascii_isdigit(static_cast<uint8_t>(word.front()))) return Number(word);
    if (word == "True") return 1;
    if (word == "False") return 0;
    return absl::StartsWith(word, "tcpi_") ? Field(word) : Taken(TcpInfoConstant(word));
  }
  int64_t Number(absl::string_view word) {
    int64_t number = 0;
    const bool is_hex = absl::StartsWithIgnoreCase(word, "0x");
    const bool is_number =
        is_hex ? absl::SimpleHexAtoi(word, &number) : absl::SimpleAtoi(word, &number);
    return is_number ? number : Fail(absl::StrCat("the value ", word, " in code"));
  }
  int64_t Field(absl::string_view name) {
    const int64_t value = Taken(TcpInfoField(name, connection_, unit_));
    absl::StrAppend(&fields_, fields_.empty() ? "" : ", ", name, " is ", TcpInfoText(name, value));
    return value;
  }
  int64_t Taken(const absl::StatusOr<int64_t>& value) {
    if (value.ok()) return *value;
    if (status_.ok()) status_ = value.status();
    return 0;
  }
  int64_t Fail(absl::string_view what) {
    if (status_.ok()) status_ = Unsupported(what);
    rest_ = "";
    return 0;
  }

  absl::string_view TakeWord() {
    rest_ = absl::StripLeadingAsciiWhitespace(rest_);
    size_t length = 0;
    while (length < rest_.size() && IsWord(rest_[length])) ++length;
    const absl::string_view word = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return word;
  }
  bool AcceptWord(absl::string_view word) {
    const absl::string_view before = rest_;
    if (TakeWord() == word) return true;
    rest_ = before;
    return false;
  }
  template <size_t kCount>
  absl::string_view AcceptOneOf(const absl::string_view (&signs)[kCount]) {
    rest_ = absl::StripLeadingAsciiWhitespace(rest_);
    for (const absl::string_view sign : signs) {
      if (absl::ConsumePrefix(&rest_, sign)) return sign;
    }
    return "";
  }

  absl::string_view rest_;
  const inet::TcpConnection* const connection_;
  const WindowUnit unit_;
  int depth_ = 0;
  std::string fields_;
  absl::Status status_;
};

// One statement a piece: at a new line or `;` outside of brackets and strings; remarks left out.
std::vector<std::string> StatementsOf(absl::string_view code) {
  std::vector<std::string> statements(1);
  int open = 0;
  char quote = '\0';
  bool is_remark = false;
  for (const char c : code) {
    if (c == '\n') is_remark = false;
    if (is_remark) continue;
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '#') {
      is_remark = true;
      continue;
    } else if (c == '(' || c == ')') {
      open += c == '(' ? 1 : -1;
    } else if ((c == '\n' || c == ';') && open <= 0) {
      statements.emplace_back();
      continue;
    }
    statements.back().push_back(c == '\n' ? ' ' : c);
  }
  return statements;
}

absl::Status CheckOne(absl::string_view expression, const inet::TcpConnection* connection,
                      WindowUnit unit) {
  Evaluation evaluation(expression, connection, unit);
  const int64_t value = evaluation.Or();
  if (!evaluation.status().ok()) return evaluation.status();
  // A message for people may stand behind a comma.
  if (!evaluation.rest().empty() && evaluation.rest().front() != ',') {
    return Unsupported(absl::StrCat("the code \"", expression, "\""));
  }
  if (value != 0) return absl::OkStatus();
  absl::string_view said = expression.substr(0, expression.size() - evaluation.rest().size());
  said = absl::StripAsciiWhitespace(said);
  const std::string& fields = evaluation.fields();
  return absl::FailedPreconditionError(
      absl::StrCat("expected ", said, fields.empty() ? "" : ", but ", fields));
}

}  // namespace

absl::Status CheckAssertions(absl::string_view code, const inet::TcpConnection* connection,
                             WindowUnit unit) {
  for (const std::string& each : StatementsOf(code)) {
    absl::string_view statement = absl::StripAsciiWhitespace(each);
    if (statement.empty() || statement == "pass") continue;
    if (absl::StartsWith(statement, "print(") || absl::StartsWith(statement, "print ")) continue;
    const absl::string_view whole = statement;
    const bool asserts =
        absl::ConsumePrefix(&statement, "assert") && !statement.empty() && !IsWord(statement[0]);
    if (!asserts) return Unsupported(absl::StrCat("the code \"", whole, "\""));
    if (absl::Status status = CheckOne(statement, connection, unit); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace wsim::packetdrill
