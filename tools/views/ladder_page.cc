// The drawing itself.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "tools/views/comparison_table.h"
#include "tools/views/ladder.h"
#include "tools/views/text_table.h"

namespace wsim {
namespace {

constexpr size_t kTimeWidth = 15;
constexpr absl::string_view kLifeline = "│";

std::string Repeat(absl::string_view piece, size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) absl::StrAppend(&text, piece);
  return text;
}

std::string PadTo(absl::string_view text, size_t width) {
  const size_t taken = DisplayWidth(text);
  return absl::StrCat(text, std::string(width - std::min(width, taken), ' '));
}

std::string Shorten(absl::string_view text, size_t width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  return absl::StrCat(WrapText(text, width - 1).front(), "…");
}

}  // namespace

LadderPage::LadderPage(std::vector<std::string> columns) : columns_(columns.size()) {
  std::string head(kTimeWidth, ' ');
  for (const std::string& name : columns) {
    absl::StrAppend(&head, " ", PadTo(Shorten(name, kColumnWidth - 2), kColumnWidth));
  }
  head.erase(head.find_last_not_of(' ') + 1);
  absl::StrAppend(&text_, head, "\n");
}

std::string LadderPage::TimeCell(sim::Time time) {
  const bool is_new = time != last_time_;
  last_time_ = time;
  const std::string text = is_new ? TimeText(time) : std::string();
  const size_t width = DisplayWidth(text);
  if (width + 1 <= kTimeWidth) {
    return absl::StrCat(std::string(kTimeWidth - 1 - width, ' '), text, " ");
  }
  // Long times get a line of their own.
  absl::StrAppend(&text_, text, "\n");
  return std::string(kTimeWidth, ' ');
}

void LadderPage::AddLine(sim::Time time, const std::vector<std::string>& cells) {
  std::string line = TimeCell(time);
  for (const std::string& cell : cells) absl::StrAppend(&line, cell);
  line.erase(line.find_last_not_of(' ') + 1);
  absl::StrAppend(&text_, line, "\n");
}

void LadderPage::AddText(sim::Time time, size_t column, absl::string_view text) {
  constexpr size_t kIndent = 2;  // of what goes on in a further line
  const std::vector<std::string> lines = WrapText(text, kColumnWidth - 3 - kIndent);
  for (size_t at = 0; at < lines.size(); ++at) {
    std::vector<std::string> cells(columns_,
                                   absl::StrCat(kLifeline, std::string(kColumnWidth, ' ')));
    cells[column] = absl::StrCat(
        kLifeline, PadTo(absl::StrCat(" ", at == 0 ? "" : "  ", lines[at]), kColumnWidth));
    AddLine(time, cells);
  }
}

void LadderPage::AddArrow(sim::Time time, size_t from, size_t to, absl::string_view label,
                          bool arrives) {
  const size_t left = std::min(from, to);
  const size_t right = std::max(from, to);
  const bool goes_right = from < to;
  std::vector<std::string> cells(columns_, absl::StrCat(kLifeline, std::string(kColumnWidth, ' ')));
  // The shaft takes everything between the two lifelines, those that it crosses included.
  const size_t length = (right - left) * (kColumnWidth + 1) - 1;
  const std::string shown = absl::StrCat(" ", Shorten(label, length - 12), " ");
  const size_t dashes = length - 1 - DisplayWidth(shown);
  const size_t before = dashes / 2;
  const absl::string_view head = arrives ? (goes_right ? "▶" : "◀") : "✗";
  const std::string shaft = absl::StrCat(Repeat("─", before), shown, Repeat("─", dashes - before));
  cells[left] = absl::StrCat(kLifeline, goes_right ? shaft : std::string(head),
                             goes_right ? std::string(head) : shaft);
  for (size_t crossed = left + 1; crossed < right; ++crossed) cells[crossed].clear();
  AddLine(time, cells);
}

}  // namespace wsim
