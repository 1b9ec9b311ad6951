#include "tools/dissect/osi_labels.h"

#include <vector>

#include "gtest/gtest.h"
#include "providers/osi/clnp/clnp_pdu.h"
#include "providers/osi/session/session_limits.h"
#include "providers/osi/session/spdu.h"

namespace wsim {
namespace {

using Octets = std::vector<uint8_t>;

const osi::Nsap kClient = osi::Nsap::FromText("49.0001.0000.5e00.5301.21").value();
const osi::Nsap kServer = osi::Nsap::FromText("49.0001.0000.5e00.5302.21").value();
constexpr uint16_t kClientReference = 0x11;
constexpr uint16_t kServerReference = 0x22;
const Octets kSessionTsap = {osi::kSessionEntityPort >> 8, osi::kSessionEntityPort & 0xFF};

Octets Text(absl::string_view text) { return {text.begin(), text.end()}; }

Octets Written(const osi::Spdu& spdu) {
  Octets out;
  osi::AppendSpdu(spdu, out);
  return out;
}

class OsiLabelsTest : public testing::Test {
 protected:
  std::string FromClient(const std::vector<osi::Tpdu>& tpdus) {
    return Label(kClient, kServer, tpdus);
  }
  std::string FromServer(const std::vector<osi::Tpdu>& tpdus) {
    return Label(kServer, kClient, tpdus);
  }
  void Connect(const Octets& called_tsap) {
    osi::CrTpdu cr;
    cr.source_reference = kClientReference;
    cr.called_tsap_id = called_tsap;
    EXPECT_EQ(FromClient({cr}), "CR");
    osi::CcTpdu cc;
    cc.destination_reference = kClientReference;
    cc.source_reference = kServerReference;
    cc.called_tsap_id = called_tsap;
    EXPECT_EQ(FromServer({cc}), "CC");
  }
  std::string DataFromClient(uint32_t number, const Octets& data, bool end_of_tsdu = true) {
    return FromClient({osi::DtTpdu{.destination_reference = kServerReference,
                                   .end_of_tsdu = end_of_tsdu,
                                   .number = number,
                                   .user_data = data}});
  }

  OsiLabels labels_;

