#include "providers/inet/tcp/ecn.h"

#include "gtest/gtest.h"

namespace inet {
namespace {

TcpHeader With(uint16_t flags) { return {.flags = flags}; }

TEST(Ecn, SetupIsToldByTheFlags) {  // RFC 3168 6.1.1
  EXPECT_TRUE(Ecn::IsSetupSyn(With(TcpHeader::kSyn | TcpHeader::kEce | TcpHeader::kCwr)));
  EXPECT_FALSE(Ecn::IsSetupSyn(With(TcpHeader::kSyn | TcpHeader::kEce)));
  EXPECT_TRUE(Ecn::IsSetupSynAck(With(TcpHeader::kSyn | TcpHeader::kAck | TcpHeader::kEce)));
  EXPECT_FALSE(Ecn::IsSetupSynAck(With(TcpHeader::kEce | TcpHeader::kCwr)));  // thrown back
  EXPECT_FALSE(Ecn::IsSetupSynAck(With(TcpHeader::kAck)));
}

TEST(Ecn, EchoesUntilTheSenderHasReduced) {  // RFC 3168 6.1.3
  Ecn ecn;
  ecn.set_agreed(true);
  ecn.OnText(EcnCodepoint::kEct0, false);
  EXPECT_FALSE(ecn.echoes());
  ecn.OnText(EcnCodepoint::kCe, false);
  EXPECT_TRUE(ecn.echoes());
  ecn.OnText(EcnCodepoint::kEct0, false);
  EXPECT_TRUE(ecn.echoes());
  ecn.OnText(EcnCodepoint::kEct0, true);
  EXPECT_FALSE(ecn.echoes());
}

TEST(Ecn, AMarkOnTheSegmentThatSaysCwrIsANewOne) {
  Ecn ecn;
  ecn.set_agreed(true);
  ecn.OnText(EcnCodepoint::kCe, true);
  EXPECT_TRUE(ecn.echoes());
}

TEST(Ecn, WithoutAgreementNothingIsSaid) {
  Ecn ecn;
  ecn.OnText(EcnCodepoint::kCe, false);
  EXPECT_FALSE(ecn.echoes());
  EXPECT_FALSE(ecn.IsReductionDue(100));
  ecn.OnReduced(100);
  EXPECT_FALSE(ecn.tells_reduction());
}

TEST(Ecn, AWindowIsReducedOnce) {  // RFC 3168 6.1.2
  Ecn ecn;
  ecn.set_agreed(true);
  EXPECT_TRUE(ecn.IsReductionDue(101));
  ecn.OnReduced(1001);
  EXPECT_TRUE(ecn.tells_reduction());
  EXPECT_FALSE(ecn.IsReductionDue(201));
  EXPECT_FALSE(ecn.IsReductionDue(1001));
  EXPECT_TRUE(ecn.IsReductionDue(1002));
  ecn.OnToldReduction();
  EXPECT_FALSE(ecn.tells_reduction());
}

}  // namespace
}  // namespace inet
