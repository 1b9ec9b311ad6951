// The frames of a run as a capture file.
#ifndef SIM_CAPTURE_PCAP_WRITER_H_
#define SIM_CAPTURE_PCAP_WRITER_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "sim/capture/output_file.h"
#include "sim/trace/trace.h"

// Of libpcap.
struct pcap;
struct pcap_dumper;

namespace sim {

// Writes each transmission on a link, when its last bit has left (kFrameSent; whether it arrives or
// not), as one record of a classic pcap file: Ethernet without frame check sequence, time stamps in
// nanoseconds of virtual time since 1970-01-01 00:00:00 UTC, numbers in the machine's byte order.
// One run gives the same octets each time.
//
//   absl::StatusOr<std::unique_ptr<sim::PcapWriter>> writer = sim::PcapWriter::Create("run.pcap");
//   world.trace().AddListener(**writer, /*wants_text=*/false);
//   world.Run();
//   absl::Status status = (*writer)->Finish();
class PcapWriter final : public TraceListener {
 public:
  // The file appears when Finish succeeds, and only then (sim/capture/output_file.h). Every error
  // is one line: "cannot write PATH: why".
  static absl::StatusOr<std::unique_ptr<PcapWriter>> Create(absl::string_view path);
  ~PcapWriter() override;
  PcapWriter(const PcapWriter&) = delete;
  PcapWriter& operator=(const PcapWriter&) = delete;

  void OnTraceEvent(const TraceEvent& event) override;

  // Once, after the run. An error of any write before is told here.
  absl::Status Finish();

 private:
  explicit PcapWriter(std::unique_ptr<OutputFile> file) : file_(std::move(file)) {}
  absl::Status Open();
  void NoteError();
  void Close();

  const std::unique_ptr<OutputFile> file_;
  pcap* capture_ = nullptr;
  pcap_dumper* dumper_ = nullptr;
  int error_number_ = 0;  // of the first write that failed
};

}  // namespace sim

#endif  // SIM_CAPTURE_PCAP_WRITER_H_
