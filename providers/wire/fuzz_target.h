// A fuzz target: libFuzzer's entry point, and inputs to begin with. Built in two ways from the same
// file: as a test that feeds it those inputs, their beginnings and some thousand damaged copies of
// them (link :fuzz_testing), and with `--config=fuzz` as a program that libFuzzer drives.
#ifndef PROVIDERS_WIRE_FUZZ_TARGET_H_
#define PROVIDERS_WIRE_FUZZ_TARGET_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <vector>

// Returns 0. A fault that no sanitizer would see ends the process (Require, __builtin_trap).
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace wire {

// The target's: well-formed inputs, and how many damaged copies of each the test tries.
std::vector<std::vector<uint8_t>> FuzzCorpus();
size_t FuzzMutations();

// What has to hold for any input. Ends the process: that is how a fuzzer is told.
inline void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  __builtin_trap();
}

}  // namespace wire

#endif  // PROVIDERS_WIRE_FUZZ_TARGET_H_
