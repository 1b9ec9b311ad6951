#include "providers/inet/tcp/tcp_options.h"

#include <optional>
#include <vector>

#include "gtest/gtest.h"

namespace inet {
namespace {

using transport::OptionStatus;

std::vector<uint8_t> Octets(std::initializer_list<uint32_t> numbers) {
  std::vector<uint8_t> octets;
  for (const uint32_t number : numbers) {
    for (int i = 0; i < 4; ++i) octets.push_back(static_cast<uint8_t>(number >> (8 * i)));
  }
  return octets;
}

OptionStatus Set(TcpUserOptions& options, int level, int name, uint32_t number) {
  return options.Set(level, name, Octets({number}));
}

// Nullopt: refused.
std::optional<uint32_t> Get(const TcpUserOptions& options, int level, int name) {
  std::vector<uint8_t> value;
  if (options.Get(level, name, value) != OptionStatus::kDone) return std::nullopt;
  return value[0] | value[1] << 8 | value[2] << 16 | uint32_t{value[3]} << 24;
}

struct Range {
  int level;
  int name;
  uint32_t before;
  uint32_t least;
  uint32_t most;
};

TEST(TcpUserOptions, HaveDefaultsAndRanges) {
  const Range kRanges[] = {
      {kTcpLevel, kNoDelay, 0, 0, 1},
      {kTcpLevel, kTimestamps, 1, 0, 1},
      {kTcpLevel, kKeepAliveIdle, 7200, 1, 4294967},
      {kTcpLevel, kKeepAliveInterval, 1, 1, 4294967},
      {kTcpLevel, kKeepAliveProbes, 10, 1, 255},
      {kTcpLevel, kMaxSegment, 0, 64, 65535},
      {kTcpLevel, kConnectTime, 180, 1, 65535},
      {kTcpLevel, kMaxRetransmissionTime, 0, 0, UINT32_MAX},
      {kTcpLevel, kMaxRetransmissionMilliseconds, 0, 0, UINT32_MAX},
      {kTcpLevel, kNoSynRetries, 0, 0, 1},
      {kTcpLevel, kFailConnectOnNetworkError, 0, 0, 1},
      {kTcpLevel, kCongestionAlgorithm, 0, 0, 1},
      {kSocketLevel, kKeepAlive, 0, 0, 1},
      {kSocketLevel, kSendBuffer, 65536, 0, 0x7FFFFFFF},
      {kSocketLevel, kReceiveBuffer, 65536, 0, 0x7FFFFFFF},
      {kIpv4Level, kTimeToLive, 64, 1, 255},
      {kIpv4Level, kTypeOfService, 0, 0, 0xFC},
  };
  const TcpSettings settings;
  for (const Range& range : kRanges) {
    TcpUserOptions options(settings);
    EXPECT_EQ(Get(options, range.level, range.name), range.before) << range.name;
    for (const uint32_t number : {range.least, range.most}) {
      EXPECT_EQ(Set(options, range.level, range.name, number), OptionStatus::kDone) << range.name;
      EXPECT_EQ(Get(options, range.level, range.name), number) << range.name;
    }
    EXPECT_EQ(options.Set(range.level, range.name, {1, 0, 0}), OptionStatus::kTooShort);
  }
}

TEST(TcpUserOptions, RefuseWhatIsOutOfRange) {
  TcpUserOptions options{TcpSettings{}};
  for (const auto& [name, number] :
       {std::pair{kKeepAliveIdle, 0u}, std::pair{kKeepAliveIdle, 4294968u},
        std::pair{kKeepAliveProbes, 256u}, std::pair{kKeepAliveProbes, 0u},
        std::pair{kMaxSegment, 63u}, std::pair{kMaxSegment, 65536u},
        std::pair{kCongestionAlgorithm, 2u}, std::pair{kMaxRetransmissionTime, 0x80000000u},
        std::pair{kMaxRetransmissionMilliseconds, 0xFFFFFFFEu}}) {
    EXPECT_EQ(Set(options, kTcpLevel, name, number), OptionStatus::kInvalidValue) << name;
  }
  EXPECT_EQ(Set(options, kSocketLevel, kSendBuffer, 0x80000000u), OptionStatus::kInvalidValue);
  EXPECT_EQ(Set(options, kIpv4Level, kTimeToLive, 0), OptionStatus::kInvalidValue);
  EXPECT_EQ(Set(options, kIpv4Level, kTypeOfService, 256), OptionStatus::kInvalidValue);
}

TEST(TcpUserOptions, TellTheTimeOfRetransmissionsInEitherUnit) {
  TcpUserOptions options{TcpSettings{}};
  EXPECT_EQ(Set(options, kTcpLevel, kMaxRetransmissionTime, 7), OptionStatus::kDone);
  EXPECT_EQ(Get(options, kTcpLevel, kMaxRetransmissionMilliseconds), 7000);
  EXPECT_EQ(Set(options, kTcpLevel, kMaxRetransmissionMilliseconds, 1500), OptionStatus::kDone);
  EXPECT_EQ(Get(options, kTcpLevel, kMaxRetransmissionTime), 2);
  EXPECT_EQ(Set(options, kTcpLevel, kMaxRetransmissionMilliseconds, UINT32_MAX),
            OptionStatus::kDone);
  EXPECT_EQ(Get(options, kTcpLevel, kMaxRetransmissionTime), UINT32_MAX);
  EXPECT_EQ(Set(options, kTcpLevel, kMaxRetransmissionTime, 0x7FFFFFFF), OptionStatus::kDone);
  EXPECT_EQ(Get(options, kTcpLevel, kMaxRetransmissionMilliseconds), 0x7FFFFFFF);
}

// What Winsock lists and this TCP could only pretend to do: fast open, which ICMP message it was,
// the other reading of the urgent pointer, delayed FINs' acknowledgments, offloading.
TEST(TcpUserOptions, RefuseWhatCouldNotAct) {
  TcpUserOptions options{TcpSettings{}};
  for (const int name : {2, 11, 13, 15, 19, 0x7000}) {
    EXPECT_EQ(Set(options, kTcpLevel, name, 1), OptionStatus::kUnknown) << name;
    EXPECT_EQ(Get(options, kTcpLevel, name), std::nullopt) << name;
  }
}

TEST(TcpUserOptions, KnowTheLevelOfTheLayerBelowThem) {
  TcpUserOptions four{TcpSettings{}};
  TcpUserOptions six(TcpSettings{}, kIpv6Level);
  EXPECT_EQ(Set(four, kIpv6Level, kUnicastHops, 5), OptionStatus::kUnknown);
  EXPECT_EQ(Set(six, kIpv4Level, kTimeToLive, 5), OptionStatus::kUnknown);
  EXPECT_EQ(Set(four, kIpv4Level, 1, 5), OptionStatus::kUnknownName);
  EXPECT_EQ(Set(six, kIpv6Level, kUnicastHops, 5), OptionStatus::kDone);
  EXPECT_EQ(Get(six, kIpv6Level, kUnicastHops), 5);
  EXPECT_EQ(Set(six, kIpv6Level, kUnicastHops, UINT32_MAX), OptionStatus::kDone);  // the default
  EXPECT_EQ(Get(six, kIpv6Level, kUnicastHops), 64);
  EXPECT_EQ(Set(six, kIpv6Level, kTrafficClass, 0xFF), OptionStatus::kDone);
  EXPECT_EQ(Get(six, kIpv6Level, kTrafficClass), 0xFC);  // ECN is not the user's
}

TEST(TcpUserOptions, KeepAliveValuesAreThreeAtOnce) {  // Winsock page: SIO_KEEPALIVE_VALS
  TcpUserOptions options{TcpSettings{}};
  const auto set = [&options](std::initializer_list<uint32_t> numbers) {
    return options.Set(transport::kIoctlLevel, kKeepAliveValues, Octets(numbers));
  };
  EXPECT_EQ(set({1, 1500, 250}), OptionStatus::kDone);
  EXPECT_TRUE(options.keep_alive);
  EXPECT_EQ(options.keep_alive_idle, 1500);
  EXPECT_EQ(options.keep_alive_interval, 250);
  EXPECT_EQ(set({1, 0, 250}), OptionStatus::kInvalidValue);
  EXPECT_EQ(set({1, 250}), OptionStatus::kTooShort);
  EXPECT_EQ(set({0, 0, 0}), OptionStatus::kDone);
  EXPECT_FALSE(options.keep_alive);
  EXPECT_EQ(options.keep_alive_idle, 1500);
  EXPECT_EQ(options.Set(transport::kIoctlLevel, 7, Octets({1})), OptionStatus::kUnknown);
}

}  // namespace
}  // namespace inet
