// The words of a script.
#ifndef TOOLS_PACKETDRILL_LEXER_H_
#define TOOLS_PACKETDRILL_LEXER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace wsim::packetdrill {

struct Token {
  enum class Kind : uint8_t {
    kWord,     // letters, digits and underscores, not beginning with a digit
    kInteger,  // decimal or 0x
    kFloat,
    kString,      // without its quotes; escapes carried out
    kBackquoted,  // without its quotes
    kCode,        // what stands in %{ }%
    kAddress,     // IPv4 or IPv6
    kOption,      // --name; `value` is what stands behind the =
    kSymbol,      // one character, or "..."
    kEnd,
  };
  Kind kind = Kind::kEnd;
  std::string text;
  std::string value;
  int64_t integer = 0;
  int line = 1;
  size_t begin = 0;  // in the text of the file
  size_t end = 0;
};

// What --define gives, by name: the text that takes a word's place.
using Definitions = absl::btree_map<std::string, std::string>;

// Without what `#ifdef NAME`, `#ifndef`, `#else` and `#endif` leave out; lines keep their numbers.
// Other directives of the C preprocessor are errors, and any other # begins a remark. `names`:
// those that count as defined.
absl::StatusOr<std::string> Preprocess(absl::string_view text, const Definitions& names);

// The tokens of `text`, comments left out, ending with kEnd. Words in `given`, and those that the
// text's own --define options name, are replaced by what is defined; `given` goes first. The error
// is "LINE: what is wrong".
absl::StatusOr<std::vector<Token>> Tokenize(absl::string_view text, const Definitions& given);

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_LEXER_H_
