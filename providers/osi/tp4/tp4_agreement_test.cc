// What the two ends have agreed on beyond the ordinary: extended formats, no checksums, no
// expedited data, another TPDU size (ISO 8073 6.5.5); and TPDUs that travel together (6.4).
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/osi/tp4/tp4_options.h"
#include "providers/osi/tp4/tp4_script.h"
#include "providers/osi/tp4/tp4_values.h"

namespace osi {
namespace {

using ::testing::ElementsAre;
using transport::OptionStatus;

std::vector<uint8_t> Value(uint32_t number) {
  return {static_cast<uint8_t>(number), static_cast<uint8_t>(number >> 8),
          static_cast<uint8_t>(number >> 16), static_cast<uint8_t>(number >> 24)};
}

void Ask(Tp4Script& s, int name, uint32_t number) {
  s.options.push_back({.level = kTransportLevel, .name = name, .value = Value(number)});
}

std::vector<uint8_t> OptionOf(Tp4Script& s, int name) {
  std::vector<uint8_t> value;
  EXPECT_EQ(s.us().GetOption(kTransportLevel, name, value), OptionStatus::kDone);
  return value;
}

// As initiator, with a peer that grants extended formats.
void GoToOpenInExtendedFormats(Tp4Script& s) {
  Ask(s, kExtendedFormats, 1);
  s.Connect();
  EXPECT_TRUE(s.Sends<CrTpdu>().extended_formats);
  CcTpdu cc = s.PeerCc();
  cc.extended_formats = true;
  s.ExpectExtendedFormats();
  s.Receives(cc);
  const AkTpdu ak = s.Sends<AkTpdu>();
  EXPECT_EQ(ak.credit, kReceiveDtsExtended);  // more than CR and CC can say
  EXPECT_THAT(s.Hears(), ElementsAre("connected"));
}

TEST(Tp4Extended, NumbersHave31BitsAndCreditHas16) {
  Tp4Script::Run([](Tp4Script& s) {
    GoToOpenInExtendedFormats(s);
    s.Write("hello");
    const DtTpdu dt = s.Sends<DtTpdu>();
    EXPECT_EQ(dt.number, 0u);
    EXPECT_EQ(s.sent().size(), 12u + 5);
    s.Receives(AkTpdu{.format = TpduFormat::kExtended,
                      .destination_reference = kOurReference,
                      .your_tpdu_number = 1,
                      .credit = 1000});
    EXPECT_THAT(s.Hears(), ElementsAre("drained"));
    s.IgnoreAks();
    for (int i = 0; i < 200; ++i) {
      s.Write("x");
      EXPECT_EQ(s.Sends<DtTpdu>().number, static_cast<uint32_t>(i) + 1);
      s.Receives(AkTpdu{.format = TpduFormat::kExtended,
                        .destination_reference = kOurReference,
                        .your_tpdu_number = static_cast<uint32_t>(i) + 2,
                        .credit = 1000});
    }
    EXPECT_TRUE(s.us().is_drained());  // 128 was no number to wrap at
  });
}

TEST(Tp4Extended, ReceivesAndAcknowledges) {
  Tp4Script::Run([](Tp4Script& s) {
    GoToOpenInExtendedFormats(s);
    DtTpdu dt = s.PeerDt(0, "hello");
    dt.format = TpduFormat::kExtended;
    s.Receives(dt);
    EXPECT_EQ(s.Read(), "hello");
    s.Receives(EdTpdu{.format = TpduFormat::kExtended,
                      .destination_reference = kOurReference,
                      .user_data = OctetsOf("urgent")});
    EXPECT_EQ(s.Sends<EaTpdu>().your_tpdu_number, 0u);
    EXPECT_EQ(s.Sends<AkTpdu>().your_tpdu_number, 1u);
    EXPECT_THAT(s.Hears(), ElementsAre("readable", "expedited"));
  });
}

TEST(Tp4Extended, ATpduInTheNormalFormatBreaksTheProtocol) {
  Tp4Script::Run([](Tp4Script& s) {
    GoToOpenInExtendedFormats(s);
    s.Receives(s.PeerDt(0, "hello"));  // whose header is too short
    EXPECT_EQ(s.Sends<DrTpdu>().reason, DisconnectReason::kInvalidLength);
  });
}

TEST(Tp4Extended, NeedBothEnds) {
  for (bool wanted : {false, true}) {
    Tp4Script::Run([wanted](Tp4Script& s) {
      s.Listen();
      CrTpdu cr = s.PeerCr();
      cr.extended_formats = true;
      s.Receives(cr);
      EXPECT_EQ(s.us().SetOption(kTransportLevel, kExtendedFormats, Value(wanted)),
                OptionStatus::kDone);
      s.us().Accept({});
      EXPECT_EQ(s.Sends<CcTpdu>().extended_formats, wanted);
      EXPECT_EQ(OptionOf(s, kExtendedFormats), Value(wanted));
    });
  }
}

TEST(Tp4Checksum, IsNotUsedWhereBothEndsDoWithout) {
  Tp4Script::Run([](Tp4Script& s) {
    Ask(s, kUseOfChecksum, 0);
    s.Connect();
    const CrTpdu cr = s.Sends<CrTpdu>();
    EXPECT_TRUE(cr.checksum);  // a CR always has one
    EXPECT_TRUE(cr.additional_options->checksum_non_use);
    CcTpdu cc = s.PeerCc();
    cc.additional_options = AdditionalOptions{.checksum_non_use = true};
    cc.checksum = false;
    s.Receives(cc);
    EXPECT_FALSE(s.Sends<AkTpdu>().checksum);
    s.Write("hello");
    EXPECT_FALSE(s.Sends<DtTpdu>().checksum);
    EXPECT_EQ(s.sent().size(), 5u + 5);
    DtTpdu dt = s.PeerDt(0, "plain");
    dt.checksum = false;
    s.Receives(dt);
    EXPECT_EQ(s.Read(), "plain");
    s.Receives(s.PeerDt(1, "summed"));  // one that is there and right does no harm
    EXPECT_EQ(s.Read(), "summed");
    EXPECT_FALSE(s.Sends<AkTpdu>().checksum);
    s.us().WriteExpedited(OctetsOf("!"));
    EXPECT_FALSE(s.Sends<EdTpdu>().checksum);
    s.us().Disconnect(OctetsOf("bye"));
    EXPECT_FALSE(s.Sends<DrTpdu>().checksum);
  });
}

TEST(Tp4Checksum, AWrongOneIsDiscardedEvenWhereNoneIsNeeded) {
  Tp4Script::Run([](Tp4Script& s) {
    Ask(s, kUseOfChecksum, 0);
    s.Connect();
    s.Sends<CrTpdu>();
    CcTpdu cc = s.PeerCc();
    cc.additional_options = AdditionalOptions{.checksum_non_use = true};
    s.Receives(cc);
    s.Sends<AkTpdu>();
    std::vector<uint8_t> dt;
    s.PeerDt(0, "x").AppendTo(dt);
    dt.back() ^= 1;
    s.ReceivesOctets(dt);
    EXPECT_THAT(s.Drops(), ElementsAre("DT: wrong checksum"));
    EXPECT_EQ(s.state(), Tp4State::kOpen);
  });
}

TEST(Tp4Checksum, APeerThatInsistsOnItGetsIt) {
  Tp4Script::Run([](Tp4Script& s) {
    Ask(s, kUseOfChecksum, 0);
    s.Connect();
    s.Sends<CrTpdu>();
    s.Receives(s.PeerCc());
    EXPECT_TRUE(s.Sends<AkTpdu>().checksum);
    EXPECT_EQ(OptionOf(s, kUseOfChecksum), Value(1));
    DtTpdu dt = s.PeerDt(0, "plain");
    dt.checksum = false;
    s.Receives(dt);
    EXPECT_THAT(s.Drops(), ElementsAre("DT: no checksum"));
  });
}

TEST(Tp4Options, ExpeditedDataCanBeDoneWithout) {
  Tp4Script::Run([](Tp4Script& s) {
    Ask(s, kTransportExpedited, 0);
    s.Connect();
    EXPECT_FALSE(s.Sends<CrTpdu>().additional_options->transport_expedited);
    s.Receives(s.PeerCc());
    s.Sends<AkTpdu>();
    EXPECT_FALSE(s.us().WriteExpedited(OctetsOf("!")));
    EXPECT_EQ(OptionOf(s, kTransportExpedited), Value(0));
  });
}

TEST(Tp4Options, TheTpduSizeIsAskedForInBothParameters) {
  Tp4Script::Run([](Tp4Script& s) {
    Ask(s, kMaximumTpduSize, 1400);
    s.Connect();
    const CrTpdu cr = s.Sends<CrTpdu>();
    EXPECT_EQ(cr.maximum_tpdu_size, 1024);
    EXPECT_EQ(cr.preferred_maximum_tpdu_size, 10u);
    CcTpdu cc = s.PeerCc();
    cc.maximum_tpdu_size.reset();
    cc.preferred_maximum_tpdu_size = 10;
    s.Receives(cc);
    s.Sends<AkTpdu>();
    s.Write(std::string(2000, 'x'));
    s.Sends<DtTpdu>();
    EXPECT_EQ(s.sent().size(), 1280u);
    EXPECT_EQ(OptionOf(s, kMaximumTpduSize), Value(1280));
  });
}

TEST(Tp4Options, AreSettledOnceCrOrCcIsOut) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToWfcc();
    EXPECT_EQ(s.us().SetOption(kTransportLevel, kUseOfChecksum, Value(0)),
              OptionStatus::kInvalidValue);
  });
  const Tp4Options defaults;
  Tp4Options options;
  EXPECT_EQ(options.Set(kTransportLevel, kMaximumTpduSize, Value(127)),
            OptionStatus::kInvalidValue);
  EXPECT_EQ(options.Set(kTransportLevel, kMaximumTpduSize, Value(8193)),
            OptionStatus::kInvalidValue);
  EXPECT_EQ(options.Set(kTransportLevel, kMaximumTpduSize, Value(8192)), OptionStatus::kDone);
  EXPECT_EQ(options.Set(kTransportLevel, kUseOfChecksum, std::vector<uint8_t>(3)),
            OptionStatus::kTooShort);
  EXPECT_EQ(options.Set(kTransportLevel, 5, Value(0)), OptionStatus::kUnknown);
  EXPECT_EQ(options.Set(6, kUseOfChecksum, Value(0)), OptionStatus::kUnknown);
  std::vector<uint8_t> value;
  EXPECT_EQ(options.Get(6, kUseOfChecksum, value), OptionStatus::kUnknown);
  EXPECT_EQ(defaults.Get(kTransportLevel, kUseOfChecksum, value), OptionStatus::kDone);
  EXPECT_EQ(value, Value(1));
}

