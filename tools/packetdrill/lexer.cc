#include "tools/packetdrill/lexer.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "providers/inet/ip_address.h"

namespace wsim::packetdrill {
namespace {

bool IsWordStart(char c) { return absl::ascii_isalpha(static_cast<uint8_t>(c)) || c == '_'; }
bool IsWord(char c) { return absl::ascii_isalnum(static_cast<uint8_t>(c)) || c == '_'; }
bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<uint8_t>(c)); }
bool IsHex(char c) { return absl::ascii_isxdigit(static_cast<uint8_t>(c)); }

class Lexer {
 public:
  Lexer(absl::string_view text, const Definitions& given) : text_(text), definitions_(given) {}

  absl::StatusOr<std::vector<Token>> Run() {
    while (true) {
      if (absl::Status status = SkipBlank(); !status.ok()) return status;
      token_ = Token();
      token_.line = line_;
      token_.begin = at_;
      if (at_ == text_.size()) break;
      if (absl::Status status = Next(); !status.ok()) return status;
      token_.end = at_;
      tokens_.push_back(std::move(token_));
    }
    token_.end = at_;
    tokens_.push_back(std::move(token_));
    return std::move(tokens_);
  }

 private:
  char Look(size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool Sees(absl::string_view what) const { return absl::StartsWith(text_.substr(at_), what); }
  absl::Status Wrong(absl::string_view what) const {
    return absl::InvalidArgumentError(absl::StrCat(token_.line, ": ", what));
  }
  void Advance(size_t count) {
    for (size_t i = 0; i < count && at_ < text_.size(); ++i) {
      if (text_[at_++] == '\n') ++line_;
    }
  }

  absl::Status SkipBlank() {
    while (at_ < text_.size()) {
      if (absl::ascii_isspace(static_cast<uint8_t>(Look()))) {
        Advance(1);
      } else if (Sees("//") || Sees("#")) {
        const size_t end = text_.find('\n', at_);
        Advance((end == absl::string_view::npos ? text_.size() : end) - at_);
      } else if (Sees("/*")) {
        const size_t end = text_.find("*/", at_ + 2);
        if (end == absl::string_view::npos) {
          return absl::InvalidArgumentError(absl::StrCat(line_, ": a comment that does not end"));
        }
        Advance(end + 2 - at_);
      } else {
        break;
      }
    }
    return absl::OkStatus();
  }

  absl::Status Next() {
    const char c = Look();
    if (Sees("--") && IsWordStart(Look(2))) return Option();
    if (Sees("%{")) return Enclosed("}%", Token::Kind::kCode, 2, "%{ that no }% ends");
    if (c == '`') return Enclosed("`", Token::Kind::kBackquoted, 1, "` that no second one ends");
    if (c == '"') return String();
    if (Address()) return absl::OkStatus();
    if (IsWordStart(c)) return Word();
    if (IsDigit(c) || (c == '.' && IsDigit(Look(1)))) return Number();
    token_.kind = Token::Kind::kSymbol;
    token_.text = Sees("...") ? "..." : std::string(1, c);
    Advance(token_.text.size());
    return absl::OkStatus();
  }

  // What stands between the mark of `width` characters here and `end`.
  absl::Status Enclosed(absl::string_view end, Token::Kind kind, size_t width,
                        absl::string_view wrong) {
    const size_t stop = text_.find(end, at_ + width);
    if (stop == absl::string_view::npos) return Wrong(wrong);
    token_.kind = kind;
    token_.text = std::string(text_.substr(at_ + width, stop - at_ - width));
    Advance(stop + end.size() - at_);
    return absl::OkStatus();
  }

  absl::Status String() {
    token_.kind = Token::Kind::kString;
    Advance(1);
    while (Look() != '"') {
      if (at_ == text_.size() || Look() == '\n') return Wrong("\" that no second one ends");
      token_.text.push_back(Look() == '\\' ? Escape() : Look());
      Advance(1);
    }
    Advance(1);
    return absl::OkStatus();
  }
  // Leaves the last character of the escape to be taken.
  char Escape() {
    Advance(1);
    switch (Look()) {
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case 'r':
        return '\r';
      case '0':
        return '\0';
      case 'x': {
        int value = 0;
        for (int i = 0; i < 2 && IsHex(Look(1)); ++i) {
          Advance(1);
          const char digit = absl::ascii_tolower(static_cast<uint8_t>(Look()));
          value = value * 16 + (IsDigit(digit) ? digit - '0' : digit - 'a' + 10);
        }
        return static_cast<char>(value);
      }
      default:
        return Look();
    }
  }

  // An address is told from a number and from a sequence range by its points or colons.
  bool Address() {
    size_t length = 0;
    size_t colons = 0;
    size_t points = 0;
    for (char c = Look(); IsHex(c) || c == ':' || c == '.'; c = Look(++length)) {
      colons += c == ':';
      points += c == '.';
    }
    if (length == 0 || IsWord(Look(length))) return false;
    const absl::string_view candidate = text_.substr(at_, length);
    const bool is_ipv6 = colons >= 2 && inet::Ipv6Address::FromString(candidate).ok();
    const bool is_ipv4 =
        colons == 0 && points == 3 && inet::Ipv4Address::FromString(candidate).ok();
    if (!is_ipv6 && !is_ipv4) return false;
    token_.kind = Token::Kind::kAddress;
    token_.text = std::string(candidate);
    Advance(length);
    return true;
  }

  absl::Status Number() {
    size_t length = 0;
    if (Sees("0x") || Sees("0X")) {
      for (length = 2; IsHex(Look(length));) ++length;
    } else {
      while (IsDigit(Look(length))) ++length;
      if (Look(length) == '.' && IsDigit(Look(length + 1))) {
        token_.kind = Token::Kind::kFloat;
        for (++length; IsDigit(Look(length));) ++length;
        token_.text = std::string(text_.substr(at_, length));
        Advance(length);
        return absl::OkStatus();
      }
    }
    token_.kind = Token::Kind::kInteger;
    token_.text = std::string(text_.substr(at_, length));
    const bool is_hex = length >= 2 && (token_.text[1] == 'x' || token_.text[1] == 'X');
    const bool fits = is_hex ? absl::SimpleHexAtoi(token_.text, &token_.integer)
                             : absl::SimpleAtoi(token_.text, &token_.integer);
    if (!fits) token_.integer = INT64_MAX;  // more than any field takes; hexadecimal text may be so
    Advance(length);
    return absl::OkStatus();
  }

  absl::Status Word() {
    size_t length = 0;
    while (IsWord(Look(length))) ++length;
    token_.text = std::string(text_.substr(at_, length));
    Advance(length);
    const auto defined = definitions_.find(token_.text);
    if (defined == definitions_.end()) {
      token_.kind = Token::Kind::kWord;
      return absl::OkStatus();
    }
    return Replace(defined->second);
  }

  // One token out of what a definition says.
  absl::Status Replace(const std::string& by) {
    static const Definitions& none = *new Definitions();
    absl::StatusOr<std::vector<Token>> tokens = Lexer(by, none).Run();
    if (!tokens.ok() || tokens->size() != 2) {
      return Wrong(absl::StrCat("the definition \"", by, "\" is not one word, number or string"));
    }
    const int line = token_.line;
    const size_t begin = token_.begin;
    token_ = std::move(tokens->front());
    token_.line = line;
    token_.begin = begin;
    return absl::OkStatus();
  }

  absl::Status Option() {
    Advance(2);
    token_.kind = Token::Kind::kOption;
    while (IsWord(Look()) || Look() == '-') {
      token_.text.push_back(Look());
      Advance(1);
    }
    if (Look() != '=') return absl::OkStatus();
    Advance(1);
    char quote = '\0';
    while (at_ < text_.size() &&
           (quote != '\0' || !absl::ascii_isspace(static_cast<uint8_t>(Look())))) {
      const char c = Look();
      if (quote == '\0' && (c == '"' || c == '`')) {
        quote = c;
      } else if (c == quote) {
        quote = '\0';
      }
      token_.value.push_back(c);
      Advance(1);
    }
    if (quote != '\0') return Wrong("a quote that does not end");
    return token_.text == "define" ? Define() : absl::OkStatus();
  }
  absl::Status Define() {
    const size_t sign = token_.value.find('=');
    if (sign == std::string::npos || sign == 0) {
      return Wrong("--define is written --define=NAME=VALUE");
    }
    definitions_.try_emplace(token_.value.substr(0, sign), token_.value.substr(sign + 1));
    return absl::OkStatus();
  }

  const absl::string_view text_;
  Definitions definitions_;
  size_t at_ = 0;
  int line_ = 1;
  Token token_;
  std::vector<Token> tokens_;
};

}  // namespace

absl::StatusOr<std::vector<Token>> Tokenize(absl::string_view text, const Definitions& given) {
  return Lexer(text, given).Run();
}

}  // namespace wsim::packetdrill
