// ICMP messages, RFC 792.
#include "providers/inet/icmp/icmp_message.h"
#include "tests/fuzz/codec_fuzz.h"

using inet::IcmpMessage;
using wire::Require;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  absl::StatusOr<IcmpMessage> message = IcmpMessage::Parse({data, size});
  if (!fuzz::IsRead(message)) return 0;
  std::vector<uint8_t> written;
  message->AppendTo(written);
  Require(inet::VerifyIcmpChecksum(written).ok(), "what was written has its checksum");
  fuzz::RequireReadsTheSame(written, *message);
  return 0;
}

std::vector<std::vector<uint8_t>> wire::FuzzCorpus() {
  std::vector<uint8_t> quoted(28, 0);
  quoted[0] = 0x45;
  quoted[3] = 28;
  std::vector<std::vector<uint8_t>> seeds;
  for (const IcmpMessage& message :
       {IcmpMessage{inet::IcmpDestinationUnreachable{.quoted = quoted}},
        IcmpMessage{inet::IcmpTimeExceeded{.quoted = quoted}},
        IcmpMessage{inet::IcmpParameterProblem{.pointer = 20, .quoted = quoted}},
        IcmpMessage{inet::IcmpEcho{.identifier = 1, .sequence = 2, .data = {1, 2, 3}}}}) {
    message.AppendTo(seeds.emplace_back());
  }
  return seeds;
}

size_t wire::FuzzMutations() { return 1000; }
