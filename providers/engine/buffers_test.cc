#include "providers/engine/buffers.h"

#include <string>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace engine {
namespace {

ByteSpan Octets(absl::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

TEST(Buffers, NeedAnArrayAndEachAnAddress) {
  char room[2];
  WSABUF buffers[] = {{2, room}, {0, nullptr}, {1, nullptr}};
  EXPECT_EQ(Buffers::Check(buffers, 2), 0);
  EXPECT_EQ(Buffers::Check(buffers, 3), WSAEFAULT);
  EXPECT_EQ(Buffers::Check(buffers, 0), WSAEINVAL);
  EXPECT_EQ(Buffers::Check(nullptr, 1), WSAEFAULT);
}

TEST(Buffers, ArePassedOneAfterTheOther) {
  char first[3];
  char second[4];
  const WSABUF array[] = {{3, first}, {0, nullptr}, {4, second}};
  Buffers buffers(array, 3);
  EXPECT_EQ(buffers.total(), 7u);
  EXPECT_EQ(buffers.room().size(), 3u);
  buffers.Append(Octets("abcd"));
  EXPECT_EQ(buffers.done(), 4u);
  EXPECT_EQ(buffers.left(), 3u);
  EXPECT_EQ(buffers.room().size(), 3u);
  EXPECT_EQ(std::string(first, 3) + std::string(second, 1), "abcd");
  buffers.Advance(3);
  EXPECT_TRUE(buffers.is_full());
  EXPECT_TRUE(buffers.room().empty());
}

TEST(Buffers, TellWhatIsBehindThePlace) {
  char first[] = "abc";
  char second[] = "defg";
  const WSABUF array[] = {{3, first}, {4, second}};
  Buffers buffers(array, 2);
  buffers.Advance(2);
  ASSERT_EQ(buffers.pieces().size(), 2u);
  EXPECT_EQ(buffers.pieces()[0], Octets("c"));
  EXPECT_EQ(buffers.pieces()[1], Octets("defg"));
  buffers.Advance(1);
  ASSERT_EQ(buffers.pieces().size(), 1u);
}

TEST(Buffers, WithoutOctetsAreFullFromTheStart) {
  const WSABUF array[] = {{0, nullptr}};
  const Buffers buffers(array, 1);
  EXPECT_TRUE(buffers.is_full());
  EXPECT_TRUE(buffers.room().empty());
  EXPECT_TRUE(buffers.pieces().empty());
}

}  // namespace
}  // namespace engine
