// ICMPv6 messages, RFC 4443.
#include "providers/inet/icmp/icmpv6_message.h"
#include "tests/fuzz/codec_fuzz.h"

using inet::Icmpv6Message;

namespace {

inet::PseudoHeader AnyPseudoHeader() {
  return inet::PseudoHeader(inet::Ipv6Address{}, inet::Ipv6Address{}, inet::kProtocolIcmpv6);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  absl::StatusOr<Icmpv6Message> message = Icmpv6Message::Parse({data, size});
  if (!fuzz::IsRead(message)) return 0;
  std::vector<uint8_t> written;
  message->AppendTo(written, AnyPseudoHeader());
  fuzz::RequireReadsTheSame(written, *message);
  return 0;
}

std::vector<std::vector<uint8_t>> wire::FuzzCorpus() {
  std::vector<uint8_t> quoted(40, 0);
  quoted[0] = 0x60;
  std::vector<std::vector<uint8_t>> seeds;
  for (const Icmpv6Message& message :
       {Icmpv6Message{inet::Icmpv6DestinationUnreachable{.quoted = quoted}},
        Icmpv6Message{inet::Icmpv6PacketTooBig{.mtu = 1280, .quoted = quoted}},
        Icmpv6Message{inet::Icmpv6TimeExceeded{.quoted = quoted}},
        Icmpv6Message{inet::Icmpv6ParameterProblem{.pointer = 6, .quoted = quoted}},
        Icmpv6Message{inet::IcmpEcho{.identifier = 1, .sequence = 2, .data = {1, 2, 3}}}}) {
    message.AppendTo(seeds.emplace_back(), AnyPseudoHeader());
  }
  return seeds;
}

size_t wire::FuzzMutations() { return 1000; }
