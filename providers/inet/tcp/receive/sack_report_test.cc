#include "providers/inet/tcp/receive/sack_report.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace inet {
namespace {

constexpr size_t kRoom = 4;

// A receiver that has `next` octets in order: what it holds, and what it would report.
class Receiver {
 public:
  void Receive(uint64_t begin, uint64_t end) {
    const uint64_t next = data_.next();
    if (begin < next) report_.OnDuplicate({begin, std::min(end, next)});
    const std::vector<uint8_t> octets(end - begin);
    if (const auto twice = data_.Insert(begin, octets)) report_.OnDuplicate(*twice);
    if (data_.next() < end) report_.OnArrival(std::max(begin, next), data_.blocks());
  }
  // "6-7 4-5", and the report is sent.
  std::string Sends(size_t room = kRoom) {
    std::string text;
    for (const SackReport::Block& block : report_.Make(data_.blocks(), room)) {
      absl::StrAppend(&text, text.empty() ? "" : " ", block.begin, "-", block.end);
    }
    report_.OnSent();
    return text;
  }

 private:
  Reassembler data_;
  SackReport report_;
};

TEST(SackReport, SaysNothingWithoutAGap) {
  Receiver receiver;
  receiver.Receive(1, 100);
  EXPECT_EQ(receiver.Sends(), "");
}

TEST(SackReport, BeginsWithTheBlockOfTheLatestSegment) {  // RFC 2018 4
  Receiver receiver;
  receiver.Receive(200, 300);
  EXPECT_EQ(receiver.Sends(), "200-300");
  receiver.Receive(400, 500);
  EXPECT_EQ(receiver.Sends(), "400-500 200-300");
  receiver.Receive(600, 700);
  EXPECT_EQ(receiver.Sends(), "600-700 400-500 200-300");
  receiver.Receive(300, 350);
  EXPECT_EQ(receiver.Sends(), "200-350 600-700 400-500");
}

TEST(SackReport, SaysTheLatestWhereThereIsRoomForFew) {
  Receiver receiver;
  for (uint64_t begin = 100; begin <= 500; begin += 100) receiver.Receive(begin, begin + 10);
  EXPECT_EQ(receiver.Sends(), "500-510 400-410 300-310 200-210");
  EXPECT_EQ(receiver.Sends(2), "500-510 400-410");
  EXPECT_EQ(receiver.Sends(0), "");
}

TEST(SackReport, ComesBackToABlockThatHadNoRoom) {
  Receiver receiver;
  for (uint64_t begin = 100; begin <= 500; begin += 100) receiver.Receive(begin, begin + 10);
  receiver.Receive(410, 500);  // joins two: one place is free
  EXPECT_EQ(receiver.Sends(), "400-510 300-310 200-210 100-110");
}

TEST(SackReport, LeavesOffWhatIsAcknowledged) {
  Receiver receiver;
  receiver.Receive(200, 300);
  receiver.Receive(400, 500);
  receiver.Receive(1, 200);
  EXPECT_EQ(receiver.Sends(), "400-500");
}

TEST(SackReport, TellsADuplicateOnce) {  // RFC 2883 4.1.1
  Receiver receiver;
  receiver.Receive(1, 100);
  receiver.Receive(1, 100);
  EXPECT_EQ(receiver.Sends(), "1-100");
  EXPECT_EQ(receiver.Sends(), "");
}

TEST(SackReport, ADuplicateInABlockIsFollowedByThatBlock) {  // RFC 2883 4.2.1
  Receiver receiver;
  receiver.Receive(200, 300);
  receiver.Receive(400, 500);
  receiver.Receive(250, 275);
  EXPECT_EQ(receiver.Sends(), "250-275 200-300 400-500");
  EXPECT_EQ(receiver.Sends(), "200-300 400-500");
}

TEST(SackReport, ADuplicateOfAWholeBlockIsSaidBothTimes) {
  Receiver receiver;
  receiver.Receive(200, 300);
  receiver.Receive(200, 300);
  EXPECT_EQ(receiver.Sends(), "200-300 200-300");
}

TEST(SackReport, OfASegmentThatRepeatsTwoPartsTheFirstIsTold) {  // RFC 2883 4.2.2
  Receiver receiver;
  receiver.Receive(200, 300);
  receiver.Receive(400, 500);
  receiver.Receive(600, 700);
  receiver.Receive(200, 550);
  EXPECT_EQ(receiver.Sends(), "200-300 200-550 600-700");
}

TEST(SackReport, ADuplicateBelowTheAcknowledgmentStandsAlone) {
  Receiver receiver;
  receiver.Receive(1, 100);
  receiver.Receive(200, 300);
  receiver.Receive(50, 150);
  EXPECT_EQ(receiver.Sends(), "50-100 200-300");
}

}  // namespace
}  // namespace inet
