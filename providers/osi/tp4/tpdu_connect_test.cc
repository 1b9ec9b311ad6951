#include "providers/osi/tp4/tpdu_connect.h"

#include "providers/osi/tp4/tpdu_test_support.h"

namespace osi {
namespace {

constexpr absl::string_view kCrHeader =
    "29 E4 0000 1234 40 C104 54532D41 C204 54532D42 C0010A C40101 C60101 850200C8 F2040000EA60 "
    "C30274B7";
constexpr absl::string_view kCcHeader =
    "26 D4 1234 5678 40 C104 54532D41 C204 54532D42 C0010A C60101 850200C8 F2040000EA60 C3027506";

void FillInWhatBothSay(ConnectTpduContent& content) {
  content.credit = 4;
  content.calling_tsap_id = Text("TS-A");
  content.called_tsap_id = Text("TS-B");
  content.maximum_tpdu_size = 1024;
  content.additional_options = AdditionalOptions{};
  content.acknowledge_time = 200;
  content.inactivity_time = 60000;
}

CrTpdu RequestWithData() {
  CrTpdu cr;
  FillInWhatBothSay(cr);
  cr.source_reference = 0x1234;
  cr.states_version = true;
  cr.user_data = Text("hi");
  return cr;
}

CcTpdu ConfirmWithData() {
  CcTpdu cc;
  FillInWhatBothSay(cc);
  cc.destination_reference = 0x1234;
  cc.source_reference = 0x5678;
  cc.user_data = Text("accept-data-from-B");
  return cc;
}

// A CR with one parameter before its checksum.
std::vector<uint8_t> CrWith(absl::string_view parameter) {
  const size_t octets = Octets(parameter).size();
  return Summed(absl::StrCat(absl::Hex(10 + octets, absl::kZeroPad2), "E0 0000 0001 40 ", parameter,
                             " C3020000"));
}

std::vector<uint8_t> CcWith(absl::string_view parameter) {
  const size_t octets = Octets(parameter).size();
  return Octets(
      absl::StrCat(absl::Hex(6 + octets, absl::kZeroPad2), "D0 0001 0002 40 ", parameter));
}

TEST(CrTpdu, OctetsAndFieldsAgree) {
  const std::vector<uint8_t> octets = Octets(kCrHeader, "hi");
  EXPECT_EQ(CrTpdu::Parse(octets).value(), RequestWithData());
  EXPECT_EQ(Written(RequestWithData()), octets);
  ExpectTruncationsRefused(octets);
}

TEST(CcTpdu, OctetsAndFieldsAgree) {
  const std::vector<uint8_t> octets = Octets(kCcHeader, "accept-data-from-B");
  EXPECT_EQ(CcTpdu::Parse(octets).value(), ConfirmWithData());
  EXPECT_EQ(Written(ConfirmWithData()), octets);
  ExpectTruncationsRefused(octets);
}

TEST(CcTpdu, CarriesEveryParameterInADefinedOrder) {
  CcTpdu cc;
  cc.destination_reference = 1;
  cc.source_reference = 2;
  cc.extended_formats = true;
  cc.maximum_tpdu_size = 8192;
  cc.preferred_maximum_tpdu_size = 0x0102;
  cc.states_version = true;
  cc.protection = Text("p");
  cc.additional_options = AdditionalOptions{.transport_expedited = false, .checksum_non_use = true};
  cc.alternative_classes = {2, 0};
  cc.acknowledge_time = 0x0304;
  cc.quality = {.throughput = Throughput{},
                .residual_error_rate = ResidualErrorRate{.target = 1},
                .priority = 0x0506,
                .transit_delay = TransitDelay{}};
  cc.inactivity_time = 0x0708090A;
  cc.checksum = false;
  const std::vector<uint8_t> octets = Octets(
      "45 D0 0001 0002 42 C0010D F0020102 C40101 C50170 C60102 C7022000 85020304"
      "890C000000000000000000000000 8603010000 87020506 88080000000000000000 F2040708090A");
  EXPECT_EQ(Written(cc), octets);
  EXPECT_EQ(CcTpdu::Parse(octets).value(), cc);
}

TEST(CrTpdu, LeavesTheDefaultsToWhatIsAbsent) {
  const CrTpdu cr = CrTpdu::Parse(CrWith("")).value();
  EXPECT_EQ(cr.maximum_tpdu_size.value_or(CrTpdu::kDefaultTpduSize), 128);
  const AdditionalOptions options = cr.additional_options.value_or(AdditionalOptions{});
  EXPECT_TRUE(options.transport_expedited);
  EXPECT_FALSE(options.checksum_non_use);
}

TEST(CrTpdu, IgnoresAnUnknownParameter) {
  EXPECT_TRUE(CrTpdu::Parse(CrWith("8B020001")).ok()) << "reassignment time, not of class 4";
  EXPECT_TRUE(CrTpdu::Parse(CrWith("0100")).ok());
}

TEST(CcTpdu, RefusesAnUnknownParameter) {
  const TpduFault fault{.kind = TpduFaultKind::kInvalidParameterCode, .rejected_octets = 8};
  EXPECT_EQ(FaultIn(CcWith("8B020001")), fault) << "reassignment time, not of class 4";
  EXPECT_EQ(FaultIn(CcWith("0100")), fault);
}

TEST(CrTpdu, TreatsMostBadValuesAsAbsent) {
  EXPECT_EQ(CrTpdu::Parse(CrWith("C00106"))->maximum_tpdu_size, std::nullopt);
  EXPECT_EQ(CrTpdu::Parse(CrWith("8501FF"))->acknowledge_time, std::nullopt);
  EXPECT_EQ(CrTpdu::Parse(CrWith("880100"))->quality.transit_delay, std::nullopt);
}

TEST(CrTpdu, RefusesBadValuesThatDecideWhatIsConnected) {
  const std::string long_tsap_id = absl::StrCat("C221", std::string(66, '7'));
  for (absl::string_view parameter :
       {absl::string_view("C600"), absl::string_view("C6020101"), absl::string_view("C700"),
        absl::string_view("C70121"), absl::string_view("C70150"), absl::string_view("C100"),
        absl::string_view("C200"), absl::string_view(long_tsap_id)}) {
    EXPECT_EQ(FaultIn(CrWith(parameter)),
              (TpduFault{.kind = TpduFaultKind::kInvalidParameterValue,
                         .rejected_octets = 7 + Octets(parameter).size()}))
        << parameter;
  }
}

TEST(CcTpdu, RefusesEveryBadValue) {
  for (absl::string_view parameter :
       {"C00106", "C0010E", "C0020707", "F00100", "F000", "F0050000000001", "C40102", "C400",
        "C6020101", "C70121", "850100", "890100", "860100", "870100", "880100", "F20100", "C100"}) {
    EXPECT_EQ(FaultIn(CcWith(parameter)),
              (TpduFault{.kind = TpduFaultKind::kInvalidParameterValue,
                         .rejected_octets = 7 + Octets(parameter).size()}))
        << parameter;
  }
}

TEST(CrTpdu, ReadsEveryTpduSizeAsOctets) {
  for (int code = 7; code <= 13; ++code) {
    const std::vector<uint8_t> octets = CrWith(absl::StrCat("C0010", absl::Hex(code)));
    const CrTpdu cr = CrTpdu::Parse(octets).value();
    EXPECT_EQ(cr.maximum_tpdu_size, 1 << code);
    EXPECT_EQ(Written(cr), octets);
  }
}

TEST(CrTpdu, CarriesAChecksumInClass4) {
  EXPECT_EQ(FaultIn(Octets("06 E0 0000 0001 40")),
            (TpduFault{.kind = TpduFaultKind::kProtocolError, .rejected_octets = 7}));
}

TEST(CrTpdu, OfAnotherClassIsReadSoThatItCanBeRefusedProperly) {
  const CrTpdu cr = CrTpdu::Parse(Octets("06 E0 0000 0001 21")).value();
  EXPECT_EQ(cr.preferred_class, 2);
  EXPECT_TRUE(cr.no_explicit_flow_control);
  EXPECT_FALSE(cr.checksum);
}

TEST(CrTpdu, RefusesBadFixedFields) {
  auto at = [](size_t octets) {
    return TpduFault{.kind = TpduFaultKind::kInvalidParameterValue, .rejected_octets = octets};
  };
  EXPECT_EQ(FaultIn(Summed("0A E0 0001 0001 40 C3020000")), at(4)) << "DST-REF";
  EXPECT_EQ(FaultIn(Summed("0A E0 0000 0000 40 C3020000")), at(6)) << "SRC-REF";
  EXPECT_EQ(FaultIn(Summed("0A E0 0000 0001 50 C3020000")), at(7)) << "class 5";
  EXPECT_EQ(FaultIn(Summed("0A E0 0000 0001 44 C3020000")), at(7)) << "reserved option";
  EXPECT_EQ(FaultIn(Summed("0A E0 0000 0001 41 C3020000")), at(7)) << "class 4 has flow control";
}

TEST(CcTpdu, RefusesBadFixedFields) {
  auto at = [](size_t octets) {
    return TpduFault{.kind = TpduFaultKind::kInvalidParameterValue, .rejected_octets = octets};
  };
  EXPECT_EQ(FaultIn(Octets("06 D0 0000 0002 40")), at(4)) << "DST-REF";
  EXPECT_EQ(FaultIn(Octets("06 D0 0001 0000 40")), at(6)) << "SRC-REF";
  EXPECT_EQ(FaultIn(Octets("06 D0 0001 0002 60")), at(7)) << "class 6";
}

TEST(CrTpdu, CarriesAtMost32OctetsOfUserData) {
  CrTpdu cr;
  cr.source_reference = 1;
  cr.user_data.assign(32, 'x');
  EXPECT_EQ(CrTpdu::Parse(Written(cr)).value(), cr);
  cr.user_data.push_back('x');
  EXPECT_EQ(FaultIn(Written(cr)),
            (TpduFault{.kind = TpduFaultKind::kProtocolError, .rejected_octets = 11 + 33}));
}

TEST(CrTpdu, HasAtMost128Octets) {
  CrTpdu cr;
  cr.source_reference = 1;
  cr.protection = std::vector<uint8_t>(128 - 11 - 2, 'x');
  EXPECT_EQ(CrTpdu::Parse(Written(cr)).value(), cr);
  cr.protection->push_back('x');
  EXPECT_EQ(FaultIn(Written(cr)),
            (TpduFault{.kind = TpduFaultKind::kProtocolError, .rejected_octets = 129}));
}

}  // namespace
}  // namespace osi
