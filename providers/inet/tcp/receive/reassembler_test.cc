#include "providers/inet/tcp/receive/reassembler.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace inet {
namespace {

using Blocks = std::vector<Reassembler::Block>;

void Insert(Reassembler& data, uint64_t offset, absl::string_view text) {
  data.Insert(offset, {reinterpret_cast<const uint8_t*>(text.data()), text.size()});
}

std::string Take(Reassembler& data) {
  std::string text(data.in_order(), '\0');
  data.Copy(data.read_offset(), {reinterpret_cast<uint8_t*>(text.data()), text.size()});
  data.Consume(text.size());
  return text;
}

TEST(Reassembler, GivesWhatCameInOrder) {
  Reassembler data;
  Insert(data, 1, "abc");
  Insert(data, 4, "de");
  EXPECT_EQ(data.next(), 6);
  EXPECT_EQ(Take(data), "abcde");
}

TEST(Reassembler, WaitsForTheGap) {
  Reassembler data;
  Insert(data, 4, "def");
  EXPECT_EQ(data.next(), 1);
  EXPECT_EQ(data.blocks(), (Blocks{{4, 7}}));
  Insert(data, 1, "abc");
  EXPECT_EQ(Take(data), "abcdef");
  EXPECT_EQ(data.blocks(), Blocks{});
}

TEST(Reassembler, TheFirstCopyStays) {
  Reassembler data;
  Insert(data, 3, "CD");
  Insert(data, 1, "abcdef");
  EXPECT_EQ(Take(data), "abCDef");
  Insert(data, 5, "xxg");
  EXPECT_EQ(Take(data), "g");
}

TEST(Reassembler, JoinsBlocksThatOverlapOrTouch) {
  Reassembler data;
  Insert(data, 10, "jk");
  Insert(data, 14, "no");
  Insert(data, 20, "t");
  EXPECT_EQ(data.blocks(), (Blocks{{10, 12}, {14, 16}, {20, 21}}));
  Insert(data, 11, "klmn");
  EXPECT_EQ(data.blocks(), (Blocks{{10, 16}, {20, 21}}));
  Insert(data, 1, "abcdefghijklmnopqrst");
  EXPECT_EQ(data.blocks(), Blocks{});
  EXPECT_EQ(Take(data), "abcdefghijklmnopqrst");
}

TEST(Reassembler, HasALimitOfBlocks) {
  Reassembler data;
  for (uint64_t i = 0; i <= Reassembler::kMaxBlocks; ++i) Insert(data, 10 + 2 * i, "x");
  EXPECT_EQ(data.blocks().size(), Reassembler::kMaxBlocks);
  Insert(data, 11, "y");  // joins two of them
  EXPECT_EQ(data.blocks().size(), Reassembler::kMaxBlocks - 1);
  Insert(data, 1, "abcdefghi");
  EXPECT_EQ(Take(data), "abcdefghixyx");
}

// Every order of the pieces, and overlaps of all kinds, give the same stream.
TEST(Reassembler, AnyOrderGivesTheStream) {
  const std::string stream = "abcdefghijkl";
  struct Piece {
    size_t begin, end;
  };
  std::vector<Piece> pieces = {{0, 3}, {2, 6}, {5, 7}, {7, 9}, {4, 10}, {9, 12}};
  std::vector<size_t> order = {0, 1, 2, 3, 4, 5};
  do {
    Reassembler data;
    for (const size_t i : order) {
      Insert(data, 1 + pieces[i].begin,
             absl::string_view(stream).substr(pieces[i].begin, pieces[i].end - pieces[i].begin));
    }
    ASSERT_EQ(Take(data), stream);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(Reassembler, ForgetsEverything) {
  Reassembler data;
  Insert(data, 1, "ab");
  Insert(data, 9, "x");
  data.Free();
  EXPECT_EQ(data.in_order(), 0);
  EXPECT_EQ(data.next(), 3);
  EXPECT_EQ(data.blocks(), Blocks{});
}

}  // namespace
}  // namespace inet
