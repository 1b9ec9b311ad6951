// What holds for every codec that is a value with Parse.
#ifndef TESTS_FUZZ_CODEC_FUZZ_H_
#define TESTS_FUZZ_CODEC_FUZZ_H_

#include "absl/status/statusor.h"
#include "providers/wire/bytes.h"
#include "providers/wire/fuzz_target.h"

namespace fuzz {

// Whether the octets could be read. A refusal names the field.
template <class Value>
bool IsRead(const absl::StatusOr<Value>& value) {
  wire::Require(value.ok() || !value.status().message().empty(), "a refusal names the field");
  return value.ok();
}

// `written` is `value` as it was written, with what stood behind it.
template <class Value>
void RequireReadsTheSame(wire::ByteSpan written, const Value& value) {
  const absl::StatusOr<Value> again = Value::Parse(written);
  wire::Require(again.ok() && *again == value, "what was written reads the same");
}

}  // namespace fuzz

#endif  // TESTS_FUZZ_CODEC_FUZZ_H_
