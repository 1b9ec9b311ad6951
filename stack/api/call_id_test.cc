#include "stack/api/call_id.h"

#include "gtest/gtest.h"

namespace winsock {
namespace {

TEST(CallId, ANumberKeepsItsMeaning) {
  EXPECT_EQ(CallName(CallId{1}), "WSAStartup");
  EXPECT_EQ(CallName(CallId{6}), "closesocket");
  EXPECT_EQ(CallName(CallId{14}), "WSAConnect");
  EXPECT_EQ(CallName(CallId{25}), "WSARecvDisconnect");
  EXPECT_EQ(CallName(CallId{37}), "WSAEnumNetworkEvents");
  EXPECT_EQ(CallName(CallId{38}), "condition function");
}

TEST(CallId, EveryCallHasANameOfItsOwnAndNothingElseHasOne) {
  for (uint32_t id = 1; id <= static_cast<uint32_t>(CallId::kLast); ++id) {
    EXPECT_NE(CallName(CallId{id}), "") << id;
    for (uint32_t other = 1; other < id; ++other) {
      EXPECT_NE(CallName(CallId{id}), CallName(CallId{other}));
    }
  }
  EXPECT_EQ(CallName(CallId{0}), "");
  EXPECT_EQ(CallName(CallId{static_cast<uint32_t>(CallId::kLast) + 1}), "");
}

}  // namespace
}  // namespace winsock
