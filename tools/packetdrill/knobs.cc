#include "tools/packetdrill/knobs.h"

#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tools/packetdrill/knob_tables.h"
#include "tools/packetdrill/value.h"

namespace wsim::packetdrill {
namespace {

using inet::TcpSettings;

// "4096 87380 6291456": least, default and greatest size of a buffer.
absl::Status SetBufferSizes(absl::string_view value, size_t& size, size_t* greatest) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(value, absl::ByAnyChar(" \t"), absl::SkipEmpty());
  uint32_t sizes[3] = {};
  if (words.size() != 3) return absl::InvalidArgumentError("three sizes are needed");
  for (size_t i = 0; i < 3; ++i) {
    if (!absl::SimpleAtoi(words[i], &sizes[i])) {
      return absl::InvalidArgumentError(absl::StrCat(words[i], " is no size"));
    }
  }
  size = sizes[1];
  if (greatest != nullptr) *greatest = sizes[2];
  return absl::OkStatus();
}

absl::Status SetAlgorithm(absl::string_view value, TcpSettings& settings) {
  if (value == "cubic") {
    settings.congestion_algorithm = inet::TcpCongestionAlgorithm::kCubic;
  } else if (value == "newreno" || value == "reno") {
    settings.congestion_algorithm = inet::TcpCongestionAlgorithm::kNewReno;
  } else {
    return Unsupported(absl::StrCat("the congestion control ", value));
  }
  return absl::OkStatus();
}

const Knob* Find(absl::Span<const Knob> knobs, absl::string_view name) {
  for (const Knob& knob : knobs) {
    if (knob.name == name) return &knob;
  }
  return nullptr;
}

}  // namespace

absl::Status SetKnob(absl::string_view name, absl::string_view value, TcpSettings& settings) {
  if (name == "net.inet.tcp.cc.algorithm" || name == "net.ipv4.tcp_congestion_control") {
    return SetAlgorithm(value, settings);
  }
  if (name == "net.inet.tcp.functions_default") {
    if (value == "freebsd") return absl::OkStatus();
    return Unsupported(absl::StrCat("the TCP stack ", value));
  }
  if (name == "net.ipv4.tcp_wmem") return SetBufferSizes(value, settings.send_buffer, nullptr);
  if (name == "net.ipv4.tcp_rmem") {
    return SetBufferSizes(value, settings.receive_buffer, &settings.largest_receive_buffer);
  }
  const Knob* knob = Find(FreebsdKnobs(), name);
  if (knob == nullptr) knob = Find(LinuxKnobs(), name);
  if (knob == nullptr) return Unsupported(absl::StrCat("sysctl ", name));
  int64_t number = 0;
  if (!absl::SimpleAtoi(value, &number) && !absl::SimpleHexAtoi(value, &number)) {
    return absl::InvalidArgumentError(absl::StrCat(name, ": \"", value, "\" is no number"));
  }
  TcpSettings changed = settings;
  if (!knob->set(number, changed)) return Unsupported(absl::StrCat("sysctl ", name, "=", value));
  settings = changed;
  return absl::OkStatus();
}

}  // namespace wsim::packetdrill
