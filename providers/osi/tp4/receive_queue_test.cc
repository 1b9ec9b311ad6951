#include "providers/osi/tp4/receive_queue.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace osi {
namespace {

ReceivedDt Dt(absl::string_view text, bool end_of_tsdu = true) {
  const sim::FramePtr frame =
      sim::Frame::Copy({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
  return {.frame = frame, .user_data = frame->octets(), .end_of_tsdu = end_of_tsdu};
}

// The octets read, "|" behind them where they end a TSDU.
std::string Read(ReceiveQueue& queue, size_t most, bool peek = false) {
  std::vector<uint8_t> into(most);
  const transport::ReadResult result = queue.Read(absl::MakeSpan(into), peek);
  return absl::StrCat(
      std::string(into.begin(), into.begin() + static_cast<std::ptrdiff_t>(result.octets)),
      result.end_of_message ? "|" : "");
}

TEST(ReceiveQueue, GivesOneTsduAtATime) {
  ReceiveQueue queue;
  queue.Append(Dt("abc", false));
  queue.Append(Dt("de"));
  queue.Append(Dt("f"));
  EXPECT_EQ(queue.readable(), 5u);
  EXPECT_TRUE(queue.has_whole_tsdu());
  EXPECT_EQ(Read(queue, 100), "abcde|");
  EXPECT_EQ(Read(queue, 100), "f|");
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.octets_read(), 6u);
}

TEST(ReceiveQueue, GivesTheBeginningOfATsduThatIsNotWhole) {
  ReceiveQueue queue;
  queue.Append(Dt("abc", false));
  EXPECT_FALSE(queue.has_whole_tsdu());
  EXPECT_TRUE(queue.is_tsdu_open());
  EXPECT_EQ(Read(queue, 100), "abc");
  EXPECT_EQ(Read(queue, 100), "");
  queue.Append(Dt("", true));  // the end alone
  EXPECT_FALSE(queue.empty());
  EXPECT_EQ(Read(queue, 100), "|");
  EXPECT_FALSE(queue.is_tsdu_open());
}

TEST(ReceiveQueue, ShortReadsGoOnWhereTheyStopped) {
  ReceiveQueue queue;
  queue.Append(Dt("abc", false));
  queue.Append(Dt("de"));
  EXPECT_EQ(Read(queue, 2), "ab");
  EXPECT_EQ(queue.dts(), 2u);
  EXPECT_EQ(Read(queue, 2), "cd");
  EXPECT_EQ(queue.dts(), 1u);
  EXPECT_EQ(Read(queue, 1), "e|");  // an exact fit ends the TSDU
}

TEST(ReceiveQueue, PeekingTakesNothing) {
  ReceiveQueue queue;
  queue.Append(Dt("abc", false));
  queue.Append(Dt("de"));
  for (int i = 0; i < 2; ++i) EXPECT_EQ(Read(queue, 4, /*peek=*/true), "abcd");
  EXPECT_EQ(Read(queue, 100, /*peek=*/true), "abcde|");
  EXPECT_EQ(queue.octets_read(), 0u);
  EXPECT_EQ(Read(queue, 100), "abcde|");
}

TEST(Resequencer, GivesDtsInTheirTurn) {
  Resequencer resequencer;
  EXPECT_TRUE(resequencer.Insert(5, Dt("five")));
  EXPECT_TRUE(resequencer.Insert(4, Dt("four")));
  EXPECT_FALSE(resequencer.Insert(5, Dt("another")));
  EXPECT_FALSE(resequencer.Take(3).has_value());
  EXPECT_TRUE(resequencer.Take(4).has_value());
  EXPECT_EQ(resequencer.Take(5)->user_data.size(), 4u);
  EXPECT_TRUE(resequencer.empty());
}

TEST(Fifo, KeepsItsOrderThroughManyTurns) {
  Fifo<int> fifo;
  int pushed = 0;
  int popped = 0;
  for (int round = 0; round < 100; ++round) {
    for (int i = 0; i < round % 7; ++i) fifo.PushBack(pushed++);
    for (int i = 0; i < round % 5 && !fifo.empty(); ++i) {
      EXPECT_EQ(fifo.front(), popped++);
      fifo.PopFront();
    }
    EXPECT_EQ(fifo.size(), static_cast<size_t>(pushed - popped));
    for (size_t i = 0; i < fifo.size(); ++i) EXPECT_EQ(fifo[i], popped + static_cast<int>(i));
  }
  fifo.Clear();
  EXPECT_TRUE(fifo.empty());
}

}  // namespace
}  // namespace osi
