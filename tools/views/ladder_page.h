// The drawing of a ladder: lines of text with a column for each host.
#ifndef TOOLS_VIEWS_LADDER_PAGE_H_
#define TOOLS_VIEWS_LADDER_PAGE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "sim/time.h"
#include "tools/views/repetition.h"

namespace wsim {

// Each line has the time in front, where it is another than above, and a lifeline for each column,
// with a text beside one of them or an arrow between two:
//
//                client                        server
//       0.000000 │ connect(4, server:5000) …   │
//       0.010005 │──────────── SYN ───────────▶│
//
// Lines that repeat themselves are counted from some point on. A run that never comes to rest draws
// no more than kMostLines.
class LadderPage {
 public:
  static constexpr size_t kMostLines = 100'000;

  // Between two lifelines, in columns of a terminal: the more of them, the narrower.
  static size_t ColumnWidth(size_t columns) { return columns <= 2 ? 52 : columns == 3 ? 40 : 32; }

  // `columns` are their headings.
  explicit LadderPage(const std::vector<std::string>& columns);

  // Too long a text goes on below.
  void AddText(sim::Time time, size_t column, absl::string_view text);
  // From one column's lifeline to another's; one that is lost ends on its way. Too long a label is
  // cut. `remark` says what became of it: "lost"; arrows that differ in it alone are alike.
  void AddArrow(sim::Time time, size_t from, size_t to, absl::string_view label, bool arrives,
                absl::string_view remark = "");

  // All of it, when nothing more comes; at the end, how many lines had no room.
  std::string ToString();

 private:
  // False: the line is one of many alike. `line` says what it is like.
  bool Shows(sim::Time time, absl::string_view line);
  // Says how many lines were left out above, if any.
  void AddGap();
  // One cell for each column.
  void AddLine(sim::Time time, const std::vector<std::string>& cells);
  // What stands in front of a line.
  std::string TimeCell(sim::Time time);
  // A lifeline with nothing or `text` beside it.
  std::string Cell(absl::string_view text = "") const;

  const size_t columns_;
  const size_t width_;
  std::string text_;
  size_t lines_ = 0;
  std::string last_time_;
  Repetition repetition_;
  sim::Time last_hidden_;
};

}  // namespace wsim

#endif  // TOOLS_VIEWS_LADDER_PAGE_H_
