#include "providers/transport/testing/received_data.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace transport {
namespace {

ByteSpan Octets(absl::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

// The octets, and '|' behind the last of a message.
std::string Read(ReceivedData& data, size_t room, bool peek = false) {
  std::vector<uint8_t> octets(room);
  const ReadResult result = data.Read(absl::MakeSpan(octets), peek);
  return absl::StrCat(std::string(octets.begin(), octets.begin() + result.octets),
                      result.end_of_message ? "|" : "");
}

TEST(ReceivedData, IsReadMessageByMessage) {
  ReceivedData data;
  EXPECT_FALSE(data.is_readable());
  EXPECT_EQ(Read(data, 10), "");
  data.Add(Octets("hel"), false);
  EXPECT_FALSE(data.has_whole_message());
  data.Add(Octets("lo"), true);
  data.Add(Octets(""), true);
  data.Add(Octets("next"), false);
  EXPECT_TRUE(data.has_whole_message());
  EXPECT_EQ(data.readable_octets(), 5u);
  EXPECT_EQ(data.queued_octets(), 9u);
  EXPECT_EQ(Read(data, 10, /*peek=*/true), "hello|");
  EXPECT_EQ(Read(data, 2), "he");
  EXPECT_EQ(Read(data, 3), "llo|");
  EXPECT_TRUE(data.is_readable());
  EXPECT_EQ(Read(data, 10), "|");
  EXPECT_EQ(Read(data, 10), "next");
  EXPECT_FALSE(data.is_readable());
  data.Add(Octets(""), true);
  EXPECT_EQ(Read(data, 10), "|");
}

TEST(ReceivedData, IsAMessageWithoutEndForAStream) {
  ReceivedData data;
  data.Add(Octets("ab"), false);
  data.Add(Octets("cd"), false);
  EXPECT_EQ(Read(data, 3), "abc");
  EXPECT_EQ(data.readable_octets(), 1u);
  data.Clear();
  EXPECT_FALSE(data.is_readable());
}

}  // namespace
}  // namespace transport
