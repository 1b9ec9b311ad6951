// The tokens of a script, read from the front.
#ifndef TOOLS_PACKETDRILL_TOKEN_STREAM_H_
#define TOOLS_PACKETDRILL_TOKEN_STREAM_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "tools/packetdrill/lexer.h"

namespace wsim::packetdrill {

// Latches the first failure: behind it the stream is at its end, and nothing is accepted.
class TokenStream {
 public:
  // `text` is what the tokens were made of.
  TokenStream(std::vector<Token> tokens, std::string text)
      : tokens_(std::move(tokens)), text_(std::move(text)), end_(tokens_.back()) {}

  const Token& Peek(size_t ahead = 0) const {
    return !status_.ok() || at_ + ahead >= tokens_.size() ? end_ : tokens_[at_ + ahead];
  }
  Token Next() {
    Token token = Peek();
    if (at_ + 1 < tokens_.size()) ++at_;
    return token;
  }
  bool Is(Token::Kind kind) const { return Peek().kind == kind; }
  bool IsSymbol(absl::string_view symbol, size_t ahead = 0) const {
    return Peek(ahead).kind == Token::Kind::kSymbol && Peek(ahead).text == symbol;
  }
  bool IsWord(absl::string_view word, size_t ahead = 0) const {
    return Peek(ahead).kind == Token::Kind::kWord && Peek(ahead).text == word;
  }
  bool Accept(absl::string_view symbol) {
    if (!IsSymbol(symbol)) return false;
    Next();
    return true;
  }
  bool AcceptWord(absl::string_view word) {
    if (!IsWord(word)) return false;
    Next();
    return true;
  }
  void Expect(absl::string_view symbol, absl::string_view where) {
    if (!Accept(symbol)) Fail(absl::StrCat("expected ", symbol, " ", where));
  }
  // An integer from 0 to `greatest`; 0 after a failure.
  int64_t ExpectInteger(int64_t greatest, absl::string_view what) {
    if (!Is(Token::Kind::kInteger)) {
      Fail(absl::StrCat("expected ", what));
      return 0;
    }
    const Token token = Next();
    if (token.integer <= greatest) return token.integer;
    Fail(absl::StrCat(what, " is at most ", greatest), token.line);
    return 0;
  }
  std::string ExpectWord(absl::string_view what) {
    if (Is(Token::Kind::kWord)) return Next().text;
    Fail(absl::StrCat("expected ", what));
    return "";
  }

  // "LINE: what is wrong"; the first failure counts.
  void Fail(absl::string_view what, int line = 0) {
    if (!status_.ok()) return;
    const Token& token = Peek();
    std::string found;
    if (line == 0) {
      found = token.kind == Token::Kind::kEnd ? ", but the script ends here"
                                              : absl::StrCat(", but found \"", Shown(token), "\"");
    }
    const int where = line == 0 ? token.line : line;
    status_ = absl::InvalidArgumentError(absl::StrCat(where, ": ", what, found));
  }
  bool ok() const { return status_.ok(); }
  const absl::Status& status() const { return status_; }

  // The text from the token that stood at `first` to the last one read, on one line.
  size_t position() const { return at_; }
  std::string TextSince(size_t first) const {
    if (first >= at_) return "";
    const size_t begin = tokens_[first].begin;
    std::string line;
    for (const char c : text_.substr(begin, tokens_[at_ - 1].end - begin)) {
      const bool is_blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
      if (!is_blank) {
        line.push_back(c);
      } else if (!line.empty() && line.back() != ' ') {
        line.push_back(' ');
      }
    }
    return line;
  }

 private:
  // The beginning of what may have many lines.
  static std::string Shown(const Token& token) {
    constexpr size_t kMost = 40;  // characters
    const std::string line = token.text.substr(0, token.text.find_first_of("\r\n"));
    return line.size() == token.text.size() && line.size() <= kMost
               ? line
               : absl::StrCat(line.substr(0, kMost), "...");
  }

  std::vector<Token> tokens_;  // the last one is kEnd
  std::string text_;
  Token end_;
  size_t at_ = 0;
  absl::Status status_;
};

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_TOKEN_STREAM_H_
