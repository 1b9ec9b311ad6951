// What no peer that means well sends: damaged segments and impossible options. Nothing of it
// changes a connection; each is dropped or answered by a rule, counted, and in the trace.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_script.h"

namespace inet {
namespace {

using Heard = std::vector<std::string>;

std::vector<uint8_t> Data(TcpScript& us) {
  return us.Octets({.flags = "ACK",
                    .seq = 1,
                    .ack = 1,
                    .data = "data",
                    .options = {.timestamps = TcpTimestamps{.value = 7}}});
}

// With the checksum made right again, so that only the damage counts.
void Mend(std::vector<uint8_t>& octets) {
  StoreTcpChecksum(PseudoHeader(kPeerAddress, kOurAddress, kProtocolTcp), absl::MakeSpan(octets));
}

TEST(TcpMalformed, EachFlippedBitIsFoundByTheChecksum) {  // RFC 9293 3.1, MUST-3
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    const std::vector<uint8_t> good = Data(us);
    for (size_t bit = 0; bit < good.size() * 8; ++bit) {
      std::vector<uint8_t> bad = good;
      bad[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
      us.ReceivesOctets(bad);
      ASSERT_EQ(us.Drops(), (Heard{"TCP: wrong checksum"})) << bit;
    }
    EXPECT_EQ(us.transport().counters().in_errors, good.size() * 8);
    us.SendsNothing();
    EXPECT_EQ(us.Hears(), Heard{});
    us.ReceivesOctets(good);
    EXPECT_EQ(us.Read(), "data");
  });
}

TEST(TcpMalformed, EachTruncationIsDropped) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    const std::vector<uint8_t> good = Data(us);
    for (size_t size = 0; size < 32; ++size) {  // the header with its options
      std::vector<uint8_t> bad(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size));
      if (size >= TcpHeader::kMinSize) Mend(bad);
      us.ReceivesOctets(bad);
      ASSERT_EQ(us.Drops().size(), 1) << size;
    }
    EXPECT_EQ(us.transport().counters().in_errors, 32);
    us.SendsNothing();
    EXPECT_EQ(us.Hears(), Heard{});
  });
}

TEST(TcpMalformed, AnImpossibleDataOffsetIsDropped) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    for (const uint8_t offset : {0, 4, 10, 15}) {
      std::vector<uint8_t> bad = us.Octets({.flags = "ACK", .seq = 1, .ack = 1, .data = "data"});
      bad[12] = static_cast<uint8_t>(offset << 4);
      Mend(bad);
      us.ReceivesOctets(bad);
      EXPECT_EQ(us.Drops().size(), 1);
    }
    EXPECT_EQ(us.transport().counters().in_errors, 4);
    EXPECT_EQ(us.Hears(), Heard{});
  });
}

TEST(TcpMalformed, AnImpossibleOptionIsDropped) {  // RFC 9293 3.1, MUST-7
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    const std::vector<std::pair<uint8_t, uint8_t>> kKindsAndLengths = {
        {2, 0}, {2, 1}, {2, 3}, {2, 13}, {3, 4}, {4, 3}, {5, 9}, {5, 2}, {8, 9}, {99, 1}, {99, 60}};
    for (const auto& [kind, length] : kKindsAndLengths) {
      std::vector<uint8_t> bad = Data(us);
      bad[20] = kind;
      bad[21] = length;
      Mend(bad);
      us.ReceivesOctets(bad);
      EXPECT_EQ(us.Drops().size(), 1) << int{kind} << " " << int{length};
    }
    EXPECT_EQ(us.transport().counters().in_errors, kKindsAndLengths.size());
    EXPECT_EQ(us.Hears(), Heard{});
  });
}

TEST(TcpMalformed, AnUnknownOptionIsPassedOver) {  // RFC 9293 3.1, MUST-6
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    std::vector<uint8_t> odd = Data(us);
    odd[20] = 253;  // an experiment's, RFC 6994
    odd[21] = 12;
    Mend(odd);
    us.ReceivesOctets(odd);
    EXPECT_EQ(us.Read(), "data");
  });
}

TEST(TcpMalformed, OptionsThatBelongToASynMeanNothingLater) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish({.max_segment_size = 1000});
    us.Receives({.flags = "ACK",
                 .seq = 1,
                 .ack = 1,
                 .data = "data",
                 .options = {.max_segment_size = 64, .window_scale = 14, .sack_permitted = true}});
    EXPECT_EQ(us.Read(), "data");
    EXPECT_EQ(us.connection().snapshot().send_mss, 1000);
    us.Forget();
    us.Receives({.flags = "ACK", .seq = 9, .ack = 1, .data = "gap"});
    us.Sends("ACK", 1, 5);
    EXPECT_TRUE(us.sent().options.sack_blocks.empty());
  });
}

TEST(TcpMalformed, SackBlocksOfWhatWasNeverSentAreNotBelieved) {  // RFC 2018 5
  TcpScript::Run([](TcpScript& us) {
    us.Establish({.max_segment_size = 100, .sack_permitted = true});
    us.Write(std::string(300, 'd'));
    us.Forget();
    const SeqNum una = us.connection().initial_send_sequence() + 1;
    for (const auto& [left, right] : std::vector<std::pair<uint32_t, uint32_t>>{
             {500, 600}, {200, 100}, {100, 100}, {0x80000000, 0x80000001}, {0xFFFFFF00, 0}}) {
      us.Receives({.flags = "ACK",
                   .seq = 1,
                   .ack = 1,
                   .options = {.sack_blocks = {{una + left, una + right}}}});
    }
    EXPECT_EQ(us.connection().snapshot().snd_una, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 301});
    EXPECT_EQ(us.connection().snapshot().snd_una, 301);
  });
}

// Octets of any kind, with the checksum right: what was read is never anything but what the peer
// sent, and the connection goes on.
TEST(TcpMalformed, MutationsNeverBreakAConnection) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish({.sack_permitted = true, .timestamps = TcpTimestamps{.value = 5}});
    uint64_t state = 88172645463325252u;
    const auto below = [&state](uint64_t bound) {
      state ^= state << 13;
      state ^= state >> 7;
      state ^= state << 17;
      return state % bound;
    };
    for (int round = 0; round < 3000; ++round) {
      std::vector<uint8_t> octets = Data(us);
      for (uint64_t flips = 1 + below(6); flips > 0; --flips) {
        octets[4 + below(octets.size() - 4)] ^= static_cast<uint8_t>(1 + below(255));
      }
      Mend(octets);
      us.ReceivesOctets(octets);
      if (us.state() != TcpState::kEstablished) break;  // a FIN or a RST that happened to fit
      us.Read();
      us.Forget();
      us.Drops();
    }
    us.Hears();
  });
}

}  // namespace
}  // namespace inet
