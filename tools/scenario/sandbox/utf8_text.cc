#include "tools/scenario/sandbox/utf8_text.h"

#include "absl/strings/str_format.h"

namespace wsim {
namespace {

// The length of the valid UTF-8 sequence at the front of `octets`, which is not empty; 0 for none.
// No overlong forms, no surrogates, nothing beyond U+10FFFF (RFC 3629 section 4).
size_t Utf8SequenceLength(absl::string_view octets) {
  const auto octet = [&](size_t i) { return static_cast<unsigned char>(octets[i]); };
  const unsigned char lead = octet(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (octets.size() < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((octet(i) & 0xC0) != 0x80) return 0;
  }
  const unsigned char second = octet(1);
  if (lead == 0xE0 && second < 0xA0) return 0;
  if (lead == 0xED && second > 0x9F) return 0;
  if (lead == 0xF0 && second < 0x90) return 0;
  if (lead == 0xF4 && second > 0x8F) return 0;
  return length;
}

std::string Escape(absl::string_view octets, bool one_line) {
  std::string text;
  text.reserve(octets.size());
  while (!octets.empty()) {
    const size_t length = Utf8SequenceLength(octets);
    const auto first = static_cast<unsigned char>(octets[0]);
    if (length == 0 || (one_line && (first < 0x20 || first == 0x7F))) {
      if (first == '\n') {
        text += "\\n";
      } else {
        absl::StrAppendFormat(&text, "\\x%02X", first);
      }
      octets.remove_prefix(1);
      continue;
    }
    text.append(octets.data(), length);
    octets.remove_prefix(length);
  }
  return text;
}

}  // namespace

std::string EscapeInvalidUtf8(absl::string_view octets) { return Escape(octets, false); }

std::string OneLine(absl::string_view octets) { return Escape(octets, true); }

}  // namespace wsim
