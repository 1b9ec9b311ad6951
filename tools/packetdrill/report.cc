#include "tools/packetdrill/report.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "tools/scenario/sandbox/utf8_text.h"

namespace wsim::packetdrill {
namespace {

using Json = nlohmann::ordered_json;

const char* NameOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
      return "passed";
    case Verdict::kFailed:
      return "failed";
    case Verdict::kUnsupported:
      return "unsupported";
  }
  return "";
}

Json TextOrNull(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(OneLine(text));
}

Json ToJson(const Result& result) {
  Json differences = Json::array();
  for (const Difference& each : result.differences) {
    differences.push_back(
        Json{{"field", each.field}, {"expected", each.expected}, {"sent", each.sent}});
  }
  return Json{{"script", OneLine(result.script)},
              {"verdict", NameOf(result.verdict)},
              {"line", result.line == 0 ? Json(nullptr) : Json(result.line)},
              {"what", TextOrNull(result.what)},
              {"expected", TextOrNull(result.expected)},
              {"sent", TextOrNull(result.sent)},
              {"differences", std::move(differences)}};
}

std::string ToText(const Result& result) {
  const std::string line = result.line == 0 ? "" : absl::StrCat(result.line, ":");
  std::string text = absl::StrCat(OneLine(result.script), ":", line, " ");
  if (result.verdict == Verdict::kUnsupported) {
    return absl::StrCat(text, "unsupported: ", OneLine(result.what), "\n");
  }
  absl::StrAppend(&text, "failed: ");
  if (result.differences.empty()) absl::StrAppend(&text, OneLine(result.what));
  absl::StrAppend(&text, result.differences.empty() ? "\n" : "another packet was sent\n");
  if (!result.expected.empty()) {
    absl::StrAppend(&text, "  expected  ", OneLine(result.expected), "\n");
  }
  if (!result.sent.empty()) absl::StrAppend(&text, "  sent      ", OneLine(result.sent), "\n");
  for (const Difference& each : result.differences) {
    absl::StrAppend(&text, "    ", each.field, ": expected ", each.expected, ", sent ", each.sent,
                    "\n");
  }
  return text;
}

}  // namespace

Totals TotalsOf(absl::Span<const Result> results) {
  Totals totals;
  for (const Result& result : results) {
    if (result.verdict == Verdict::kPassed) ++totals.passed;
    if (result.verdict == Verdict::kFailed) ++totals.failed;
    if (result.verdict == Verdict::kUnsupported) ++totals.unsupported;
  }
  return totals;
}

std::string ReportText(absl::Span<const Result> results) {
  std::string text;
  for (const Result& result : results) {
    if (result.verdict != Verdict::kPassed) text += ToText(result);
  }
  const Totals totals = TotalsOf(results);
  return absl::StrCat(text, totals.passed, " passed, ", totals.failed, " failed, ",
                      totals.unsupported, " unsupported\n");
}

std::string ReportJson(absl::Span<const Result> results) {
  Json scripts = Json::array();
  for (const Result& result : results) scripts.push_back(ToJson(result));
  const Totals totals = TotalsOf(results);
  const Json report{{"passed", totals.passed},
                    {"failed", totals.failed},
                    {"unsupported", totals.unsupported},
                    {"scripts", std::move(scripts)}};
  return absl::StrCat(report.dump(2), "\n");
}

}  // namespace wsim::packetdrill
