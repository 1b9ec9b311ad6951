// What people read of reports: the table of `wsim compare`, the summary of `wsim run`, `wsim
// providers`.
#ifndef TOOLS_VIEWS_COMPARISON_TABLE_H_
#define TOOLS_VIEWS_COMPARISON_TABLE_H_

#include <string>
#include <vector>

#include "tools/catalog/provider_description.h"
#include "tools/scenario/run_report.h"

namespace wsim {

// Runs of one scenario with one seed: a row for each outcome, a column for each run, then how the
// runs went. Cells that differ from the first column's are marked with "≠".
std::string ComparisonTable(const std::vector<RunReport>& reports);

// The outcomes of one run and how it went.
std::string SummaryTable(const RunReport& report);

std::string ProvidersTable(const std::vector<ProviderDescription>& providers);

}  // namespace wsim

#endif  // TOOLS_VIEWS_COMPARISON_TABLE_H_
