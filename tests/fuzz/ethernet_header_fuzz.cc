// Ethernet II and IEEE 802.3 headers, and the LLC header behind a length.
#include "providers/ethernet/ethernet_header.h"
#include "providers/ethernet/llc_header.h"
#include "tests/fuzz/codec_fuzz.h"

using ethernet::EthernetHeader;
using ethernet::LlcHeader;
using wire::Require;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  wire::ByteSpan payload;
  absl::StatusOr<EthernetHeader> header = EthernetHeader::Parse({data, size}, &payload);
  if (!fuzz::IsRead(header)) return 0;
  Require(payload.size() <= size - EthernetHeader::kSize, "the payload is inside the frame");
  std::vector<uint8_t> written;
  header->AppendTo(written);
  written.insert(written.end(), payload.begin(), payload.end());
  fuzz::RequireReadsTheSame(written, *header);
  if (!header->has_length()) return 0;
  absl::StatusOr<LlcHeader> llc = LlcHeader::Parse(payload);
  if (!llc.ok()) return 0;
  std::vector<uint8_t> written_llc;
  llc->AppendTo(written_llc);
  fuzz::RequireReadsTheSame(written_llc, *llc);
  return 0;
}

std::vector<std::vector<uint8_t>> wire::FuzzCorpus() {
  std::vector<std::vector<uint8_t>> seeds(2);
  EthernetHeader{.type_or_length = ethernet::kTypeIpv4}.AppendTo(seeds[0]);
  seeds[0].resize(EthernetHeader::kMinFrameSize);
  EthernetHeader{.type_or_length = 10}.AppendTo(seeds[1]);
  LlcHeader{.destination_sap = 0xFE, .source_sap = 0xFE}.AppendTo(seeds[1]);
  seeds[1].resize(EthernetHeader::kMinFrameSize);
  return seeds;
}

size_t wire::FuzzMutations() { return 1000; }
