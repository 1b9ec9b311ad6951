#include "sim/deadlock.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/process.h"
#include "sim/thread.h"

namespace sim {
namespace {

std::string DescribeThread(const Thread& thread) {
  const Process& process = thread.process();
  std::string text =
      absl::StrCat(process.boot().host().name(), "/", process.name(), "/", thread.number());
  if (thread.activity_call().empty()) return absl::StrCat(text, " waiting");
  absl::StrAppend(&text, " in ", thread.activity_call());
  if (thread.activity_socket() != 0) {
    absl::StrAppend(&text, " on socket ", thread.activity_socket());
  }
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
