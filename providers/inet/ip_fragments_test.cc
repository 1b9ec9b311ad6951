// Fragments that come to a host, over IPv4 and IPv6.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/inet/ip_layer_testing.h"

namespace inet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::string_view kText = "0123456789abcdefghijklmno";  // 25 octets: 8, 8, 8, 1

struct Over4 : Ipv4InTests {
  static constexpr absl::string_view kClause = "RFC 791 3.2";
  // A packet to the server with the octets [from, to) of `text`.
  static std::vector<uint8_t> Fragment(absl::string_view text, size_t from, size_t to,
                                       uint8_t protocol) {
    Ipv4Header header = Between(OfHost(1), OfHost(3), protocol, 9);
    header.identification = 7;
    header.fragment_offset = static_cast<uint16_t>(from / 8);
    header.more_fragments = to < text.size();
    SetPayload(header, to - from);
    std::vector<uint8_t> packet;
    header.AppendTo(packet);
    packet.insert(packet.end(), text.begin() + from, text.begin() + to);
    return packet;
  }
};

struct Over6 : Ipv6InTests {
  static constexpr absl::string_view kClause = "RFC 8200 4.5";
  static std::vector<uint8_t> Fragment(absl::string_view text, size_t from, size_t to,
                                       uint8_t protocol) {
    Ipv6Header header = Between(OfHost(1), OfHost(3), kFragmentHeader, 9);
    SetPayload(header, Ipv6FragmentHeader::kSize + to - from);
    std::vector<uint8_t> packet;
    header.AppendTo(packet);
    Ipv6FragmentHeader{.next_header = protocol,
                       .fragment_offset = static_cast<uint16_t>(from / 8),
                       .more_fragments = to < text.size(),
                       .identification = 7}
        .AppendTo(packet);
    packet.insert(packet.end(), text.begin() + from, text.begin() + to);
    return packet;
  }
};

template <class Version>
class IpFragments : public IpLayerWorld<Version> {
 protected:
  void SendFragment(size_t from, size_t to, absl::string_view text = kText,
                    uint8_t protocol = kProtocolInTests) {
    this->SendOctets(Version::Fragment(text, from, to, protocol));
  }
  static std::string Whole(absl::string_view text = kText) {
    return absl::StrCat("from ", AddressText(Version::OfHost(1)), " to ",
                        AddressText(Version::OfHost(3)), " hops 8 class 0: ", text);
  }
  static std::string Lost(absl::string_view why) {
    return absl::StrCat(Version::kName, ": ", why, " (", Version::kClause, ")");
  }
};

using Versions = ::testing::Types<Over4, Over6>;
TYPED_TEST_SUITE(IpFragments, Versions);

TYPED_TEST(IpFragments, ComeTogetherInAnyOrder) {
  this->Run([this] {
    this->SendFragment(16, 25);
    this->SendFragment(0, 8);
    this->SendFragment(0, 8);
    this->SendFragment(8, 16);
  });
  EXPECT_THAT(this->server_.heard, ElementsAre(this->Whole()));
  EXPECT_THAT(this->drops(), IsEmpty());
}

TYPED_TEST(IpFragments, OfTheLargestSegmentComeTogether) {
  const std::string text(65000, 'x');
  this->Run([&, this] {
    for (size_t from = 0; from < text.size(); from += 1200) {
      this->SendFragment(from, std::min(from + 1200, text.size()), text);
    }
  });
  EXPECT_THAT(this->server_.heard, ElementsAre(this->Whole(text)));
}

TYPED_TEST(IpFragments, AreForgottenAfterAMinuteAndTheirSourceIsTold) {
  this->Run([this] {
    this->SendFragment(0, 16);
    this->Settle(absl::Seconds(59));
    EXPECT_THAT(this->drops(), IsEmpty());
    this->Settle(absl::Seconds(2));
    this->SendFragment(16, 25);
  });
  EXPECT_THAT(this->server_.heard, IsEmpty());
  EXPECT_THAT(this->drops(), ElementsAre(this->Lost("never became whole in time")));
  EXPECT_THAT(this->client_.heard,
              ElementsAre(absl::StrCat(TypeParam::kIcmpName, ": reassembly time exceeded about ",
                                       AddressText(TypeParam::OfHost(3)), ": 0123456789ab")));
}

TYPED_TEST(IpFragments, WithoutTheFirstNobodyIsTold) {
  this->Run([this] {
    this->SendFragment(8, 16);
    this->Settle(absl::Seconds(61));
  });
  EXPECT_THAT(this->drops(), ElementsAre(this->Lost("never became whole in time")));
  EXPECT_THAT(this->client_.heard, IsEmpty());
}

TYPED_TEST(IpFragments, ThatOverlapAreTreatedAsTheVersionSays) {
  this->Run([this] {
    this->SendFragment(0, 16);
    this->SendFragment(8, 16, "--------ABCDEFGH--");
    this->SendFragment(16, 25);
  });
  if (TypeParam::kName == "IPv4") {
    EXPECT_THAT(this->server_.heard, ElementsAre(this->Whole("01234567ABCDEFGHghijklmno")));
    EXPECT_THAT(this->drops(), IsEmpty());
  } else {
    EXPECT_THAT(this->server_.heard, IsEmpty());
    EXPECT_THAT(this->drops(), ElementsAre(this->Lost("fragments overlap"),
                                           this->Lost("a fragment of a packet that was given up")));
  }
}

TYPED_TEST(IpFragments, BeforeTheLastHaveAMultipleOf8Octets) {
  this->Run([this] { this->SendFragment(0, 12); });
  EXPECT_THAT(this->drops(),
              ElementsAre(this->Lost("a fragment before the last of no multiple of 8 octets")));
}

TYPED_TEST(IpFragments, OfAProtocolThatNobodySpeaksAreToldOfAsOnePacket) {
  this->Run([this] {
    this->SendFragment(0, 16, kText, /*protocol=*/254);
    this->SendFragment(16, 25, kText, /*protocol=*/254);
  });
  EXPECT_EQ(this->drops().size(), 1);
  EXPECT_THAT(this->drops()[0], ::testing::HasSubstr("no such protocol here"));
}

// A host sends whole packets only, so that what came in fragments may have no answer.
TYPED_TEST(IpFragments, OfAnEchoRequestBeyondThePathsMtuAreNotAnswered) {
  std::vector<uint8_t> request;
  TypeParam::Append({IcmpEcho{.data = std::vector<uint8_t>(2000, 'p')}}, this->IcmpPseudoHeader(),
                    request);
  const std::string text = this->Text(request);
  this->Run([&, this] {
    this->SendFragment(0, 1200, text, TypeParam::kIcmp);
    this->SendFragment(1200, text.size(), text, TypeParam::kIcmp);
  });
  ASSERT_EQ(this->drops().size(), 1);
  EXPECT_THAT(this->drops()[0], ::testing::HasSubstr("longer than the path takes"));
}

// Nothing waits for what may never come: the run ends with its threads.
TYPED_TEST(IpFragments, DoNotKeepTheRunGoing) {
  this->Run([this] { this->SendFragment(0, 16); });
  EXPECT_LT(this->world().now(), sim::Time::Zero() + absl::Seconds(10));
}

}  // namespace
}  // namespace inet
