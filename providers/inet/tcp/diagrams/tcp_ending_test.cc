// The ends of connections that simulators get wrong, one test for each: FINs that are lost,
// repeated or out of place, what comes after the end, and what an end must not do to others.
// Beside these:
//   a last ACK that is lost, and an old segment after TIME-WAIT was cut short: tcp_time_wait_test
//   a dead end in CLOSING, LAST-ACK or FIN-WAIT-2 without a peer: tcp_silence_test
//   one SYN that disables a listener: TcpOpen.OneDeadSynDoesNotDisableAListener, too
//   linger, on blocking and nonblocking sockets: providers/engine/close_test
#include <functional>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_options.h"
#include "providers/inet/tcp/tcp_script.h"

namespace inet {
namespace {

using Heard = std::vector<std::string>;

// The peer has closed, and we have not.
void ComeToCloseWait(TcpScript& us) {
  us.Establish();
  us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1});
  us.Sends("ACK", 1, 2);
  us.Hears();
}

TEST(TcpEndingFin, IsAcknowledgedAgainWhenItComesAgain) {
  TcpScript::Run([](TcpScript& us) {
    ComeToCloseWait(us);
    for (int i = 0; i < 3; ++i) {  // the acknowledgment was lost three times
      us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1});
      us.Sends("ACK", 1, 2);
    }
    EXPECT_EQ(us.Hears(), Heard{});  // and the user hears of it once
    us.Close();
    us.Sends("FIN ACK", 1, 2);
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1});
    us.Sends("ACK", 2, 2);
    EXPECT_EQ(us.state(), TcpState::kLastAck);
  });
}

TEST(TcpEndingFin, IsTakenFromARetransmissionThatCarriesOldData) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "data"});
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1, .data = "data"});
    us.Sends("ACK", 1, 6);
    EXPECT_EQ(us.state(), TcpState::kCloseWait);
    EXPECT_EQ(us.Read(), "data");
    EXPECT_EQ(us.Read(), "(end)");
  });
}

TEST(TcpEndingFin, WaitsBehindAGap) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "FIN ACK", .seq = 5, .ack = 1});
    us.Sends("ACK", 1, 1);
    EXPECT_EQ(us.state(), TcpState::kEstablished);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "data"});
    us.Sends("ACK", 1, 6);
    EXPECT_EQ(us.state(), TcpState::kCloseWait);
  });
}

TEST(TcpEndingFin, ThatTheWindowHasNoRoomForComesLater) {
  TcpSettings settings;
  settings.receive_buffer = 2048;
  TcpScript::Run(
      [](TcpScript& us) {
        us.Establish();
        us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1, .data = std::string(2048, 'd')});
        us.Sends("ACK", 1, 2049);
        EXPECT_EQ(us.state(), TcpState::kEstablished);
        EXPECT_EQ(us.Read().size(), 2048);
        us.Sends("ACK", 1, 2049);
        us.Receives({.flags = "FIN ACK", .seq = 2049, .ack = 1});
        us.Sends("ACK", 1, 2050);
        EXPECT_EQ(us.state(), TcpState::kCloseWait);
      },
      settings);
}

TEST(TcpEndingFin, OfOursThatWasLostMeetsTheirs) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Close();
    us.Sends("FIN ACK", 1, 1);  // lost
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1});
    us.Sends("ACK", 2, 2);
    EXPECT_EQ(us.state(), TcpState::kClosing);
    us.Advance(absl::Seconds(1));
    us.Sends("FIN ACK", 1, 2);
    us.Receives({.flags = "ACK", .seq = 2, .ack = 2});
    EXPECT_EQ(us.state(), TcpState::kTimeWait);
  });
}

TEST(TcpEndingFin, InClosingIsAcknowledgedAgain) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Close();
    us.Sends("FIN ACK", 1, 1);
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1});
    us.Sends("ACK", 2, 2);
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1});
    us.Sends("ACK", 2, 2);
    EXPECT_EQ(us.state(), TcpState::kClosing);
  });
}

TEST(TcpEndingFin, NeverOvertakesQueuedData) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish({}, /*window=*/600);
    const std::string data(1000, 'x');
    us.Write(data);
    us.Close();
    us.Sends("ACK", 1, 1, data.substr(0, 536));
    us.SendsNothing();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 537, .window = 600});
    us.Sends("FIN ACK", 537, 1, data.substr(536));
    EXPECT_EQ(us.state(), TcpState::kFinWait1);
  });
}

