#include "sim/capture/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"

namespace sim {
namespace {

// So many may be written at once, or left behind by programs that were killed.
constexpr int kMaxPartials = 100;

}  // namespace

absl::StatusOr<std::unique_ptr<OutputFile>> OutputFile::Create(absl::string_view path) {
  std::unique_ptr<OutputFile> file(new OutputFile(path));
  if (absl::Status status = file->Open(); !status.ok()) return status;
  return file;
}

OutputFile::~OutputFile() { Discard(); }

absl::Status OutputFile::Open() {
  struct stat found;
  if (stat(path_.c_str(), &found) != 0) {
    return errno == ENOENT ? OpenPartial(path_) : Error(errno);
  }
  if (S_ISDIR(found.st_mode)) return Error(EISDIR);
  if (!S_ISREG(found.st_mode)) {
    stream_ = std::fopen(path_.c_str(), "wb");
    return stream_ != nullptr ? absl::OkStatus() : Error(errno);
  }
  // To be put in the place of a file takes no right to write to it, but who forbade that meant it.
  if (access(path_.c_str(), W_OK) != 0) return Error(errno);
  char resolved[PATH_MAX];
  if (realpath(path_.c_str(), resolved) == nullptr) return Error(errno);
  return OpenPartial(resolved);
}

absl::Status OutputFile::OpenPartial(const std::string& target) {
  for (int i = 1; i <= kMaxPartials; ++i) {
    std::string partial = absl::StrCat(target, ".partial", i);
    const int descriptor = open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0 && errno == EEXIST) continue;
    if (descriptor < 0) return Error(errno);
    target_ = target;
    partial_ = std::move(partial);
    stream_ = fdopen(descriptor, "wb");
    if (stream_ != nullptr) return absl::OkStatus();
    const int error_number = errno;
    close(descriptor);
    return Error(error_number);
  }
  return absl::ResourceExhaustedError(absl::StrCat(
      "cannot write ", path_, ": remove what was left behind as ", target, ".partial1 and so on"));
}

absl::Status OutputFile::Finish() {
  if (stream_ == nullptr) return Error(EBADF);
  const bool has_failed_before = std::ferror(stream_) != 0;
  int error_number = 0;
  if (std::fflush(stream_) != 0) error_number = errno;
  if (std::fclose(std::exchange(stream_, nullptr)) != 0 && error_number == 0) error_number = errno;
  if (error_number == 0 && has_failed_before) error_number = EIO;
  if (error_number == 0 && !partial_.empty() &&
      std::rename(partial_.c_str(), target_.c_str()) != 0) {
    error_number = errno;
  }
  if (error_number == 0) partial_.clear();
  Discard();
  return error_number == 0 ? absl::OkStatus() : Error(error_number);
}

void OutputFile::Discard() {
  if (stream_ != nullptr) std::fclose(std::exchange(stream_, nullptr));
  if (!partial_.empty()) unlink(partial_.c_str());
  partial_.clear();
}

absl::Status OutputFile::Error(int error_number) const {
  return absl::ErrnoToStatus(error_number, absl::StrCat("cannot write ", path_));
}

}  // namespace sim
