// Explicit congestion notification: RFC 3168 6.1.
#include <string>

#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_script.h"

namespace inet {
namespace {

TcpSettings With(TcpEcn ecn) {
  TcpSettings settings;
  settings.ecn = ecn;
  return settings;
}

EcnCodepoint SentCodepoint(const TcpScript& us) {
  return static_cast<EcnCodepoint>(us.sent_packet().traffic_class & 3);
}

// An open connection that uses ECN, with a peer whose segments have 100 octets.
void EstablishWithEcn(TcpScript& us) {
  us.Listen();
  us.Receives({.flags = "SYN ECE CWR", .options = {.max_segment_size = 100}});
  us.Sends("SYN ACK ECE", 0, 1);
  us.Receives({.flags = "ACK", .seq = 1, .ack = 1});
  us.Hears();
}

TEST(TcpEcn, IsGrantedWhenAsked) {  // 6.1.1
  TcpScript::Run([](TcpScript& us) {
    EstablishWithEcn(us);
    EXPECT_EQ(SentCodepoint(us), EcnCodepoint::kNotEct);  // no SYN,ACK may be marked
    us.Write("data");
    us.Sends("ACK", 1, 1, "data");
    EXPECT_EQ(SentCodepoint(us), EcnCodepoint::kEct0);
  });
}

TEST(TcpEcn, IsNotGrantedWhenItIsOff) {
  TcpScript::Run(
      [](TcpScript& us) {
        us.Listen();
        us.Receives({.flags = "SYN ECE CWR"});
        us.Sends("SYN ACK", 0, 1);
      },
      With(TcpEcn::kOff));
}

TEST(TcpEcn, ASynWithOneOfTheFlagsDoesNotAsk) {
  TcpScript::Run([](TcpScript& us) {
    us.Listen();
    us.Receives({.flags = "SYN ECE"});
    us.Sends("SYN ACK", 0, 1);
  });
}

TEST(TcpEcn, IsAskedForOnlyWhenItIsAlwaysOn) {
  for (const TcpEcn ecn : {TcpEcn::kOff, TcpEcn::kOnRequest, TcpEcn::kAlways}) {
    TcpScript::Run(
        [ecn](TcpScript& us) {
          us.Connect();
          us.Sends(ecn == TcpEcn::kAlways ? "SYN ECE CWR" : "SYN", 0, 0);
          EXPECT_EQ(SentCodepoint(us), EcnCodepoint::kNotEct);
        },
        With(ecn));
  }
}

TEST(TcpEcn, APeerThatThrowsTheFlagsBackHasNotGranted) {  // 6.1.1
  TcpScript::Run(
      [](TcpScript& us) {
        us.Connect();
        us.Sends("SYN ECE CWR", 0, 0);
        us.Receives({.flags = "SYN ACK ECE CWR", .ack = 1});
        us.Sends("ACK", 1, 1);
        us.Write("data");
        us.Sends("ACK", 1, 1, "data");
        EXPECT_EQ(SentCodepoint(us), EcnCodepoint::kNotEct);
      },
      With(TcpEcn::kAlways));
}

TEST(TcpEcn, ASynThatIsNotAnsweredIsRepeatedWithoutIt) {  // 6.1.1.1
  TcpScript::Run(
      [](TcpScript& us) {
        us.Connect();
        us.Sends("SYN ECE CWR", 0, 0);
        us.Advance(absl::Seconds(1));
        us.Sends("SYN", 0, 0);
        us.Receives({.flags = "SYN ACK ECE", .ack = 1});  // to the first, late
        us.Sends("ACK", 1, 1);
        us.Write("data");
        us.Sends("ACK", 1, 1, "data");
        EXPECT_EQ(SentCodepoint(us), EcnCodepoint::kNotEct);
      },
      With(TcpEcn::kAlways));
}

TEST(TcpEcn, ASynMayBeRepeatedWithIt) {
  TcpSettings settings = With(TcpEcn::kAlways);
  settings.ecn_syn_retransmissions = 1;
  TcpScript::Run(
      [](TcpScript& us) {
        us.Connect();
        us.Sends("SYN ECE CWR", 0, 0);
        us.Advance(absl::Seconds(1));
        us.Sends("SYN ECE CWR", 0, 0);
        us.Advance(absl::Seconds(2));
        us.Sends("SYN", 0, 0);
      },
      settings);
}

TEST(TcpEcn, APeerThatFallsBackIsFollowed) {
  TcpScript::Run([](TcpScript& us) {
    us.Listen();
    us.Receives({.flags = "SYN ECE CWR"});
    us.Sends("SYN ACK ECE", 0, 1);
    us.Receives({.flags = "SYN"});
    us.Sends("SYN ACK", 0, 1);
  });
}

TEST(TcpEcn, IsAgreedOnWhenBothOpenAtOnce) {
  TcpScript::Run(
      [](TcpScript& us) {
        us.Connect();
        us.Sends("SYN ECE CWR", 0, 0);
        us.Receives({.flags = "SYN ECE CWR"});
        us.Sends("SYN ACK ECE", 0, 1);
        us.Receives({.flags = "SYN ACK ECE", .seq = 0, .ack = 1});
        us.Sends("ACK", 1, 1);
        us.Write("data");
        us.Sends("ACK", 1, 1, "data");
        EXPECT_EQ(SentCodepoint(us), EcnCodepoint::kEct0);
      },
      With(TcpEcn::kAlways));
}

TEST(TcpEcn, AMarkIsEchoedUntilTheSenderHasReduced) {  // 6.1.3
  TcpScript::Run([](TcpScript& us) {
    EstablishWithEcn(us);
    const std::string text(100, 't');
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = text, .ecn = EcnCodepoint::kCe});
    us.Receives({.flags = "ACK", .seq = 101, .ack = 1, .data = text, .ecn = EcnCodepoint::kEct0});
    us.Sends("ACK ECE", 1, 201);
    us.Write("too");
    us.Sends("ACK ECE", 1, 201, "too");
    us.Receives({.flags = "ACK", .seq = 201, .ack = 4, .data = text});
    us.Receives(
        {.flags = "ACK CWR", .seq = 301, .ack = 4, .data = text, .ecn = EcnCodepoint::kEct0});
    us.Sends("ACK", 4, 401);
  });
}

