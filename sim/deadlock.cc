#include "sim/deadlock.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/process.h"
#include "sim/thread.h"

namespace sim {
namespace {

// " on socket 4", " on one of the sockets 4, 8": each once, and the first ones of many.
std::string DescribeObjects(const Activity& activity, WaitMode mode) {
  constexpr size_t kMostShown = 8;
  std::vector<uint64_t> numbers;
  for (const uint64_t number : activity.numbers) {
    if (std::find(numbers.begin(), numbers.end(), number) != numbers.end()) continue;
    if (numbers.size() == kMostShown) {
      return absl::StrCat(" on ", activity.numbers.size(), " ", activity.object, "s, of them ",
                          absl::StrJoin(numbers, ", "));
    }
    numbers.push_back(number);
  }
  if (numbers.empty()) return "";
  if (numbers.size() == 1) return absl::StrCat(" on ", activity.object, " ", numbers[0]);
  return absl::StrCat(mode == WaitMode::kAll ? " on all of the " : " on one of the ",
                      activity.object, "s ", absl::StrJoin(numbers, ", "));
}

std::string DescribeThread(const Thread& thread) {
  const Process& process = thread.process();
  std::string text =
      absl::StrCat(process.boot().host().name(), "/", process.name(), "/", thread.number());
  const Activity& activity = thread.activity();
  if (activity.call.empty()) return absl::StrCat(text, " waiting");
  absl::StrAppend(&text, " in ", activity.call, DescribeObjects(activity, thread.wait_mode()));
  return text;
}

}  // namespace

std::string DescribeDeadlock(World& world, Time last_work) {
  std::string text = absl::StrCat("deadlock: nothing happens after ",
                                  absl::FormatDuration(last_work - Time::Zero()));
  const char* separator = ": ";
  for (const auto& host : world.network().hosts()) {
    if (host->boot() == nullptr) continue;
    for (const auto& process : host->boot()->processes()) {
      for (const auto& thread : process->threads()) {
        if (thread->has_ended()) continue;
        absl::StrAppend(&text, separator, DescribeThread(*thread));
        separator = "; ";
      }
    }
  }
  return text;
}

}  // namespace sim
