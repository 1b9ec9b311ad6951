// A provider for tests of the library. It knows no network: it answers as the test tells it, and
// remembers what it was asked.
#ifndef STACK_TESTING_FAKE_PROVIDER_H_
#define STACK_TESTING_FAKE_PROVIDER_H_

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "sim/world.h"
#include "stack/ws2spi.h"

namespace winsock {

// One for each world, in its slots. Every entry succeeds with 0, WSPSocket with a handle made by
// WPUCreateSocketHandle for the info it was given, until the test says otherwise.
class FakeProvider {
 public:
  explicit FakeProvider(sim::World&);

  // What to install.
  static int WSPAPI Startup(WORD wVersionRequested, LPWSPDATA lpWSPData,
                            LPWSAPROTOCOL_INFOW lpProtocolInfo, WSPUPCALLTABLE UpcallTable,
                            LPWSPPROC_TABLE lpProcTable);

  // Of the running world.
  static FakeProvider& Current();

  // How WSPStartup answers.
  int startup_result = 0;
  WORD startup_version = WINSOCK_VERSION;
  int hole = 0;  // the entry of the table, from 1, that is left null; 0: none

  // What came in, in order: "WSPStartup 1001" (the entry's id), "WSPBind 4" (the first argument,
  // where it is a socket), "WSPCleanup".
  std::vector<std::string> calls;
  WSPUPCALLTABLE upcalls = {};

  // From now on the entry does what `answer` does, an std::function of its parameters:
  //   provider.On<&WSPPROC_TABLE::lpWSPListen>([](SOCKET, int, LPINT lpErrno) { ... });
  template <auto kEntry, typename Answer>
  void On(Answer answer) {
    using Function = typename EntryOf<kEntry>::Function;
    answers_[EntryOf<kEntry>::Index()] = std::make_shared<Function>(std::move(answer));
  }

  // From now on the entry fails with that error; 0: without giving one.
  template <auto kEntry>
  void Fail(int error) {
    failures_[EntryOf<kEntry>::Index()] = {true, error};
  }

 private:
  static constexpr size_t kEntries = sizeof(WSPPROC_TABLE) / sizeof(void (*)());

  template <auto kEntry>
  struct EntryOf;

  struct Failure {
    bool is_set = false;
    int error = 0;
  };

  static absl::string_view EntryName(size_t index);
  template <auto... kEach>
  static void Fill(WSPPROC_TABLE& table);

  std::array<std::shared_ptr<void>, kEntries> answers_;
  std::array<Failure, kEntries> failures_;
};

// An entry of the table as a type: its place, and the function that stands there.
template <typename Result, typename... Parameters,
          Result (WSPAPI* WSPPROC_TABLE::*kEntry)(Parameters...)>
struct FakeProvider::EntryOf<kEntry> {
  using Function = std::function<Result(Parameters...)>;

  static size_t Index() {
    WSPPROC_TABLE table = {};
    const char* entry = reinterpret_cast<const char*>(&(table.*kEntry));
    return static_cast<size_t>(entry - reinterpret_cast<const char*>(&table)) /
           sizeof(table.*kEntry);
  }

  static Result WSPAPI Call(Parameters... parameters) {
    FakeProvider& provider = Current();
    std::string call(EntryName(Index()));
    const std::tuple<Parameters...> all(parameters...);
    if constexpr (std::is_same_v<std::tuple_element_t<0, std::tuple<Parameters...>>, SOCKET>) {
      call += " " + std::to_string(std::get<0>(all));
    }
    provider.calls.push_back(std::move(call));
    LPINT error = std::get<sizeof...(Parameters) - 1>(all);
    if (const Failure& failure = provider.failures_[Index()]; failure.is_set) {
      *error = failure.error;
      return static_cast<Result>(SOCKET_ERROR);
    }
    // A copy: the answer may be replaced while it runs.
    std::shared_ptr<void> answer = provider.answers_[Index()];
    if (answer == nullptr) return Result{};
    return (*static_cast<Function*>(answer.get()))(parameters...);
  }
};

// A catalog entry of the fake's: "fake", AF_INET, SOCK_STREAM, IPPROTO_TCP, matching protocol 0.
WSAPROTOCOL_INFOW FakeProtocol();

}  // namespace winsock

#endif  // STACK_TESTING_FAKE_PROVIDER_H_
