// Segments of any kind in every state: nothing breaks an invariant, and what a peer may not do has
// no effect. A fixed number of seeds; the same each time.
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "providers/inet/tcp/every_state.h"
#include "providers/inet/tcp/tcp_script.h"

namespace inet {
namespace {

class Chance {
 public:
  explicit Chance(uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15u + 1) {}
  uint32_t Below(uint32_t bound) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<uint32_t>(state_ >> 32) % bound;
  }

 private:
  uint64_t state_;
};

std::vector<uint8_t> RandomSegment(TcpScript& us, Chance& chance) {
  constexpr absl::string_view kFlags[] = {"ACK", "ACK",     "FIN ACK", "RST",        "RST ACK",
                                          "SYN", "SYN ACK", "URG ACK", "PSH ACK",    "SYN FIN",
                                          "FIN", "RST SYN", "",        "URG FIN ACK"};
  constexpr uint32_t kNumbers[] = {0,          1,          2,          3,         10,
                                   500,        65534,      65535,      65536,     65537,
                                   0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFF0000};
  const std::string data(chance.Below(3) == 0 ? chance.Below(1400) : chance.Below(3), 'd');
  TcpScript::In in{.flags = kFlags[chance.Below(14)],
                   .seq = kNumbers[chance.Below(14)] + chance.Below(3),
                   .ack = kNumbers[chance.Below(14)] + chance.Below(3),
                   .data = data,
                   .window = static_cast<uint16_t>(chance.Below(4) == 0 ? 0 : chance.Below(65536)),
                   .urgent = static_cast<uint16_t>(chance.Below(2000))};
  if (chance.Below(4) == 0) in.options.max_segment_size = static_cast<uint16_t>(chance.Below(2000));
  if (chance.Below(4) == 0) in.options.window_scale = static_cast<uint8_t>(chance.Below(15));
  if (chance.Below(4) == 0) in.options.sack_permitted = true;
  if (chance.Below(4) == 0) {
    in.options.timestamps = TcpTimestamps{.value = chance.Below(10), .echo_reply = chance.Below(3)};
  }
  if (chance.Below(4) == 0) {
    const SeqNum left = us.our_initial_sequence() + kNumbers[chance.Below(14)];
    in.options.sack_blocks.push_back({left, left + chance.Below(3000)});
  }
  in.ecn = static_cast<EcnCodepoint>(chance.Below(4));
  return us.Octets(in);
}

// A call of the user now and then, as far as the rules allow it.
void RandomCall(TcpScript& us, Chance& chance, bool& is_closed) {
  if (!us.is_attached) return;
  switch (chance.Below(8)) {
    case 0:
      us.Write(std::string(chance.Below(5000), 'w'));
      break;
    case 1:
      us.Read(chance.Below(3000));
      break;
    case 2:
      us.connection().ReadExpedited(false);
      break;
    case 3:
      if (!std::exchange(is_closed, true)) us.Close();
      break;
    case 4:
      us.connection().Accept({});
      break;
    case 5:
      us.Advance(absl::Milliseconds(chance.Below(100'000)));
      break;
    default:
      break;
  }
}

TEST(TcpRandom, NoSegmentBreaksAnInvariantInAnyState) {
  for (const WayToState& start : WaysToEveryState()) {
    for (uint64_t seed = 1; seed <= 40; ++seed) {
      SCOPED_TRACE(absl::StrCat(TcpStateName(start.state), " seed ", seed));
      TcpScript::Run([&start, seed](TcpScript& us) {
        start.reach(us);
        EXPECT_EQ(us.state(), start.state);
        Chance chance(seed);
        bool is_closed = true;
        for (int i = 0; i < 60; ++i) {
          us.ReceivesOctets(RandomSegment(us, chance));
          if (seed % 2 == 0) RandomCall(us, chance, is_closed);
          us.Forget();
          if (!us.is_attached) continue;
          const TcpConnection::Snapshot now = us.connection().snapshot();
          ASSERT_LE(now.snd_una, now.snd_nxt);
          EXPECT_LE(us.connection().readable_octets(), 65536);
        }
        // Nothing of it lasts for ever.
        if (us.is_attached) us.Leave();
        us.CloseListener();
        us.Advance(absl::Minutes(30));
        EXPECT_EQ(us.transport().connection_count(), 0);
      });
    }
  }
}

TEST(TcpRandom, DamagedSegmentsAreRefused) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    const std::vector<uint8_t> good = us.Octets(
        {.flags = "ACK", .seq = 1, .ack = 1, .data = "data", .options = {.window_scale = 3}});
    for (size_t bit = 0; bit < good.size() * 8; ++bit) {
      std::vector<uint8_t> bad = good;
      bad[bit / 8] = static_cast<uint8_t>(bad[bit / 8] ^ 1 << bit % 8);
      us.ReceivesOctets(bad);
    }
    for (size_t size = 0; size < good.size(); ++size) {
      us.ReceivesOctets({good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)});
    }
    EXPECT_EQ(us.transport().counters().in_errors, good.size() * 9);
    EXPECT_EQ(us.Hears(), std::vector<std::string>{});
    us.SendsNothing();
  });
}

}  // namespace
}  // namespace inet
