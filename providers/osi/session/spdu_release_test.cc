#include "providers/osi/session/spdu_release.h"

#include "providers/osi/session/spdu_test_support.h"

namespace osi {
namespace {

TEST(FnSpdu, OctetsAndFieldsAgree) {
  const std::vector<uint8_t> octets = Octets("0913 110101 C10E", "client-total=2");
  const FnSpdu fn{.user_data = Text("client-total=2")};
  EXPECT_EQ(Read<FnSpdu>(octets), fn);
  EXPECT_EQ(Written(fn), octets);
  ExpectTruncationsRefused(octets);
}

TEST(FnSpdu, MayKeepTheTransportConnection) {
  const FnSpdu fn{.releases_transport = false};
  EXPECT_EQ(Written(fn), Octets("0903 110100"));
  EXPECT_EQ(Read<FnSpdu>(Written(fn)), fn);
}

TEST(FnSpdu, ReleasesTheTransportConnectionUnlessItSaysOtherwise) {
  EXPECT_TRUE(Read<FnSpdu>(Octets("0900")).releases_transport);
}

TEST(FnSpdu, UserDataOf254OctetsAndMoreHaveTheirLengthInTheLongForm) {
  const FnSpdu almost{.user_data = std::vector<uint8_t>(246, 'x')};
  EXPECT_EQ(Written(almost).size(), 2u + 3 + 2 + 246) << "LI 251";
  EXPECT_EQ(Read<FnSpdu>(Written(almost)), almost);

  const FnSpdu both{.user_data = std::vector<uint8_t>(255, 'x')};
  const std::vector<uint8_t> octets = Octets("09 FF0106 110101 C1 FF00FF", std::string(255, 'x'));
  EXPECT_EQ(Written(both), octets);
  EXPECT_EQ(Read<FnSpdu>(octets), both);
  ExpectTruncationsRefused(octets);

  const FnSpdu edge{.user_data = std::vector<uint8_t>(254 - 5, 'x')};
  EXPECT_EQ(Written(edge)[1], 254) << "the longest short form";
  EXPECT_EQ(Read<FnSpdu>(Written(edge)), edge);
}

TEST(FnSpdu, CarriesAsMuchAsOneSpduHolds) {
  const FnSpdu fn{.user_data = std::vector<uint8_t>(65535 - 3 - 4, 'x')};
  EXPECT_EQ(Written(fn).size(), 65539u);
  EXPECT_EQ(Read<FnSpdu>(Written(fn)), fn);
}

TEST(FnSpdu, AShortLengthInTheLongFormIsRead) {
  EXPECT_EQ(Read<FnSpdu>(Octets("09 FF0007 11FF000101 C100")).user_data, Text(""));
}

TEST(FnSpdu, CarriesItsPlaceInASegmentedSsdu) {
  const FnSpdu fn{.enclosure = Enclosure{.beginning = true}, .user_data = Text("a")};
  EXPECT_EQ(Written(fn), Octets("0909 110101 190101 C10161"));
  EXPECT_EQ(Read<FnSpdu>(Written(fn)), fn);
}

TEST(FnSpdu, RefusesWhatItDoesNotCarry) {
  ExpectRefused("0903 320100", "no parameter 50");
  ExpectRefused("0906 110101 110101", "twice");
  ExpectRefused("0904 11020101", "parameter 17");
  ExpectRefused("0903 190104", "parameter 25");
  ExpectRefused("0903 110201", "beyond LI");
  ExpectRefused("0904 110101", "LI beyond the TSDU");
  ExpectRefused("0903 110101 00", "more in the same TSDU");
}

TEST(DnSpdu, OctetsAndFieldsAgree) {
  const std::vector<uint8_t> octets = Octets("0A16 C114", "server-grand-total=4");
  const DnSpdu dn{.user_data = Text("server-grand-total=4")};
  EXPECT_EQ(Read<DnSpdu>(octets), dn);
  EXPECT_EQ(Written(dn), octets);
  ExpectTruncationsRefused(octets);
}

TEST(DnSpdu, NeedsNoParameters) {
  EXPECT_EQ(Written(DnSpdu{}), Octets("0A00"));
  EXPECT_EQ(Read<DnSpdu>(Octets("0A00")), DnSpdu{});
}

TEST(DnSpdu, RefusesWhatItDoesNotCarry) {
  ExpectRefused("0A03 110101", "no parameter 17");
  ExpectRefused("0A02 1900", "parameter 25");
}

TEST(NfSpdu, OctetsAndFieldsAgree) {
  const NfSpdu nf{.enclosure = Enclosure{.end = true}, .user_data = Text("not yet")};
  const std::vector<uint8_t> octets = Octets("080C 190102 C107", "not yet");
  EXPECT_EQ(Written(nf), octets);
  EXPECT_EQ(Read<NfSpdu>(octets), nf);
  ExpectTruncationsRefused(octets);
}

TEST(NfSpdu, RefusesWhatItDoesNotCarry) { ExpectRefused("0803 110101", "no parameter 17"); }

}  // namespace
}  // namespace osi