TEST(TcpEcn, AMarkOutsideTheWindowIsNotBelieved) {  // 6.1.5
  TcpScript::Run([](TcpScript& us) {
    EstablishWithEcn(us);
    us.Receives({.flags = "ACK", .seq = 1 << 20, .ack = 1, .data = "x", .ecn = EcnCodepoint::kCe});
    us.Sends("ACK", 1, 1);
  });
}

TEST(TcpEcn, WithoutAgreementAMarkSaysNothing) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "x", .ecn = EcnCodepoint::kCe});
    us.Advance(absl::Seconds(1));
    us.Sends("ACK", 1, 2);
  });
}

TEST(TcpEcn, AnEchoReducesTheWindowOnceAndIsAnswered) {  // 6.1.2
  TcpScript::Run([](TcpScript& us) {
    EstablishWithEcn(us);
    us.Write(std::string(2000, 'd'));
    EXPECT_EQ(us.sent_count(), 4);  // of 100 octets each
    us.Forget();
    us.Receives({.flags = "ACK ECE", .seq = 1, .ack = 101});
    EXPECT_EQ(us.connection().snapshot().congestion_window, 200);
    us.Receives({.flags = "ACK ECE", .seq = 1, .ack = 201});
    us.SendsNothing();
    us.Receives({.flags = "ACK ECE", .seq = 1, .ack = 401});
    EXPECT_GE(us.connection().snapshot().congestion_window, 200);
    us.Sends("ACK CWR", 401, 1, std::string(100, 'd'));
    us.Sends("ACK", 501, 1, std::string(100, 'd'));
  });
}

TEST(TcpEcn, WhatIsSentAgainIsNotMarked) {  // 6.1.5
  TcpScript::Run([](TcpScript& us) {
    EstablishWithEcn(us);
    us.Write("data");
    us.Sends("ACK", 1, 1, "data");
    us.Advance(absl::Seconds(1));
    us.Sends("ACK", 1, 1, "data");
    EXPECT_EQ(SentCodepoint(us), EcnCodepoint::kNotEct);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 5});
    us.Write("more");
    us.Sends("ACK CWR", 5, 1, "more");  // the window was reduced, 6.1.2
    EXPECT_EQ(SentCodepoint(us), EcnCodepoint::kEct0);
  });
}

TEST(TcpEcn, AProbeOfAClosedWindowIsNotMarked) {  // 6.1.6
  TcpScript::Run([](TcpScript& us) {
    EstablishWithEcn(us);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .window = 0});
    us.Write("data");
    us.SendsNothing();
    us.Advance(absl::Seconds(1));
    us.Sends("ACK", 1, 1, "d");
    EXPECT_EQ(SentCodepoint(us), EcnCodepoint::kNotEct);
  });
}

TEST(TcpEcn, APureAcknowledgmentIsNotMarked) {  // 6.1.4
  TcpScript::Run([](TcpScript& us) {
    EstablishWithEcn(us);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "x"});
    us.Advance(absl::Seconds(1));
    us.Sends("ACK", 1, 2);
    EXPECT_EQ(SentCodepoint(us), EcnCodepoint::kNotEct);
  });
}

}  // namespace
}  // namespace inet
