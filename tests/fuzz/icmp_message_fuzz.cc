// ICMP messages, RFC 792.
#include "providers/inet/icmp/icmp_message.h"
#include "providers/wire/fuzz_target.h"

using inet::IcmpMessage;
using wire::Require;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  absl::StatusOr<IcmpMessage> message = IcmpMessage::Parse({data, size});
  if (!message.ok()) {
    Require(!message.status().message().empty(), "a refusal names the field");
    return 0;
  }
  std::vector<uint8_t> written;
  message->AppendTo(written);
  Require(inet::VerifyIcmpChecksum(written).ok(), "what was written has its checksum");
  absl::StatusOr<IcmpMessage> again = IcmpMessage::Parse(written);
  Require(again.ok() && *again == *message, "what was written reads the same");
  return 0;
}

std::vector<std::vector<uint8_t>> wire::FuzzCorpus() {
  std::vector<uint8_t> quoted(28, 0);
  quoted[0] = 0x45;
  quoted[3] = 28;
  std::vector<std::vector<uint8_t>> seeds(3);
  IcmpMessage{inet::IcmpDestinationUnreachable{.quoted = quoted}}.AppendTo(seeds[0]);
  IcmpMessage{inet::IcmpTimeExceeded{.quoted = quoted}}.AppendTo(seeds[1]);
  IcmpMessage{inet::IcmpEcho{.identifier = 1, .sequence = 2, .data = {1, 2, 3}}}.AppendTo(seeds[2]);
  return seeds;
}

size_t wire::FuzzMutations() { return 1000; }
