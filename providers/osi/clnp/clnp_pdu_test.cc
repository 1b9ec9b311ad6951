#include "providers/osi/clnp/clnp_pdu.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "providers/osi/checksum/iso_checksum.h"
#include "providers/wire/codec_testing.h"

namespace osi {
namespace {

using wire::ByteSpan;
using wire::FromHex;

const Nsap kNode1 = Nsap::FromText("49.0001.0000.5e00.5301.21").value();
const Nsap kNode2 = Nsap::FromText("49.0001.0000.5e00.5302.21").value();

// From node 1 to node 2 with an AK TPDU, as it stands behind LLC in an Ethernet frame.
const std::vector<uint8_t>& AkInClnp() {
  static const std::vector<uint8_t>* const kOctets = new std::vector<uint8_t>(
      FromHex("81 1F 01 1E 3C 0028 3357 0A 49000100005E00530221 0A 49000100005E00530121"
              "08 64 5678 00 C302 51AD"));
  return *kOctets;
}

ClnpDataPdu FromNode1ToNode2(ByteSpan data) {
  return {.lifetime = 30,
          .error_report_allowed = true,
          .destination = kNode2,
          .source = kNode1,
          .data = data};
}

std::vector<uint8_t> Written(const ClnpDataPdu& pdu) {
  std::vector<uint8_t> out;
  pdu.AppendTo(out);
  return out;
}

std::vector<uint8_t> Written(const ClnpErrorReportPdu& pdu) {
  std::vector<uint8_t> out;
  pdu.AppendTo(out);
  return out;
}

// `octets` with the checksum of their header made right.
std::vector<uint8_t> Summed(std::vector<uint8_t> octets) {
  StoreChecksum(absl::MakeSpan(octets).first(octets[1]), 7);
  return octets;
}

// The fault for which `octets` are discarded. Fails the test where they are not.
ClnpFault FaultIn(ByteSpan octets) {
  const absl::StatusOr<ClnpPdu> pdu = ParseClnpPdu(octets);
  if (pdu.ok()) {
    ADD_FAILURE() << "accepted";
    return {};
  }
  EXPECT_TRUE(absl::StrContains(pdu.status().message(), "ISO 8473 ")) << pdu.status();
  const std::optional<ClnpFault> fault = ClnpFaultOf(pdu.status());
  EXPECT_TRUE(fault.has_value()) << pdu.status();
  return fault.value_or(ClnpFault{});
}

ClnpFault Syntax(uint8_t octet) {
  return {.reason = DiscardReason::kHeaderSyntaxError, .octet = octet};
}

TEST(ClnpDataPdu, OctetsAndFieldsAgree) {
  const std::vector<uint8_t> ak = FromHex("08 64 5678 00 C302 51AD");
  EXPECT_EQ(ClnpDataPdu::Parse(AkInClnp()).value(), FromNode1ToNode2(ak));
  EXPECT_EQ(Written(FromNode1ToNode2(ak)), AkInClnp());
}

TEST(ClnpDataPdu, OctetsOfAHeaderAloneAgree) {
  EXPECT_EQ(Written(FromNode1ToNode2({})),
            FromHex("81 1F 01 1E 3C 001F 454E 0A 49000100005E00530221 0A 49000100005E00530121"));
}

TEST(ClnpDataPdu, EveryTruncationIsRefused) {
  wire::ForEveryTruncation(AkInClnp(), [](ByteSpan octets) {
    EXPECT_FALSE(ParseClnpPdu(octets).ok()) << octets.size() << " octets";
  });
}

TEST(ClnpDataPdu, DoesNotLookAtThePaddingOfAFrame) {
  std::vector<uint8_t> padded = AkInClnp();
  padded.insert(padded.end(), 3, 0);
  EXPECT_EQ(ClnpDataPdu::Parse(padded)->data.size(), 9u);
}

TEST(ClnpDataPdu, RefersToItsDataWithoutCopying) {
  EXPECT_EQ(ClnpDataPdu::Parse(AkInClnp())->data.data(), AkInClnp().data() + 31);
}

TEST(ClnpDataPdu, CarriesASegmentationPartAndOptions) {
  const std::vector<uint8_t> eight(8, 0x11);
  ClnpDataPdu pdu = FromNode1ToNode2(eight);
  pdu.segmentation = {
      .data_unit_identifier = 0x0102, .offset = 16, .total_length = 100, .more_segments = true};
  pdu.options = {{ClnpOptionCode::kPriority, {14}},
                 {ClnpOptionCode::kQualityOfService, {0xC0}},
                 {ClnpOptionCode::kPadding, {}}};
  const std::vector<uint8_t> octets =
      Summed(FromHex("81 2D 01 1E FC 0035 0000 0A 49000100005E00530221 0A 49000100005E00530121"
                     "0102 0010 0064 CD010E C301C0 CC00 1111111111111111"));
  EXPECT_EQ(Written(pdu), octets);
  EXPECT_EQ(ClnpDataPdu::Parse(octets).value(), pdu);
  wire::ForEveryTruncation(octets, [](ByteSpan cut) { EXPECT_FALSE(ParseClnpPdu(cut).ok()); });
}

TEST(ClnpDataPdu, TheLastSegmentEndsWithTheDataUnit) {
  const std::vector<uint8_t> five(5, 0x22);
  ClnpDataPdu pdu = FromNode1ToNode2(five);
  pdu.segmentation = {.data_unit_identifier = 7, .offset = 24, .total_length = 37 + 24 + 5};
  EXPECT_EQ(ClnpDataPdu::Parse(Written(pdu)).value(), pdu);
}

TEST(ClnpDataPdu, RefusesSegmentsThatCannotBe) {
  const std::vector<uint8_t> eight(8, 0x11);
  auto fault = [&](ClnpSegmentation segmentation, size_t data_octets = 8) {
    ClnpDataPdu pdu = FromNode1ToNode2(ByteSpan(eight).first(data_octets));
    pdu.segmentation = segmentation;
    return FaultIn(Written(pdu));
  };
  EXPECT_EQ(fault({.offset = 4, .total_length = 100, .more_segments = true}), Syntax(34));
  EXPECT_EQ(fault({.offset = 8, .total_length = 100, .more_segments = true}, 7), Syntax(6));
  EXPECT_EQ(fault({.offset = 8, .total_length = 100, .more_segments = true}, 0), Syntax(6));
  EXPECT_EQ(fault({.offset = 8, .total_length = 53, .more_segments = true}), Syntax(36))
      << "there is no room for more";
  EXPECT_EQ(fault({.offset = 8, .total_length = 54}), Syntax(36)) << "ends too early";
  EXPECT_EQ(fault({.offset = 8, .total_length = 52}), Syntax(36)) << "ends too late";
}

TEST(ClnpDataPdu, MayGoWithoutChecksum) {
  ClnpDataPdu pdu = FromNode1ToNode2({});
  pdu.checksum = false;
  const std::vector<uint8_t> octets = Written(pdu);
  EXPECT_EQ(octets[7], 0);
  EXPECT_EQ(octets[8], 0);
  EXPECT_EQ(ClnpDataPdu::Parse(octets).value(), pdu);
}

TEST(ClnpDataPdu, TellsAWrongChecksumFromBadSyntax) {
  const ClnpFault wrong{.reason = DiscardReason::kIncorrectChecksum, .octet = 8};
  EXPECT_EQ(FaultIn(wire::WithOctet(AkInClnp(), 15, 0xAA)), wrong);
  EXPECT_EQ(FaultIn(wire::WithOctet(AkInClnp(), 4, 0x3D)), wrong) << "before the type is believed";
  EXPECT_EQ(FaultIn(wire::WithOctet(AkInClnp(), 7, 0x00)), wrong) << "one zero octet";
  EXPECT_EQ(ParseClnpPdu(wire::WithOctet(AkInClnp(), 15, 0xAA)).status().code(),
            absl::StatusCode::kDataLoss);
}

TEST(ClnpDataPdu, RefusesEachBadFieldOfTheFixedPart) {
  EXPECT_EQ(FaultIn(wire::WithOctet(AkInClnp(), 0, 0x00)), Syntax(1)) << "inactive subset";
  EXPECT_EQ(FaultIn(wire::WithOctet(AkInClnp(), 1, 8)), Syntax(2)) << "header length";
  EXPECT_EQ(FaultIn(wire::WithOctet(AkInClnp(), 1, 255)), Syntax(2)) << "reserved header length";
  EXPECT_EQ(FaultIn(wire::WithOctet(AkInClnp(), 2, 2)),
            (ClnpFault{.reason = DiscardReason::kUnsupportedProtocolVersion, .octet = 3}));
  EXPECT_EQ(FaultIn(wire::WithOctet(AkInClnp(), 6, 0x1E)), Syntax(6)) << "below the header";
  EXPECT_EQ(FaultIn(wire::WithOctet(AkInClnp(), 6, 0x29)),
            (ClnpFault{.reason = DiscardReason::kIncompletePdu, .octet = 6}));
  EXPECT_EQ(FaultIn(Summed(wire::WithOctet(AkInClnp(), 4, 0x3D))), Syntax(5)) << "type";
  EXPECT_EQ(FaultIn(Summed(wire::WithOctet(AkInClnp(), 4, 0x7C))), Syntax(5)) << "MS without SP";
}

TEST(ClnpDataPdu, RefusesBadAddresses) {
  EXPECT_EQ(FaultIn(Summed(wire::WithOctet(AkInClnp(), 9, 0))), Syntax(10));
  EXPECT_EQ(FaultIn(Summed(wire::WithOctet(AkInClnp(), 9, 21))), Syntax(10));
  EXPECT_EQ(FaultIn(Summed(wire::WithOctet(AkInClnp(), 20, 11))), Syntax(21))
      << "beyond the header";
}

TEST(ClnpDataPdu, RefusesATruncatedSegmentationPart) {
  EXPECT_EQ(FaultIn(Summed(wire::WithOctet(AkInClnp(), 4, 0x9C))), Syntax(32));
}

TEST(ClnpDataPdu, RefusesBadOptions) {
  auto fault = [](absl::string_view options) {
    const size_t header = 31 + FromHex(options).size();
    return FaultIn(Summed(FromHex(absl::StrCat(
        "81", absl::Hex(header, absl::kZeroPad2), "01 1E 1C 00", absl::Hex(header, absl::kZeroPad2),
        "0000 0A 49000100005E00530221 0A 49000100005E00530121", options))));
  };
  EXPECT_EQ(fault("CD010F"), Syntax(32)) << "priority 15";
  EXPECT_EQ(fault("CD020000"), Syntax(32));
  EXPECT_EQ(fault("C300"), Syntax(32));
  EXPECT_EQ(fault("CD"), Syntax(32)) << "no length";
  EXPECT_EQ(fault("CC00 CD0200"), Syntax(34)) << "beyond the header";
  EXPECT_EQ(fault("CD0101 CD0101"),
            (ClnpFault{.reason = DiscardReason::kDuplicateOption, .octet = 35}));
  EXPECT_EQ(fault("C60100"), (ClnpFault{.reason = DiscardReason::kUnsupportedOption, .octet = 32}));
  EXPECT_EQ(fault("C1020000"),
            (ClnpFault{.reason = DiscardReason::kUnsupportedOption, .octet = 32}))
      << "a reason for discard outside an error report";
}

TEST(ClnpErrorReportPdu, OctetsAndFieldsAgree) {
  const ClnpErrorReportPdu report{.lifetime = 30,
                                  .destination = kNode1,
                                  .source = kNode2.WithSelector(Nsap::kNetworkSelector),
                                  .fault = {.reason = DiscardReason::kLifetimeExpiredInTransit},
                                  .discarded = ByteSpan(AkInClnp()).first(31)};
  std::vector<uint8_t> octets =
      Summed(FromHex("81 23 01 1E 01 0042 0000 0A 49000100005E00530121 0A 49000100005E00530200"
                     "C102A000"));
  octets.insert(octets.end(), AkInClnp().begin(), AkInClnp().begin() + 31);
  EXPECT_EQ(Written(report), octets);
  EXPECT_EQ(ClnpErrorReportPdu::Parse(octets).value(), report);
  EXPECT_EQ(std::get<ClnpErrorReportPdu>(ParseClnpPdu(octets).value()), report);
  wire::ForEveryTruncation(octets, [](ByteSpan cut) { EXPECT_FALSE(ParseClnpPdu(cut).ok()); });
}

TEST(ClnpErrorReportPdu, HasAReasonAndNoFlags) {
  const std::vector<uint8_t> no_reason =
      Summed(FromHex("81 1F 01 1E 01 001F 0000 0A 49000100005E00530121 0A 49000100005E00530200"));
  EXPECT_EQ(FaultIn(no_reason), Syntax(0));
  EXPECT_EQ(FaultIn(Summed(wire::WithOctet(no_reason, 4, 0x21))), Syntax(5));
  EXPECT_FALSE(ClnpErrorReportPdu::Parse(AkInClnp()).ok());
  EXPECT_FALSE(ClnpDataPdu::Parse(no_reason).ok());
}

TEST(DiscardReason, HasANameForEachValueOfTheStandard) {
  for (int reason : {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x80, 0x81, 0x90, 0x91,
                     0x92, 0x93, 0xA0, 0xA1, 0xB0, 0xB1, 0xB2, 0xB3, 0xB4, 0xC0}) {
    EXPECT_NE(DiscardReasonName(static_cast<DiscardReason>(reason)), "unspecified") << reason;
  }
  EXPECT_EQ(DiscardReasonName(static_cast<DiscardReason>(0x55)), "unspecified");
}

TEST(SetClnpLifetime, CorrectsTheChecksumWhereThereIsOne) {
  std::vector<uint8_t> octets = AkInClnp();
  SetClnpLifetime(absl::MakeSpan(octets), 29);
  EXPECT_EQ(ClnpDataPdu::Parse(octets)->lifetime, 29);

  ClnpDataPdu pdu = FromNode1ToNode2({});
  pdu.checksum = false;
  octets = Written(pdu);
  SetClnpLifetime(absl::MakeSpan(octets), 1);
  EXPECT_EQ(ClnpDataPdu::Parse(octets)->lifetime, 1);
  EXPECT_FALSE(ClnpDataPdu::Parse(octets)->checksum);
}

// Whatever is accepted can be written, and then means the same.
TEST(ClnpPdu, MutationsNeverCrashAndWhatIsAcceptedSurvivesARoundTrip) {
  ClnpDataPdu pdu = FromNode1ToNode2(AkInClnp());
  pdu.segmentation = {.data_unit_identifier = 1, .offset = 0, .total_length = 43 + 40};
  pdu.options = {{ClnpOptionCode::kPriority, {1}}, {ClnpOptionCode::kQualityOfService, {0xC0}}};
  const ClnpErrorReportPdu report{
      .destination = kNode1, .source = kNode2, .discarded = ByteSpan(AkInClnp())};
  size_t accepted = 0;
  for (const std::vector<uint8_t>& golden : {AkInClnp(), Written(pdu), Written(report)}) {
    wire::ForMutations(golden, 8473, 4000, [&](ByteSpan damaged) {
      // As it is, and with a right checksum, to reach the rules behind it.
      for (bool summed : {false, true}) {
        std::vector<uint8_t> octets(damaged.begin(), damaged.end());
        if (summed && octets.size() >= 9 && octets[1] >= 9 && octets[1] <= octets.size()) {
          octets = Summed(octets);
        }
        const absl::StatusOr<ClnpPdu> parsed = ParseClnpPdu(octets);
        if (!parsed.ok()) continue;
        ++accepted;
        std::vector<uint8_t> written;
        std::visit([&](const auto& xx) { xx.AppendTo(written); }, *parsed);
        EXPECT_EQ(ParseClnpPdu(written).value(), *parsed);
      }
    });
  }
  EXPECT_GT(accepted, 1000u);
}

}  // namespace
}  // namespace osi
