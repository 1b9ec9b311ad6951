#include "providers/osi/clnp/clnp_reassembler.h"

#include <string>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace osi {
namespace {

constexpr size_t kHeader = 37;
constexpr char kText[] = "0123456789abcdefghijklmno";  // 25 octets: three blocks of 8, and one

Nsap System(uint8_t number) {
  return Nsap::Local(1, {0, 0, 0x5E, 0, 0x53, number}, Nsap::kTransportSelector);
}

sim::Time At(int64_t milliseconds) { return sim::Time::Zero() + absl::Milliseconds(milliseconds); }

// The octets [from, to) of the text as a segment.
ClnpDataPdu Segment(size_t from, size_t to, uint16_t identifier = 7) {
  const absl::string_view text(kText);
  return {
      .lifetime = 4,  // two seconds
      .destination = System(2),
      .source = System(1),
      .segmentation = ClnpSegmentation{.data_unit_identifier = identifier,
                                       .offset = static_cast<uint16_t>(from),
                                       .total_length = static_cast<uint16_t>(kHeader + text.size()),
                                       .more_segments = to < text.size()},
      .data = {reinterpret_cast<const uint8_t*>(text.data()) + from, to - from}};
}

// What a segment completes; "" if nothing.
std::string Add(ClnpReassembler& reassembler, const ClnpDataPdu& segment, sim::Time now = At(0)) {
  const sim::FramePtr whole = reassembler.Add(segment, kHeader, segment.data.first(1), now);
  if (!whole) return "";
  return {whole->octets().begin(), whole->octets().end()};
}

TEST(ClnpReassembler, PutsSegmentsTogetherInAnyOrder) {
  ClnpReassembler reassembler;
  EXPECT_EQ(Add(reassembler, Segment(16, 25)), "");
  EXPECT_EQ(Add(reassembler, Segment(0, 8)), "");
  EXPECT_EQ(reassembler.pending(), 1u);
  EXPECT_EQ(Add(reassembler, Segment(8, 16)), kText);
  EXPECT_EQ(reassembler.pending(), 0u);
}

TEST(ClnpReassembler, SegmentsMayOverlapAndComeTwice) {
  ClnpReassembler reassembler;
  EXPECT_EQ(Add(reassembler, Segment(0, 16)), "");
  EXPECT_EQ(Add(reassembler, Segment(0, 16)), "");
  EXPECT_EQ(Add(reassembler, Segment(8, 25)), kText);
}

TEST(ClnpReassembler, KeepsDataUnitsApart) {
  ClnpReassembler reassembler;
  EXPECT_EQ(Add(reassembler, Segment(0, 16, 1)), "");
  EXPECT_EQ(Add(reassembler, Segment(16, 25, 2)), "");
  ClnpDataPdu elsewhere = Segment(16, 25, 1);
  elsewhere.source = System(3);
  EXPECT_EQ(Add(reassembler, elsewhere), "");
  EXPECT_EQ(reassembler.pending(), 3u);
  EXPECT_EQ(Add(reassembler, Segment(16, 25, 1)), kText);
}

TEST(ClnpReassembler, ForgetsWhatIsNotWholeWhenItsLifetimeEnds) {
  ClnpReassembler reassembler;
  EXPECT_EQ(Add(reassembler, Segment(0, 16), At(0)), "");
  EXPECT_EQ(Add(reassembler, Segment(16, 25), At(2000)), "");  // too late
  const std::vector<ClnpReassembler::Forgotten> forgotten = reassembler.TakeForgotten();
  ASSERT_EQ(forgotten.size(), 1u);
  EXPECT_EQ(forgotten[0].reason, DiscardReason::kLifetimeExpiredInReassembly);
  EXPECT_EQ(forgotten[0].head, std::vector<uint8_t>{'0'});
  EXPECT_EQ(Add(reassembler, Segment(0, 16), At(3999)), kText);
}

TEST(ClnpReassembler, AnotherTotalLengthIsAnotherDataUnit) {
  ClnpReassembler reassembler;
  EXPECT_EQ(Add(reassembler, Segment(0, 16)), "");
  ClnpDataPdu other = Segment(0, 16);
  other.segmentation->total_length = kHeader + 100;
  EXPECT_EQ(Add(reassembler, other), "");
  const std::vector<ClnpReassembler::Forgotten> forgotten = reassembler.TakeForgotten();
  ASSERT_EQ(forgotten.size(), 1u);
  EXPECT_EQ(forgotten[0].reason, DiscardReason::kReassemblyInterference);
  EXPECT_EQ(reassembler.pending(), 1u);
}

TEST(ClnpReassembler, KnowsWhenTheNextLifetimeEnds) {
  ClnpReassembler reassembler;
  EXPECT_EQ(reassembler.next_deadline(), sim::Time::Never());
  EXPECT_EQ(Add(reassembler, Segment(0, 16, 1), At(500)), "");
  EXPECT_EQ(Add(reassembler, Segment(0, 16, 2), At(100)), "");
  EXPECT_EQ(reassembler.next_deadline(), At(2100));
  reassembler.ForgetOld(At(2099));
  EXPECT_EQ(reassembler.pending(), 2u);
  reassembler.ForgetOld(At(2100));
  EXPECT_EQ(reassembler.next_deadline(), At(2500));
  reassembler.ForgetOld(At(2500));
  EXPECT_EQ(reassembler.next_deadline(), sim::Time::Never());
}

TEST(ClnpReassembler, HoldsNoMoreThanItsLimit) {
  ClnpReassembler reassembler;
  constexpr size_t kUnits = 3 * ClnpReassembler::kMaxOctets / 60'000;
  for (size_t i = 0; i < kUnits; ++i) {
    ClnpDataPdu segment = Segment(0, 8, static_cast<uint16_t>(i));
    segment.segmentation->total_length = 60'000;
    EXPECT_EQ(Add(reassembler, segment), "");
  }
  EXPECT_LE(reassembler.pending() * (60'000 - kHeader), ClnpReassembler::kMaxOctets);
  const std::vector<ClnpReassembler::Forgotten> forgotten = reassembler.TakeForgotten();
  EXPECT_EQ(reassembler.pending() + forgotten.size(), kUnits);
  EXPECT_EQ(forgotten[0].reason, DiscardReason::kCongestion);
}

TEST(ClnpReassembler, UnitsOfNextToNoDataCountForWhatTheyTake) {
  ClnpReassembler reassembler;
  for (uint32_t i = 0; i < 10'000; ++i) {
    ClnpDataPdu segment = Segment(0, 8, static_cast<uint16_t>(i));
    segment.segmentation->total_length = kHeader + 9;
    EXPECT_EQ(Add(reassembler, segment), "");
  }
  EXPECT_EQ(reassembler.pending(),
            ClnpReassembler::kMaxOctets / (ClnpReassembler::kUnitOverhead + 9));
}

TEST(ClnpReassembler, ATotalLengthBelowTheHeaderIsNoDataUnit) {
  ClnpReassembler reassembler;
  ClnpDataPdu segment = Segment(0, 8);
  segment.segmentation->total_length = kHeader - 1;
  EXPECT_EQ(Add(reassembler, segment), "");
  EXPECT_EQ(reassembler.pending(), 0u);
}

}  // namespace
}  // namespace osi
