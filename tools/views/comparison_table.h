// What people read of reports: the table of `wsim compare`, the summary of `wsim run`, `wsim
// providers`.
#ifndef TOOLS_VIEWS_COMPARISON_TABLE_H_
#define TOOLS_VIEWS_COMPARISON_TABLE_H_

#include <string>
#include <vector>

#include "sim/time.h"
#include "tools/catalog/provider_description.h"
#include "tools/scenario/run.h"

namespace wsim {

// A row for each outcome, a column for each run, then how the runs went. Cells that differ from the
// first column's are marked with "≠".
std::string ComparisonTable(const std::vector<RunReport>& reports);

// The outcomes of one run and how it went.
std::string SummaryTable(const RunReport& report);

std::string ProvidersTable(const std::vector<ProviderDescription>& providers);

// "1.5 ms", "2 h 0.01 s": exact, in at most two units.
std::string TimeText(sim::Time time);

}  // namespace wsim

#endif  // TOOLS_VIEWS_COMPARISON_TABLE_H_
