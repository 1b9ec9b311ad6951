#include "providers/engine/quality.h"

#include "gtest/gtest.h"

namespace engine {
namespace {

using winsock::FLOWSPEC;
using winsock::QOS;
using winsock::QOS_NOT_SPECIFIED;

FLOWSPEC Flow(winsock::SERVICETYPE type) {
  return {QOS_NOT_SPECIFIED, QOS_NOT_SPECIFIED, QOS_NOT_SPECIFIED,
          QOS_NOT_SPECIFIED, QOS_NOT_SPECIFIED, type,
          QOS_NOT_SPECIFIED, QOS_NOT_SPECIFIED};
}

QOS Both(const FLOWSPEC& sending, const FLOWSPEC& receiving) { return {sending, receiving, {}}; }

const FLOWSPEC kBestEffort = Flow(winsock::SERVICETYPE_BESTEFFORT);

TEST(Quality, BestEffortAsksForNothing) {
  const QOS qos = Both(kBestEffort, Flow(winsock::SERVICETYPE_NOTRAFFIC));
  EXPECT_FALSE(AsksForQuality(qos));
  EXPECT_EQ(CheckQuality(qos), 0);
  EXPECT_TRUE(ToQuality(qos).is_empty());
}

TEST(Quality, WhatIsGuaranteedIsTheLeastThatWillDo) {
  FLOWSPEC flow = Flow(winsock::SERVICETYPE_GUARANTEED);
  flow.TokenRate = 1000;
  flow.Latency = 20'000;
  const QOS qos = Both(flow, kBestEffort);
  EXPECT_EQ(CheckQuality(qos), 0);
  const transport::QualityOfService quality = ToQuality(qos);
  EXPECT_EQ(quality.sending.throughput->target, 1000u);
  EXPECT_EQ(quality.sending.throughput->least, 1000u);
  EXPECT_EQ(quality.sending.transit_delay->target, 20u);
  EXPECT_EQ(quality.sending.transit_delay->most, 20u);
  EXPECT_FALSE(quality.receiving.throughput.has_value());
  EXPECT_EQ(quality.residual_error_rate->least, 5);
  EXPECT_EQ(quality.priority, 1);
}

TEST(Quality, ControlledLoadTakesWhatThereIs) {
  FLOWSPEC flow = Flow(winsock::SERVICETYPE_CONTROLLEDLOAD);
  flow.TokenRate = 1000;
  flow.Latency = 20'000;
  const transport::QualityOfService quality = ToQuality(Both(flow, flow));
  EXPECT_EQ(quality.sending.throughput->least, 0u);
  EXPECT_EQ(quality.receiving.transit_delay->most, 65535u);
  EXPECT_FALSE(quality.residual_error_rate.has_value());
  EXPECT_EQ(quality.priority, 2);
}

TEST(Quality, AndBack) {
  FLOWSPEC guaranteed = Flow(winsock::SERVICETYPE_GUARANTEED);
  guaranteed.TokenRate = 1000;
  guaranteed.Latency = 20'000;
  FLOWSPEC controlled = Flow(winsock::SERVICETYPE_CONTROLLEDLOAD);
  controlled.TokenRate = 500;
  const QOS qos = ToQos(ToQuality(Both(guaranteed, controlled)));
  EXPECT_EQ(qos.SendingFlowspec.ServiceType, winsock::SERVICETYPE_GUARANTEED);
  EXPECT_EQ(qos.SendingFlowspec.TokenRate, 1000u);
  EXPECT_EQ(qos.SendingFlowspec.Latency, 20'000u);
  EXPECT_EQ(qos.SendingFlowspec.PeakBandwidth, QOS_NOT_SPECIFIED);
  EXPECT_EQ(qos.ReceivingFlowspec.ServiceType, winsock::SERVICETYPE_CONTROLLEDLOAD);
  EXPECT_EQ(qos.ReceivingFlowspec.TokenRate, 500u);
  EXPECT_EQ(qos.ReceivingFlowspec.Latency, QOS_NOT_SPECIFIED);
  EXPECT_EQ(ToQos({}).SendingFlowspec.ServiceType, winsock::SERVICETYPE_BESTEFFORT);
}

TEST(Quality, EachRuleBrokenOnce) {
  const FLOWSPEC guaranteed = Flow(winsock::SERVICETYPE_GUARANTEED);
  EXPECT_EQ(CheckQuality(Both(guaranteed, kBestEffort)), WSAEINVAL);  // no rate
  EXPECT_EQ(CheckQuality(Both(kBestEffort, guaranteed)), 0);          // of the other it need not be
  FLOWSPEC flow = guaranteed;
  flow.TokenRate = 0;
  EXPECT_EQ(CheckQuality(Both(kBestEffort, flow)), WSAEINVAL);
  flow.TokenRate = 1000;
  flow.PeakBandwidth = 999;
  EXPECT_EQ(CheckQuality(Both(flow, kBestEffort)), WSAEINVAL);
  flow.PeakBandwidth = 1000;
  EXPECT_EQ(CheckQuality(Both(flow, kBestEffort)), 0);
  flow.DelayVariation = 5;
  EXPECT_EQ(CheckQuality(Both(flow, kBestEffort)), WSAEOPNOTSUPP);
  EXPECT_EQ(CheckQuality(Both(Flow(winsock::SERVICETYPE_NETWORK_UNAVAILABLE), kBestEffort)),
            WSAEOPNOTSUPP);
  EXPECT_EQ(CheckQuality(Both(Flow(77), kBestEffort)), WSAEOPNOTSUPP);
}

}  // namespace
}  // namespace engine
