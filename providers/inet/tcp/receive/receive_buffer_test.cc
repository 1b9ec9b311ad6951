#include "providers/inet/tcp/receive/receive_buffer.h"

#include <string>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace inet {
namespace {

void Insert(ReceiveBuffer& buffer, uint64_t offset, absl::string_view text) {
  buffer.Insert(offset, {reinterpret_cast<const uint8_t*>(text.data()), text.size()});
}

std::string Read(ReceiveBuffer& buffer, size_t most = 100, bool peek = false) {
  std::string text(most, '\0');
  text.resize(buffer.Read({reinterpret_cast<uint8_t*>(text.data()), text.size()}, peek));
  return text;
}

TEST(ReceiveBuffer, PeekingTakesNothing) {
  ReceiveBuffer buffer;
  Insert(buffer, 1, "abc");
  EXPECT_EQ(Read(buffer, 2, true), "ab");
  EXPECT_EQ(Read(buffer), "abc");
}

TEST(ReceiveBuffer, AnUrgentOctetThatComesBeforeItsPointerIsNormal) {
  ReceiveBuffer buffer;
  Insert(buffer, 1, "abc");
  buffer.MarkUrgent(3);
  EXPECT_FALSE(buffer.TakeUrgent());
  EXPECT_EQ(Read(buffer), "abc");
}

TEST(ReceiveBuffer, AnUrgentOctetMayComeLaterThanItsPointer) {
  ReceiveBuffer buffer;
  buffer.MarkUrgent(4);
  Insert(buffer, 1, "ab");
  EXPECT_FALSE(buffer.TakeUrgent());
  Insert(buffer, 3, "!cd");
  EXPECT_TRUE(buffer.TakeUrgent());
  EXPECT_EQ(buffer.readable(), 2);
  EXPECT_EQ(Read(buffer), "ab");
  EXPECT_EQ(Read(buffer), "cd");
  EXPECT_EQ(buffer.ReadUrgent(false)->octet, '!');
}

TEST(ReceiveBuffer, SeveralUrgentOctetsQueue) {
  ReceiveBuffer buffer;
  buffer.MarkUrgent(3);
  buffer.MarkUrgent(5);
  Insert(buffer, 1, "a!b?c");
  EXPECT_TRUE(buffer.TakeUrgent());
  EXPECT_EQ(buffer.ReadUrgent(false)->octets_before, 1);
  const auto second = buffer.ReadUrgent(false);
  EXPECT_EQ(second->octet, '?');
  EXPECT_EQ(second->octets_before, 2) << "the first urgent octet is not a normal one";
  EXPECT_EQ(Read(buffer), "a");
  EXPECT_EQ(Read(buffer), "b");
  EXPECT_EQ(Read(buffer), "c");
}

TEST(ReceiveBuffer, UrgentOctetsInARowLeaveNoPlaceBetween) {
  ReceiveBuffer buffer;
  buffer.MarkUrgent(2);
  buffer.MarkUrgent(3);
  Insert(buffer, 1, "!?x");
  EXPECT_TRUE(buffer.TakeUrgent());
  EXPECT_EQ(Read(buffer), "x");
}

TEST(ReceiveBuffer, OfTooManyUrgentOctetsTheOldestAreLost) {
  ReceiveBuffer buffer;
  for (uint64_t i = 0; i < ReceiveBuffer::kMaxUrgent + 2; ++i) {
    buffer.MarkUrgent(i + 2);
    const char octet = static_cast<char>('a' + i);
    Insert(buffer, i + 1, {&octet, 1});
    EXPECT_TRUE(buffer.TakeUrgent());
  }
  EXPECT_EQ(buffer.ReadUrgent(false)->octet, 'c');
  EXPECT_EQ(buffer.readable(), 0);
}

}  // namespace
}  // namespace inet
