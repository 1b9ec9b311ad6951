#include "providers/osi/session/ssdu_queue.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace osi {
namespace {

void Append(SsduQueue& queue, absl::string_view text) {
  queue.Append(text.size(), [text](absl::Span<uint8_t> into) {
    std::copy(text.begin(), text.end(), into.begin());
    return text.size();
  });
}

// "ab" of a part, "ab|" with the end of the SSDU.
std::string Read(SsduQueue& queue, size_t most, bool peek = false) {
  std::vector<uint8_t> octets(most);
  const transport::ReadResult read = queue.Read(absl::MakeSpan(octets), peek);
  std::string text(octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(read.octets));
  return read.end_of_message ? text + '|' : text;
}

TEST(SsduQueue, KeepsSsdusApart) {
  SsduQueue queue;
  EXPECT_TRUE(queue.empty());
  Append(queue, "one");
  queue.EndSsdu();
  queue.EndSsdu();
  Append(queue, "thr");
  EXPECT_EQ(queue.first_octets(), 3u);
  EXPECT_EQ(Read(queue, 10), "one|");
  EXPECT_EQ(queue.first_octets(), 0u);
  EXPECT_TRUE(queue.has_whole_ssdu());
  EXPECT_EQ(Read(queue, 10), "|");
  EXPECT_FALSE(queue.has_whole_ssdu());
  EXPECT_EQ(Read(queue, 10), "thr");
  EXPECT_TRUE(queue.empty());
  Append(queue, "ee");
  queue.EndSsdu();
  EXPECT_EQ(Read(queue, 1), "e");
  EXPECT_EQ(Read(queue, 1), "e|");
  EXPECT_TRUE(queue.empty());
}

TEST(SsduQueue, PeekLeavesEverything) {
  SsduQueue queue;
  Append(queue, "one");
  queue.EndSsdu();
  EXPECT_EQ(Read(queue, 2, /*peek=*/true), "on");
  EXPECT_EQ(Read(queue, 3, /*peek=*/true), "one|");
  EXPECT_EQ(Read(queue, 3), "one|");
}

TEST(SsduQueue, KeepsOnlyWhatWasReallyAppended) {
  SsduQueue queue;
  queue.Append(100, [](absl::Span<uint8_t> into) {
    into[0] = 'x';
    return size_t{1};
  });
  EXPECT_EQ(Read(queue, 100), "x");
}

TEST(SsduQueue, IsFullOfOctetsOrOfSsdus) {
  SsduQueue queue;
  EXPECT_EQ(queue.room(), SsduQueue::kCapacity);
  Append(queue, std::string(SsduQueue::kCapacity - 1, 'x'));
  EXPECT_FALSE(queue.is_full());
  EXPECT_EQ(queue.room(), 1u);
  Append(queue, "x");
  EXPECT_TRUE(queue.is_full());
  queue.Clear();
  EXPECT_TRUE(queue.empty());
  for (size_t i = 0; i < SsduQueue::kCapacity / SsduQueue::kSsduOverhead; ++i) {
    EXPECT_FALSE(queue.is_full());
    queue.EndSsdu();
  }
  EXPECT_TRUE(queue.is_full());
}

// Written and read at different paces for a long time, every octet comes once and in order.
TEST(SsduQueue, KeepsOrderWhileItNeverEmpties) {
  SsduQueue queue;
  std::string written;
  std::string read;
  for (int i = 0; i < 5000; ++i) {
    const std::string ssdu = std::to_string(i);
    Append(queue, ssdu);
    queue.EndSsdu();
    written += ssdu + '|';
    if (i >= 100) read += Read(queue, 3);
  }
  while (!queue.empty()) read += Read(queue, 3);
  EXPECT_EQ(read, written);
}

}  // namespace
}  // namespace osi
