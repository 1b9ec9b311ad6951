#include "tools/views/text_table.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace wsim {
namespace {

constexpr absl::string_view kGap = "  ";
constexpr absl::string_view kRule = "─";

bool IsContinuation(char octet) { return (static_cast<unsigned char>(octet) & 0xC0) == 0x80; }

std::string StripTrailingSpaces(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

size_t DisplayWidth(absl::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char octet) { return !IsContinuation(octet); }));
}

size_t PrefixOctets(absl::string_view text, size_t width) {
  size_t octets = 0;
  for (size_t columns = 0; octets < text.size(); ++octets) {
    if (!IsContinuation(text[octets]) && columns++ == width) break;
  }
  return octets;
}

std::vector<std::string> WrapText(absl::string_view text, size_t width) {
  std::vector<std::string> lines;
  for (size_t end; (end = PrefixOctets(text, width)) < text.size();) {
    const size_t space = text.substr(0, end + 1).rfind(' ');
    size_t next = end;
    if (space != absl::string_view::npos && space != 0) {
      end = space;
      next = space + 1;
    }
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(next);
  }
  lines.emplace_back(text);
  return lines;
}

std::string TextTable::ToString() const {
  std::vector<size_t> widths;
  for (const std::vector<std::string>& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) {
      const size_t width = DisplayWidth(row[i]);
      widths[i] = std::max(widths[i], i == 0 ? width : std::min(width, widest_));
    }
  }
  size_t total = 0;
  for (size_t width : widths) total += width + kGap.size();
  std::string rule;
  for (size_t i = 0; i + kGap.size() < total; ++i) absl::StrAppend(&rule, kRule);

  std::string text;
  for (const std::vector<std::string>& row : rows_) {
    if (row.empty()) {
      absl::StrAppend(&text, rule, "\n");
      continue;
    }
    std::vector<std::vector<std::string>> cells;
    size_t height = 0;
    for (size_t i = 0; i < row.size(); ++i) {
      cells.push_back(WrapText(row[i], std::max<size_t>(widths[i], 1)));
      height = std::max(height, cells.back().size());
    }
    for (size_t at = 0; at < height; ++at) {
      std::string line;
      for (size_t i = 0; i < cells.size(); ++i) {
        const std::string cell = at < cells[i].size() ? cells[i][at] : std::string();
        absl::StrAppend(&line, cell, std::string(widths[i] - DisplayWidth(cell), ' '), kGap);
      }
      absl::StrAppend(&text, StripTrailingSpaces(std::move(line)), "\n");
    }
  }
  return text;
}

}  // namespace wsim
