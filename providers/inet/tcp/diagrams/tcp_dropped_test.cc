// Each reason for which TCP discards a segment: counted, and in the trace with its clause.
#include <functional>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_script.h"

namespace inet {
namespace {

// How a segment comes to be discarded for a reason.
struct Way {
  TcpDrop drop;
  std::function<void(TcpScript&)> go;
};

void Established(TcpScript& us, const TcpScript::In& in) {
  us.Establish();
  us.Receives(in);
}

void SynThen(TcpScript& us, bool waits_for_decision, const TcpScript::In& in) {
  us.accepts = !waits_for_decision;
  us.Listen(1, waits_for_decision);
  us.Receives({.flags = "SYN"});
  us.Receives(in);
}

std::vector<Way> WaysToDrop() {
  const TcpOptions kTimed = {.timestamps = TcpTimestamps{.value = 100}};
  return {
      {TcpDrop::kTruncated,
       [](TcpScript& us) {
         us.ReceivesOctets({1, 2, 3});
       }},
      {TcpDrop::kBadChecksum,
       [](TcpScript& us) {
         std::vector<uint8_t> octets = us.Octets({.flags = "ACK"});
         octets[16] ^= 1;
         us.ReceivesOctets(octets);
       }},
      {TcpDrop::kMalformed,
       [](TcpScript& us) {
         std::vector<uint8_t> octets = us.Octets({.flags = "ACK"});
         octets[12] = 0x40;  // a data offset of 4 words
         StoreTcpChecksum(PseudoHeader(kPeerAddress, kOurAddress, kProtocolTcp),
                          absl::MakeSpan(octets));
         us.ReceivesOctets(octets);
       }},
      {TcpDrop::kNotUnicast,
       [](TcpScript& us) {
         const Ipv4Address multicast{{224, 0, 0, 1}};
         std::vector<uint8_t> octets = us.Octets({.flags = "SYN"});
         StoreTcpChecksum(PseudoHeader(multicast, kOurAddress, kProtocolTcp),
                          absl::MakeSpan(octets));
         us.ReceivesOctets(octets, /*traffic_class=*/0, multicast);
       }},
      {TcpDrop::kUnacceptable,
       [](TcpScript& us) { Established(us, {.flags = "ACK", .seq = 70000, .ack = 1}); }},
      {TcpDrop::kBadAck,
       [](TcpScript& us) { Established(us, {.flags = "ACK", .seq = 1, .ack = 2}); }},
      {TcpDrop::kNoAck, [](TcpScript& us) { Established(us, {.flags = "", .seq = 1}); }},
      {TcpDrop::kReset, [](TcpScript& us) { Established(us, {.flags = "RST", .seq = 9}); }},
      {TcpDrop::kUnknown, [](TcpScript& us) { us.Receives({.flags = "ACK", .seq = 1, .ack = 1}); }},
      {TcpDrop::kQueueFull,
       [](TcpScript& us) {
         us.accepts = false;
         us.Listen(1);
         us.Receives({.flags = "SYN"});
         us.Receives({.flags = "ACK", .seq = 1, .ack = 1});
         us.Receives({.flags = "SYN", .port = 7001});
       }},
      {TcpDrop::kAwaitsDecision, [](TcpScript& us) { SynThen(us, true, {.flags = "SYN"}); }},
      {TcpDrop::kAfterClose,
       [](TcpScript& us) {
         us.Establish();
         us.Leave();
         us.Receives({.flags = "ACK", .seq = 1, .ack = 2, .data = "late"});
       }},
      {TcpDrop::kOldTimestamp,
       [kTimed](TcpScript& us) {
         us.Establish(kTimed);
         us.Receives({.flags = "ACK",
                      .seq = 1,
                      .ack = 1,
                      .options = {.timestamps = TcpTimestamps{.value = 99}}});
       }},
      {TcpDrop::kNoTimestamp,
       [kTimed](TcpScript& us) {
         us.Establish(kTimed);
         us.Receives({.flags = "ACK", .seq = 1, .ack = 1});
       }},
      {TcpDrop::kNotInFlight,
       [](TcpScript& us) {
         us.Establish();
         us.NetworkSays(NetworkError::Kind::kHostUnreachable, 1);
       }},
      {TcpDrop::kAfterFin,
       [](TcpScript& us) {
         Established(us, {.flags = "FIN ACK", .seq = 1, .ack = 1});
         us.Receives({.flags = "ACK", .seq = 2, .ack = 1, .data = "ghost"});
       }},
  };
}

TEST(TcpDropped, ForEachReasonOnceCountedAndOnceInTheTrace) {
  for (const Way& way : WaysToDrop()) {
    TcpScript::Run([&way](TcpScript& us) {
      way.go(us);
      EXPECT_EQ(us.transport().drops().count(way.drop), 1) << static_cast<uint32_t>(way.drop);
      EXPECT_EQ(us.Drops().size(), 1) << static_cast<uint32_t>(way.drop);
    });
  }
}

TEST(TcpDropped, ByASettingToo) {
  TcpSettings settings;
  settings.drop_syn_fin = true;
  TcpScript::Run(
      [](TcpScript& us) {
        us.Receives({.flags = "SYN FIN"});
        us.SendsNothing();
        EXPECT_EQ(us.transport().drops().count(TcpDrop::kPolicy), 1);
      },
      settings);
}

}  // namespace
}  // namespace inet
