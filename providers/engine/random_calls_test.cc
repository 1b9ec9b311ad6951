// Threads call whatever comes, on whatever socket, while the peers do what they like: nothing may
// break. The fake transport checks the rules of the service (one release, no writing after it), the
// world the engine's own.
#include <algorithm>
#include <array>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "providers/engine/testing/engine_test_base.h"
#include "sim/process.h"
#include "sim/thread.h"

namespace engine {
namespace {

// Knuth's linear congruential generator; the same numbers everywhere.
class Numbers {
 public:
  explicit Numbers(uint64_t seed) : state_(seed) {}
  // From 0 to limit - 1.
  size_t Below(size_t limit) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<size_t>(state_ >> 33) % limit;
  }
  bool OneIn(size_t n) { return Below(n) == 0; }

 private:
  uint64_t state_;
};

struct Kind {
  const char* name;
  transport::Capabilities (*capabilities)();
};

class RandomCallsTest : public EngineTestBase,
                        public ::testing::WithParamInterface<std::tuple<Kind, uint64_t>> {
 protected:
  static constexpr uint16_t kPort = 5000;
  static constexpr int kThreads = 4;
  static constexpr int kMilliseconds = 1500;

  RandomCallsTest() : EngineTestBase(std::get<Kind>(GetParam()).capabilities()) {}
  static uint64_t seed() { return std::get<uint64_t>(GetParam()); }

  SOCKET AnySocket(Numbers& numbers) {
    // A handle that is none, now and then.
    return sockets_.empty() || numbers.OneIn(50) ? 3 : sockets_[numbers.Below(sockets_.size())];
  }
  // Most do not block, and those that do not for ever.
  void Add(SOCKET s, Numbers& numbers) {
    if (s == INVALID_SOCKET) return;
    SetNonblocking(s, !numbers.OneIn(4));
    SetOption(s, winsock::SO_RCVTIMEO, 3);
    SetOption(s, winsock::SO_SNDTIMEO, 3);
    sockets_.push_back(s);
  }
  void Forget(SOCKET s) {
    sockets_.erase(std::remove(sockets_.begin(), sockets_.end(), s), sockets_.end());
  }
  // A listener there is always, and a connection being made; and who is blocked is not so for ever.
  void KeepBusy(Numbers& numbers) {
    if (numbers.OneIn(3)) {
      const SOCKET s = AnySocket(numbers);
      SetNonblocking(s);
      if (Close(s) == 0) Forget(s);
    }
    if (!transport().is_listening(kPort)) {
      const SOCKET s = NewSocket();
      if (Bind(s, "*:5000") == 0 && Listen(s, 3) == 0) {
        Add(s, numbers);
        listener_ = s;
      } else {
        Close(s);
      }
    }
    if (sockets_.size() > 15) return;
    const SOCKET s = NewSocket();
    SetNonblocking(s);
    Connect(s);
    Add(s, numbers);
  }

  void CallAnything(Numbers& numbers) {
    const SOCKET s = AnySocket(numbers);
    const auto flags = std::array<DWORD, 6>{0, 0, MSG_PEEK, MSG_PARTIAL, MSG_OOB, MSG_WAITALL};
    const std::string octets(numbers.Below(30), 'x');
    const size_t known = sockets_.size();
    switch (numbers.Below(18)) {
      case 0:
        if (sockets_.size() < 15) Add(NewSocket(), numbers);
        break;
      case 1:
        Bind(s, numbers.OneIn(2) ? "*:5000" : "*:0");
        break;
      case 2:
        Listen(s, 3);
        break;
      case 3:
        Connect(s);
        break;
      case 4:
      case 5:
        Add(Accept(numbers.OneIn(4) ? s : listener_), numbers);
        if (sockets_.size() > known) ++accepted_;
        break;
      case 6:
      case 7:
        Send(s, octets, flags[numbers.Below(5)] & ~static_cast<DWORD>(MSG_PEEK));
        break;
      case 8:
      case 9:
        if (absl::StartsWith(Receive(s, numbers.Below(30), flags[numbers.Below(flags.size())]),
                             "y")) {
          ++received_;
        }
        break;
      case 10:
        if (numbers.OneIn(4)) Shutdown(s, static_cast<int>(numbers.Below(4)));
        break;
      case 11:
        if (numbers.OneIn(4)) SendDisconnect(s, octets.substr(0, 8));
        break;
      case 12:
        if (numbers.OneIn(4)) ReceiveDisconnect(s, numbers.Below(10));
        break;
      case 13:
        SetNonblocking(s, numbers.OneIn(2));
        break;
      case 14:
        SetLinger(s, numbers.OneIn(2) ? 1 : 0,
                  numbers.OneIn(10) ? 1 : 0);  // A second is long here.
        break;
      case 15:
        SetOption(s, winsock::SO_OOBINLINE, static_cast<int>(numbers.Below(2)));
        break;
      case 16:
        Select(s, absl::Milliseconds(numbers.Below(5)));
        Events(s);
        break;
      case 17:
        if (numbers.OneIn(3) && Close(s) == 0) Forget(s);
        break;
    }
  }

  void PeerDoesAnything(Numbers& numbers) {
    if (transport().is_listening(kPort) && numbers.OneIn(3))
      transport().Request(kPort, "h2:7", "hi");
    const size_t known = transport().connections();
    if (known == 0) return;
    const size_t recent = std::min<size_t>(known, 15);
    FakeConnection& peer = transport().connection(known - 1 - numbers.Below(recent));
    const std::string octets(numbers.Below(30), 'y');
    switch (numbers.Below(8)) {
      case 0:
      case 1:
        peer.ConfirmsIfAsked("ok");
        break;
      case 2:
      case 3:
        peer.SendsPart(octets, numbers.OneIn(2));
        break;
      case 4:
        if (settings().capabilities.expedited_data) peer.SendsExpedited("!");
        break;
      case 5:
        peer.Acknowledges(numbers.Below(50));
        break;
      case 6:
        peer.AcknowledgesAll();
        break;
      case 7:
        if (numbers.OneIn(3))
          peer.Disconnects(transport::Cause::kPeerUser, "bye");
        else if (settings().capabilities.graceful_close)
          peer.ReleasesOnce("so long");
        break;
    }
  }

  std::vector<SOCKET> sockets_;
  SOCKET listener_ = 0;
  int accepted_ = 0;
  int received_ = 0;
};

TEST_P(RandomCallsTest, NothingBreaks) {
  Run([&] {
    settings().send_room = 20;
    for (int i = 0; i < kThreads; ++i) {
      Thread([this, i] {
        Numbers numbers(seed() * 100 + static_cast<uint64_t>(i));
        while (!sim::Thread::Current()->is_ending()) {
          for (int calls = 0; calls < 5; ++calls) CallAnything(numbers);
          Sleep(absl::Milliseconds(1));
        }
      });
    }
    Numbers numbers(seed());
    for (int i = 0; i < kMilliseconds; ++i) {
      After(absl::ZeroDuration(), [&] {
        for (int acts = 0; acts < 10; ++acts) PeerDoesAnything(numbers);
      });
      KeepBusy(numbers);
      Sleep(absl::Milliseconds(1));
    }
    // It was not all in vain.
    EXPECT_GT(transport().connections(), 500u);
    EXPECT_GT(accepted_, 10);
    EXPECT_GT(received_, 10);
    // What was taken from sockets that are closed now can go out.
    After(absl::Milliseconds(1), [&] {
      for (size_t i = 0; i < transport().connections(); ++i) {
        transport().connection(i).Acknowledges(1000);
      }
    });
    sim::Thread::Current()->process().Kill();
  });
  for (size_t i = 0; i < transport().connections(); ++i) {
    const std::vector<std::string>& log = transport().connection(i).log();
    const auto detached = std::count_if(log.begin(), log.end(), [](const std::string& line) {
      return absl::StartsWith(line, "detach");
    });
    EXPECT_EQ(detached, transport().connection(i).was_given() ? 1 : 0) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, RandomCallsTest,
    ::testing::Combine(::testing::Values(Kind{"stream", StreamWithRelease},
                                         Kind{"messages", MessagesWithRelease},
                                         Kind{"abort_only", MessagesWithAbortOnly}),
                       ::testing::Range(uint64_t{1}, uint64_t{5})),
    [](const auto& test) {
      return absl::StrCat(std::get<Kind>(test.param).name, "_", std::get<uint64_t>(test.param));
    });

}  // namespace
}  // namespace engine
