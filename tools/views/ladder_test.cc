#include "tools/views/ladder.h"

#include <vector>

#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "providers/wire/codec_testing.h"
#include "sim/net/frame_trace.h"
#include "sim/trace/fault.h"

namespace wsim {
namespace {

using sim::TraceEvent;
using sim::TraceKind;

// A SYN from 10.0.0.1 to 10.0.0.2.
const std::vector<uint8_t> kSyn = wire::FromHex(
    "020000000002 020000000001 0800 45000028 00004000 40060000 0A000001 0A000002"
    "C0001388 00000064 00000000 5002FFFF 00000000");

constexpr uint32_t kClient =
    1;  // numbers of hosts, and of the processes and threads that run there
constexpr uint32_t kServer = 2;

std::vector<uint8_t> Octets(absl::string_view text) { return {text.begin(), text.end()}; }

// Tells a ladder a made-up run.
class LadderTest : public testing::Test {
 protected:
  void Start(std::vector<std::string> process_hosts = {"client", "server"}) {
    Cast cast{.hosts = {"client", "server"},
              .processes = process_hosts,
              .process_hosts = process_hosts,
              .links = {{"client", "server"}},
              .address_names = {{"10.0.0.2:", "server:"}}};
    ladder_.OnStart(cast);
  }
  void Tell(uint32_t host, TraceEvent event) {
    event.time = now_;
    event.host = event.process = event.thread = host;
    ladder_.OnTraceEvent(event);
  }
  void Call(uint32_t host, absl::string_view name, absl::string_view arguments) {
    Tell(host, {.kind = TraceKind::kApiCall, .name = name, .text = arguments});
  }
  void Return(uint32_t host, absl::string_view name, int64_t result, int64_t error = 0) {
    Tell(host, {.kind = TraceKind::kApiReturn, .numbers = {result, error}, .name = name});
  }
  void SendFrame(int64_t number, int64_t direction = 0) {
    Tell(0, {.kind = TraceKind::kFrameSent, .numbers = {1, direction, number}, .octets = kSyn});
  }
  void DeliverFrame(int64_t number, int64_t direction = 0) {
    Tell(0, {.kind = TraceKind::kFrameDelivered, .numbers = {1, direction, number}});
  }
  void Wait(int64_t milliseconds) { now_ = now_ + absl::Milliseconds(milliseconds); }
  // The picture below its headings, with a line end in front.
  std::string Drawn() {
    const std::string text = ladder_.ToString();
    return text.substr(text.find('\n'));
  }

