#include "providers/osi/session/spdu_abort.h"

#include "providers/osi/session/spdu_test_support.h"

namespace osi {
namespace {

TEST(AbSpdu, OctetsAndFieldsAgree) {
  const std::vector<uint8_t> octets = Octets("1908 110103 C103", "bye");
  const AbSpdu ab{.transport_disconnect = {.user_abort = true}, .user_data = Text("bye")};
  EXPECT_EQ(Read<AbSpdu>(octets), ab);
  EXPECT_EQ(Written(ab), octets);
  ExpectTruncationsRefused(octets);
}

TEST(AbSpdu, ReflectsTheFirstOctetsOfWhatWasNotUnderstood) {
  const std::vector<uint8_t> offending = Octets("0100 0100 0102030405060708");
  const AbSpdu ab = AbSpdu::ForProtocolError(offending);
  EXPECT_EQ(Written(ab), Octets("190E 110105 3109 0100010001 02030405"));
  EXPECT_EQ(Read<AbSpdu>(Written(ab)), ab);
  EXPECT_EQ(Written(AbSpdu::ForProtocolError(Octets("FF"))), Octets("1906 110105 3101FF"));
}

TEST(AbSpdu, SaysWhyInSeparateBits) {
  const AbSpdu ab{.transport_disconnect = {.releases_transport = false,
                                           .no_reason = true,
                                           .implementation_restriction = true},
                  .enclosure = Enclosure{.beginning = true, .end = true}};
  EXPECT_EQ(Written(ab), Octets("1906 110118 190103"));
  EXPECT_EQ(Read<AbSpdu>(Written(ab)), ab);
}

TEST(AbSpdu, RefusesWhatItDoesNotCarry) {
  ExpectRefused("1900", "mandatory");
  ExpectRefused("1905 C103627965", "mandatory");
  ExpectRefused("1902 1100", "parameter 17");
  ExpectRefused("190F 110105 310A 01020304050607080910", "parameter 49");
  ExpectRefused("1906 110101 310101", "without a protocol error");
  ExpectRefused("1906 110101 190104", "parameter 25");
  ExpectRefused("1906 110101 160101", "no parameter 22");
}

TEST(AaSpdu, HasNoParameters) {
  EXPECT_EQ(Written(AaSpdu{}), Octets("1A00"));
  EXPECT_EQ(Read<AaSpdu>(Octets("1A00")), AaSpdu{});
  ExpectRefused("1A03 110101", "no parameter 17");
  ExpectRefused("1A", "LI beyond the TSDU");
}

}  // namespace
}  // namespace osi