TEST(Tp4Concatenation, AnAkGoesWithTheDtThatFollowsIt) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Receives(s.PeerDt(0, "question"));
    s.Nsdus();
    EXPECT_EQ(s.Read(), "question");
    s.Write("answer");
    EXPECT_EQ(s.Sends<AkTpdu>().your_tpdu_number, 1u);
    EXPECT_EQ(ToString(s.Sends<DtTpdu>().user_data), "answer");
    EXPECT_THAT(s.Nsdus(), ElementsAre("AK+DT"));
    s.SendsNothing(2 * kAcknowledgeTime);
  });
}

TEST(Tp4Concatenation, TwoTpdusOfOneConnectionDoNotShareAnNsdu) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Nsdus();
    std::vector<uint8_t> nsdu;
    s.PeerAk(0, 15).AppendTo(nsdu);  // repeats what the CC said: confirmed by an AK
    s.PeerAk(0, 15).AppendTo(nsdu);
    EdTpdu{.destination_reference = kOurReference, .user_data = OctetsOf("!")}.AppendTo(nsdu);
    s.ReceivesOctets(nsdu);
    s.Advance(absl::Milliseconds(5));
    EXPECT_THAT(s.Sent(), ElementsAre("AK", "EA"));
    EXPECT_THAT(s.Nsdus(), ElementsAre("AK", "EA"));
  });
}

TEST(Tp4Concatenation, AnNsduIsNoLongerThanTheWayCarries) {
  Tp4Script::Run([](Tp4Script& s) {
    Ask(s, kMaximumTpduSize, 1408);
    s.Connect();
    s.Sends<CrTpdu>();
    CcTpdu cc = s.PeerCc();
    cc.maximum_tpdu_size.reset();
    cc.preferred_maximum_tpdu_size = 11;
    s.Receives(cc);
    s.Sends<AkTpdu>();
    EXPECT_TRUE(s.world().network().ChangeLink("us", "peer", {.mtu = 1450}).ok());
    s.Receives(s.PeerDt(0, "question"));
    s.Nsdus();
    s.Write(std::string(1500, 'x'));
    s.Advance(absl::Milliseconds(5));
    // 1450 - 3 - 37 leave 1410 octets: for the first DT alone, for the second with anything.
    EXPECT_THAT(s.Nsdus(), ElementsAre("AK", "DT", "DT"));
  });
}

}  // namespace
}  // namespace osi