  sim::Time now_;
  Ladder ladder_;
};

TEST_F(LadderTest, DrawsCallsFramesAndStepsInTheirOrder) {
  Start();
  Call(kServer, "listen", "4, 5");
  Return(kServer, "listen", 0);
  Call(kServer, "accept", "4");
  Wait(1);
  Call(kClient, "connect", "8, 10.0.0.2:5000");
  SendFrame(1);
  Wait(10);
  DeliverFrame(1);
  const std::vector<uint8_t> text = Octets("it begins");
  Tell(kServer, {.kind = TraceKind::kStep, .octets = text, .text = "1"});
  Return(kServer, "accept", 12);
  Return(kClient, "connect", -1, 10061);
  EXPECT_EQ(Drawn(), R"(
      0.000000 │                                                    │ listen(4, 5) = 0
               │                                                    │ accept(4) …
      0.001000 │ connect(8, server:5000) …                          │
      0.011000 │─────────────────────── SYN ───────────────────────▶│
               │                                                    │ ● (1) it begins
               │                                                    │ … accept = 12
               │ … connect = WSAECONNREFUSED                        │
)");
}

TEST_F(LadderTest, DrawsFramesBackAndLost) {
  Start();
  SendFrame(1, /*direction=*/1);
  SendFrame(2);
  Wait(10);
  DeliverFrame(1, /*direction=*/1);
  Tell(0, {.kind = TraceKind::kFrameDropped, .numbers = {1, 0, 2}, .name = "lost"});
  EXPECT_EQ(Drawn(), R"(
      0.010000 │◀─────────────────────── SYN ───────────────────────│
               │─────────────────── SYN (lost) ───✗                 │
)");
}

// A PDU that a timer sends, and the frame that carries it.
TEST_F(LadderTest, SaysWhichTimerSendsWhatWasSentBefore) {
  Start();
  const auto send_because = [this](sim::TraceId cause, int64_t frame) {
    Tell(kClient, {.kind = TraceKind::kPduSent, .name = "SYN", .id = 10, .causes = {cause}});
    Tell(kClient, {.kind = TraceKind::kFrameSent,
                   .numbers = {1, 0, frame},
                   .octets = kSyn,
                   .id = 11,
                   .causes = {10}});
  };
  Tell(kClient, {.kind = TraceKind::kTimer, .name = "delay", .id = 5});
  send_because(5, 1);  // for the first time: the arrow says it all
  Tell(0, {.kind = TraceKind::kFrameDropped, .numbers = {1, 0, 1}, .name = "lost"});
  Wait(1000);
  Tell(kClient, {.kind = TraceKind::kTimer, .name = "retransmission", .id = 6});
  send_because(6, 2);
  Wait(10);
  DeliverFrame(2);
  send_because(3, 3);  // again, but by no timer
  EXPECT_EQ(Drawn(), R"(
      0.000000 │─────────────────── SYN (lost) ───✗                 │
      1.000000 │ ⏱ retransmission: SYN again                        │
      1.010000 │─────────────────────── SYN ───────────────────────▶│
)");
}

TEST_F(LadderTest, MarksADuplicateAndAFrameHeldBack) {
  Start();
  SendFrame(1);
  Tell(0, {.kind = TraceKind::kFault,
           .code = static_cast<uint32_t>(sim::FaultKind::kDuplication),
           .numbers = {1, 0, 1}});
  Tell(0, {.kind = TraceKind::kFault,
           .code = static_cast<uint32_t>(sim::FaultKind::kReordering),
           .numbers = {1, 0, 1, 1000}});
  DeliverFrame(1);
  DeliverFrame(1);
  EXPECT_EQ(Drawn(), R"(
      0.000000 │───────────────── SYN (held back) ─────────────────▶│
               │─────────── SYN (held back, duplicate) ────────────▶│
)");
}

TEST_F(LadderTest, NamesAFrameThatFoundTheQueueFullByItsPdu) {
  Start();
  Tell(kClient, {.kind = TraceKind::kPduSent, .name = "DT", .id = 10});
  Tell(kClient, {.kind = TraceKind::kFrameDropped,
                 .numbers = {1, 0, 1},
                 .name = "queue full",
                 .causes = {10}});
  EXPECT_EQ(Drawn(), R"(
      0.000000 │───────────────── DT (queue full) ───✗              │
)");
}

TEST_F(LadderTest, MarksADamagedFrame) {
  Start();
  SendFrame(1);
  Tell(0, {.kind = TraceKind::kFault,
           .code = static_cast<uint32_t>(sim::FaultKind::kCorruption),
           .numbers = {1, 0, 1}});
  DeliverFrame(1);
  EXPECT_EQ(Drawn(), R"(
      0.000000 │───────────────── SYN (corrupted) ─────────────────▶│
)");
}

TEST_F(LadderTest, SaysWhatStrikesAndWhatIsRemarked) {
  Start();
  const std::vector<uint8_t> remark = Octets("a remark\nof two\tlines");
  Tell(0, {.kind = TraceKind::kFault,
           .code = static_cast<uint32_t>(sim::FaultKind::kPartition),
           .name = "partition",
           .text = "client-server"});
  Tell(kServer, {.kind = TraceKind::kNote, .octets = remark});
  Tell(kServer, {.kind = TraceKind::kPduDropped, .name = "segment", .text = "bad checksum"});
  Tell(kServer, {.kind = TraceKind::kWarning, .text = "callee data cut"});
  Tell(kServer, {.kind = TraceKind::kCheck, .code = 1, .octets = remark});
  const std::vector<uint8_t> failed = Octets("a.lua:3: check failed");
  Tell(kServer, {.kind = TraceKind::kCheck, .code = 0, .octets = failed});
  EXPECT_EQ(Drawn(), R"(
      0.000000 │ ⚡ partition: client-server                         │
               │                                                    │ # a remark\nof two  lines
               │                                                    │ ✗ segment: bad checksum
               │                                                    │ ! callee data cut
               │                                                    │ ✗ a.lua:3: check failed
)");
}

TEST_F(LadderTest, ShowsTheNetworkEventsThatTheProgramAskedFor) {
  Start();
  constexpr uint32_t kReadBit = 0;
  constexpr uint32_t kCloseBit = 5;
  const auto record = [this](uint32_t bit, absl::string_view name) {
    Tell(kClient, {.kind = TraceKind::kNetworkEvent, .code = bit, .subject = 8, .name = name});
  };
  record(kCloseBit, "FD_CLOSE");
  Tell(kClient, {.kind = TraceKind::kApiCall,
                 .subject = 8,
                 .numbers = {8, 16, 1 << kCloseBit},
                 .name = "WSAEventSelect",
                 .text = "8, 16, FD_CLOSE"});
  Return(kClient, "WSAEventSelect", 0);
  record(kReadBit, "FD_READ");
  record(kCloseBit, "FD_CLOSE");
  EXPECT_EQ(Drawn(), R"(
      0.000000 │ WSAEventSelect(8, 16, FD_CLOSE) = 0                │
               │ ◆ FD_CLOSE, 8, code 0                              │
)");
}

TEST_F(LadderTest, NamesTheProcessWhereAHostRunsSeveral) {
  Start({"client", "client"});
  Tell(kClient, {.kind = TraceKind::kThread, .name = "started", .text = "client 2"});
  Call(kClient, "listen", "4, 5");
  Return(kClient, "listen", 0);
  EXPECT_EQ(Drawn(), R"(
      0.000000 │ client 2: listen(4, 5) = 0                         │
)");
}

TEST_F(LadderTest, ShowsACallInsideACallbackInsideItsCall) {
  Start();
  Call(kServer, "WSAAccept", "4");
  Call(kServer, "condition function", "10.0.0.1:49152");
  Call(kServer, "recv", "4");
  Return(kServer, "recv", -1, 10036);
  Return(kServer, "condition function", 1);
  Return(kServer, "WSAAccept", -1, 10061);
  EXPECT_EQ(Drawn(), R"(
      0.000000 │                                                    │ WSAAccept(4) …
               │                                                    │ condition function(10.0.0.1:49152) …
               │                                                    │ recv(0) = WSAEINPROGRESS
               │                                                    │ … condition function = CF_REJECT
               │                                                    │ … WSAAccept = WSAECONNREFUSED
)");
}

TEST_F(LadderTest, LeavesOutWhatEveryProgramDoes) {
  Start();
  Call(kServer, "WSAStartup", "2.2");
  Return(kServer, "WSAStartup", 0);
  EXPECT_EQ(Drawn(), "\n");
}

TEST_F(LadderTest, DrawsACallThatNeverReturns) {
  Start();
  Call(kServer, "accept", "4");
  EXPECT_EQ(Drawn(), R"(
      0.000000 │                                                    │ accept(4) …
)");
}

TEST_F(LadderTest, IsEmptyWhereTheRunDidNotBegin) { EXPECT_EQ(ladder_.ToString(), ""); }

}  // namespace
}  // namespace wsim
