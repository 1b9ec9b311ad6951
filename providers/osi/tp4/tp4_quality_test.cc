// Quality of service: what CR and CC say of it, and what becomes of it at either end (ISO 8073
// 6.5.5).
#include "providers/osi/tp4/tp4_quality.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/osi/tp4/tp4_options.h"
#include "providers/osi/tp4/tp4_script.h"

namespace osi {
namespace {

using Quality = transport::QualityOfService;
using ::testing::ElementsAre;

// 125,000 octets per second, 10 ms.
constexpr sim::PathQuality kPath{.bandwidth = 1'000'000, .delay = absl::Milliseconds(10)};

Quality Wanted(uint32_t throughput, uint32_t least, uint32_t delay, uint32_t most) {
  return {.sending = {.throughput = {{.target = throughput, .least = least}},
                      .transit_delay = {{.target = delay, .most = most}}},
          .residual_error_rate = {{.target = 9, .least = 5}},
          .priority = 1};
}

TEST(Tp4Quality, ParametersSayWhoseDirectionIsWhich) {
  const Quality quality = Wanted(1000, 500, 20, 40);
  const QualityOfService parameters = ToParameters(quality, /*calls=*/true);
  EXPECT_EQ(parameters.throughput->maximum.calling_to_called.target, 1000u);
  EXPECT_EQ(parameters.throughput->maximum.called_to_calling.target, 0u);
  EXPECT_EQ(parameters.transit_delay->calling_to_called.maximum_acceptable, 40);
  EXPECT_EQ(parameters.transit_delay->called_to_calling.target, 0xFFFF);
  EXPECT_EQ(parameters.priority, 1);
  EXPECT_EQ(FromParameters(parameters, /*calls=*/true), quality);
  const Quality there = FromParameters(parameters, /*calls=*/false);
  EXPECT_EQ(there.receiving, quality.sending);
  EXPECT_EQ(there.sending, transport::DirectionQuality{});
  EXPECT_TRUE(FromParameters({}, true).is_empty());
}

TEST(Tp4Quality, WhatThePathCannotDoIsWeakenedDownToTheLeastThatWillDo) {
  EXPECT_EQ(Granted(Wanted(1000, 0, 20, 40), kPath)->sending.throughput->target, 1000u);
  EXPECT_EQ(Granted(Wanted(200'000, 0, 20, 40), kPath)->sending.throughput->target, 125'000u);
  EXPECT_FALSE(Granted(Wanted(200'000, 125'001, 20, 40), kPath).has_value());
  EXPECT_EQ(Granted(Wanted(1000, 0, 5, 40), kPath)->sending.transit_delay->target, 10u);
  EXPECT_FALSE(Granted(Wanted(1000, 0, 5, 9), kPath).has_value());
  Quality quality = Wanted(1000, 0, 20, 40);
  quality.residual_error_rate = {{.target = 12, .least = 9}};
  EXPECT_EQ(Granted(quality, kPath)->residual_error_rate->target, 9);
  quality.residual_error_rate->least = 10;
  EXPECT_FALSE(Granted(quality, kPath).has_value());
}

TEST(Tp4Quality, ALimitLowersAndNeverRaises) {
  const Quality granted = Wanted(1000, 500, 20, 40);
  Quality limit = Wanted(700, 0, 30, 0);
  limit.priority = 4;
  Quality limited = Limited(granted, limit);
  EXPECT_EQ(limited.sending.throughput->target, 700u);
  EXPECT_EQ(limited.sending.transit_delay->target, 30u);
  EXPECT_EQ(limited.priority, 4);
  limited = Limited(granted, Wanted(9000, 0, 1, 0));
  EXPECT_EQ(limited.sending, granted.sending);
  limited = Limited(granted, Wanted(1, 0, 1000, 0));
  EXPECT_EQ(limited.sending.throughput->target, 500u);
  EXPECT_EQ(limited.sending.transit_delay->target, 40u);
  EXPECT_TRUE(IsWithin(Selected(limited), granted));
  EXPECT_FALSE(IsWithin(Selected(Wanted(1001, 0, 20, 0)), granted));
  EXPECT_FALSE(IsWithin(Selected(Wanted(499, 0, 20, 0)), granted));
  EXPECT_FALSE(IsWithin(Selected(Wanted(500, 0, 41, 0)), granted));
  EXPECT_FALSE(IsWithin(Selected(Wanted(500, 0, 19, 0)), granted));
}

TEST(Tp4Quality, PrioritiesOfTheNetworkCountUpwards) {
  EXPECT_EQ(NetworkPriority(0), 14);
  EXPECT_EQ(NetworkPriority(14), 0);
  EXPECT_EQ(NetworkPriority(1000), 0);
}

TEST(Tp4Quality, TravelsInCrAndCc) {
  const Quality wanted = Wanted(1000, 500, 20, 40);
  Tp4Script::Run([&wanted](Tp4Script& s) {
    s.quality = &wanted;
    s.Connect();
    const CrTpdu cr = s.Sends<CrTpdu>();
    EXPECT_EQ(cr.quality, ToParameters(wanted, true));
    CcTpdu cc = s.PeerCc();
    cc.quality = ToParameters(Selected(Wanted(800, 0, 30, 0)), true);
    s.Receives(cc);
    s.Sends<AkTpdu>();
    EXPECT_THAT(s.Hears(), ElementsAre("connected"));
    ASSERT_NE(s.us().quality(), nullptr);
    EXPECT_EQ(s.us().quality()->sending.throughput->target, 800u);
  });
}

TEST(Tp4Quality, ASelectionOutOfItsLimitsIsNone) {
  const Quality wanted = Wanted(1000, 500, 20, 40);
  Tp4Script::Run([&wanted](Tp4Script& s) {
    s.quality = &wanted;
    s.GoToWfcc();
    CcTpdu cc = s.PeerCc();
    cc.quality = ToParameters(Selected(Wanted(499, 0, 20, 0)), true);
    s.Receives(cc);
    EXPECT_EQ(s.Sends<DrTpdu>().reason, DisconnectReason::kNegotiationFailed);
    EXPECT_THAT(s.Hears(), ElementsAre("disconnect kQualityUnavailable 130"));
  });
}

TEST(Tp4Quality, ARefusalToNegotiateIsAboutTheQuality) {
  const Quality wanted = Wanted(1000, 500, 20, 40);
  Tp4Script::Run([&wanted](Tp4Script& s) {
    s.quality = &wanted;
    s.GoToWfcc();
    s.Receives(DrTpdu{.destination_reference = kOurReference,
                      .reason = DisconnectReason::kNegotiationFailed});
    EXPECT_THAT(s.Hears(), ElementsAre("disconnect kQualityUnavailable 130"));
  });
}

TEST(Tp4Quality, WhatTheWayCannotDoIsNotEvenAskedFor) {
  const Quality wanted = Wanted(1000, 500, 0, 0);  // the link takes a millisecond
  Tp4Script::Run([&wanted](Tp4Script& s) {
    s.quality = &wanted;
    s.Connect();
    s.SendsNothing();
    EXPECT_THAT(s.Hears(), ElementsAre("disconnect kQualityUnavailable 0"));
  });
}

TEST(Tp4Quality, TheResponderSelectsWhatItsUserLeft) {
  Tp4Script::Run([](Tp4Script& s) {
    s.Listen();
    CrTpdu cr = s.PeerCr();
    cr.quality = ToParameters(Wanted(1000, 500, 20, 40), true);
    s.Receives(cr);
    ASSERT_NE(s.us().quality(), nullptr);
    EXPECT_EQ(s.us().quality()->receiving.throughput->target, 1000u);
    s.us().LimitQuality({.receiving = {.throughput = {{.target = 600}}}});
    s.us().Accept({});
    const CcTpdu cc = s.Sends<CcTpdu>();
    EXPECT_EQ(cc.quality.throughput->maximum.calling_to_called.target, 600u);
    EXPECT_EQ(cc.quality.throughput->maximum.calling_to_called.minimum_acceptable, 600u);
    EXPECT_EQ(cc.quality.transit_delay->calling_to_called.target, 20);
    EXPECT_EQ(cc.quality.priority, 1);
  });
}

TEST(Tp4Quality, ARequestThatCannotBeMetIsRefused) {
  Tp4Script::Run([](Tp4Script& s) {
    s.Listen();
    CrTpdu cr = s.PeerCr();
    cr.quality = ToParameters(Wanted(0xFFFFFF, 0xFFFFFF, 20, 40), true);
    s.Receives(cr);
    EXPECT_EQ(s.Sends<DrTpdu>().reason, DisconnectReason::kNegotiationFailed);
    EXPECT_THAT(s.Hears(), ElementsAre());
  });
}

TEST(Tp4Quality, ABoundedErrorRateNeedsTheChecksum) {
  Quality wanted = Wanted(1000, 500, 20, 40);
  Tp4Script::Run([&wanted](Tp4Script& s) {
    s.quality = &wanted;
    s.options.push_back({kTransportLevel, kUseOfChecksum, {0, 0, 0, 0}});
    s.Connect();
    EXPECT_FALSE(s.Sends<CrTpdu>().additional_options->checksum_non_use);
  });
}

}  // namespace
}  // namespace osi
