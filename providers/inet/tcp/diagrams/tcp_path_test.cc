// RFC 9293 3.9.2.2 and 3.7.5: what the network says about segments, and how large they may be.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_script.h"

namespace inet {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Kind = NetworkError::Kind;

TEST(TcpNetworkError, AnUnreachablePortEndsAnAttempt) {
  for (Kind kind : {Kind::kPortUnreachable, Kind::kProtocolUnreachable}) {
    TcpScript::Run([kind](TcpScript& s) {
      s.Connect();
      s.Sends("SYN", 0, 0);
      s.NetworkSays(kind, 0);
      EXPECT_THAT(s.Hears(), ElementsAre("disconnected kNothingThere"));
      EXPECT_EQ(s.state(), TcpState::kClosed);
      s.Advance(absl::Minutes(5));
      s.SendsNothing();
    });
  }
}

TEST(TcpNetworkError, AboutWhatIsNotInFlightIsNotBelieved) {
  TcpScript::Run([](TcpScript& s) {
    s.Connect();
    s.Sends("SYN", 0, 0);
    s.NetworkSays(Kind::kPortUnreachable, 0xFFFFFFFF);
    s.NetworkSays(Kind::kPortUnreachable, 1);
    EXPECT_THAT(s.Hears(), ElementsAre());
    EXPECT_THAT(s.Drops(), Contains(HasSubstr("not in flight")).Times(2));
    EXPECT_EQ(s.state(), TcpState::kSynSent);
  });
}

// What the user hears when nobody answers, if the network said `kind` in the meantime.
std::string EndOfAttempt(Kind kind, const TcpSettings& settings = {}) {
  std::string end;
  TcpScript::Run(
      [&](TcpScript& s) {
        s.Connect();
        s.Sends("SYN", 0, 0);
        s.NetworkSays(kind, 0);
        EXPECT_THAT(s.Hears(), ElementsAre()) << "it may pass";
        s.Advance(absl::Seconds(1));
        s.Sends("SYN", 0, 0);
        s.Advance(absl::Minutes(6));
        s.Forget();
        end = s.Hears().back();
      },
      settings);
  return end;
}

TEST(TcpNetworkError, WhatMayPassIsToldWhenNobodyAnswers) {
  EXPECT_EQ(EndOfAttempt(Kind::kNetworkUnreachable), "disconnected kNetworkUnreachable");
  EXPECT_EQ(EndOfAttempt(Kind::kHostUnreachable), "disconnected kHostUnreachable");
  EXPECT_EQ(EndOfAttempt(Kind::kTimeExceeded), "disconnected kHostUnreachable");
  EXPECT_EQ(EndOfAttempt(Kind::kProhibited), "disconnected kNothingThere");
  EXPECT_EQ(EndOfAttempt(Kind::kParameterProblem), "disconnected kNoAnswer");
}

TEST(TcpNetworkError, HowMuchIsFinalIsASetting) {
  EXPECT_EQ(EndOfAttempt(Kind::kPortUnreachable, {.hard_errors_abort = false}),
            "disconnected kNothingThere");
  TcpScript::Run(
      [](TcpScript& s) {
        s.Connect();
        s.Sends("SYN", 0, 0);
        s.NetworkSays(Kind::kTimeExceeded, 0);
        EXPECT_THAT(s.Hears(), ElementsAre("disconnected kHostUnreachable"));
      },
      {.prohibited_and_expired_are_hard = true});
}

TEST(TcpNetworkError, AnOpenConnectionIsNotEndedByAStranger) {
  TcpScript::Run([](TcpScript& s) {
    s.Establish();
    s.Hears();
    s.Write("hello");
    s.Sends("ACK", 1, 1, "hello");
    s.NetworkSays(Kind::kPortUnreachable, 1);
    EXPECT_THAT(s.Hears(), ElementsAre());
    EXPECT_EQ(s.state(), TcpState::kEstablished);
  });
}

TEST(TcpNetworkError, AnOpenConnectionIsEndedWhereTheSettingSaysSo) {
  TcpScript::Run(
      [](TcpScript& s) {
        s.Establish();
        s.Hears();
        s.Write("hello");
        s.Sends("ACK", 1, 1, "hello");
        s.NetworkSays(Kind::kPortUnreachable, 1);
        EXPECT_THAT(s.Hears(), ElementsAre("disconnected kNothingThere"));
      },
      {.hard_errors_abort_synchronized = true});
}

TEST(TcpNetworkError, IsForgottenWhenThePeerAnswers) {
  TcpScript::Run([](TcpScript& s) {
    s.Establish();
    s.Hears();
    s.Write("hello");
    s.Sends("ACK", 1, 1, "hello");
    s.NetworkSays(Kind::kHostUnreachable, 1);
    s.Receives({.flags = "ACK", .seq = 1, .ack = 6});
    s.Write("world");
    s.Advance(absl::Minutes(10));
    EXPECT_THAT(s.Hears(), ElementsAre("disconnected kNoAnswer"));
    s.Forget();
  });
}

TEST(TcpNetworkError, OfAnOpenConnectionIsToldWhenNobodyAnswers) {
  TcpScript::Run([](TcpScript& s) {
    s.Establish();
    s.Hears();
    s.Write("hello");
    s.Sends("ACK", 1, 1, "hello");
    s.NetworkSays(Kind::kHostUnreachable, 1);
    s.Advance(absl::Minutes(10));
    EXPECT_THAT(s.Hears(), ElementsAre("disconnected kHostUnreachable"));
    s.Forget();
  });
}

TEST(TcpPath, WhatIsTooBigIsSentAgainInSmallerSegmentsAtOnce) {
  TcpScript::Run([](TcpScript& s) {
    s.Establish({.max_segment_size = 1460});
    s.Write(std::string(2000, 'x'));
    s.Sends("ACK", 1, 1, std::string(1460, 'x'));
    s.Forget();
    const uint64_t before = s.connection().snapshot().congestion_window;
    s.NetworkSays(Kind::kTooBig, 1, 1020);
    s.Sends("ACK", 1, 1, std::string(1000, 'x'));
    s.Sends("ACK", 1001, 1, std::string(1000, 'x'));
    EXPECT_EQ(s.connection().snapshot().send_mss, 1000);
    EXPECT_GE(s.connection().snapshot().congestion_window, before / 2) << "no sign of congestion";
  });
}

TEST(TcpPath, NeverWidensByAMessage) {
  TcpScript::Run([](TcpScript& s) {
    s.Establish({.max_segment_size = 1460});
    s.Write("hello");
    s.Sends("ACK", 1, 1, "hello");
    s.NetworkSays(Kind::kTooBig, 1, 9000);
    EXPECT_EQ(s.connection().snapshot().send_mss, 1460);
    s.SendsNothing();
  });
}

TEST(TcpPath, ThePeerIsToldWhatTheFirstLinkTakes) {
  TcpScript::Run([](TcpScript& s) {
    s.Connect();
    s.Sends("SYN", 0, 0);
    EXPECT_EQ(s.sent().options.max_segment_size, 1460);
    s.NetworkSays(Kind::kTooBig, 0, 1020);
    s.Advance(absl::Seconds(1));
    s.Sends("SYN", 0, 0);
    EXPECT_EQ(s.sent().options.max_segment_size, 1460);
    EXPECT_LE(s.connection().snapshot().send_mss, 1000);
  });
}

}  // namespace
}  // namespace inet
