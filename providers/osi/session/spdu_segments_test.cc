#include "providers/osi/session/spdu_segments.h"

#include <string>

#include "gtest/gtest.h"
#include "providers/osi/session/spdu_test_support.h"

namespace osi {
namespace {

std::string Long(size_t octets) {
  std::string text;
  for (size_t i = 0; i < octets; ++i) text += static_cast<char>('a' + i % 26);
  return text;
}

std::vector<Spdu> LongSpdus(size_t octets) {
  AcSpdu ac{.identifier = {.user_reference = Text(std::string(64, 'u')),
                           .common_reference = Text(std::string(64, 'c')),
                           .additional = Text("1234")},
            .requirements = kDuplexUnit,
            .calling_selector = Text(std::string(16, '1')),
            .responding_selector = Text(std::string(16, '2')),
            .user_data = Text(Long(octets))};
  AbSpdu ab{.user_data = Text(Long(octets))};
  ab.transport_disconnect.user_abort = true;
  RfSpdu rf{.identifier = ac.identifier,
            .releases_transport = false,
            .reason = octets == 0 ? RefuseReason::kUser : RefuseReason::kUserWithData,
            .user_data = Text(Long(octets))};
  return {ac, rf, FnSpdu{.releases_transport = false, .user_data = Text(Long(octets))},
          DnSpdu{.user_data = Text(Long(octets))}, ab};
}

TEST(SpduSegments, EachFitsAndTogetherTheyAreTheWhole) {
  for (const size_t maximum : {256u, 257u, 300u, 511u, 1000u, 65535u}) {
    for (const size_t octets : {0u, 1u, 200u, 250u, 254u, 260u, 512u, 10240u}) {
      for (const Spdu& spdu : LongSpdus(octets)) {
        SpduAssembler assembler;
        std::optional<Spdu> whole;
        for (const Spdu& segment : InSegments(spdu, maximum)) {
          EXPECT_FALSE(whole.has_value());
          std::vector<uint8_t> octets_sent;
          AppendSpdu(segment, octets_sent);
          EXPECT_LE(octets_sent.size(), maximum);
          auto read = ParseSpdu(octets_sent);
          ASSERT_TRUE(read.ok()) << read.status();
          auto added = assembler.Add(*std::move(read));
          ASSERT_TRUE(added.ok()) << added.status();
          whole = *std::move(added);
        }
        EXPECT_TRUE(whole == spdu) << SpduName(spdu) << " " << octets << " in " << maximum;
        EXPECT_TRUE(assembler.is_empty());
      }
    }
  }
}

TEST(SpduSegments, FirstAndLastSayWhichTheyAre) {
  const std::vector<Spdu> segments = InSegments(FnSpdu{.user_data = Text(Long(600))}, 256);
  ASSERT_EQ(segments.size(), 3u);
  EXPECT_EQ(std::get<FnSpdu>(segments[0]).enclosure, (Enclosure{.beginning = true}));
  EXPECT_EQ(std::get<FnSpdu>(segments[1]).enclosure, Enclosure());
  EXPECT_EQ(std::get<FnSpdu>(segments[2]).enclosure, (Enclosure{.end = true}));
}

TEST(SpduSegments, WhatFitsAndWhatHasNoEnclosureItemStaysWhole) {
  EXPECT_EQ(InSegments(FnSpdu{.user_data = Text("bye")}, 256).size(), 1u);
  EXPECT_EQ(InSegments(FnSpdu{.user_data = Text(Long(10240))}, 0).size(), 1u);
  EXPECT_EQ(InSegments(CnSpdu{.user_data = Text(Long(10240))}, 256).size(), 1u);
  EXPECT_EQ(InSegments(AaSpdu{}, 256).size(), 1u);
}

TEST(SpduAssembler, SegmentsOutOfPlaceAreRefused) {
  const auto fn = [](bool beginning, bool end) {
    return FnSpdu{.enclosure = Enclosure{.beginning = beginning, .end = end}};
  };
  const DnSpdu dn{.enclosure = Enclosure{}};
  {
    SpduAssembler assembler;  // the middle comes first
    EXPECT_FALSE(assembler.Add(fn(false, false)).ok());
  }
  {
    SpduAssembler assembler;  // the end comes first
    EXPECT_FALSE(assembler.Add(fn(false, true)).ok());
  }
  {
    SpduAssembler assembler;  // it begins twice
    EXPECT_TRUE(assembler.Add(fn(true, false)).ok());
    EXPECT_FALSE(assembler.Add(fn(true, false)).ok());
  }
  {
    SpduAssembler assembler;  // another kind within it
    EXPECT_TRUE(assembler.Add(fn(true, false)).ok());
    EXPECT_FALSE(assembler.Add(dn).ok());
  }
  {
    SpduAssembler assembler;  // a whole one within it
    EXPECT_TRUE(assembler.Add(fn(true, false)).ok());
    EXPECT_FALSE(assembler.Add(AaSpdu{}).ok());
  }
}

TEST(SpduAssembler, AnAbortTakesThePlaceOfWhatWasUnderWay) {
  SpduAssembler assembler;
  ASSERT_TRUE(assembler.Add(FnSpdu{.enclosure = Enclosure{.beginning = true}}).ok());
  auto added = assembler.Add(AbSpdu{});
  ASSERT_TRUE(added.ok());
  EXPECT_TRUE(added->has_value());
  EXPECT_TRUE(assembler.is_empty());
}

TEST(SpduAssembler, HoldsNoMoreThanOneSpduCould) {
  SpduAssembler assembler;
  ASSERT_TRUE(assembler
                  .Add(DnSpdu{.enclosure = Enclosure{.beginning = true},
                              .user_data = std::vector<uint8_t>(65000)})
                  .ok());
  EXPECT_FALSE(
      assembler.Add(DnSpdu{.enclosure = Enclosure{}, .user_data = std::vector<uint8_t>(536)}).ok());
}

}  // namespace
}  // namespace osi
