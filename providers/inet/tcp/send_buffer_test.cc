#include "providers/inet/tcp/send_buffer.h"

#include <string>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace inet {
namespace {

wire::ByteSpan OctetsOf(absl::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

std::string Copy(const SendBuffer& buffer, uint64_t offset, size_t count) {
  std::string text(count, '\0');
  buffer.Copy(offset, {reinterpret_cast<uint8_t*>(text.data()), count});
  return text;
}

TEST(SendBuffer, BeginsBehindTheSyn) {
  SendBuffer buffer(10);
  EXPECT_EQ(buffer.begin(), 1);
  EXPECT_EQ(buffer.end(), 1);
}

TEST(SendBuffer, GathersPieces) {
  SendBuffer buffer(100);
  EXPECT_EQ(buffer.Append({OctetsOf("ab"), OctetsOf(""), OctetsOf("cde")}), 5);
  EXPECT_EQ(Copy(buffer, 1, 5), "abcde");
  EXPECT_EQ(Copy(buffer, 3, 2), "cd");
}

TEST(SendBuffer, TakesNoMoreThanItsCapacity) {
  SendBuffer buffer(4);
  EXPECT_EQ(buffer.Append({OctetsOf("ab"), OctetsOf("cde"), OctetsOf("f")}), 4);
  EXPECT_EQ(buffer.room(), 0);
  buffer.Acknowledge(3);
  EXPECT_EQ(buffer.room(), 2);
  EXPECT_EQ(buffer.Append({OctetsOf("xyz")}), 2);
  EXPECT_EQ(Copy(buffer, 3, 4), "cdxy");
}

TEST(SendBuffer, MayBeMadeSmallerThanItsContent) {
  SendBuffer buffer(10);
  buffer.Append({OctetsOf("0123456789")});
  buffer.set_capacity(4);
  EXPECT_EQ(buffer.room(), 0);
  buffer.Acknowledge(9);
  EXPECT_EQ(buffer.room(), 2);
  EXPECT_EQ(Copy(buffer, 9, 2), "89");
}

TEST(SendBuffer, AnOldAcknowledgmentChangesNothing) {
  SendBuffer buffer(10);
  buffer.Append({OctetsOf("abc")});
  buffer.Acknowledge(3);
  buffer.Acknowledge(2);
  EXPECT_EQ(buffer.begin(), 3);
}

}  // namespace
}  // namespace inet