TEST(TcpEndingFin, IsSentAgainUntilItIsAcknowledged) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Write("bye");
    us.Sends("ACK", 1, 1, "bye");
    us.Close();
    us.Sends("FIN ACK", 4, 1);
    us.Advance(absl::Seconds(1));
    us.Sends("FIN ACK", 1, 1, "bye");
    us.Receives({.flags = "ACK", .seq = 1, .ack = 4});
    us.Advance(absl::Seconds(1));
    us.Sends("FIN ACK", 4, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 5});
    EXPECT_EQ(us.state(), TcpState::kFinWait2);
    us.SendsNothing();
  });
}

TEST(TcpEndingFin, IsSentBehindDataThatIsSentAgain) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Write("last words");
    us.Sends("ACK", 1, 1, "last words");
    us.Close();
    us.Sends("FIN ACK", 11, 1);
    us.Advance(absl::Seconds(1));  // both were lost
    us.Sends("FIN ACK", 1, 1, "last words");
    us.Receives({.flags = "ACK", .seq = 1, .ack = 12});
    EXPECT_EQ(us.state(), TcpState::kFinWait2);
  });
}

TEST(TcpEndingFin, WaitsForAWindowWithTheDataBeforeIt) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .window = 0});
    us.Write("data");
    us.Close();
    us.SendsNothing();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .window = 100});
    us.Sends("FIN ACK", 1, 1, "data");
  });
}

TEST(TcpEndingFin, IsNotSentForAUserWhoHasOnlyReadTheEnd) {
  TcpScript::Run([](TcpScript& us) {
    ComeToCloseWait(us);
    EXPECT_EQ(us.Read(), "(end)");
    us.Advance(absl::Hours(24));
    us.SendsNothing();
    EXPECT_EQ(us.state(), TcpState::kCloseWait);
  });
}

TEST(TcpEndingData, BehindTheirFinIsNone) {
  TcpScript::Run([](TcpScript& us) {
    ComeToCloseWait(us);
    us.Receives({.flags = "ACK", .seq = 2, .ack = 1, .data = "ghost"});
    EXPECT_EQ(us.Hears(), Heard{});
    EXPECT_EQ(us.Read(), "(end)");
    EXPECT_EQ(us.state(), TcpState::kCloseWait);
  });
}

TEST(TcpEndingData, NotReadAtCloseResets) {  // RFC 9293 3.6.1
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "unread"});
    us.Leave();
    us.Sends("RST ACK", 1, 7);
    EXPECT_EQ(us.state(), TcpState::kClosed);
  });
}

TEST(TcpEndingData, NotReadBehindTheirFinResets) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Close();
    us.Sends("FIN ACK", 1, 1);
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1, .data = "unread"});
    us.Sends("ACK", 2, 8);
    us.Leave();
    us.Sends("RST ACK", 2, 8);
    EXPECT_EQ(us.state(), TcpState::kClosed);
  });
}

TEST(TcpEndingData, ReadBeforeCloseLeavesAFin) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "read"});
    EXPECT_EQ(us.Read(), "read");
    us.Leave();
    us.Sends("FIN ACK", 1, 5);
    EXPECT_EQ(us.state(), TcpState::kFinWait1);
  });
}

TEST(TcpEndingData, AfterOurShutdownIsStillRead) {  // RFC 9293 3.6: half-closed
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Close();
    us.Sends("FIN ACK", 1, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 2, .data = "answer"});
    EXPECT_EQ(us.Read(), "answer");
    EXPECT_EQ(us.state(), TcpState::kFinWait2);
  });
}

TEST(TcpEndingData, AfterOurUserLeftResetsInEveryState) {  // RFC 9293 3.6.1
  for (const bool fin_is_acknowledged : {false, true}) {
    TcpScript::Run([fin_is_acknowledged](TcpScript& us) {
      us.Establish();
      us.Leave();
      us.Sends("FIN ACK", 1, 1);
      const uint32_t ack = fin_is_acknowledged ? 2 : 1;
      us.Receives({.flags = "ACK", .seq = 1, .ack = ack, .data = "late"});
      us.Sends("RST", ack, 0);
      EXPECT_EQ(us.Drops(), Heard{"ACK: data for a user who is gone"});
      EXPECT_EQ(us.state(), TcpState::kClosed);
      us.Advance(absl::Hours(1));
      us.SendsNothing();
    });
  }
}

