// The TCP header, RFC 9293 3.1: whatever can be read can be written, and reads the same again.
#include "providers/inet/tcp/tcp_header.h"
#include "tests/fuzz/codec_fuzz.h"

using inet::TcpHeader;
using wire::Require;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  wire::ByteSpan payload;
  absl::StatusOr<TcpHeader> header = TcpHeader::Parse({data, size}, &payload);
  if (!fuzz::IsRead(header)) return 0;
  Require(payload.size() <= size - TcpHeader::kMinSize, "the payload is behind the header");
  // What the standards let a writer leave off.
  header->options.unknown_kinds.clear();
  const size_t room = header->options.sack_room();
  if (header->options.sack_blocks.size() > room) header->options.sack_blocks.resize(room);
  for (const inet::TcpOptionLayout layout :
       {inet::TcpOptionLayout::kAligned, inet::TcpOptionLayout::kEndPadded,
        inet::TcpOptionLayout::kScaleLast}) {
    std::vector<uint8_t> written(header->size());
    Require(written.size() <= TcpHeader::kMaxSize, "a header has at most 60 octets");
    header->WriteTo(written.data(), layout);
    fuzz::RequireReadsTheSame(written, *header);
  }
  return 0;
}

std::vector<std::vector<uint8_t>> wire::FuzzCorpus() {
  TcpHeader syn{.source_port = 1,
                .destination_port = 2,
                .seq = inet::SeqNum(3),
                .flags = TcpHeader::kSyn,
                .window = 4,
                .options = {.max_segment_size = 1460,
                            .window_scale = 7,
                            .sack_permitted = true,
                            .timestamps = inet::TcpTimestamps{.value = 5}}};
  TcpHeader ack{.flags = TcpHeader::kAck | TcpHeader::kEce,
                .options = {.timestamps = inet::TcpTimestamps{.value = 5, .echo_reply = 6}}};
  ack.options.sack_blocks = {{inet::SeqNum(1), inet::SeqNum(2)},
                             {inet::SeqNum(3), inet::SeqNum(4)}};
  std::vector<std::vector<uint8_t>> seeds(2);
  syn.AppendTo(seeds[0]);
  ack.AppendTo(seeds[1]);
  seeds[1].insert(seeds[1].end(), 20, 'd');
  return seeds;
}

size_t wire::FuzzMutations() { return 1000; }
