#include "providers/inet/fragment_reassembler.h"

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace inet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr FragmentRules kIpv4{.overlap_ends_packet = false, .clause = "RFC 791 3.2"};
constexpr FragmentRules kIpv6{.overlap_ends_packet = true, .clause = "RFC 8200 4.5"};
constexpr absl::string_view kText = "0123456789abcdefghijklmno";  // 25 octets: 8, 8, 8, 1

sim::Time At(absl::Duration since_start) { return sim::Time::Zero() + since_start; }

wire::ByteSpan OctetsOf(absl::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

// The octets [from, to) of the text as a fragment; its packet begins with "H".
Fragment Piece(size_t from, size_t to, uint32_t identification = 7) {
  return {.source = Ipv4Address{{10, 0, 0, 1}},
          .destination = Ipv4Address{{10, 0, 0, 2}},
          .identification = identification,
          .protocol = 6,
          .offset = from,
          .is_last = to == kText.size(),
          .data = OctetsOf(kText.substr(from, to - from)),
          .packet = OctetsOf("H")};
}

Fragment With(Fragment fragment, absl::string_view data) {
  fragment.data = OctetsOf(data);
  return fragment;
}

// What a fragment completes; "" if nothing.
std::string Add(FragmentReassembler& reassembler, const Fragment& fragment,
                sim::Time now = sim::Time::Zero()) {
  const auto whole = reassembler.Add(fragment, now);
  if (!whole.has_value()) return "";
  EXPECT_EQ(std::string(whole->first.begin(), whole->first.end()), "H");
  return {whole->data.begin(), whole->data.end()};
}

std::vector<std::string> Losses(FragmentReassembler& reassembler) {
  std::vector<std::string> why;
  for (const auto& loss : reassembler.TakeLosses()) why.emplace_back(loss.why);
  return why;
}

class BothVersions : public ::testing::TestWithParam<const FragmentRules*> {
 protected:
  FragmentReassembler reassembler_{*GetParam()};
};

TEST_P(BothVersions, FragmentsComeTogetherInAnyOrder) {
  EXPECT_EQ(Add(reassembler_, Piece(16, 25)), "");
  EXPECT_EQ(Add(reassembler_, Piece(0, 8)), "");
  EXPECT_EQ(reassembler_.pending(), 1);
  EXPECT_EQ(Add(reassembler_, Piece(8, 16)), kText);
  EXPECT_EQ(reassembler_.pending(), 0);
  EXPECT_THAT(Losses(reassembler_), IsEmpty());
}

TEST_P(BothVersions, AFragmentMayComeTwice) {
  EXPECT_EQ(Add(reassembler_, Piece(0, 16)), "");
  EXPECT_EQ(Add(reassembler_, Piece(0, 16)), "");
  EXPECT_EQ(Add(reassembler_, Piece(16, 25)), kText);
}

TEST_P(BothVersions, PacketsAreKeptApart) {
  Fragment other_source = Piece(16, 25), other_protocol = Piece(16, 25);
  other_source.source = Ipv4Address{{10, 0, 0, 3}};
  other_protocol.protocol = 17;
  EXPECT_EQ(Add(reassembler_, Piece(0, 16)), "");
  EXPECT_EQ(Add(reassembler_, Piece(16, 25, 8)), "");
  EXPECT_EQ(Add(reassembler_, other_source), "");
  EXPECT_EQ(Add(reassembler_, other_protocol), "");
  EXPECT_EQ(reassembler_.pending(), 4);
  EXPECT_EQ(Add(reassembler_, Piece(16, 25)), kText);
}

TEST_P(BothVersions, APacketIsForgottenAMinuteAfterItsFirstFragmentCame) {
  EXPECT_EQ(reassembler_.next_deadline(), sim::Time::Never());
  Add(reassembler_, Piece(16, 25, 1), At(absl::Seconds(1)));
  Add(reassembler_, Piece(0, 8, 2), At(absl::Seconds(2)));
  Add(reassembler_, Piece(0, 8, 1), At(absl::Seconds(30)));
  EXPECT_EQ(reassembler_.next_deadline(), At(absl::Seconds(61)));
  reassembler_.ForgetOld(At(absl::Seconds(61) - absl::Nanoseconds(1)));
  EXPECT_EQ(reassembler_.pending(), 2);
  EXPECT_EQ(Add(reassembler_, Piece(8, 16, 1), At(absl::Seconds(61))), "") << "too late";
  const auto losses = reassembler_.TakeLosses();
  ASSERT_EQ(losses.size(), 1);
  EXPECT_TRUE(losses[0].is_timeout);
  EXPECT_EQ(losses[0].clause, GetParam()->clause);
  EXPECT_EQ(losses[0].first, std::vector<uint8_t>{'H'});
  EXPECT_EQ(reassembler_.next_deadline(), At(absl::Seconds(62)));
}

TEST_P(BothVersions, WithoutItsFirstFragmentALostPacketHasNothingToShow) {
  Add(reassembler_, Piece(8, 16));
  reassembler_.ForgetOld(At(absl::Seconds(60)));
  const auto losses = reassembler_.TakeLosses();
  ASSERT_EQ(losses.size(), 1);
  EXPECT_THAT(losses[0].first, IsEmpty());
}

TEST_P(BothVersions, FragmentsThatDisagreeAboutTheEndEndThePacket) {
  for (const bool last_comes_first : {false, true}) {
    FragmentReassembler reassembler(*GetParam());
    Fragment last = Piece(8, 16);
    last.is_last = true;
    const Fragment beyond = Piece(16, 24);
    EXPECT_EQ(Add(reassembler, last_comes_first ? last : beyond), "");
    EXPECT_EQ(Add(reassembler, last_comes_first ? beyond : last), "");
    EXPECT_THAT(Losses(reassembler), ElementsAre("fragments disagree about the length"));
    EXPECT_EQ(Add(reassembler, Piece(0, 8)), "");
    EXPECT_THAT(Losses(reassembler), ElementsAre("a fragment of a packet that was given up"));
  }
}

TEST_P(BothVersions, TheOldestMakeRoom) {
  const std::string long_data(60000, 'x');
  constexpr uint32_t kPackets = 3 * FragmentReassembler::kMaxOctets / 60000;
  for (uint32_t i = 0; i < kPackets; ++i) {
    EXPECT_EQ(Add(reassembler_, With(Piece(0, 8, i), long_data)), "");
  }
  EXPECT_LE(reassembler_.pending() * long_data.size(), FragmentReassembler::kMaxOctets);
  const auto losses = reassembler_.TakeLosses();
  EXPECT_EQ(reassembler_.pending() + losses.size(), kPackets);
  EXPECT_EQ(losses[0].why, "no room for more fragments");
  EXPECT_FALSE(losses[0].is_timeout);
  Fragment last = With(Piece(0, 8, kPackets - 1), "");
  last.offset = long_data.size();
  last.is_last = true;
  EXPECT_EQ(Add(reassembler_, last), long_data) << "the youngest is still there";
}

TEST_P(BothVersions, SmallPacketsCostRoomToo) {
  for (uint32_t i = 0; i < 6000; ++i) Add(reassembler_, Piece(0, 8, i));
  EXPECT_LE(reassembler_.pending(),
            FragmentReassembler::kMaxOctets / FragmentReassembler::kOctetsToKeepOne);
}

// RFC 3168 5.3: congestion that one fragment met is the whole packet's.
TEST_P(BothVersions, CongestionOfOneFragmentIsTheWholePackets) {
  Fragment first = Piece(0, 16), last = Piece(16, 25);
  first.ecn = 2;
  last.ecn = 3;
  Add(reassembler_, first, At(absl::ZeroDuration()));
  const auto whole = reassembler_.Add(last, At(absl::ZeroDuration()));
  ASSERT_TRUE(whole.has_value());
  EXPECT_EQ(whole->ecn, 3);
  first.ecn = 0;
  Add(reassembler_, first);
  EXPECT_EQ(Add(reassembler_, last), "");
  EXPECT_THAT(Losses(reassembler_), ElementsAre("congestion, in a packet that can not tell of it"));
  EXPECT_EQ(reassembler_.pending(), 0);
}

INSTANTIATE_TEST_SUITE_P(Of, BothVersions, ::testing::Values(&kIpv4, &kIpv6),
                         [](const auto& info) { return info.param == &kIpv4 ? "Ipv4" : "Ipv6"; });

TEST(OverlapInIpv4, LeavesWhatCameLast) {  // RFC 791 3.2
  FragmentReassembler reassembler(kIpv4);
  EXPECT_EQ(Add(reassembler, Piece(0, 16)), "");
  EXPECT_EQ(Add(reassembler, With(Piece(8, 16), "ABCDEFGH")), "");
  EXPECT_EQ(Add(reassembler, Piece(16, 25)), "01234567ABCDEFGHghijklmno");
}

TEST(OverlapInIpv6, EndsThePacketAndWhatComesOfItLater) {  // RFC 5722 4
  FragmentReassembler reassembler(kIpv6);
  EXPECT_EQ(Add(reassembler, Piece(0, 16)), "");
  EXPECT_EQ(Add(reassembler, Piece(8, 16)), "");
  EXPECT_THAT(Losses(reassembler), ElementsAre("fragments overlap"));
  EXPECT_EQ(Add(reassembler, Piece(0, 16)), "");
  EXPECT_EQ(Add(reassembler, Piece(16, 25)), "");
  EXPECT_EQ(Losses(reassembler).size(), 2);
  EXPECT_EQ(Add(reassembler, Piece(0, 16), At(absl::Seconds(60))), "");
  EXPECT_EQ(Add(reassembler, Piece(16, 25), At(absl::Seconds(60))), kText);
  EXPECT_THAT(Losses(reassembler), IsEmpty());
}

}  // namespace
}  // namespace inet
