#include "providers/osi/tp4/tpdu_data.h"

#include "providers/osi/tp4/tpdu_test_support.h"

namespace osi {
namespace {

TEST(DtTpdu, OctetsAndFieldsAgree) {
  const std::vector<uint8_t> octets = Octets("08 F0 5678 00 C302 91AA", "hello ");
  const std::vector<uint8_t> hello = Text("hello ");
  const DtTpdu dt{.destination_reference = 0x5678, .user_data = hello};
  EXPECT_EQ(DtTpdu::Parse(octets, TpduFormat::kNormal).value(), dt);
  EXPECT_EQ(Written(dt), octets);
  ExpectTruncationsRefused(octets);
}

TEST(DtTpdu, RefersToTheUserDataWithoutCopying) {
  const std::vector<uint8_t> octets = Octets("08 F0 5678 00 C302 91AA", "hello ");
  const DtTpdu dt = DtTpdu::Parse(octets, TpduFormat::kNormal).value();
  EXPECT_EQ(dt.user_data.data(), octets.data() + dt.header_octets());
}

TEST(DtTpdu, CountsIn31BitsInTheExtendedFormat) {
  const std::vector<uint8_t> octets = Octets("07 F0 5678 FFFFFFFE 4142");
  const std::vector<uint8_t> ab = Text("AB");
  const DtTpdu dt{.format = TpduFormat::kExtended,
                  .destination_reference = 0x5678,
                  .end_of_tsdu = true,
                  .number = 0x7FFFFFFE,
                  .checksum = false,
                  .user_data = ab};
  EXPECT_EQ(DtTpdu::Parse(octets, TpduFormat::kExtended).value(), dt);
  EXPECT_EQ(Written(dt), octets);
}

TEST(DtTpdu, EndOfTsduIsTheTopBitOfTheNumber) {
  const DtTpdu last{
      .destination_reference = 1, .end_of_tsdu = true, .number = 0x7F, .checksum = false};
  EXPECT_EQ(Written(last), Octets("04 F0 0001 FF"));
  EXPECT_EQ(DtTpdu::Parse(Written(last), TpduFormat::kNormal).value(), last);
}

TEST(DtTpdu, WritesAHeaderInFrontOfUserDataThatLiesElsewhere) {
  const std::vector<uint8_t> user_data(1000, 0x5A);
  for (TpduFormat format : {TpduFormat::kNormal, TpduFormat::kExtended}) {
    for (bool checksum : {true, false}) {
      const DtTpdu dt{.format = format,
                      .destination_reference = 0x0102,
                      .end_of_tsdu = true,
                      .number = 77,
                      .checksum = checksum,
                      .user_data = user_data};
      std::vector<uint8_t> frame(dt.header_octets());
      dt.WriteHeaderTo(absl::MakeSpan(frame));
      frame.insert(frame.end(), user_data.begin(), user_data.end());
      EXPECT_EQ(frame, Written(dt));
      EXPECT_EQ(DtTpdu::Parse(frame, format).value(), dt);
      EXPECT_EQ(ChecksumHolds(frame), checksum);
    }
  }
}

TEST(DtTpdu, TellsAWrongChecksumFromAMalformedTpdu) {
  std::vector<uint8_t> octets = Octets("08 F0 5678 00 C302 91AA", "hello ");
  octets.back() ^= 0x01;
  const absl::Status status = DtTpdu::Parse(octets, TpduFormat::kNormal).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(TpduFaultOf(status)->kind, TpduFaultKind::kWrongChecksum);
}

TEST(DtTpdu, ADamagedTypeIsAWrongChecksumFirst) {
  EXPECT_EQ(FaultIn(Octets("08 F4 5678 00 C302 91AA", "hello ")).kind,
            TpduFaultKind::kWrongChecksum);
}

TEST(DtTpdu, RefusesAnyOtherParameter) {
  EXPECT_EQ(FaultIn(Octets("08 F0 0001 80 80020001", "x")),
            (TpduFault{.kind = TpduFaultKind::kInvalidParameterCode, .rejected_octets = 6}));
}

TEST(DtTpdu, RefusesAFixedPartShorterThanItsFormat) {
  EXPECT_EQ(FaultIn(Octets("04 F0 0001 80"), TpduFormat::kExtended),
            (TpduFault{.kind = TpduFaultKind::kInvalidLength, .rejected_octets = 1}));
}

TEST(DtTpdu, RefusesAParameterBeyondTheHeader) {
  EXPECT_EQ(FaultIn(Octets("07 F0 0001 80 C30291 AA")),
            (TpduFault{.kind = TpduFaultKind::kInvalidLength, .rejected_octets = 6}));
}

TEST(DtTpdu, RefusesAChecksumOfTheWrongLength) {
  EXPECT_EQ(FaultIn(Octets("07 F0 0001 80 C30191", "x")),
            (TpduFault{.kind = TpduFaultKind::kInvalidParameterValue, .rejected_octets = 8}));
}

TEST(EdTpdu, OctetsAndFieldsAgree) {
  const std::vector<uint8_t> octets = Octets("08 10 5678 80 C302 A694", "urgent");
  const std::vector<uint8_t> urgent = Text("urgent");
  const EdTpdu ed{.destination_reference = 0x5678, .user_data = urgent};
  EXPECT_EQ(EdTpdu::Parse(octets, TpduFormat::kNormal).value(), ed);
  EXPECT_EQ(Written(ed), octets);
  ExpectTruncationsRefused(octets);
}

TEST(EdTpdu, CountsIn31BitsInTheExtendedFormat) {
  const std::vector<uint8_t> octets = Octets("07 10 5678 80000102 41");
  const EdTpdu ed = EdTpdu::Parse(octets, TpduFormat::kExtended).value();
  EXPECT_EQ(ed.number, 0x102u);
  EXPECT_EQ(Written(ed), octets);
}

TEST(EdTpdu, IsNeverSegmented) {
  EXPECT_EQ(FaultIn(Octets("04 10 0001 00", "x")),
            (TpduFault{.kind = TpduFaultKind::kInvalidParameterValue, .rejected_octets = 5}));
}

TEST(EdTpdu, CarriesOneToSixteenOctets) {
  EXPECT_EQ(FaultIn(Octets("04 10 0001 80")),
            (TpduFault{.kind = TpduFaultKind::kProtocolError, .rejected_octets = 5}));
  EXPECT_TRUE(ParseTpdu(Octets("04 10 0001 80", std::string(16, 'x')), TpduFormat::kNormal).ok());
  EXPECT_EQ(FaultIn(Octets("04 10 0001 80", std::string(17, 'x'))),
            (TpduFault{.kind = TpduFaultKind::kProtocolError, .rejected_octets = 5 + 17}));
}

TEST(EdTpdu, RefusesAnyOtherParameter) {
  EXPECT_EQ(FaultIn(Octets("08 10 0001 80 80020001", "x")).kind,
            TpduFaultKind::kInvalidParameterCode);
}

}  // namespace
}  // namespace osi
