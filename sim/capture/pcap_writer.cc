#include "sim/capture/pcap_writer.h"

#include <pcap/pcap.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

namespace sim {
namespace {

constexpr int kSnapLength = 262'144;  // octets: no frame is longer
constexpr int64_t kNanosecondsPerSecond = 1'000'000'000;

}  // namespace

absl::StatusOr<std::unique_ptr<PcapWriter>> PcapWriter::Create(absl::string_view path) {
  absl::StatusOr<std::unique_ptr<OutputFile>> file = OutputFile::Create(path);
  if (!file.ok()) return file.status();
  std::unique_ptr<PcapWriter> writer(new PcapWriter(*std::move(file)));
  if (absl::Status status = writer->Open(); !status.ok()) return status;
  return writer;
}

PcapWriter::~PcapWriter() { Close(); }

absl::Status PcapWriter::Open() {
  // libpcap closes the stream that it writes to, so it gets one of its own.
  const int descriptor = dup(fileno(file_->stream()));
  if (descriptor < 0) return file_->Error(errno);
  std::FILE* stream = fdopen(descriptor, "wb");
  if (stream == nullptr) {
    const int error_number = errno;
    close(descriptor);
    return file_->Error(error_number);
  }
  capture_ =
      pcap_open_dead_with_tstamp_precision(DLT_EN10MB, kSnapLength, PCAP_TSTAMP_PRECISION_NANO);
  if (capture_ == nullptr) {
    std::fclose(stream);
    return file_->Error(ENOMEM);
  }
  // Where it fails, it is because the header cannot be written, and libpcap has closed the stream.
  dumper_ = pcap_dump_fopen(capture_, stream);
  return dumper_ != nullptr ? absl::OkStatus() : file_->Error(EIO);
}

void PcapWriter::OnTraceEvent(const TraceEvent& event) {
  if (event.kind != TraceKind::kFrameSent || error_number_ != 0 || dumper_ == nullptr) return;
  pcap_pkthdr header{};
  header.ts.tv_sec = event.time.nanoseconds() / kNanosecondsPerSecond;
  header.ts.tv_usec = event.time.nanoseconds() % kNanosecondsPerSecond;  // in a file of nanoseconds
  header.caplen = static_cast<bpf_u_int32>(event.octets.size());
  header.len = header.caplen;
  pcap_dump(reinterpret_cast<u_char*>(dumper_), &header, event.octets.data());
  NoteError();
}

absl::Status PcapWriter::Finish() {
  // pcap_dump_flush answers 0 where the stream had failed before, and pcap_dump answers nothing.
  if (dumper_ != nullptr && error_number_ == 0) {
    std::fflush(pcap_dump_file(dumper_));
    NoteError();
  }
  Close();
  if (error_number_ != 0) return file_->Error(error_number_);
  return file_->Finish();
}

void PcapWriter::NoteError() {
  if (std::ferror(pcap_dump_file(dumper_)) != 0) error_number_ = errno;
}

void PcapWriter::Close() {
  if (dumper_ != nullptr) pcap_dump_close(std::exchange(dumper_, nullptr));
  if (capture_ != nullptr) pcap_close(std::exchange(capture_, nullptr));
}

}  // namespace sim
