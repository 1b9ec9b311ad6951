#include "tools/views/ladder_page.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "tools/views/text_table.h"
#include "tools/views/time_text.h"

namespace wsim {
namespace {

constexpr size_t kTimeWidth = 15;
constexpr absl::string_view kLifeline = "│";

std::string Repeat(absl::string_view piece, size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) absl::StrAppend(&text, piece);
  return text;
}

std::string Shorten(absl::string_view text, size_t width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  return absl::StrCat(text.substr(0, PrefixOctets(text, width - 1)), "…");
}

std::string PadTo(absl::string_view text, size_t width) {
  return absl::StrCat(text, std::string(width - std::min(width, DisplayWidth(text)), ' '));
}

}  // namespace

LadderPage::LadderPage(const std::vector<std::string>& columns)
    : columns_(columns.size()), width_(ColumnWidth(columns.size())) {
  std::string head(kTimeWidth, ' ');
  for (const std::string& name : columns) {
    absl::StrAppend(&head, PadTo(Shorten(name, width_ - 1), width_ + 1));
  }
  head.erase(head.find_last_not_of(' ') + 1);
  absl::StrAppend(&text_, head, "\n");
}

std::string LadderPage::TimeCell(sim::Time time) {
  std::string text = ClockText(time);
  if (text == last_time_) {
    text.clear();
  } else {
    last_time_ = text;
  }
  if (text.size() < kTimeWidth) {
    return absl::StrCat(std::string(kTimeWidth - 1 - text.size(), ' '), text, " ");
  }
  // After ten hours the time takes a line of its own.
  absl::StrAppend(&text_, text, "\n");
  return std::string(kTimeWidth, ' ');
}

bool LadderPage::Shows(sim::Time time, absl::string_view line) {
  if (repetition_.Hides(line)) {
    last_hidden_ = time;
    return false;
  }
  AddGap();
  return true;
}

void LadderPage::AddGap() {
  const size_t hidden = repetition_.TakeHidden();
  if (hidden == 0) return;
  std::vector<std::string> cells(columns_, Cell());
  cells[0] =
      Cell(absl::StrCat(" ⋮ ", hidden, hidden == 1 ? " line" : " lines", " more like these"));
  AddLine(last_hidden_, cells);
}

std::string LadderPage::ToString() {
  AddGap();
  if (lines_ <= kMostLines) return text_;
  return absl::StrCat(text_, "… ", lines_ - kMostLines, " lines more; a trace file has them all\n");
}

void LadderPage::AddLine(sim::Time time, const std::vector<std::string>& cells) {
  if (++lines_ > kMostLines) return;
  std::string line = TimeCell(time);
  for (const std::string& cell : cells) absl::StrAppend(&line, cell);
  line.erase(line.find_last_not_of(' ') + 1);
  absl::StrAppend(&text_, line, "\n");
}

std::string LadderPage::Cell(absl::string_view text) const {
  return absl::StrCat(kLifeline, PadTo(text, width_));
}

void LadderPage::AddText(sim::Time time, size_t column, absl::string_view text) {
  constexpr absl::string_view kFirstMargin = " ";
  constexpr absl::string_view kMargin = "   ";  // of what goes on in further lines
  if (!Shows(time, absl::StrCat(column, ": ", text))) return;
  absl::string_view margin = kFirstMargin;
  for (const std::string& line : WrapText(text, width_ - kMargin.size())) {
    std::vector<std::string> cells(columns_, Cell());
    cells[column] = Cell(absl::StrCat(margin, line));
    AddLine(time, cells);
    margin = kMargin;
  }
}

void LadderPage::AddArrow(sim::Time time, size_t from, size_t to, absl::string_view label,
                          bool arrives, absl::string_view remark) {
  constexpr size_t kLeastShaft = 3;  // on each side of the label
  if (!Shows(time, absl::StrCat(from, " > ", to, ": ", label))) return;
  const size_t left = std::min(from, to);
  const size_t right = std::max(from, to);
  const bool goes_right = from < to;
  // All between the two lifelines, those that it crosses included.
  const size_t length = (right - left) * (width_ + 1) - 1;
  const std::string note = remark.empty() ? " " : absl::StrCat(" (", remark, ") ");
  const size_t room = length - 2 - 2 * kLeastShaft - DisplayWidth(note);
  const std::string shown = absl::StrCat(" ", Shorten(label, room), note);
  const size_t dashes = length - 1 - DisplayWidth(shown);
  const size_t before = dashes / 2;
  const size_t behind = dashes - before;
  // A lost one ends soon behind its label.
  const size_t on_its_way = arrives ? 0 : (goes_right ? behind : before) - kLeastShaft;
  const std::string blank(on_its_way, ' ');
  const absl::string_view head = !arrives ? "✗" : goes_right ? "▶" : "◀";
  std::vector<std::string> cells(columns_, Cell());
  cells[left] = goes_right ? absl::StrCat(kLifeline, Repeat("─", before), shown,
                                          Repeat("─", behind - on_its_way), head, blank)
                           : absl::StrCat(kLifeline, blank, head, Repeat("─", before - on_its_way),
                                          shown, Repeat("─", behind));
  for (size_t crossed = left + 1; crossed < right; ++crossed) cells[crossed].clear();
  AddLine(time, cells);
}

}  // namespace wsim
