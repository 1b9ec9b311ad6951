// The IPv6 header, RFC 8200 3.
#include "providers/inet/ipv6/ipv6_header.h"
#include "tests/fuzz/codec_fuzz.h"

using inet::Ipv6Header;
using wire::Require;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  wire::ByteSpan payload;
  absl::StatusOr<Ipv6Header> header = Ipv6Header::Parse({data, size}, &payload);
  if (!fuzz::IsRead(header)) return 0;
  Require(payload.size() <= size - Ipv6Header::kSize, "the payload is inside the packet");
  std::vector<uint8_t> written;
  header->AppendTo(written);
  written.insert(written.end(), payload.begin(), payload.end());
  fuzz::RequireReadsTheSame(written, *header);
  return 0;
}

std::vector<std::vector<uint8_t>> wire::FuzzCorpus() {
  std::vector<uint8_t> packet(Ipv6Header::kSize + 8, 1);
  packet[0] = 0x60;
  packet[4] = 0;
  packet[5] = 8;
  packet[6] = 6;
  return {packet};
}

size_t wire::FuzzMutations() { return 1000; }
