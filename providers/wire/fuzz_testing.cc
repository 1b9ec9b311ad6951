// The short form of a fuzz target: a test that any compiler builds and that takes a moment.
#include "gtest/gtest.h"
#include "providers/wire/codec_testing.h"
#include "providers/wire/fuzz_target.h"

namespace wire {
namespace {

void Feed(ByteSpan input) { EXPECT_EQ(LLVMFuzzerTestOneInput(input.data(), input.size()), 0); }

TEST(FuzzTarget, SurvivesItsCorpusTruncatedAndDamaged) {
  const std::vector<std::vector<uint8_t>> corpus = FuzzCorpus();
  ASSERT_FALSE(corpus.empty());
  uint64_t seed = 0;
  for (const std::vector<uint8_t>& input : corpus) {
    Feed(input);
    ForEveryTruncation(input, Feed);
    ForMutations(input, ++seed, FuzzMutations(), Feed);
    ASSERT_FALSE(testing::Test::HasFailure()) << "input " << seed << " of the corpus";
  }
}

}  // namespace
}  // namespace wire