 private:
  std::string Label(const osi::Nsap& source, const osi::Nsap& destination,
                    const std::vector<osi::Tpdu>& tpdus) {
    Octets nsdu;
    for (const osi::Tpdu& tpdu : tpdus) osi::AppendTpdu(tpdu, nsdu);
    Octets packet;
    osi::ClnpDataPdu{.lifetime = 30, .destination = destination, .source = source, .data = nsdu}
        .AppendTo(packet);
    return labels_.Label(packet);
  }
};

TEST_F(OsiLabelsTest, NameEachTpdu) {
  EXPECT_EQ(FromClient({osi::AkTpdu{.your_tpdu_number = 3, .credit = 8}}), "AK 3, credit 8");
  EXPECT_EQ(FromClient({osi::EdTpdu{.number = 2, .user_data = Text("!")}}), "ED 2 \"!\"");
  EXPECT_EQ(FromClient({osi::EaTpdu{.your_tpdu_number = 2}}), "EA 2");
  EXPECT_EQ(FromClient({osi::DcTpdu{}}), "DC");
  EXPECT_EQ(FromClient({osi::ErTpdu{}}), "ER");
}

TEST_F(OsiLabelsTest, ShowTheDataOfConnectionSetUpAndEnd) {
  osi::CrTpdu cr;
  cr.source_reference = kClientReference;
  cr.user_data = Text("hi");
  EXPECT_EQ(FromClient({cr}), "CR \"hi\"");
  osi::DrTpdu dr;
  dr.reason = osi::DisconnectReason::kNormal;
  dr.user_data = Text("3");
  EXPECT_EQ(FromClient({dr}), "DR \"3\"");
  dr.reason = osi::DisconnectReason::kCongestionAtTsap;
  EXPECT_EQ(FromClient({dr}), absl::StrCat("DR, ", osi::DisconnectReasonName(dr.reason), " \"3\""));
}

TEST_F(OsiLabelsTest, ShowTheDataOfATransportConnection) {
  Connect(/*called_tsap=*/{0x13, 0x88});
  EXPECT_EQ(DataFromClient(0, Text("hello")), "DT 0 \"hello\"");
}

TEST_F(OsiLabelsTest, JoinTheTpdusOfOnePacket) {
  EXPECT_EQ(FromServer({osi::AkTpdu{.your_tpdu_number = 1, .credit = 8}, osi::DcTpdu{}}),
            "AK 1, credit 8 + DC");
}

TEST_F(OsiLabelsTest, NameTheSpduInATsduOfASessionConnection) {
  Connect(kSessionTsap);
  osi::FnSpdu finish;
  finish.user_data = Text("2");
  EXPECT_EQ(DataFromClient(0, Written(finish)), "DT 0: FN \"2\"");
  EXPECT_EQ(DataFromClient(1, Written(osi::DtSpdu{.user_information = Text("abc")})),
            "DT 1: DT \"abc\"");
}

TEST_F(OsiLabelsTest, KnowWhereATsduBeginsWhenItsPartsAreSentAgain) {
  Connect(kSessionTsap);
  const Octets first = Written(osi::DtSpdu{.user_information = Text("one")});
  for (int time = 1; time <= 2; ++time) {
    EXPECT_EQ(DataFromClient(0, first, /*end_of_tsdu=*/false), "DT 0: DT \"one\"");
    EXPECT_EQ(DataFromClient(1, Text("two"), /*end_of_tsdu=*/true), "DT 1 \"two\"");
  }
  EXPECT_EQ(DataFromClient(2, first), "DT 2: DT \"one\"");
}

TEST_F(OsiLabelsTest, KnowWhereATsduBeginsAfterTheNumbersWrap) {
  Connect(kSessionTsap);
  const Octets spdu = Written(osi::DtSpdu{.user_information = Text("x")});
  for (uint32_t sent = 0; sent < 127; ++sent) DataFromClient(sent, spdu);
  EXPECT_EQ(DataFromClient(127, spdu, /*end_of_tsdu=*/false), "DT 127: DT \"x\"");
  EXPECT_EQ(DataFromClient(0, Text("more")), "DT 0 \"more\"");
}

TEST_F(OsiLabelsTest, ForgetTheSessionWhenItsReferenceServesAnotherConnection) {
  Connect(kSessionTsap);
  Connect(/*called_tsap=*/{0x13, 0x88});
  EXPECT_EQ(DataFromClient(0, Text("hello")), "DT 0 \"hello\"");
}

TEST_F(OsiLabelsTest, ShowWhatIsNoSpduAsItIs) {
  Connect(kSessionTsap);
  EXPECT_EQ(DataFromClient(0, Text("?")), "DT 0: SPDU \"?\"");
}

TEST_F(OsiLabelsTest, SaySegmentsAndErrorReportsOfTheNetwork) {
  Octets packet;
  const Octets data(16, 'x');
  osi::ClnpDataPdu{
      .lifetime = 30,
      .destination = kServer,
      .source = kClient,
      .segmentation =
          osi::ClnpSegmentation{.offset = 8, .total_length = 500, .more_segments = true},
      .data = data}
      .AppendTo(packet);
  EXPECT_EQ(labels_.Label(packet), "CLNP segment at 8");
  packet.clear();
  osi::ClnpErrorReportPdu{.destination = kServer,
                          .source = kClient,
                          .fault = {.reason = osi::DiscardReason::kDestinationUnreachable}}
      .AppendTo(packet);
  EXPECT_EQ(labels_.Label(packet),
            absl::StrCat("CLNP ER, ",
                         osi::DiscardReasonName(osi::DiscardReason::kDestinationUnreachable)));
}

TEST_F(OsiLabelsTest, DoNotReadWhatIsNoPacket) {
  EXPECT_EQ(labels_.Label(Octets(8, 0)), "CLNP, malformed");
  Octets packet;
  const Octets garbage = {0x02, 0xFF, 0xFF};
  osi::ClnpDataPdu{.lifetime = 30, .destination = kServer, .source = kClient, .data = garbage}
      .AppendTo(packet);
  EXPECT_EQ(labels_.Label(packet), "TPDU, malformed");
}

}  // namespace
}  // namespace wsim
