// What every fuzz target has: one function of octets, under the name that libFuzzer calls, and
// inputs worth starting from. Two programs are linked with it: the fuzzer, and a short test.
#ifndef TESTS_FUZZ_FUZZ_TARGET_H_
#define TESTS_FUZZ_FUZZ_TARGET_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace wsim {

// Whole inputs that reach deep: real messages.
std::vector<std::vector<uint8_t>> FuzzSeeds();

// What has to hold for any input. Ends the program: that is how a fuzzer is told.
inline void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace wsim

#endif  // TESTS_FUZZ_FUZZ_TARGET_H_
