#include "providers/osi/tp4/send_queue.h"

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace osi {
namespace {

ByteSpan OctetsOf(absl::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

SendQueue Queue(size_t dt_capacity = 4) {
  SendQueue queue;
  queue.SetDtCapacity(dt_capacity);
  return queue;
}

size_t Write(SendQueue& queue, absl::string_view text, bool end_of_tsdu = true) {
  const ByteSpan piece = OctetsOf(text);
  return queue.Write({&piece, 1}, end_of_tsdu);
}

// "abcd efg|" for two DTs of which the second ends its TSDU.
std::string Contents(SendQueue& queue) {
  std::string text;
  for (TpduNumber n = queue.begin(); n < queue.end(); ++n) {
    const ByteSpan octets = queue.at(n).frame->octets();
    if (!text.empty()) text.push_back(' ');
    text.append(octets.begin(), octets.end());
    if (queue.at(n).end_of_tsdu) text.push_back('|');
  }
  return text;
}

TEST(SendQueue, CutsTsdusIntoDts) {
  SendQueue queue = Queue();
  EXPECT_EQ(Write(queue, "abcdefg"), 7u);
  EXPECT_EQ(Write(queue, "12345678"), 8u);
  EXPECT_EQ(Contents(queue), "abcd efg| 1234 5678|");
}

TEST(SendQueue, GathersPieces) {
  SendQueue queue = Queue();
  const ByteSpan pieces[] = {OctetsOf("ab"), OctetsOf(""), OctetsOf("cde"), OctetsOf("f")};
  EXPECT_EQ(queue.Write(pieces, true), 6u);
  EXPECT_EQ(Contents(queue), "abcd ef|");
}

TEST(SendQueue, PartsOfATsduShareADtUntilItIsSent) {
  SendQueue queue = Queue();
  Write(queue, "a", false);
  Write(queue, "bc", false);
  EXPECT_EQ(Contents(queue), "abc");
  queue.TakeNext();
  Write(queue, "d", true);
  EXPECT_EQ(Contents(queue), "abc d|");
}

TEST(SendQueue, TheEndOfATsduGoesIntoItsLastDtOrAnEmptyOne) {
  SendQueue queue = Queue();
  Write(queue, "ab", false);
  Write(queue, "", true);
  EXPECT_EQ(Contents(queue), "ab|");
  Write(queue, "cd", false);
  queue.TakeNext();
  queue.TakeNext();
  Write(queue, "", true);
  EXPECT_EQ(Contents(queue), "ab| cd |");
  Write(queue, "", true);  // there is no TSDU without octets
  EXPECT_EQ(queue.end(), 3u);
}

TEST(SendQueue, TakesNoMoreThanItHasRoomFor) {
  SendQueue queue = Queue(1000);
  const std::string text(kSendOctets + 1, 'x');
  EXPECT_EQ(Write(queue, text), kSendOctets);
  EXPECT_EQ(queue.writable(), 0u);
  EXPECT_EQ(Write(queue, "y"), 0u);
  EXPECT_FALSE(queue.at(queue.end() - 1).end_of_tsdu);  // the last octet was not taken
  queue.TakeNext();
  EXPECT_EQ(queue.Acknowledge(1), 1u);
  EXPECT_EQ(queue.writable(), 1000u);
}

TEST(SendQueue, LimitsTheNumberOfDts) {
  SendQueue queue = Queue();
  for (size_t i = 0; i < kSendDts; ++i) EXPECT_EQ(Write(queue, "x"), 1u);
  EXPECT_EQ(Write(queue, "x"), 0u);
}

TEST(SendQueue, CanGoBackToTheFirstThatIsNotAcknowledged) {
  SendQueue queue = Queue();
  for (int i = 0; i < 4; ++i) Write(queue, "x");
  for (int i = 0; i < 3; ++i) queue.TakeNext();
  EXPECT_EQ(queue.Acknowledge(1), 1u);
  queue.GoBack();
  EXPECT_EQ(queue.next(), 1u);
  EXPECT_EQ(queue.sent_end(), 3u);
  EXPECT_EQ(queue.TakeNext().transmissions, 2);
  EXPECT_EQ(queue.Acknowledge(3), 2u);  // further than this round has come
  EXPECT_EQ(queue.next(), 3u);
  EXPECT_EQ(queue.TakeNext().transmissions, 1);
  EXPECT_FALSE(queue.has_next());
}

TEST(SendQueue, NothingIsAddedToADtThatWillBeSentAgain) {
  SendQueue queue = Queue();
  Write(queue, "a", false);
  queue.TakeNext();
  queue.GoBack();
  Write(queue, "b", true);
  EXPECT_EQ(Contents(queue), "a b|");
}

}  // namespace
}  // namespace osi
