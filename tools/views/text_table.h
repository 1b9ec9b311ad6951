// A table of texts for a terminal.
#ifndef TOOLS_VIEWS_TEXT_TABLE_H_
#define TOOLS_VIEWS_TEXT_TABLE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace wsim {

// Columns a UTF-8 text takes on a terminal, one for each code point.
size_t DisplayWidth(absl::string_view text);

// Octets of the longest beginning of `text` that takes at most `width` columns.
size_t PrefixOctets(absl::string_view text, size_t width);

// The text in lines of at most `width` columns, broken at spaces where there are any. At least one
// line.
std::vector<std::string> WrapText(absl::string_view text, size_t width);

// Rows of cells, aligned in columns; cells too long for their column go on in further lines.
class TextTable {
 public:
  // No column is wider than `widest`, except the first.
  explicit TextTable(size_t widest) : widest_(widest) {}

  void AddRow(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  // A rule across all columns.
  void AddRule() { rows_.emplace_back(); }

  // Lines without trailing spaces, each ended by a line end.
  std::string ToString() const;

 private:
  size_t widest_;
  std::vector<std::vector<std::string>> rows_;  // empty: a rule
};

}  // namespace wsim

#endif  // TOOLS_VIEWS_TEXT_TABLE_H_
