// ICMPv6 messages, RFC 4443.
#include "providers/inet/icmp/icmpv6_message.h"
#include "providers/wire/fuzz_target.h"

using inet::Icmpv6Message;
using wire::Require;

namespace {

inet::PseudoHeader AnyPseudoHeader() {
  return inet::PseudoHeader(inet::Ipv6Address{}, inet::Ipv6Address{}, inet::kProtocolIcmpv6);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  absl::StatusOr<Icmpv6Message> message = Icmpv6Message::Parse({data, size});
  if (!message.ok()) {
    Require(!message.status().message().empty(), "a refusal names the field");
    return 0;
  }
  std::vector<uint8_t> written;
  message->AppendTo(written, AnyPseudoHeader());
  absl::StatusOr<Icmpv6Message> again = Icmpv6Message::Parse(written);
  Require(again.ok() && *again == *message, "what was written reads the same");
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
