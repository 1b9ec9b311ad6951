#include "tools/dissect/frame_dissector.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "providers/wire/codec_testing.h"

namespace wsim {
namespace {

constexpr absl::string_view kStations = "02 00 00 00 00 02  02 00 00 00 00 01";
constexpr absl::string_view kIpv4ToServer = "0A000001 0A000002";  // source, destination

std::string LabelOf(absl::string_view hex) {
  FrameDissector dissector;
  const std::vector<uint8_t> frame = wire::FromHex(hex);
  EXPECT_FALSE(frame.empty()) << hex;
  return dissector.Label(frame);
}

TEST(FrameDissector, ReadsTcpInIpv4) {
  EXPECT_EQ(LabelOf(absl::StrCat(kStations, "0800 45 00 0028 0000 4000 40 06 0000", kIpv4ToServer,
                                 "C000 1388 00000064 00000000 50 02 FFFF 0000 0000")),
            "SYN");
}

TEST(FrameDissector, ReadsIpv6BehindExtensionHeaders) {
  const absl::string_view addresses =
      "20010db8000000000000000000000001 20010db8000000000000000000000002";
  const absl::string_view syn = "C000 1388 00000064 00000000 50 02 FFFF 0000 0000";
  EXPECT_EQ(LabelOf(absl::StrCat(kStations, "86DD 60000000 0014 06 40", addresses, syn)), "SYN");
  EXPECT_EQ(LabelOf(absl::StrCat(kStations, "86DD 60000000 001C 3C 40", addresses,
                                 "06 00 01 04 00000000", syn)),
            "SYN");
  EXPECT_EQ(LabelOf(absl::StrCat(kStations, "86DD 60000000 0000 3B 40", addresses)),
            "IPv6 next header 59");
  EXPECT_EQ(LabelOf(absl::StrCat(kStations, "86DD 60000000 0008 2C 40", addresses,
                                 "06 00 0008 00000001")),
            "IPv6 fragment at 8");
  EXPECT_EQ(LabelOf(absl::StrCat(kStations, "86DD 60000000 0008 3A 40", addresses,
                                 "80 00 0000 0001 0001")),
            "ICMPv6 echo request");
}

TEST(FrameDissector, ReadsTransportClass4InClnp) {
  EXPECT_EQ(LabelOf(absl::StrCat(kStations, "002B FE FE 03",
                                 "81 1F 01 1E 3C 0028 3357 0A 49000100005E00530221"
                                 "0A 49000100005E00530121 08 64 5678 00 C302 51AD")),
            "AK 0, credit 4");
}

TEST(FrameDissector, RemembersConnectionsFromFrameToFrame) {
  FrameDissector dissector;
  const auto segment = [&](absl::string_view flags, absl::string_view seq) {
    return dissector.Label(
        wire::FromHex(absl::StrCat(kStations, "0800 45 00 0028 0000 4000 40 06 0000", kIpv4ToServer,
                                   "C000 1388", seq, "00000000 50", flags, "FFFF 0000 0000")));
  };
  EXPECT_EQ(segment("02", "00000064"), "SYN");
  EXPECT_EQ(segment("01", "00000065"), "FIN 1");
}

TEST(FrameDissector, NamesTheProtocolsThatItDoesNotRead) {
  EXPECT_EQ(LabelOf(absl::StrCat(kStations, "88CC 60")), "Ethernet type 88cc");
  EXPECT_EQ(LabelOf(absl::StrCat(kStations, "0003 42 42 03")), "LLC service access point 42");
  EXPECT_EQ(LabelOf(absl::StrCat(kStations, "0800 45 00 0014 0000 4000 40 2F 0000", kIpv4ToServer)),
            "IPv4 protocol 47");
  EXPECT_EQ(LabelOf(absl::StrCat(kStations, "0800 45 00 0018 0000 0010 40 06 0000", kIpv4ToServer,
                                 "00000000")),
            "IPv4 fragment at 128");
  EXPECT_EQ(LabelOf(absl::StrCat(kStations, "0800 45 00 001C 0000 4000 40 01 0000", kIpv4ToServer,
                                 "08 00 0000 0001 0001")),
            "ICMP echo request");
}

TEST(FrameDissector, NamesTheLayerThatCannotBeRead) {
  EXPECT_EQ(LabelOf("02"), "Ethernet, malformed");
  EXPECT_EQ(LabelOf(absl::StrCat(kStations, "0800 45")), "IPv4, malformed");
  EXPECT_EQ(LabelOf(absl::StrCat(kStations, "0001 FE")), "LLC, malformed");
  EXPECT_EQ(LabelOf(absl::StrCat(kStations, "0004 FE FE 03 81")), "CLNP, malformed");
  EXPECT_EQ(
      LabelOf(absl::StrCat(kStations, "0800 45 00 0015 0000 4000 40 01 0000", kIpv4ToServer, "08")),
      "ICMP, malformed");
}

TEST(FrameDissector, SaysSomethingOfEveryDamagedFrame) {
  const std::vector<uint8_t> golden =
      wire::FromHex(absl::StrCat(kStations, "002B FE FE 03",
                                 "81 1F 01 1E 3C 0028 3357 0A 49000100005E00530221"
                                 "0A 49000100005E00530121 08 64 5678 00 C302 51AD"));
  FrameDissector dissector;
  const auto expect_label = [&](wire::ByteSpan frame) {
    const std::string label = dissector.Label(frame);
    EXPECT_FALSE(label.empty());
    EXPECT_EQ(label.find('\n'), std::string::npos);
  };
  wire::ForEveryTruncation(golden, expect_label);
  wire::ForMutations(golden, /*seed=*/1, /*count=*/2000, expect_label);
}

}  // namespace
}  // namespace wsim