TEST(TcpEndingData, ThatTheyHaveNotReadIsNoReasonToResetUs) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Write("unread");
    us.Sends("ACK", 1, 1, "unread");
    us.Leave();
    us.Sends("FIN ACK", 7, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 8});
    EXPECT_EQ(us.state(), TcpState::kFinWait2);
    us.SendsNothing();
  });
}

TEST(TcpEndingSegment, OfAConnectionThatIsGoneIsAnsweredWithAReset) {  // RFC 9293 3.10.7.1
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Leave(transport::Farewell::kAbortive);
    us.Sends("RST ACK", 1, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "hello?"});
    us.Sends("RST", 1, 0);
    us.Receives({.flags = "FIN ACK", .seq = 7, .ack = 1});
    us.Sends("RST", 1, 0);
    us.Receives({.flags = "RST", .seq = 7});
    us.SendsNothing();  // two hosts must not reset each other for ever
  });
}

TEST(TcpEndingReset, EndsEveryState) {
  const auto ends = [](TcpScript& us, uint32_t seq) {
    us.Forget();
    us.Receives({.flags = "RST", .seq = seq});
    us.SendsNothing();
    EXPECT_EQ(us.state(), TcpState::kClosed);
  };
  TcpScript::Run([&](TcpScript& us) {  // FIN-WAIT-1
    us.Establish();
    us.Close();
    ends(us, 1);
    EXPECT_EQ(us.Hears(), (Heard{"disconnected kPeerUser"}));
  });
  TcpScript::Run([&](TcpScript& us) {  // CLOSE-WAIT
    ComeToCloseWait(us);
    ends(us, 2);
    EXPECT_EQ(us.Hears(), (Heard{"disconnected kPeerUser"}));
  });
  TcpScript::Run([&](TcpScript& us) {  // LAST-ACK
    ComeToCloseWait(us);
    us.Close();
    ends(us, 2);
  });
  TcpScript::Run([&](TcpScript& us) {  // CLOSING
    us.Establish();
    us.Close();
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1});
    ends(us, 2);
  });
}

// A user that waits to read is woken by whatever ends the connection.
TEST(TcpEndingUser, HearsOfEachEnd) {
  const auto hears = [](const std::function<void(TcpScript&)>& end, absl::string_view last) {
    TcpScript::Run([&](TcpScript& us) {
      us.Establish();
      us.connection().SetOption(kSocketLevel, kKeepAlive, {1, 0, 0, 0});
      us.user.heard.clear();
      end(us);
      const Heard heard = us.Hears();
      ASSERT_FALSE(heard.empty());
      EXPECT_EQ(heard.back(), last);
      EXPECT_EQ(us.Read(), last == "release" ? "(end)" : "");
    });
  };
  hears([](TcpScript& us) { us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1}); }, "release");
  hears([](TcpScript& us) { us.Receives({.flags = "RST", .seq = 1}); }, "disconnected kPeerUser");
  hears([](TcpScript& us) { us.Advance(absl::Hours(3)); }, "disconnected kPeerLost");
  hears(
      [](TcpScript& us) {
        us.Write("anybody?");
        us.Advance(absl::Minutes(3));
      },
      "disconnected kNoAnswer");
}

TEST(TcpEndingListener, OutlivesARequestThatIsWithdrawn) {
  TcpScript::Run([](TcpScript& us) {
    us.Listen(1);
    us.Receives({.flags = "SYN", .port = 7001});
    us.Receives({.flags = "RST", .seq = 1, .port = 7001});
    us.Forget();
    us.Receives({.flags = "SYN"});
    us.Sends("SYN ACK", 0, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1});
    EXPECT_EQ(us.Hears(), (Heard{"request", "connected"}));
  });
}

TEST(TcpEndingListener, KeepsNoPlaceForAConnectionThatDiedBeforeItWasTaken) {
  TcpScript::Run([](TcpScript& us) {
    us.accepts = false;
    us.Listen(1);
    us.Receives({.flags = "SYN"});
    us.Sends("SYN ACK", 0, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1});
    us.Receives({.flags = "RST", .seq = 1});
    EXPECT_EQ(us.Hears(), (Heard{"request", "disconnected kPeerUser"}));
    us.Leave(transport::Farewell::kAbortive);
    us.accepts = true;
    us.Receives({.flags = "SYN", .seq = 100});
    us.Sends("SYN ACK", 0, 101);
    us.Receives({.flags = "ACK", .seq = 101, .ack = 1});
    EXPECT_EQ(us.Hears(), (Heard{"request", "connected"}));
  });
}

}  // namespace
}  // namespace inet
