// What holds over IPv4 and IPv6 alike.
#include "providers/inet/ip_layer.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/inet/ip_layer_testing.h"

namespace inet {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A message of a type and code, without more or with the quote of a packet of the server; and the
// drop.
struct BadMessage {
  uint8_t type;
  uint8_t code;
  bool has_quote;
  absl::string_view drop;
};

// The clauses of each version, and its words for what a router says.
struct Over4 : Ipv4InTests {
  static constexpr absl::string_view kHopsClause = "RFC 1812 5.3.1";
  static constexpr absl::string_view kHopsWord = "time to live";
  static constexpr absl::string_view kRouteClause = "RFC 1812 5.2.7.1";
  static constexpr absl::string_view kLengthClause = "RFC 1812 5.2.7.1";
  static constexpr absl::string_view kProtocolClause = "RFC 1122 3.2.2.1";
  static constexpr absl::string_view kForeignClause = "RFC 1122 3.2.1.3";
  static constexpr absl::string_view kLimitClause = "RFC 1812 4.3.2.8";
  static constexpr absl::string_view kEchoClause = "RFC 1122 3.2.2.6";
  static constexpr absl::string_view kLeastMtuClause = "RFC 1191 3";
  static constexpr absl::string_view kGroupClause = "RFC 1122 3.2.1.3";
  static constexpr absl::string_view kTooBigWord = "fragmentation needed";
  static constexpr absl::string_view kNoHostWord = "host unreachable";
  static constexpr absl::string_view kNoNetworkWord = "network unreachable";
  static constexpr absl::string_view kNoProtocolWord = "protocol unreachable";
  static constexpr absl::string_view kLoopbackDrop =
      "a loopback address on a link (RFC 1122 3.2.1.3 (g))";
  static constexpr absl::string_view kAnError = "\x03\x01";  // destination unreachable
  static constexpr absl::string_view kTruncatedDrop = "ICMP header truncated (RFC 792)";
  static std::vector<BadMessage> BadMessages() {
    return {{3, 16, true, "ICMP type 3 code 16 (RFC 1122 3.2.2)"},
            {11, 2, true, "ICMP type 11 code 2 (RFC 1122 3.2.2)"},
            {12, 3, true, "ICMP type 12 code 3 (RFC 1122 3.2.2)"},
            {8, 1, false, "ICMP type 8 code 1 (RFC 1122 3.2.2)"},
            {3, 3, false, "ICMP quote: IPv4 header truncated (RFC 1122 3.2.2)"},
            {4, 0, true, "ICMP type 4 (RFC 1122 3.2.2)"},     // source quench, RFC 6633
            {5, 0, true, "ICMP type 5 (RFC 1122 3.2.2)"},     // redirect
            {13, 0, true, "ICMP type 13 (RFC 1122 3.2.2)"}};  // timestamp
  }
};

struct Over6 : Ipv6InTests {
  static constexpr absl::string_view kHopsClause = "RFC 8200 3";
  static constexpr absl::string_view kHopsWord = "hop limit";
  static constexpr absl::string_view kRouteClause = "RFC 4443 3.1";
  static constexpr absl::string_view kLengthClause = "RFC 4443 3.2";
  static constexpr absl::string_view kProtocolClause = "RFC 8200 4";
  static constexpr absl::string_view kForeignClause = "RFC 8200 3";
  static constexpr absl::string_view kLimitClause = "RFC 4443 2.4 (f)";
  static constexpr absl::string_view kEchoClause = "RFC 4443 4.2";
  static constexpr absl::string_view kLeastMtuClause = "RFC 8201 4";
  static constexpr absl::string_view kGroupClause = "RFC 4291 2.7";
  static constexpr absl::string_view kTooBigWord = "packet too big";
  static constexpr absl::string_view kNoHostWord = "address unreachable";
  static constexpr absl::string_view kNoNetworkWord = "no route to the destination";
  static constexpr absl::string_view kNoProtocolWord = "unrecognized next header";
  static constexpr absl::string_view kLoopbackDrop =
      "the loopback address on a link (RFC 4291 2.5.3)";
  static constexpr absl::string_view kAnError = "\x01\x03";
  static constexpr absl::string_view kTruncatedDrop = "wrong checksum (RFC 4443 2.3)";
  static std::vector<BadMessage> BadMessages() {
    return {{1, 7, true, "ICMPv6 type 1 code 7 (RFC 4443 2.4)"},
            {3, 2, true, "ICMPv6 type 3 code 2 (RFC 4443 2.4)"},
            {4, 4, true, "ICMPv6 type 4 code 4 (RFC 4443 2.4)"},
            {128, 1, false, "ICMPv6 type 128 code 1 (RFC 4443 2.4)"},
            {1, 4, false, "ICMPv6 quote: IPv6 header truncated (RFC 4443 2.4)"},
            {100, 0, true, "ICMPv6 type 100 (RFC 4443 2.4)"},   // an error that is not known
            {135, 0, true, "ICMPv6 type 135 (RFC 4443 2.4)"}};  // neighbour discovery
  }
};

template <class Version>
class IpLayerTest : public IpLayerWorld<Version> {
 protected:
  static IpAddress OfHost(uint32_t number) { return Version::OfHost(number); }
  static std::string IpDrop(absl::string_view why, absl::string_view clause) {
    return absl::StrCat(Version::kName, ": ", why, " (", clause, ")");
  }
  static std::string IcmpDrop(absl::string_view why, absl::string_view clause) {
    return absl::StrCat(Version::kIcmpName, ": ", why, " (", clause, ")");
  }
  static std::string Arrival(const IpAddress& from, const IpAddress& to, absl::string_view rest) {
    return absl::StrCat("from ", AddressText(from), " to ", AddressText(to), " ", rest);
  }
  static std::string Word(absl::string_view word, const IpAddress& about, absl::string_view rest) {
    return absl::StrCat(Version::kIcmpName, ": ", word, " about ", AddressText(about), rest);
  }
};

using Versions = ::testing::Types<Over4, Over6>;
TYPED_TEST_SUITE(IpLayerTest, Versions);

TYPED_TEST(IpLayerTest, CarriesASegmentOverARouter) {
  this->Run([this] {
    EXPECT_EQ(this->Send(this->OfHost(3), "hello", {.traffic_class = 0xB9}), SendStatus::kSent);
  });
  EXPECT_THAT(this->server_.heard, ElementsAre(this->Arrival(this->OfHost(1), this->OfHost(3),
                                                             "hops 63 class 185: hello")));
  EXPECT_THAT(this->drops(), IsEmpty());
}

TYPED_TEST(IpLayerTest, SpeaksToItself) {
  const IpAddress own = this->OfHost(1);
  const IpAddress loopback = TypeParam::Loopback();
  this->Run([&, this] {
    this->Send(own, "own");
    this->Send(loopback, "loopback");
  });
  EXPECT_THAT(this->client_.heard,
              ElementsAre(this->Arrival(own, own, "hops 64 class 0: own"),
                          this->Arrival(loopback, loopback, "hops 64 class 0: loopback")));
}

TYPED_TEST(IpLayerTest, KnowsWhichAddressesAreItsOwn) {
  this->Run([this] {
    const InternetLayer& layer = this->layer(1);
    EXPECT_EQ(layer.own_address(), this->OfHost(1));
    EXPECT_TRUE(layer.IsLocal(this->OfHost(1)));
    EXPECT_TRUE(layer.IsLocal(TypeParam::Loopback()));
    EXPECT_EQ(layer.IsLocal(Ipv4Address{}), TypeParam::kName == "IPv4");
    EXPECT_EQ(layer.IsLocal(Ipv6Address{}), TypeParam::kName == "IPv6");
    EXPECT_FALSE(layer.IsLocal(this->OfHost(2)));
  });
}

TYPED_TEST(IpLayerTest, WithoutARouteNothingIsSent) {
  this->Run([this] {
    EXPECT_EQ(this->Send(this->OfHost(4), "x"), SendStatus::kNoRoute);
    EXPECT_EQ(this->Send(TypeParam::Group(), "x"), SendStatus::kNoRoute);
    EXPECT_EQ(this->layer(1).MaxSegment(this->OfHost(4)), 0);
    EXPECT_EQ(this->layer(1).MaxReceivable(this->OfHost(4)), 0);
    EXPECT_FALSE(this->layer(1).LearnPathMtu(this->OfHost(4), 1300));
  });
}

TYPED_TEST(IpLayerTest, ANarrowerLinkIsFoundByWhatTheRouterSays) {
  const IpAddress server = this->OfHost(3);
  constexpr size_t kWide = 1500 - TypeParam::kHeaderSize;
  constexpr size_t kNarrow = 1300 - TypeParam::kHeaderSize;
  this->Run([&, this] {
    InternetLayer& layer = this->layer(1);
    EXPECT_EQ(layer.MaxSegment(server), kWide);
    EXPECT_EQ(this->Send(server, std::string(kWide + 1, 'x')), SendStatus::kTooLong);
    EXPECT_EQ(this->Send(server, std::string(kWide, 'x')), SendStatus::kSent);
    this->Settle();
    EXPECT_EQ(layer.MaxSegment(server), kWide) << "the transport decides";
    EXPECT_TRUE(layer.LearnPathMtu(server, 1300));
    EXPECT_FALSE(layer.LearnPathMtu(server, 1400));
    EXPECT_EQ(layer.MaxSegment(server), kNarrow);
    EXPECT_EQ(layer.MaxReceivable(server), kWide);
    EXPECT_EQ(layer.MaxSegment(this->OfHost(2)), kWide);
    EXPECT_EQ(this->Send(server, std::string(kNarrow + 1, 'x')), SendStatus::kTooLong);
    EXPECT_EQ(this->Send(server, std::string(kNarrow, 'x')), SendStatus::kSent);
  });
  EXPECT_THAT(this->drops(), ElementsAre(this->IpDrop("longer than the next link's MTU",
                                                      TypeParam::kLengthClause)));
  EXPECT_THAT(this->client_.heard,
              ElementsAre(this->Word(TypeParam::kTooBigWord, server, " mtu 1300: xxxxxxxxxxxx")));
  EXPECT_EQ(this->server_.heard.size(), 1);
}

TYPED_TEST(IpLayerTest, WhatARouterSaidOfAPathIsForgottenAfterTenMinutes) {  // RFC 1191 6.3
  const IpAddress server = this->OfHost(3);
  this->Run([&, this] {
    InternetLayer& layer = this->layer(1);
    EXPECT_TRUE(layer.LearnPathMtu(server, 1300));
    this->Settle(absl::Minutes(10) - absl::Nanoseconds(1));
    EXPECT_EQ(layer.MaxSegment(server), 1300 - TypeParam::kHeaderSize);
    this->Settle(absl::Nanoseconds(1));
    EXPECT_EQ(layer.MaxSegment(server), 1500 - TypeParam::kHeaderSize);
  });
}

TYPED_TEST(IpLayerTest, RoutersAndHostsTellWhatTheyCannotDeliver) {
  const IpAddress server = this->OfHost(3);
  this->Run([&, this] {
    this->Send(server, "too far away", {.hop_limit = 1});
    this->Send(this->OfHost(99), "no such host");
    this->Send(TypeParam::OfNoNetwork(), "no such network");
    this->layer(3).SetReceiver(kProtocolInTests, nullptr);
    this->Send(server, "not listening");
  });
  EXPECT_THAT(
      this->client_.heard,
      ElementsAre(this->Word("time exceeded", server, ": too far away"),
                  this->Word(TypeParam::kNoHostWord, this->OfHost(99), ": no such host"),
                  this->Word(TypeParam::kNoNetworkWord, TypeParam::OfNoNetwork(), ": no such netw"),
                  this->Word(TypeParam::kNoProtocolWord, server, ": not listenin")));
}

TYPED_TEST(IpLayerTest, NothingIsToldAboutAnErrorOrToNobody) {
  this->Run([this] {
    this->SendRaw(this->ToServer(TypeParam::kIcmp, /*hops=*/1),
                  absl::StrCat(TypeParam::kAnError, std::string(6, '\0')));
    this->SendRaw(
        TypeParam::Between(TypeParam::Unspecified(), this->OfHost(3), kProtocolInTests, 1),
        "from nobody");
  });
  EXPECT_THAT(this->client_.heard, IsEmpty());
  EXPECT_THAT(this->drops(), Each(this->IpDrop(absl::StrCat(TypeParam::kHopsWord, " exceeded"),
                                               TypeParam::kHopsClause)));
  EXPECT_EQ(this->drops().size(), 2);
}

TYPED_TEST(IpLayerTest, ErrorsAreLimited) {
  this->Run([this] {
    for (int i = 0; i < 30; ++i) {
      this->Send(this->OfHost(3), "too far away", {.hop_limit = 1});
    }
    this->Settle();
    this->Send(this->OfHost(3), "a second later", {.hop_limit = 1});
  });
  EXPECT_EQ(this->client_.heard.size(), 10 + 1);
  EXPECT_THAT(this->drops(),
              Contains(this->IcmpDrop("too many errors", TypeParam::kLimitClause)).Times(20));
}

TYPED_TEST(IpLayerTest, AnEchoRequestIsAnsweredWithItsData) {
  this->Run([this] {
    this->SendMessage({IcmpEcho{.identifier = 7, .sequence = 1, .data = {'p', 'i', 'n', 'g'}}});
  });
  EXPECT_THAT(this->drops(), ElementsAre(this->IcmpDrop("an echo reply that nobody waits for",
                                                        TypeParam::kEchoClause)));
}

TYPED_TEST(IpLayerTest, AnErrorIsHandedOnWhereItShowsWhoseItIs) {
  std::vector<uint8_t> somebody_elses = this->PacketOf(this->ToServer(), "ports+seq");
  this->Run([&, this] {
    this->SendMessage(TypeParam::TimeExceeded(this->ServersPacket()));
    this->SendMessage(TypeParam::TimeExceeded(this->ServersPacket("7 short")));
    this->SendMessage(TypeParam::TimeExceeded(somebody_elses));
  });
  EXPECT_THAT(this->server_.heard,
              ElementsAre(this->Word("time exceeded", this->OfHost(1), ": ports+seq")));
  EXPECT_THAT(this->drops(),
              ElementsAre(this->IcmpDrop("the quote does not show whose it is", "RFC 5927 4"),
                          this->IcmpDrop("about a packet of another host", "RFC 5927 4")));
}

TYPED_TEST(IpLayerTest, AMessageThatCannotBeTrueIsDropped) {
  const std::vector<uint8_t> quoted = this->ServersPacket();
  std::vector<std::string> expected;
  this->Run([&, this] {
    for (const BadMessage& bad : TypeParam::BadMessages()) {
      const wire::ByteSpan rest = bad.has_quote ? wire::ByteSpan(quoted) : wire::ByteSpan();
      this->SendLayout({.type = bad.type, .code = bad.code, .rest = rest});
      expected.push_back(absl::StrCat(TypeParam::kIcmpName, ": ", bad.drop));
    }
    this->SendRaw(this->ToServer(TypeParam::kIcmp), "7 short");
    expected.push_back(absl::StrCat(TypeParam::kIcmpName, ": ", TypeParam::kTruncatedDrop));
  });
  EXPECT_THAT(this->drops(), ::testing::ElementsAreArray(expected));
  EXPECT_THAT(this->server_.heard, IsEmpty());
}

TYPED_TEST(IpLayerTest, AnMtuThatCannotBeTrueIsNotBelieved) {
  const size_t least = TypeParam::kLeastMtu;
  std::vector<uint8_t> quote = this->ServersPacket(std::string(1300, 'x'));
  const size_t length = quote.size();
  quote.resize(100);
  this->Run([&, this] {
    this->SendMessage(TypeParam::TooBig(least - 1, quote));
    this->SendMessage(TypeParam::TooBig(length, quote));
    this->SendMessage(TypeParam::TooBig(least, quote));
  });
  EXPECT_THAT(this->drops(),
              ElementsAre(this->IcmpDrop("an MTU below what every link carries",
                                         TypeParam::kLeastMtuClause),
                          this->IcmpDrop("an MTU that the packet does not exceed", "RFC 5927 7")));
  EXPECT_THAT(this->server_.heard,
              ElementsAre(this->Word(TypeParam::kTooBigWord, this->OfHost(1),
                                     absl::StrCat(" mtu ", least, ": xxxxxxxxxxxx"))));
}

TYPED_TEST(IpLayerTest, WhatIsNotForItIsDropped) {
  this->Run([this] {
    this->SendRaw(this->ToServer(kProtocolInTests, /*hops=*/1), "too far away");
    this->SendRaw(TypeParam::Between(this->OfHost(1), this->OfHost(4), kProtocolInTests, 9),
                  "to nowhere");
    this->SendRaw(TypeParam::Between(TypeParam::Loopback(), this->OfHost(3), kProtocolInTests, 9),
                  "from a loopback");
    this->Settle();
    this->SendRaw(this->ToServer(/*protocol=*/254), "unknown protocol");
  });
  EXPECT_THAT(this->server_.heard, IsEmpty());
  EXPECT_THAT(this->drops(),
              ElementsAre(this->IpDrop(absl::StrCat(TypeParam::kHopsWord, " exceeded"),
                                       TypeParam::kHopsClause),
                          this->IpDrop("no route to the destination", TypeParam::kRouteClause),
                          absl::StrCat(TypeParam::kName, ": ", TypeParam::kLoopbackDrop),
                          this->IpDrop("no such protocol here", TypeParam::kProtocolClause)));
}

TYPED_TEST(IpLayerTest, APacketFromAGroupIsDropped) {
  this->Run([this] {
    this->SendRaw(TypeParam::Between(TypeParam::Group(), this->OfHost(3), kProtocolInTests, 9),
                  "from a group");
  });
  EXPECT_THAT(this->drops(),
              ElementsAre(this->IpDrop("from the address of a group", TypeParam::kGroupClause)));
}

TYPED_TEST(IpLayerTest, AHostForwardsNothing) {
  this->Run([this] {
    this->SendOctets(
        this->PacketOf(TypeParam::Between(this->OfHost(1), this->OfHost(1), kProtocolInTests, 9),
                       "x"),
        /*from=*/2, /*towards=*/3);
  });
  EXPECT_THAT(this->drops(),
              ElementsAre(this->IpDrop("for another host", TypeParam::kForeignClause)));
}

}  // namespace
}  // namespace inet
