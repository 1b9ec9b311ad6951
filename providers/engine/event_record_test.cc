#include "providers/engine/event_record.h"

#include "gtest/gtest.h"

namespace engine {
namespace {

// An event object is a counter of how often it was set.
BOOL CountSet(WSAEVENT event, LPINT /*error*/) {
  ++*static_cast<int*>(event);
  return TRUE;
}

constexpr LONG kRead = 1 << FD_READ_BIT;
constexpr LONG kWrite = 1 << FD_WRITE_BIT;
constexpr LONG kClose = 1 << FD_CLOSE_BIT;

class EventRecordTest : public ::testing::Test {
 protected:
  LONG Enumerate() {
    record_.Enumerate(events_);
    return events_.lNetworkEvents;
  }

  EventRecord record_;
  WSANETWORKEVENTS events_ = {};
  int sets_ = 0;
  int other_sets_ = 0;
};

TEST_F(EventRecordTest, SelectingLateLosesNothing) {
  record_.Record(FD_READ_BIT, 0);
  EXPECT_EQ(sets_, 0);
  record_.Select(kRead, &sets_, CountSet);
  EXPECT_EQ(sets_, 1);
  EXPECT_EQ(Enumerate(), kRead);
}

TEST_F(EventRecordTest, SelectingAgainRepeatsNothing) {
  record_.Select(kRead, &sets_, CountSet);
  record_.Record(FD_READ_BIT, 0);
  EXPECT_EQ(Enumerate(), kRead);
  record_.Select(kRead, &other_sets_, CountSet);
  EXPECT_EQ(other_sets_, 0);
  EXPECT_EQ(Enumerate(), 0);
}

TEST_F(EventRecordTest, WhatLiesOutsideTheMaskStaysRecorded) {
  record_.Select(kRead, &sets_, CountSet);
  record_.Record(FD_WRITE_BIT, 0);
  EXPECT_EQ(sets_, 0);
  EXPECT_EQ(Enumerate(), 0);
  record_.Select(kWrite, &sets_, CountSet);
  EXPECT_EQ(sets_, 1);
  EXPECT_EQ(Enumerate(), kWrite);
}

TEST_F(EventRecordTest, EveryRecordingSetsTheObject) {
  record_.Select(kRead, &sets_, CountSet);
  record_.Record(FD_READ_BIT, 0);
  record_.Record(FD_READ_BIT, 0);  // A new arrival, the first not yet enumerated.
  EXPECT_EQ(sets_, 2);
}

TEST_F(EventRecordTest, OnlyReportedEventsHaveTheirCodesWritten) {
  record_.Select(kRead | kClose, &sets_, CountSet);
  record_.Record(FD_CLOSE_BIT, WSAECONNRESET);
  events_.iErrorCode[FD_READ_BIT] = 12345;
  EXPECT_EQ(Enumerate(), kClose);
  EXPECT_EQ(events_.iErrorCode[FD_CLOSE_BIT], WSAECONNRESET);
  EXPECT_EQ(events_.iErrorCode[FD_READ_BIT], 12345);
}

TEST_F(EventRecordTest, AMaskOfZeroEndsTheSelection) {
  record_.Select(kRead, &sets_, CountSet);
  record_.Select(0, nullptr, CountSet);
  record_.Record(FD_READ_BIT, 0);
  EXPECT_EQ(sets_, 0);
  EXPECT_EQ(Enumerate(), 0);
}

TEST_F(EventRecordTest, AnAcceptedSocketTakesOverTheSelection) {
  record_.Select(kRead, &sets_, CountSet);
  EventRecord accepted;
  accepted.Record(FD_READ_BIT, 0);  // Before accept returned.
  accepted.InheritSelection(record_);
  EXPECT_EQ(sets_, 1);
  EXPECT_EQ(accepted.mask(), kRead);
}

TEST_F(EventRecordTest, AClearedEventIsNotReported) {
  record_.Select(kRead, &sets_, CountSet);
  record_.Record(FD_READ_BIT, 0);
  record_.Clear(FD_READ_BIT);
  EXPECT_EQ(Enumerate(), 0);
}

}  // namespace
}  // namespace engine
