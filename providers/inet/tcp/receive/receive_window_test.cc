#include "providers/inet/tcp/receive/receive_window.h"

#include "gtest/gtest.h"

namespace inet {
namespace {

TEST(ReceiveWindow, OffersWhatIsFree) {
  ReceiveWindow window;
  EXPECT_EQ(window.Advertise(1, 0, 5000, 1000), 5000);
  EXPECT_EQ(window.edge(), 5001);
  EXPECT_EQ(window.Advertise(3001, 3000, 5000, 1000), 2000);
  EXPECT_EQ(window.edge(), 5001);
}

TEST(ReceiveWindow, NeverShrinks) {  // RFC 9293 3.8.6
  ReceiveWindow window;
  window.Advertise(1, 0, 5000, 1000);
  EXPECT_EQ(window.Advertise(1, 0, 2000, 1000), 5000);
}

TEST(ReceiveWindow, OpensByNoLessThanASegment) {  // RFC 9293 3.8.6.2.2
  ReceiveWindow window;
  window.Advertise(1, 0, 5000, 1000);
  EXPECT_EQ(window.Advertise(5001, 5000, 5000, 1000), 0);
  EXPECT_EQ(window.Advertise(5001, 4001, 5000, 1000), 0);
  EXPECT_EQ(window.Advertise(5001, 4000, 5000, 1000), 1000);
}

TEST(ReceiveWindow, OpensByHalfOfASmallBuffer) {
  ReceiveWindow window;
  window.Advertise(1, 0, 1000, 1460);
  EXPECT_EQ(window.Advertise(1001, 501, 1000, 1460), 0);
  EXPECT_EQ(window.Advertise(1001, 500, 1000, 1460), 500);
}

TEST(ReceiveWindow, AnUpdateIsDueForAQuarterOfTheBufferOrAfterAClosedWindow) {
  ReceiveWindow window;
  window.Advertise(1, 0, 10000, 1000);
  EXPECT_FALSE(window.IsUpdateDue(5001, 3000, 10000, 1000)) << "two segments";
  EXPECT_TRUE(window.IsUpdateDue(5001, 2500, 10000, 1000)) << "and a quarter of the buffer";
  EXPECT_FALSE(window.IsUpdateDue(10001, 9500, 10000, 1000)) << "closed, and too little free";
  EXPECT_TRUE(window.IsUpdateDue(10001, 9000, 10000, 1000)) << "closed, and a segment fits";
}

TEST(ReceiveWindow, ShiftsTheField) {  // RFC 7323 2.2
  EXPECT_EQ(ReceiveWindow::ShiftFor(65535), 0);
  EXPECT_EQ(ReceiveWindow::ShiftFor(65536), 1);
  EXPECT_EQ(ReceiveWindow::ShiftFor(1 << 20), 5);
  EXPECT_EQ(ReceiveWindow::ShiftFor(size_t{1} << 40), 14);
  ReceiveWindow window;
  window.set_shift(4);
  EXPECT_EQ(window.Advertise(1, 0, 100'000, 1000, /*unscaled=*/true), 65535) << "in a SYN";
  EXPECT_EQ(window.Advertise(1, 0, 100'000, 1000), 100'000 >> 4);
  EXPECT_EQ(window.edge(), 1 + (100'000 >> 4 << 4));
}

}  // namespace
}  // namespace inet
