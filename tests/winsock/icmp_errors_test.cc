// What connect says when the network answers a SYN: every code of ICMP and ICMPv6, RFC
// 9293 3.9.2.2, RFC 5461, "Winsock page: connect".
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "providers/ethernet/station.h"
#include "providers/inet/checksum.h"
#include "providers/inet/icmp/icmp_message.h"
#include "providers/inet/icmp/icmpv6_message.h"
#include "providers/inet/ipv4/ipv4_header.h"
#include "providers/inet/ipv6/ipv6_header.h"
#include "sim/host.h"
#include "sim/thread.h"
#include "tests/winsock/two_programs.h"

namespace wsim {
namespace {

using inet::IcmpMessage;
using inet::Icmpv6Message;
using Octets = std::vector<uint8_t>;

// Puts an ICMP error about a packet into a packet to its source.
using Answer = std::function<Octets(wire::ByteSpan)>;

Octets AnswerOverIpv4(wire::ByteSpan packet, const IcmpMessage& message) {
  const inet::Ipv4Header heard = *inet::Ipv4Header::Parse(packet);
  Octets octets;
  message.AppendTo(octets);
  Octets answer;
  inet::Ipv4Header{
      .total_length = static_cast<uint16_t>(inet::Ipv4Header::kMinSize + octets.size()),
      .time_to_live = 64,
      .protocol = inet::kProtocolIcmp,
      .source = heard.destination,
      .destination = heard.source}
      .AppendTo(answer);
  answer.insert(answer.end(), octets.begin(), octets.end());
  return answer;
}

Octets AnswerOverIpv6(wire::ByteSpan packet, const Icmpv6Message& message) {
  const inet::Ipv6Header heard = *inet::Ipv6Header::Parse(packet);
  Octets octets;
  message.AppendTo(octets,
                   inet::PseudoHeader(heard.destination, heard.source, inet::kProtocolIcmpv6));
  Octets answer;
  inet::Ipv6Header{.payload_length = static_cast<uint16_t>(octets.size()),
                   .next_header = inet::kProtocolIcmpv6,
                   .hop_limit = 64,
                   .source = heard.destination,
                   .destination = heard.source}
      .AppendTo(answer);
  answer.insert(answer.end(), octets.begin(), octets.end());
  return answer;
}

Answer Unreachable(inet::IcmpUnreachableCode code) {
  return [code](wire::ByteSpan packet) {
    return AnswerOverIpv4(packet, {inet::IcmpDestinationUnreachable{
                                      .code = code, .quoted = inet::IcmpQuoteOf(packet)}});
  };
}
Answer Expired(inet::IcmpTimeExceededCode code) {
  return [code](wire::ByteSpan packet) {
    return AnswerOverIpv4(
        packet, {inet::IcmpTimeExceeded{.code = code, .quoted = inet::IcmpQuoteOf(packet)}});
  };
}
Answer Problem(inet::IcmpParameterCode code) {
  return [code](wire::ByteSpan packet) {
    return AnswerOverIpv4(
        packet, {inet::IcmpParameterProblem{.code = code, .quoted = inet::IcmpQuoteOf(packet)}});
  };
}
Answer Unreachable(inet::Icmpv6UnreachableCode code) {
  return [code](wire::ByteSpan packet) {
    return AnswerOverIpv6(packet, {inet::Icmpv6DestinationUnreachable{
                                      .code = code, .quoted = inet::Icmpv6QuoteOf(packet)}});
  };
}
Answer Expired(inet::Icmpv6TimeExceededCode code) {
  return [code](wire::ByteSpan packet) {
    return AnswerOverIpv6(
        packet, {inet::Icmpv6TimeExceeded{.code = code, .quoted = inet::Icmpv6QuoteOf(packet)}});
  };
}
Answer Problem(inet::Icmpv6ParameterCode code) {
  return [code](wire::ByteSpan packet) {
    return AnswerOverIpv6(packet, {inet::Icmpv6ParameterProblem{
                                      .code = code, .quoted = inet::Icmpv6QuoteOf(packet)}});
  };
}

// In the place of a host's internet layer.
class Answerer final : public ethernet::PacketReceiver {
 public:
  Answerer(uint16_t type, const Answer& answer) : type_(type), answer_(answer) {
    station_.SetReceiverOfType(type_, this);
  }
  ~Answerer() override { station_.SetReceiverOfType(type_, nullptr); }

 private:
  void OnPacket(sim::Nic& nic, const sim::FramePtr& frame, wire::ByteSpan packet) override {
    const ethernet::EthernetHeader header = *ethernet::EthernetHeader::Parse(frame->octets());
    station_.Send(nic, header.source, type_, sim::Frame::Copy(answer_(packet)));
  }

