#include "providers/osi/clnp/clnp_route.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/osi/clnp/clnp_fault.h"
#include "providers/wire/codec_testing.h"

namespace osi {
namespace {

using ::testing::ElementsAre;

const Nsap kOne = Nsap::Local(1, {0, 0, 0x5E, 0, 0x53, 1}, 0);
const Nsap kTwo = Nsap::Local(1, {0, 0, 0x5E, 0, 0x53, 2}, 0);

// Partial, over 1 and 2; 1 has been reached.
const std::vector<uint8_t> kGolden = {
    0x00, 0x0E,                                                        // type, offset
    0x0A, 0x49, 0x00, 0x01, 0x00, 0x00, 0x5E, 0x00, 0x53, 0x01, 0x00,  // 1
    0x0A, 0x49, 0x00, 0x01, 0x00, 0x00, 0x5E, 0x00, 0x53, 0x02, 0x00,  // 2
};

TEST(ClnpSourceRoute, GoldenOctets) {
  const ClnpSourceRoute route{.path = {kOne, kTwo}, .next = 1};
  EXPECT_EQ(*ClnpSourceRoute::Parse(kGolden), route);
  EXPECT_EQ(route.ToValue(), kGolden);
}

TEST(ClnpSourceRoute, EveryPlaceOnTheWay) {
  for (bool is_complete : {false, true}) {
    for (size_t next = 0; next <= 2; ++next) {
      const ClnpSourceRoute route{.is_complete = is_complete, .path = {kOne, kTwo}, .next = next};
      EXPECT_EQ(*ClnpSourceRoute::Parse(route.ToValue()), route);
      EXPECT_EQ(route.is_over(), next == 2);
    }
  }
}

TEST(ClnpSourceRoute, EachRuleBrokenOnce) {
  EXPECT_EQ(ClnpFaultOf(ClnpSourceRoute::Parse({}).status())->reason,
            DiscardReason::kSourceRoutingSyntaxError);
  EXPECT_FALSE(ClnpSourceRoute::Parse(wire::WithOctet(kGolden, 0, 2)).ok());   // type
  EXPECT_FALSE(ClnpSourceRoute::Parse(wire::WithOctet(kGolden, 1, 4)).ok());   // within a title
  EXPECT_FALSE(ClnpSourceRoute::Parse(wire::WithOctet(kGolden, 1, 26)).ok());  // beyond the end
  EXPECT_FALSE(ClnpSourceRoute::Parse(wire::WithOctet(kGolden, 2, 30)).ok());  // a title's length
  wire::ForEveryTruncation(kGolden, [](wire::ByteSpan cut) {
    const auto route = ClnpSourceRoute::Parse(cut);
    // A cut where a title ends leaves a shorter route, which 1 was the last of.
    EXPECT_EQ(route.ok(), cut.size() == 13) << cut.size();
  });
}

TEST(RecordOfRoute, SystemsAddTheirTitlesUntilTheRoomIsUsedUp) {
  std::vector<uint8_t> value = EmptyRecordOfRoute(false, 27);
  EXPECT_THAT(RecordedSystems(value), ElementsAre());
  RecordSystem(value, kOne);
  EXPECT_EQ(value[1], 0x0E);
  EXPECT_THAT(RecordedSystems(value), ElementsAre(kOne));
  RecordSystem(value, kTwo);
  EXPECT_THAT(RecordedSystems(value), ElementsAre(kOne, kTwo));
  RecordSystem(value, kOne);
  EXPECT_EQ(value[1], 255);
  EXPECT_THAT(RecordedSystems(value), ElementsAre(kOne, kTwo));
  RecordSystem(value, kOne);  // it stays so
  EXPECT_THAT(RecordedSystems(value), ElementsAre(kOne, kTwo));
  EXPECT_EQ(value.size(), 29u);
}

TEST(RecordOfRoute, MutationsBreakNothing) {
  std::vector<uint8_t> value = EmptyRecordOfRoute(true, 22);
  RecordSystem(value, kOne);
  wire::ForMutations(value, 11, 3000, [](wire::ByteSpan damaged) {
    std::vector<uint8_t> copy(damaged.begin(), damaged.end());
    RecordedSystems(copy);
    RecordSystem(copy, kTwo);
    EXPECT_EQ(copy.size(), damaged.size());
  });
}

}  // namespace
}  // namespace osi
