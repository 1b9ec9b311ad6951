#include "providers/engine/reasons.h"

#include "gtest/gtest.h"
#include "providers/engine/words.h"

namespace engine {
namespace {

using transport::Cause;

TEST(Reasons, APeerThatDisconnectsResets) {
  EXPECT_EQ(EndError(Cause::kPeerUser), WSAECONNRESET);
  EXPECT_EQ(CloseEventError(Cause::kPeerUser), WSAECONNRESET);
}

TEST(Reasons, EveryWayOfBeingTurnedDownIsARefusal) {
  for (Cause cause : {Cause::kPeerUser, Cause::kRefusedByUser, Cause::kNothingThere,
                      Cause::kCongestion, Cause::kNegotiationFailed}) {
    EXPECT_EQ(ConnectError(cause), WSAECONNREFUSED) << static_cast<int>(cause);
  }
}

TEST(Reasons, AConnectAttemptTellsWhereTheWayEnded) {
  EXPECT_EQ(ConnectError(Cause::kNoAnswer), WSAETIMEDOUT);
  EXPECT_EQ(ConnectError(Cause::kNetworkUnreachable), WSAENETUNREACH);
  EXPECT_EQ(ConnectError(Cause::kHostUnreachable), WSAEHOSTUNREACH);
  EXPECT_EQ(ConnectError(Cause::kNoResources), WSAENOBUFS);
}

TEST(Reasons, AnEndFoundOnThisSideIsToldApart) {
  EXPECT_EQ(EndError(Cause::kNoAnswer), WSAETIMEDOUT);
  EXPECT_EQ(EndError(Cause::kPeerLost), WSAENETRESET);
  EXPECT_EQ(EndError(Cause::kProtocolError), WSAECONNABORTED);
  EXPECT_EQ(EndError(Cause::kNetworkUnreachable), WSAENETUNREACH);
  EXPECT_EQ(EndError(Cause::kHostUnreachable), WSAEHOSTUNREACH);
}

// Winsock page: WSAEventSelect.
TEST(Reasons, TheCloseEventHasOneOfItsTwoCodes) {
  for (int i = 0; i <= static_cast<int>(Cause::kNoResources); ++i) {
    int code = CloseEventError(static_cast<Cause>(i));
    EXPECT_TRUE(code == WSAECONNRESET || code == WSAECONNABORTED) << i;
  }
}

}  // namespace
}  // namespace engine