  const uint16_t type_;
  const Answer& answer_;
  ethernet::Station& station_ =
      sim::Thread::Current()->process().boot().slots().Get<ethernet::Station>();
};

enum class When { kAtOnce, kWhenNobodyAnswers };

struct Case {
  absl::string_view what;
  Answer answer;
  int error;
  When when;
};

void ExpectErrors(absl::string_view provider, uint16_t type, const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    SCOPED_TRACE(std::string(one.what));
    TwoPrograms programs(provider);
    programs.Run(
        [&] {
          const Answerer answerer(type, one.answer);
          TwoPrograms::Sleep(absl::Minutes(10));
        },
        [&] {
          const winsock::SOCKET s = programs.MakeSocket();
          const sim::Time before = programs.world().now();
          EXPECT_EQ(programs.Connect(s), one.error);
          const bool at_once = programs.world().now() - before < absl::Milliseconds(100);
          EXPECT_EQ(at_once, one.when == When::kAtOnce);
          winsock::closesocket(s);
        });
  }
}

TEST(IcmpErrors, OfIpv4AreWhatConnectReturns) {
  using Code = inet::IcmpUnreachableCode;
  using winsock::WSAECONNREFUSED, winsock::WSAEHOSTUNREACH, winsock::WSAENETUNREACH,
      winsock::WSAETIMEDOUT;
  const When later = When::kWhenNobodyAnswers;
  ExpectErrors(
      "tcp", ethernet::kTypeIpv4,
      {{"network", Unreachable(Code::kNetwork), WSAENETUNREACH, later},
       {"host", Unreachable(Code::kHost), WSAEHOSTUNREACH, later},
       {"protocol", Unreachable(Code::kProtocol), WSAECONNREFUSED, When::kAtOnce},
       {"port", Unreachable(Code::kPort), WSAECONNREFUSED, When::kAtOnce},
       {"fragmentation needed", Unreachable(Code::kFragmentationNeeded), WSAETIMEDOUT, later},
       {"source route", Unreachable(Code::kSourceRouteFailed), WSAENETUNREACH, later},
       {"network unknown", Unreachable(Code::kNetworkUnknown), WSAENETUNREACH, later},
       {"host unknown", Unreachable(Code::kHostUnknown), WSAEHOSTUNREACH, later},
       {"host isolated", Unreachable(Code::kSourceHostIsolated), WSAEHOSTUNREACH, later},
       {"network prohibited", Unreachable(Code::kNetworkProhibited), WSAECONNREFUSED, later},
       {"host prohibited", Unreachable(Code::kHostProhibited), WSAECONNREFUSED, later},
       {"network, service", Unreachable(Code::kNetworkTypeOfService), WSAENETUNREACH, later},
       {"host, service", Unreachable(Code::kHostTypeOfService), WSAEHOSTUNREACH, later},
       {"prohibited", Unreachable(Code::kCommunicationProhibited), WSAECONNREFUSED, later},
       {"precedence", Unreachable(Code::kHostPrecedenceViolation), WSAEHOSTUNREACH, later},
       {"cutoff", Unreachable(Code::kPrecedenceCutoff), WSAEHOSTUNREACH, later},
       {"hops", Expired(inet::IcmpTimeExceededCode::kTimeToLive), WSAEHOSTUNREACH, later},
       {"reassembly", Expired(inet::IcmpTimeExceededCode::kReassembly), WSAEHOSTUNREACH, later},
       {"field", Problem(inet::IcmpParameterCode::kErroneousField), WSAETIMEDOUT, later},
       {"option", Problem(inet::IcmpParameterCode::kMissingOption), WSAETIMEDOUT, later},
       {"length", Problem(inet::IcmpParameterCode::kBadLength), WSAETIMEDOUT, later}});
}

TEST(IcmpErrors, OfIpv6AreWhatConnectReturns) {
  using Code = inet::Icmpv6UnreachableCode;
  using Field = inet::Icmpv6ParameterCode;
  using winsock::WSAECONNREFUSED, winsock::WSAEHOSTUNREACH, winsock::WSAENETUNREACH,
      winsock::WSAETIMEDOUT;
  const When later = When::kWhenNobodyAnswers;
  ExpectErrors(
      "tcp6", ethernet::kTypeIpv6,
      {{"no route", Unreachable(Code::kNoRoute), WSAENETUNREACH, later},
       {"prohibited", Unreachable(Code::kProhibited), WSAECONNREFUSED, later},
       {"beyond scope", Unreachable(Code::kBeyondScope), WSAENETUNREACH, later},
       {"address", Unreachable(Code::kAddress), WSAEHOSTUNREACH, later},
       {"port", Unreachable(Code::kPort), WSAECONNREFUSED, When::kAtOnce},
       {"source policy", Unreachable(Code::kSourcePolicy), WSAECONNREFUSED, later},
       {"reject route", Unreachable(Code::kRejectRoute), WSAECONNREFUSED, later},
       {"hops", Expired(inet::Icmpv6TimeExceededCode::kHopLimit), WSAEHOSTUNREACH, later},
       {"reassembly", Expired(inet::Icmpv6TimeExceededCode::kReassembly), WSAEHOSTUNREACH, later},
       {"field", Problem(Field::kErroneousField), WSAETIMEDOUT, later},
       {"next header", Problem(Field::kUnrecognizedNextHeader), WSAECONNREFUSED, When::kAtOnce},
       {"option", Problem(Field::kUnrecognizedOption), WSAETIMEDOUT, later},
       {"chain", Problem(Field::kIncompleteChain), WSAETIMEDOUT, later}});
}

}  // namespace
}  // namespace wsim
