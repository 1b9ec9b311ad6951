#include "providers/osi/session/tsdu_writer.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "providers/osi/session/spdu_test_support.h"
#include "providers/transport/testing/fake_transport.h"

namespace osi {
namespace {

// A writer over a transport connection whose room the test says.
class Writing {
 public:
  size_t Writes(absl::string_view text, bool ends = true) {
    const std::vector<uint8_t> octets = Text(text);
    return writer.WriteSsdu(connection, {ByteSpan(octets)}, ends, on_dt);
  }
  void Ends() { writer.EndSsdu(connection, on_dt); }
  // Every whole TSDU so far: of a DT its enclosure item and user information, "B:abc M:def E:g",
  // "W:" where there is one segment alone.
  std::string Sent() {
    std::vector<std::string> all;
    while (!connection.written().empty() && connection.written().front().is_whole) {
      const std::vector<uint8_t> octets = connection.written().front().octets;
      connection.written().pop_front();
      longest = std::max(longest, octets.size());
      const DtSpdu dt = *DtSpdu::Parse(octets);
      const std::string text(dt.user_information.begin(), dt.user_information.end());
      if (!dt.enclosure.has_value()) {
        all.push_back(text);
        continue;
      }
      const bool begins = dt.enclosure->beginning;
      const bool ends = dt.enclosure->end;
      all.push_back(absl::StrCat(begins && ends ? "W:" : begins ? "B:" : ends ? "E:" : "M:", text));
    }
    return absl::StrJoin(all, " ");
  }

  transport::FakeConnection connection{1, {}, {}};
  TsduWriter writer;
  size_t longest = 0;
  int announced = 0;

 private:
  struct Count {
    Writing& writing;
    void operator()(const std::optional<Enclosure>&) const { ++writing.announced; }
  };
  const Count on_dt{*this};
};

constexpr size_t kMaximum = TsduWriter::kSegmentHeader + 3;  // three octets a segment

TEST(TsduWriter, WithoutSegmentingAnSsduIsOneTsdu) {
  Writing us;
  EXPECT_EQ(us.Writes("abcdefgh"), 8u);
  EXPECT_EQ(us.Sent(), "abcdefgh");
  EXPECT_EQ(us.announced, 1);
}

TEST(TsduWriter, SsduGoesInSegmentsThatFit) {
  Writing us;
  us.writer.SetSegmenting(kMaximum);
  EXPECT_EQ(us.Writes("abcdefg"), 7u);
  EXPECT_EQ(us.Sent(), "B:abc M:def E:g");
  EXPECT_EQ(us.longest, kMaximum);
  EXPECT_EQ(us.announced, 3);
  EXPECT_FALSE(us.writer.is_in_ssdu());
}

TEST(TsduWriter, OneSegmentIsFirstAndLast) {
  Writing us;
  us.writer.SetSegmenting(kMaximum);
  us.Writes("abc");
  us.Writes("");
  us.Writes("x");
  EXPECT_EQ(us.Sent(), "W:abc W: W:x");
}

TEST(TsduWriter, FullSegmentWaitsUntilItIsKnownWhetherItIsTheLast) {
  Writing us;
  us.writer.SetSegmenting(kMaximum);
  EXPECT_EQ(us.Writes("ab", false), 2u);
  EXPECT_EQ(us.Writes("c", false), 1u);
  EXPECT_EQ(us.Sent(), "");
  EXPECT_EQ(us.Writes("d", false), 1u);
  EXPECT_EQ(us.Sent(), "B:abc");
  EXPECT_TRUE(us.writer.is_in_ssdu());
  us.Ends();
  EXPECT_EQ(us.Sent(), "E:d");
}

TEST(TsduWriter, EmptyWriteEndsWhatWasBegun) {
  Writing us;
  us.writer.SetSegmenting(kMaximum);
  us.Writes("abc", false);
  us.Writes("");
  EXPECT_EQ(us.Sent(), "W:abc");
}

// What writable_octets says is what is taken, to the octet, whatever room there is and whatever
// was begun before.
TEST(TsduWriter, TakesExactlyWhatItSaid) {
  for (size_t begun = 0; begun <= 3; ++begun) {
    for (size_t room = 0; room <= 4 * kMaximum; ++room) {
      Writing us;
      us.writer.SetSegmenting(kMaximum);
      if (begun > 0) us.Writes(std::string(begun, 'a'), false);
      us.connection.set_room(room);
      const size_t said = us.writer.writable_octets(us.connection);
      EXPECT_GT(said, 0u);
      EXPECT_EQ(us.Writes(std::string(100, 'b'), false), said) << begun << " " << room;
      EXPECT_EQ(us.writer.writable_octets(us.connection), 0u);
      us.connection.MakeRoom(transport::FakeConnection::kUnlimited);
      EXPECT_TRUE(us.writer.Flush(us.connection));
      us.Ends();
      size_t octets = 0;
      for (const char c : us.Sent()) octets += c == 'a' || c == 'b';
      EXPECT_EQ(octets, begun + said);
    }
  }
}

TEST(TsduWriter, WhatIsDroppedIsForgotten) {
  Writing us;
  us.writer.SetSegmenting(kMaximum);
  us.Writes("abcd", false);
  EXPECT_EQ(us.Sent(), "B:abc");
  us.writer.DropWaiting();
  EXPECT_FALSE(us.writer.is_in_ssdu());
  us.Writes("xy");
  EXPECT_EQ(us.Sent(), "W:xy");
}

}  // namespace
}  // namespace osi
