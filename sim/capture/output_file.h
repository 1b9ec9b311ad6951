// A file that appears whole or not at all.
#ifndef SIM_CAPTURE_OUTPUT_FILE_H_
#define SIM_CAPTURE_OUTPUT_FILE_H_

#include <cstdio>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace sim {

// Written under a name of its own beside the target, and given the target's name by Finish. Until
// then the target is what it was; unfinished, nothing is left behind. What is there and no regular
// file (a device, a pipe) is written to directly. A symbolic link is followed.
class OutputFile {
 public:
  // Every error is one line: "cannot write PATH: why".
  static absl::StatusOr<std::unique_ptr<OutputFile>> Create(absl::string_view path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  // To write to, up to Finish. Errors of writing may be left to Finish.
  std::FILE* stream() { return stream_; }
  const std::string& path() const { return path_; }

  // Once, at the end. After an error the target is as it was before.
  absl::Status Finish();

  // "cannot write PATH: why", for an errno.
  absl::Status Error(int error_number) const;

 private:
  explicit OutputFile(absl::string_view path) : path_(path) {}
  absl::Status Open();
  absl::Status OpenPartial(const std::string& target);
  void Discard();

  const std::string path_;  // as the caller names it
  std::string target_;      // links followed; empty: written to directly
  std::string partial_;     // empty: there is none any more
  std::FILE* stream_ = nullptr;
};

}  // namespace sim

#endif  // SIM_CAPTURE_OUTPUT_FILE_H_
