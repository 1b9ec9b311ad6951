// For libFuzzer: bazel run --config=fuzz //providers/osi/session:spdu_arrivals_fuzzer
#include <cstddef>
#include <cstdint>

#include "providers/osi/session/session_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  osi::FuzzSpduArrivals({data, size});
  return 0;
}
