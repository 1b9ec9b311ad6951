#include "providers/osi/clnp/nsap.h"

#include <vector>

#include "absl/hash/hash_testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/wire/codec_testing.h"

namespace osi {
namespace {

using ::testing::ElementsAreArray;
using wire::FromHex;

const Nsap::SystemId kNode1 = {0x00, 0x00, 0x5E, 0x00, 0x53, 0x01};

TEST(Nsap, OfASimulatedSystemHasTenOctets) {
  const Nsap nsap = Nsap::Local(1, kNode1, Nsap::kTransportSelector);
  EXPECT_THAT(nsap.octets(), ElementsAreArray(FromHex("49 0001 00005E005301 21")));
  EXPECT_EQ(nsap.selector(), Nsap::kTransportSelector);
}

TEST(Nsap, TextAndOctetsAgree) {
  const Nsap nsap = Nsap::Local(1, kNode1, Nsap::kTransportSelector);
  EXPECT_EQ(nsap.ToText(), "49.0001.0000.5e00.5301.21");
  EXPECT_EQ(Nsap::FromText("49.0001.0000.5E00.5301.21").value(), nsap);
  EXPECT_EQ(Nsap::FromText("49000100005e00530121").value(), nsap);
  EXPECT_EQ(Nsap::FromText("49.00.01.00005e005301.21").value(), nsap);
}

TEST(Nsap, EveryLengthSurvivesItsText) {
  std::vector<uint8_t> octets;
  for (size_t size = 1; size <= Nsap::kMaxSize; ++size) {
    octets.push_back(static_cast<uint8_t>(0x30 + size));
    const Nsap nsap = Nsap::FromOctets(octets).value();
    EXPECT_EQ(Nsap::FromText(nsap.ToText()).value(), nsap) << nsap.ToText();
  }
  octets.push_back(0);
  EXPECT_FALSE(Nsap::FromOctets(octets).ok()) << "21 octets";
  EXPECT_FALSE(Nsap::FromOctets({}).ok());
}

TEST(Nsap, TextThatIsNoAddressIsRefused) {
  for (absl::string_view text :
       {"", ".", "4", "49.", ".49", "49..00", "49.0", "4.9", "49.00g1", "49 00", "0x49",
        "49.0001.0000.5e00.5301.2149.0001.0000.5e00.5301.21.00"}) {
    EXPECT_FALSE(Nsap::FromText(text).ok()) << text;
  }
}

TEST(Nsap, ASystemIsAddressedByAnotherSelectorToo) {
  const Nsap transport = Nsap::Local(1, kNode1, Nsap::kTransportSelector);
  EXPECT_EQ(transport.WithSelector(Nsap::kNetworkSelector).ToText(), "49.0001.0000.5e00.5301.00");
  EXPECT_TRUE(Nsap().WithSelector(1).empty());
}

TEST(Nsap, AddressesHaveOneOrder) {
  const Nsap a = Nsap::FromText("49.00").value();
  const Nsap b = Nsap::FromText("49.0000").value();
  const Nsap c = Nsap::FromText("49.01").value();
  EXPECT_LT(Nsap(), a);
  EXPECT_LT(a, b);
  EXPECT_LT(b, c);
  EXPECT_TRUE(absl::VerifyTypeImplementsAbslHashCorrectly({Nsap(), a, b, c}));
}

}  // namespace
}  // namespace osi
