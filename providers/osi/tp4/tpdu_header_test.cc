#include "providers/osi/tp4/tpdu_header.h"

#include "gmock/gmock.h"
#include "providers/osi/tp4/tpdu_test_support.h"

namespace osi {
namespace {

using ::testing::ElementsAreArray;

TpduFault HeaderFault(absl::string_view hex) {
  const std::vector<uint8_t> octets = Octets(hex);
  const absl::StatusOr<TpduHeader> header = TpduHeader::Parse(octets);
  EXPECT_FALSE(header.ok()) << hex;
  return TpduFaultOf(header.status()).value_or(TpduFault{});
}

TEST(TpduHeader, LeadsToTheConnection) {
  const std::vector<uint8_t> ak = Octets("08 64 5678 00 C302 51AD");
  EXPECT_EQ(
      TpduHeader::Parse(ak).value(),
      (TpduHeader{.header_octets = 9, .type = TpduType::kAk, .destination_reference = 0x5678}));
}

TEST(TpduHeader, KnowsEveryTypeOfTheStandard) {
  for (absl::string_view code : {"10", "20", "50", "60", "70", "80", "C0", "D0", "E0", "F0"}) {
    const std::vector<uint8_t> octets = Octets(std::string("03") + std::string(code) + "0001");
    const absl::StatusOr<TpduHeader> header = TpduHeader::Parse(octets);
    ASSERT_TRUE(header.ok()) << code;
    EXPECT_EQ(static_cast<uint8_t>(header->type), octets[1]);
    EXPECT_NE(TpduTypeName(header->type), "?");
  }
}

TEST(TpduHeader, RefusesCodesOfNoTpdu) {
  for (absl::string_view code : {"00", "30", "40", "90", "A0", "B0"}) {
    EXPECT_EQ(HeaderFault(std::string("03") + std::string(code) + "0001"),
              (TpduFault{.kind = TpduFaultKind::kInvalidTpduType, .rejected_octets = 2}))
        << code;
  }
}

TEST(TpduHeader, RefusesLengthsThatCannotBe) {
  const TpduFault length{.kind = TpduFaultKind::kInvalidLength, .rejected_octets = 1};
  EXPECT_EQ(HeaderFault("FF 64 5678 00"), length) << "reserved";
  EXPECT_EQ(HeaderFault("05 64 5678 00"), length) << "beyond the NSDU";
  EXPECT_EQ(HeaderFault("02 64 5678 00"), length) << "no room for DST-REF";
  EXPECT_EQ(HeaderFault("00"), length) << "no room for a type";
  EXPECT_EQ(HeaderFault(""), (TpduFault{.kind = TpduFaultKind::kInvalidLength}));
}

TEST(TakeTpdu, SeparatesWhatWasConcatenated) {
  const std::vector<uint8_t> nsdu = Octets(
      "08 64 5678 00 C302 51AD  09 C0 5678 1234 C302 FE5C  08 F0 5678 00 C302 91AA", "hello ");
  ByteSpan rest(nsdu);
  EXPECT_THAT(TakeTpdu(rest).value(), ElementsAreArray(Octets("08645678 00 C30251AD")));
  EXPECT_THAT(TakeTpdu(rest).value(), ElementsAreArray(Octets("09C0 5678 1234 C302FE5C")));
  EXPECT_THAT(TakeTpdu(rest).value(), ElementsAreArray(Octets("08F05678 00 C30291AA", "hello ")));
  EXPECT_TRUE(rest.empty());
}

TEST(TakeTpdu, GivesAllThatFollowsToATpduWithUserData) {
  const std::vector<uint8_t> nsdu = Octets("04 F0 5678 80  04 64 5678 00");
  ByteSpan rest(nsdu);
  EXPECT_EQ(TakeTpdu(rest).value().size(), nsdu.size());
  EXPECT_TRUE(rest.empty());
}

TEST(TakeTpdu, SeparatesAnRjToo) {
  const std::vector<uint8_t> nsdu = Octets("04 54 5678 00  04 64 5678 00");
  ByteSpan rest(nsdu);
  EXPECT_EQ(TakeTpdu(rest).value().size(), 5u);
  EXPECT_EQ(rest.size(), 5u);
}

TEST(TakeTpdu, KeepsWhatCameBeforeAnErrorAndNothingAfter) {
  const std::vector<uint8_t> nsdu = Octets("04 64 5678 00  04 90 5678 00  04 64 5678 00");
  ByteSpan rest(nsdu);
  EXPECT_TRUE(TakeTpdu(rest).ok());
  EXPECT_FALSE(TakeTpdu(rest).ok());
  EXPECT_TRUE(rest.empty());
}

TEST(TpduFault, SaysWhatAnErTpduReports) {
  auto cause = [](TpduFaultKind kind) { return TpduFault{.kind = kind}.cause(); };
  EXPECT_EQ(cause(TpduFaultKind::kInvalidTpduType), RejectCause::kInvalidTpduType);
  EXPECT_EQ(cause(TpduFaultKind::kInvalidParameterCode), RejectCause::kInvalidParameterCode);
  EXPECT_EQ(cause(TpduFaultKind::kInvalidParameterValue), RejectCause::kInvalidParameterValue);
  EXPECT_EQ(cause(TpduFaultKind::kInvalidLength), RejectCause::kUnspecified);
  EXPECT_EQ(cause(TpduFaultKind::kProtocolError), RejectCause::kUnspecified);
}

TEST(TpduFault, TravelsWithTheStatus) {
  const TpduFault fault{.kind = TpduFaultKind::kInvalidParameterCode, .rejected_octets = 1234};
  EXPECT_EQ(TpduFaultOf(TpduError(fault, "why")), fault);
  EXPECT_EQ(TpduError(fault, "why").code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(TpduError({.kind = TpduFaultKind::kWrongChecksum}, "why").code(),
            absl::StatusCode::kDataLoss);
  EXPECT_EQ(TpduFaultOf(absl::InvalidArgumentError("of somebody else")), std::nullopt);
}

}  // namespace
}  // namespace osi
