// A fuzz target's seeds, all their truncations, and some thousand seeded mutations of them: the
// short form of a fuzzer's run, the same each time.
#include "gtest/gtest.h"
#include "providers/wire/codec_testing.h"
#include "tests/fuzz/fuzz_target.h"

#ifndef WSIM_FUZZ_MUTATIONS
#define WSIM_FUZZ_MUTATIONS 3000
#endif

namespace wsim {
namespace {

void RunOn(wire::ByteSpan octets) { LLVMFuzzerTestOneInput(octets.data(), octets.size()); }

TEST(FuzzTarget, TakesItsSeeds) {
  ASSERT_FALSE(FuzzSeeds().empty());
  for (const std::vector<uint8_t>& seed : FuzzSeeds()) RunOn(seed);
}

TEST(FuzzTarget, TakesEveryTruncation) {
  for (const std::vector<uint8_t>& seed : FuzzSeeds()) wire::ForEveryTruncation(seed, RunOn);
}

TEST(FuzzTarget, TakesMutations) {
  const size_t each = WSIM_FUZZ_MUTATIONS / FuzzSeeds().size();
  uint64_t number = 1;
  for (const std::vector<uint8_t>& seed : FuzzSeeds()) {
    wire::ForMutations(seed, number++, each, RunOn);
  }
}

}  // namespace
}  // namespace wsim
