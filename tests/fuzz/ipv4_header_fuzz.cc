// The IPv4 header, RFC 791 3.1, whole and as an error quotes it.
#include "providers/inet/ipv4/ipv4_header.h"
#include "tests/fuzz/codec_fuzz.h"

using inet::Ipv4Header;
using wire::Require;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  wire::ByteSpan payload;
  Ipv4Header::ParseQuoted({data, size}, &payload).IgnoreError();
  absl::StatusOr<Ipv4Header> header = Ipv4Header::Parse({data, size}, &payload);
  if (!fuzz::IsRead(header)) return 0;
  Require(header->size() + payload.size() == header->total_length, "the length covers both");
  Require(header->total_length <= size, "the payload is inside the packet");
  std::vector<uint8_t> written;
  header->AppendTo(written);
  written.insert(written.end(), payload.begin(), payload.end());
  absl::StatusOr<Ipv4Header> again = Ipv4Header::Parse(written);
  Require(again.ok(), "what was written can be read");
  Require(inet::VerifyIpv4Checksum(written).ok(), "what was written has its checksum");
  std::vector<uint8_t> third;
  again->AppendTo(third);
  written.resize(third.size());
  Require(third == written, "and reads the same");
  return 0;
}

std::vector<std::vector<uint8_t>> wire::FuzzCorpus() {
  Ipv4Header header{.total_length = 28,
                    .identification = 7,
                    .dont_fragment = true,
                    .time_to_live = 64,
                    .protocol = 6,
                    .source = {{10, 0, 0, 1}},
                    .destination = {{10, 0, 0, 2}}};
  std::vector<uint8_t> packet;
  header.AppendTo(packet);
  packet.insert(packet.end(), 8, 'p');
  return {packet};
}

size_t wire::FuzzMutations() { return 1000; }
