// Reports and descriptions as JSON, in the shape of the command line's contract.
#ifndef TOOLS_VIEWS_REPORT_JSON_H_
#define TOOLS_VIEWS_REPORT_JSON_H_

#include <string>
#include <vector>

#include "tools/catalog/provider_description.h"
#include "tools/scenario/run_report.h"

namespace wsim {

// Each is one JSON value and a line end. Texts are valid UTF-8 already, or are made so.
std::string ReportJson(const RunReport& report);
// Of runs of one scenario with one seed, one for each provider.
std::string ComparisonJson(const std::vector<RunReport>& reports);
std::string ProvidersJson(const std::vector<ProviderDescription>& providers);

}  // namespace wsim

#endif  // TOOLS_VIEWS_REPORT_JSON_H_
