// The trace as JSON, one object a line.
#ifndef TOOLS_VIEWS_TRACE_LINES_H_
#define TOOLS_VIEWS_TRACE_LINES_H_

#include <functional>

#include "absl/strings/string_view.h"
#include "tools/dissect/frame_dissector.h"
#include "tools/scenario/run_report.h"

namespace wsim {

// Each line has `id`, `time_ns` and `kind`, then what the event has of: `host`, `process`,
// `thread`, `subject`, `code`, `name`, `numbers`, `text`, `clause`, `octets` (hexadecimal),
// `causes` (ids). The first line has kind "run" and names the hosts and processes.
class TraceLines final : public RunListener {
 public:
  // `write` takes one line with its line end.
  explicit TraceLines(std::function<void(absl::string_view)> write) : write_(std::move(write)) {}

  void OnStart(const Cast& cast) override;
  bool wants_text() const override { return true; }
  void OnTraceEvent(const sim::TraceEvent& event) override;

 private:
  const std::function<void(absl::string_view)> write_;
  FrameDissector dissector_;
  Cast cast_;
};

}  // namespace wsim

#endif  // TOOLS_VIEWS_TRACE_LINES_H_
