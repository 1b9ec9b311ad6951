// A run as the picture that protocol documents draw: a column for each host, time going down, calls
// with their results in the columns, PDUs as arrows between them.
#ifndef TOOLS_VIEWS_LADDER_H_
#define TOOLS_VIEWS_LADDER_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/strings/string_view.h"
#include "tools/dissect/frame_dissector.h"
#include "tools/scenario/run_report.h"
#include "tools/views/ladder_page.h"

namespace wsim {

// What tells nothing about connections is left out: other states than the ends of calls, timers
// that bring about nothing that was sent before, and network events that the program has not asked
// for (the trace has them).
//
// An arrow stands where its frame arrives or is lost. A call that waits stands where it begins,
// with "…", and again where it ends.
class Ladder final : public RunListener {
 public:
  void OnStart(const Cast& cast) override;
  bool wants_text() const override { return true; }
  void OnTraceEvent(const sim::TraceEvent& event) override;

  // After the run. Empty: it did not begin.
  std::string ToString();

 private:
  // A call that has not returned, and stands in the picture already or not yet.
  struct OpenCall {
    size_t column = 0;
    sim::Time time;
    std::string text;
    std::array<int64_t, 4> numbers{};  // of its event
    bool is_drawn = false;
  };

  // Why a frame will be sent.
  struct Pdu {
    absl::string_view name;
    absl::string_view timer;  // empty: no timer
  };

  // How many of each kind of thing it remembers.
  static constexpr size_t kMostRemembered = 10'000;

  void OnCall(const sim::TraceEvent& event);
  void OnReturn(const sim::TraceEvent& event);
  void OnPdu(const sim::TraceEvent& event);
  void OnFrameSent(const sim::TraceEvent& event);
  void OnFrame(const sim::TraceEvent& event);
  // What an arrow says, and what became of it.
  std::string ArrowLabel(const sim::TraceEvent& event) const;
  std::string ArrowRemark(const sim::TraceEvent& event);
  void NoteFault(int64_t frame, absl::string_view what);
  void OnFault(const sim::TraceEvent& event);
  void OnNetworkEvent(const sim::TraceEvent& event);
  // Draws the calls that are still open: what follows happens while they wait.
  void DrawOpenCalls();
  // Beside the event's host.
  void AddText(const sim::TraceEvent& event, absl::string_view text);
  size_t ColumnOf(absl::string_view node) const;
  // "client 2: " where a host runs several processes.
  std::string Speaker(const sim::TraceEvent& event) const;

  Cast cast_;
  std::vector<std::string> columns_;
  std::vector<bool> is_shared_;  // by column: several processes run there
  std::optional<LadderPage> page_;
  FrameDissector dissector_;
  absl::btree_map<uint32_t, std::string> processes_;         // names by number
  absl::btree_map<int64_t, std::string> labels_;             // by frame number
  absl::btree_map<int64_t, std::string> struck_;             // by which faults, by frame number
  absl::btree_map<sim::TraceId, absl::string_view> timers_;  // names by event
  absl::btree_map<sim::TraceId, Pdu> pdus_;                  // by event
  absl::btree_set<std::string> sent_;                        // who sent what: host and label
  absl::btree_set<int64_t> delivered_;                       // frame numbers
  absl::btree_map<uint64_t, int64_t> selected_;              // network events asked for, by socket
  absl::btree_map<uint32_t, std::vector<OpenCall>> open_calls_;  // by thread, the innermost last
};

}  // namespace wsim

#endif  // TOOLS_VIEWS_LADDER_H_
