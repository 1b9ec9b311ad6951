// A small world for the tests of this folder: hosts by name, and a log of what happened when.
#ifndef SIM_TEST_WORLD_H_
#define SIM_TEST_WORLD_H_

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
#include "sim/stack_pool.h"
#include "sim/thread.h"
#include "sim/world.h"

namespace sim {

inline Time At(int64_t milliseconds) { return Time::Zero() + absl::Milliseconds(milliseconds); }

class TestWorld {
 public:
  explicit TestWorld(const Limits& limits = {}, StackPool* stacks = nullptr)
      : world(decisions_, limits, stacks) {}

  Host& AddHost(absl::string_view name) { return **world.network().AddHost(name); }

  // A process of the only host.
  void Declare(absl::string_view name, std::function<void()> main) {
    if (world.network().hosts().empty()) AddHost("host");
    world.network().hosts().front()->DeclareProcess(name, std::move(main));
  }

  // "20: text", the time in milliseconds.
  void Log(absl::string_view text) {
    log.push_back(absl::StrCat(absl::ToInt64Milliseconds(world.now() - Time::Zero()), ": ", text));
  }

  // For the current thread.
  WaitResult Sleep(int64_t milliseconds) {
    return Thread::Current()->Wait({}, world.now() + absl::Milliseconds(milliseconds), false);
  }

 private:
  ZeroSource decisions_;

 public:
  std::vector<std::string> log;
  World world;
};

}  // namespace sim

#endif  // SIM_TEST_WORLD_H_
