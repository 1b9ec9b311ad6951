#include "sim/net/link_parameters.h"

#include <functional>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace sim {
namespace {

TEST(LinkParameters, AreValidAsTheyCome) { EXPECT_TRUE(LinkParameters().Validate().ok()); }

TEST(LinkParameters, SayWhatIsOutOfRange) {
  const struct {
    LinkParameters parameters;
    std::string error;
  } cases[] = {
      {{.latency = -absl::Nanoseconds(1)}, "latency -1ns is not between 0 and 24h"},
      {{.latency = absl::InfiniteDuration()}, "latency inf is not between 0 and 24h"},
      {{.jitter = absl::Hours(25)}, "jitter 25h is not between 0 and 24h"},
      {{.bandwidth = 0}, "bandwidth is less than 1 bit per second"},
      {{.loss = {Ratio::kOne + 1}}, "loss of 1000000001 billionths is more than always"},
      {{.duplicate = {Ratio::kOne + 1}}, "duplicate of 1000000001 billionths is more than always"},
      {{.reorder = {Ratio::kOne + 1}}, "reorder of 1000000001 billionths is more than always"},
      {{.corrupt = {Ratio::kOne + 1}}, "corrupt of 1000000001 billionths is more than always"},
      {{.mtu = 67}, "mtu 67 is not between 68 and 65535"},
      {{.mtu = 65536}, "mtu 65536 is not between 68 and 65535"},
  };
  for (const auto& [parameters, error] : cases) {
    EXPECT_EQ(parameters.Validate(), absl::InvalidArgumentError(error));
  }
}

TEST(LinkParameters, MayBeAtTheEdges) {
  EXPECT_TRUE((LinkParameters{.latency = absl::ZeroDuration(),
                              .jitter = absl::Hours(24),
                              .bandwidth = 1,
                              .loss = {Ratio::kOne},
                              .mtu = 68,
                              .queue = 0})
                  .Validate()
                  .ok());
}

TEST(LinkOverrides, ChangeWhatTheySayAndNothingElse) {
  const LinkParameters before{.latency = absl::Milliseconds(7), .loss = {5}, .queue = 9};
  LinkParameters after = before;
  LinkOverrides().ApplyTo(after);
  EXPECT_EQ(after, before);

  const LinkOverrides overrides{.loss = Ratio{6}, .mtu = 576};
  overrides.ApplyTo(after);
  EXPECT_EQ(after, (LinkParameters{
                       .latency = absl::Milliseconds(7), .loss = {6}, .mtu = 576, .queue = 9}));
}

TEST(LinkOverrides, CanSayEverything) {
  const LinkParameters wanted{absl::Seconds(1), absl::Seconds(2), 3, {4}, {5}, {6}, {7}, 80, 9};
  LinkParameters parameters;
  LinkOverrides{absl::Seconds(1), absl::Seconds(2), 3,  Ratio{4}, Ratio{5},
                Ratio{6},         Ratio{7},         80, 9}
      .ApplyTo(parameters);
  EXPECT_EQ(parameters, wanted);
}

TEST(LinkOverrides, AreRefusedForWhatTheySay) {
  EXPECT_TRUE(LinkOverrides().Validate().ok());
  EXPECT_EQ((LinkOverrides{.mtu = 1}).Validate(),
            absl::InvalidArgumentError("mtu 1 is not between 68 and 65535"));
}

TEST(LinkOverrides, ReadLikeTheFlagsThatSetThem) {
  EXPECT_EQ(LinkOverrides().ToString(), "");
  EXPECT_EQ((LinkOverrides{absl::Milliseconds(10), absl::ZeroDuration(), 64'000, Ratio{50'000'000},
                           Ratio{1}, Ratio{Ratio::kOne}, Ratio{0}, 1500, 0})
                .ToString(),
            "latency=10ms jitter=0 bandwidth=64000bps loss=0.05 duplicate=0.000000001 reorder=1 "
            "corrupt=0 mtu=1500 queue=0");
}

}  // namespace
}  // namespace sim
