// One host whose processes are the test's, and what their calls left in the trace.
#ifndef STACK_TESTING_TEST_WORLD_H_
#define STACK_TESTING_TEST_WORLD_H_

#include <array>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "sim/decision/zero_source.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/process.h"
#include "sim/thread.h"
#include "sim/trace/trace.h"
#include "sim/world.h"

namespace winsock {

// The API calls of a run: "4> bind 4, none" (the number is the thread's), "4< bind WSAEFAULT".
class CallLog final : public sim::TraceListener {
 public:
  void OnTraceEvent(const sim::TraceEvent& event) override {
    bool is_call = event.kind == sim::TraceKind::kApiCall;
    if (!is_call && event.kind != sim::TraceKind::kApiReturn) return;
    lines.push_back(absl::StrCat(event.thread, is_call ? "> " : "< ", event.name,
                                 event.text.empty() ? "" : " ", event.text));
    numbers.push_back(event.numbers);
    octets.emplace_back(event.octets.begin(), event.octets.end());
    ids.push_back(event.id);
    causes.push_back(event.causes);
  }

  std::vector<std::string> lines;
  std::vector<std::array<int64_t, 4>> numbers;
  std::vector<std::string> octets;
  std::vector<sim::TraceId> ids;
  std::vector<std::array<sim::TraceId, 2>> causes;
};

class TestWorld {
 public:
  TestWorld() { world.trace().AddListener(log, /*wants_text=*/true); }

  // A process of the host, which starts at time 0.
  void Declare(absl::string_view name, std::function<void()> main) {
    if (world.network().hosts().empty()) (void)world.network().AddHost("host");
    world.network().hosts().front()->DeclareProcess(name, std::move(main));
  }

  // Runs to the end and returns what failed.
  std::string Run() { return world.Run().failure; }
  std::string Run(std::function<void()> main) {
    Declare("program", std::move(main));
    return Run();
  }

  // For the thread that runs.
  static void Sleep(int64_t milliseconds) {
    sim::Thread* thread = sim::Thread::Current();
    thread->Wait({}, thread->world().now() + absl::Milliseconds(milliseconds), false);
  }
  int64_t milliseconds() const {
    return absl::ToInt64Milliseconds(world.now() - sim::Time::Zero());
  }

 private:
  sim::ZeroSource decisions_;  // Chance plays no part.

 public:
  CallLog log;
  sim::World world{decisions_};
};

}  // namespace winsock

#endif  // STACK_TESTING_TEST_WORLD_H_
