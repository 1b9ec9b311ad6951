#include "tools/views/comparison_table.h"

#include <algorithm>
#include <functional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/scenario/sandbox/utf8_text.h"
#include "tools/views/text_table.h"
#include "tools/views/time_text.h"

namespace wsim {
namespace {

constexpr size_t kWidestCell = 40;  // columns
constexpr absl::string_view kMark = "≠";

std::string FindOutcome(const RunReport& report, absl::string_view name) {
  for (const Outcome& outcome : report.outcomes) {
    if (outcome.name == name) return OneLine(outcome.value);
  }
  return "-";  // this run did not come so far
}

// The names of all runs' outcomes: the first run's order, then what only later ones reported.
std::vector<std::string> OutcomeNames(const std::vector<RunReport>& reports) {
  std::vector<std::string> names;
  for (const RunReport& report : reports) {
    for (const Outcome& outcome : report.outcomes) {
      if (std::find(names.begin(), names.end(), outcome.name) == names.end()) {
        names.push_back(outcome.name);
      }
    }
  }
  return names;
}

struct Measure {
  const char* name;
  std::function<std::string(const RunReport&)> value;
};

const std::vector<Measure>& Measures() {
  static const std::vector<Measure>& measures = *new std::vector<Measure>{
      {"the run",
       [](const RunReport& r) { return r.ok() ? std::string("held") : OneLine(r.failure); }},
      {"fingerprint",
       [](const RunReport& r) { return absl::StrCat(absl::Hex(r.fingerprint, absl::kZeroPad16)); }},
      {"virtual time", [](const RunReport& r) { return TimeText(r.virtual_time); }},
      {"frames", [](const RunReport& r) { return absl::StrCat(r.frames); }},
      {"bytes on the wire", [](const RunReport& r) { return absl::StrCat(r.wire_octets); }},
  };
  return measures;
}

// A cell for each run, each but the first behind its mark.
void AddMarkedRow(TextTable& table, std::string name, const std::vector<RunReport>& reports,
                  const std::function<std::string(const RunReport&)>& value) {
  std::vector<std::string> row = {std::move(name), value(reports.front())};
  for (size_t i = 1; i < reports.size(); ++i) {
    std::string cell = value(reports[i]);
    row.emplace_back(cell == row[1] ? "" : kMark);
    row.push_back(std::move(cell));
  }
  table.AddRow(std::move(row));
}

}  // namespace

std::string ComparisonTable(const std::vector<RunReport>& reports) {
  if (reports.empty()) return "";
  const RunReport& first = reports.front();
  TextTable table(kWidestCell);
  std::vector<std::string> head = {"", first.provider};
  for (size_t i = 1; i < reports.size(); ++i) head.insert(head.end(), {"", reports[i].provider});
  table.AddRow(std::move(head));
  table.AddRule();
  for (const std::string& name : OutcomeNames(reports)) {
    AddMarkedRow(table, OneLine(name), reports,
                 [&name](const RunReport& report) { return FindOutcome(report, name); });
  }
  table.AddRule();
  for (const Measure& measure : Measures()) {
    AddMarkedRow(table, measure.name, reports, measure.value);
  }
  std::string text =
      absl::StrCat(OneLine(first.scenario), ", seed ", first.seed, "\n\n", table.ToString());
  if (reports.size() > 1)
    absl::StrAppend(&text, "\n", kMark, " differs from ", first.provider, "\n");
  return text;
}

std::string SummaryTable(const RunReport& report) {
  TextTable table(/*widest=*/100);
  for (const Outcome& outcome : report.outcomes) {
    table.AddRow({OneLine(outcome.name), OneLine(outcome.value)});
  }
  if (!report.outcomes.empty()) table.AddRule();
  for (const Measure& measure : Measures()) table.AddRow({measure.name, measure.value(report)});
  return table.ToString();
}

std::string ProvidersTable(const std::vector<ProviderDescription>& providers) {
  const auto limit = [](int64_t octets) {
    return octets == 0 ? std::string("none") : absl::StrCat(octets, " octets");
  };
  const auto flags = [](const ProviderDescription& p) { return absl::StrJoin(p.flags, " "); };
  const auto messages = [](const ProviderDescription& p) -> std::string {
    if (!p.max_message_size.has_value()) return "a stream of octets";
    return *p.max_message_size == UINT32_MAX
               ? "of any length"
               : absl::StrCat("up to ", *p.max_message_size, " octets");
  };
  const std::vector<std::pair<const char*, std::function<std::string(const ProviderDescription&)>>>
      rows = {
          {"protocol", [](const ProviderDescription& p) { return p.description; }},
          {"socket()",
           [](const ProviderDescription& p) {
             return absl::StrCat(p.address_family, ", ", p.socket_type, ", ", p.protocol);
           }},
          {"messages", messages},
          {"connect data", [&](const ProviderDescription& p) { return limit(p.connect_data_max); }},
          {"connect data of the answer",
           [&](const ProviderDescription& p) { return limit(p.accept_data_max); }},
          {"disconnect data",
           [&](const ProviderDescription& p) { return limit(p.disconnect_data_max); }},
          {"disconnect data of the answer",
           [&](const ProviderDescription& p) { return limit(p.disconnect_reply_data_max); }},
          {"flags", flags},
          {"chain", [](const ProviderDescription& p) { return absl::StrJoin(p.chain, " over "); }},
      };
  TextTable table(/*widest=*/34);
  std::vector<std::string> head = {""};
  for (const ProviderDescription& provider : providers) head.push_back(provider.name);
  table.AddRow(std::move(head));
  table.AddRule();
  for (const auto& [name, value] : rows) {
    std::vector<std::string> row = {name};
    for (const ProviderDescription& provider : providers) row.push_back(value(provider));
    table.AddRow(std::move(row));
  }
  return table.ToString();
}

}  // namespace wsim
