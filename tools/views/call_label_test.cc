#include "tools/views/call_label.h"

#include <cstring>
#include <vector>

#include "gtest/gtest.h"
#include "stack/winsock2.h"

namespace wsim {
namespace {

using sim::TraceEvent;
using sim::TraceKind;

std::vector<uint8_t> Octets(absl::string_view text) { return {text.begin(), text.end()}; }

TEST(CallLabel, IsTheCallWithItsArguments) {
  EXPECT_EQ(CallLabel({.kind = TraceKind::kApiCall, .name = "listen", .text = "4, 5"}),
            "listen(4, 5)");
}

TEST(CallLabel, ShowsWhatIsSent) {
  const std::vector<uint8_t> data = Octets("hello");
  EXPECT_EQ(CallLabel({.numbers = {8, 5, 0}, .octets = data, .name = "send", .text = "8, ..."}),
            "send(8, \"hello\")");
  EXPECT_EQ(CallLabel({.numbers = {8, 5, winsock::MSG_PARTIAL}, .octets = data, .name = "WSASend"}),
            "WSASend(8, \"hello\", MSG_PARTIAL)");
  EXPECT_EQ(CallLabel({.numbers = {8, 0, 0}, .name = "send"}), "send(8, \"\")");
  EXPECT_EQ(CallLabel({.numbers = {8, 5, 0}, .octets = data, .name = "WSASendDisconnect"}),
            "WSASendDisconnect(8, \"hello\")");
  EXPECT_EQ(CallLabel({.numbers = {8, 0, 0}, .name = "WSASendDisconnect"}), "WSASendDisconnect(8)");
}

TEST(CallLabel, LeavesOutWhatSaysNothing) {
  EXPECT_EQ(CallLabel({.numbers = {0, -1, -1, -1}, .name = "WSASocket", .text = "-1, -1, -1"}),
            "WSASocket()");
  EXPECT_EQ(CallLabel({.numbers = {0, 2, 1, 6}, .name = "WSASocket", .text = "AF_INET, ..."}),
            "WSASocket(AF_INET, ...)");
  const int64_t forever = winsock::WSA_INFINITE;
  EXPECT_EQ(CallLabel({.numbers = {16, 1, 0, forever}, .name = "WSAWaitForMultipleEvents"}),
            "WSAWaitForMultipleEvents(16)");
  EXPECT_EQ(CallLabel({.numbers = {16, 2, 1, 50}, .name = "WSAWaitForMultipleEvents"}),
            "WSAWaitForMultipleEvents(2 events, all, 50 ms)");
}

TEST(CallLabel, ShowsWhatAnOptionIsSetTo) {
  const auto set = [](int64_t option, std::vector<uint8_t> value, absl::string_view text) {
    return CallLabel({.numbers = {4, winsock::SOL_SOCKET, option, 4},
                      .octets = value,
                      .name = "setsockopt",
                      .text = text});
  };
  EXPECT_EQ(set(winsock::SO_RCVBUF, {0x88, 0x13, 0, 0}, "4, SO_RCVBUF"),
            "setsockopt(4, SO_RCVBUF, 5000)");
  EXPECT_EQ(set(winsock::SO_LINGER, {1, 0, 5, 0}, "4, SO_LINGER"),
            "setsockopt(4, SO_LINGER, on, 5 s)");
  EXPECT_EQ(set(winsock::SO_LINGER, {0, 0, 5, 0}, "4, SO_LINGER"), "setsockopt(4, SO_LINGER, off)");
  EXPECT_EQ(set(1, {1, 2, 3, 4, 5}, "4, 1"), "setsockopt(4, 1)");  // no number
  EXPECT_EQ(
      CallLabel({.numbers = {4, winsock::FIONBIO, 1}, .name = "ioctlsocket", .text = "4, FIONBIO"}),
      "ioctlsocket(4, FIONBIO, 1)");
  EXPECT_EQ(
      CallLabel(
          {.numbers = {4, winsock::FIONREAD, 0}, .name = "ioctlsocket", .text = "4, FIONREAD"}),
      "ioctlsocket(4, FIONREAD)");
}

TEST(CallLabel, NamesTheSocketsOfSelect) {
  const auto select = [](std::vector<winsock::SOCKET> sockets, int64_t read, int64_t write,
                         int64_t microseconds) {
    return CallLabel({.numbers = {0, read, write, microseconds},
                      .octets = {reinterpret_cast<const uint8_t*>(sockets.data()),
                                 sockets.size() * sizeof(winsock::SOCKET)},
                      .name = "select"});
  };
  EXPECT_EQ(select({4, 8, 4, 12}, 2, 1, 5000), "select(read 4 8, write 4, except 12, 5 ms)");
  EXPECT_EQ(select({4}, 0, 1, -1), "select(write 4)");
  EXPECT_EQ(select({4, 8, 12, 16, 20}, 5, 0, 1), "select(read 5 sockets, 1 us)");
  EXPECT_EQ(select({}, 0, 0, 0), "select(0 ms)");
}

TEST(CallLabel, LeavesOutHowMuchMayBeReceived) {
  EXPECT_EQ(CallLabel({.numbers = {8, 65536, 0}, .name = "recv", .text = "8, at most ..."}),
            "recv(8)");
  EXPECT_EQ(CallLabel({.numbers = {8, 65536, winsock::MSG_PEEK}, .name = "WSARecv"}),
            "WSARecv(8, MSG_PEEK)");
}

TEST(CallLabel, ShowsConnectDataBehindTheAddress) {
  const std::vector<uint8_t> address_and_data = Octets("ADDRhi");
  EXPECT_EQ(CallLabel({.numbers = {8, 4, 2},
                       .octets = address_and_data,
                       .name = "WSAConnect",
                       .text = "8, 10.0.0.2:5000, caller data 2"}),
            "WSAConnect(8, 10.0.0.2:5000, \"hi\")");
  EXPECT_EQ(CallLabel({.numbers = {8, 4, 0},
                       .octets = address_and_data,
                       .name = "connect",
                       .text = "8, 10.0.0.2:5000"}),
            "connect(8, 10.0.0.2:5000)");
}

TEST(CallLabel, ShowsWhatAConditionFunctionIsAskedAndAnswers) {
  const std::vector<uint8_t> data = Octets("hi");
  EXPECT_EQ(CallLabel({.numbers = {4, 32},
                       .octets = data,
                       .name = "condition function",
                       .text = "10.0.0.1:49152"}),
            "condition function(10.0.0.1:49152, \"hi\")");
  EXPECT_EQ(CallLabel({.name = "condition function", .text = "10.0.0.1:49152"}),
            "condition function(10.0.0.1:49152)");
  EXPECT_EQ(ResultLabel(
                {.numbers = {winsock::CF_ACCEPT, 0}, .octets = data, .name = "condition function"}),
            "= CF_ACCEPT \"hi\"");
  EXPECT_EQ(ResultLabel({.numbers = {winsock::CF_DEFER, 0}, .name = "condition function"}),
            "= CF_DEFER");
}

TEST(ResultLabel, IsTheNumberOrTheError) {
  EXPECT_EQ(ResultLabel({.numbers = {8, 0}, .name = "accept", .text = "8"}), "= 8");
  EXPECT_EQ(ResultLabel({.numbers = {-1, winsock::WSAECONNREFUSED}, .name = "connect"}),
            "= WSAECONNREFUSED");
  EXPECT_EQ(
      ResultLabel({.numbers = {winsock::WSA_WAIT_TIMEOUT, 0}, .name = "WSAWaitForMultipleEvents"}),
      "= WSA_WAIT_TIMEOUT");
}

TEST(ResultLabel, ShowsWhatWasReceived) {
  const std::vector<uint8_t> data = Octets("hello");
  EXPECT_EQ(ResultLabel({.numbers = {5, 0}, .octets = data, .name = "recv"}), "= 5 \"hello\"");
  EXPECT_EQ(ResultLabel({.numbers = {0, 0}, .octets = data, .name = "WSARecvDisconnect"}),
            "= 0 \"hello\"");
  EXPECT_EQ(ResultLabel({.numbers = {0, 0}, .octets = data, .name = "WSAConnect"}),
            "= 0 \"hello\"");
  EXPECT_EQ(
      ResultLabel(
          {.numbers = {0, 0}, .octets = data, .name = "getsockname", .text = "10.0.0.2:5000"}),
      "= 10.0.0.2:5000");
}

TEST(ResultLabel, CountsWhatCannotBeShown) {
  const std::vector<uint8_t> data = {0, 1, 2};
  EXPECT_EQ(ResultLabel({.numbers = {3, 0}, .octets = data, .name = "recv"}), "= 3 octets");
  EXPECT_EQ(ResultLabel({.numbers = {0, 0}, .octets = data, .name = "WSARecv"}), "= 0 3 octets");
  EXPECT_EQ(ResultLabel({.numbers = {0, 0}, .name = "recv"}), "= 0");
}

TEST(ResultLabel, IsTheValueOfAnOption) {
  const auto value_of = [](int64_t option, std::vector<uint8_t> value) {
    return ResultLabel({.numbers = {0, 0}, .octets = value, .name = "getsockopt"},
                       {4, winsock::SOL_SOCKET, option, 1024});
  };
  EXPECT_EQ(value_of(winsock::SO_RCVBUF, {0x88, 0x13, 0, 0}), "= 5000");
  EXPECT_EQ(value_of(winsock::SO_DEBUG, {1}), "= 1");
  EXPECT_EQ(value_of(winsock::SO_ERROR, {0x4D, 0x27, 0, 0}), "= WSAECONNREFUSED");
  EXPECT_EQ(value_of(winsock::SO_LINGER, {1, 0, 5, 0}), "= on, 5 s");
  EXPECT_EQ(value_of(winsock::SO_PROTOCOL_INFOW, std::vector<uint8_t>(628)), "= 0");
  const std::vector<uint8_t> seventeen = {17, 0, 0, 0};
  EXPECT_EQ(ResultLabel({.numbers = {0, 0}, .octets = seventeen, .name = "ioctlsocket"},
                        {4, winsock::FIONREAD, 0}),
            "= 17");
}

TEST(ResultLabel, NamesNetworkEventsAndTheirCodes) {
  const int32_t reported[] = {winsock::FD_READ | winsock::FD_CLOSE, 0, winsock::WSAECONNRESET};
  std::vector<uint8_t> octets(sizeof(reported));
  std::memcpy(octets.data(), reported, sizeof(reported));
  EXPECT_EQ(ResultLabel({.octets = octets, .name = "WSAEnumNetworkEvents"}),
            "= FD_READ 0, FD_CLOSE WSAECONNRESET");
  EXPECT_EQ(ResultLabel({.name = "WSAEnumNetworkEvents"}), "= none");
}

}  // namespace
}  // namespace wsim
