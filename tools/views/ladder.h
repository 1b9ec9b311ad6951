// A run as the picture that protocol documents draw: a column for each host, time going down, calls
// with their results in the columns, PDUs as arrows between them.
#ifndef TOOLS_VIEWS_LADDER_H_
#define TOOLS_VIEWS_LADDER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/strings/string_view.h"
#include "tools/dissect/frame_dissector.h"
#include "tools/scenario/run.h"

namespace wsim {

// Lines that carry a text in one column, or an arrow between two.
class LadderPage {
 public:
  // Columns of a terminal between two lifelines.
  static constexpr size_t kColumnWidth = 46;

  explicit LadderPage(std::vector<std::string> columns);

  void AddText(sim::Time time, size_t column, absl::string_view text);
  // From one column's lifeline to another's; `arrives` false draws where it ends instead.
  void AddArrow(sim::Time time, size_t from, size_t to, absl::string_view label, bool arrives);
  const std::string& text() const { return text_; }

 private:
  // `row` has a lifeline in each column; writes `text` at a position in columns of the terminal.
  void AddLine(sim::Time time, const std::vector<std::string>& cells);
  std::string TimeCell(sim::Time time);

  size_t columns_;
  std::string text_;
  std::optional<sim::Time> last_time_;
};

class Ladder final : public RunListener {
 public:
  void OnStart(const Cast& cast) override;
  bool wants_text() const override { return true; }
  void OnTraceEvent(const sim::TraceEvent& event) override;

  // After the run.
  std::string ToString();

 private:
  // A call that has not returned, and stands in the picture already or not yet.
  struct OpenCall {
    size_t column = 0;
    sim::Time time;
    std::string text;
    bool is_drawn = false;
  };

  void OnCall(const sim::TraceEvent& event);
  void OnReturn(const sim::TraceEvent& event);
  void OnFrame(const sim::TraceEvent& event);
  void OnFault(const sim::TraceEvent& event);
  // Draws the calls that are still open: what follows happens while they wait.
  void DrawOpenCalls();
  void AddText(const sim::TraceEvent& event, absl::string_view text);
  size_t ColumnOf(absl::string_view node) const;
  // "client 2: " where a host runs several processes.
  std::string Speaker(const sim::TraceEvent& event) const;

  Cast cast_;
  std::vector<std::string> columns_;
  std::vector<bool> is_shared_;  // by column: several processes run there
  std::optional<LadderPage> page_;
  FrameDissector dissector_;
  absl::btree_map<int64_t, std::string> labels_;                 // by frame number
  absl::btree_map<uint32_t, std::vector<OpenCall>> open_calls_;  // by thread, the innermost last
};

}  // namespace wsim

#endif  // TOOLS_VIEWS_LADDER_H_
