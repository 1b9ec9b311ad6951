// What tells of congestion, and what follows from it: losses, reports of the network, round trips
// that have become longer.
#include "gtest/gtest.h"
#include "providers/osi/tp4/tp4_script.h"

namespace osi {
namespace {

// How many TPDUs have arrived at the peer since the last time.
size_t Arrived(Tp4Script& s) {
  s.Advance(absl::Milliseconds(5));
  return s.Sent().size();
}

// Everything the credit of 15 allows is under way: DTs from 14 up to 29.
void FillTheWindow(Tp4Script& s) {
  s.GoToOpen();
  s.IgnoreAks();
  for (int i = 0; i < 60; ++i) s.Write("x");
  s.Receives(s.PeerAk(2));
  s.Receives(s.PeerAk(6));
  s.Receives(s.PeerAk(14));
  EXPECT_EQ(Arrived(s), 29u);
}

TEST(Tp4Congestion, WithoutAReportAllIsSentThatTheCreditAllows) {
  Tp4Script::Run([](Tp4Script& s) {
    FillTheWindow(s);
    s.Receives(s.PeerAk(29));
    EXPECT_EQ(Arrived(s), 15u);
  });
}

TEST(Tp4Congestion, AReportIsALossOnceForAllThatIsUnderWay) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.IgnoreAks();
    for (int i = 0; i < 60; ++i) s.Write("x");
    s.Receives(s.PeerAk(2));
    s.Receives(s.PeerAk(6));
    for (int i = 0; i < 14; ++i) s.Sends<DtTpdu>();
    const std::vector<uint8_t> dt = s.sent();
    s.ReceivesErrorReport(DiscardReason::kCongestion, dt);
    s.ReceivesErrorReport(DiscardReason::kCongestion, dt);
    EXPECT_EQ(Arrived(s), 0u);  // what was lost is sent again after T1
    // Of 8 DTs four may be under way until the window slows down.
    s.Receives(s.PeerAk(14));
    EXPECT_EQ(Arrived(s), 5u);
  });
}

TEST(Tp4Congestion, ReportsOfOtherConnectionsAndKindsChangeNothing) {
  Tp4Script::Run([](Tp4Script& s) {
    FillTheWindow(s);
    std::vector<uint8_t> other;
    DtTpdu dt = s.PeerDt(0, "x");
    dt.destination_reference = kPeerReference + 1;
    dt.AppendTo(other);
    s.ReceivesErrorReport(DiscardReason::kCongestion, other);
    other.resize(3);
    s.ReceivesErrorReport(DiscardReason::kCongestion, other);
    dt.destination_reference = kPeerReference;
    other.clear();
    dt.AppendTo(other);
    s.ReceivesErrorReport(DiscardReason::kLifetimeExpiredInTransit, other);
    s.Receives(s.PeerAk(29));
    EXPECT_EQ(Arrived(s), 15u);
  });
}

TEST(Tp4Congestion, AReportFindsTheResponderToo) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpenAsResponder();
    s.IgnoreAks();
    for (int i = 0; i < 60; ++i) s.Write("x");
    s.Receives(s.PeerAk(2));
    for (int i = 0; i < 6; ++i) s.Sends<DtTpdu>();
    s.ReceivesErrorReport(DiscardReason::kCongestion, s.sent());
    s.Receives(s.PeerAk(6));
    EXPECT_EQ(Arrived(s), 3u);  // 2, the threshold, and the first step above it
  });
}

// A way that has become slower than T1: no round trip can be measured with a DT that is sent twice,
// so that the longer wait stays until one can (Karn's rule).
TEST(Tp4Congestion, TheLongerWaitStaysUntilARoundTripIsMeasured) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.IgnoreAks();
    s.Write("a");
    s.Sends<DtTpdu>();
    s.SendsNothing(absl::Milliseconds(998));
    s.Sends<DtTpdu>(absl::Milliseconds(4));
    s.Advance(absl::Milliseconds(500));
    s.Receives(s.PeerAk(1));
    s.Write("b");
    s.Sends<DtTpdu>();
    s.SendsNothing(absl::Milliseconds(1900));
    s.Receives(s.PeerAk(2));  // a round trip of 1.9 s: T1 is 1.9 s + 4 * 0.95 s
    s.Write("c");
    s.Sends<DtTpdu>();
    s.SendsNothing(absl::Milliseconds(5690));
    s.Sends<DtTpdu>(absl::Milliseconds(40));
  });
}

}  // namespace
}  // namespace osi
