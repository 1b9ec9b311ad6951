#include "providers/inet/tcp/byte_ring.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace inet {
namespace {

std::vector<uint8_t> Octets(uint64_t offset, size_t count) {
  std::vector<uint8_t> octets(count);
  for (size_t i = 0; i < count; ++i) octets[i] = static_cast<uint8_t>((offset + i) * 7);
  return octets;
}

std::vector<uint8_t> Load(const ByteRing& ring, uint64_t offset, size_t count) {
  std::vector<uint8_t> octets(count);
  ring.Load(offset, absl::MakeSpan(octets));
  return octets;
}

TEST(ByteRing, HoldsNoMemoryBeforeItIsUsed) {
  ByteRing ring(1);
  EXPECT_EQ(ring.allocated(), 0);
  ring.Store(1, {});
  EXPECT_EQ(ring.allocated(), 0);
}

TEST(ByteRing, KeepsOctetsWhileItGrowsAndWraps) {
  ByteRing ring(1);
  uint64_t written = 1;
  for (size_t step = 1; step < 3000; step += 37) {
    ring.Store(written, Octets(written, step));
    written += step;
    EXPECT_EQ(ring.end(), written);
    EXPECT_EQ(Load(ring, ring.begin(), written - ring.begin()),
              Octets(ring.begin(), written - ring.begin()));
    ring.DropBefore(written - step / 2);
  }
}

TEST(ByteRing, TakesOctetsBehindAGap) {
  ByteRing ring(1);
  ring.Store(1000, Octets(1000, 50));
  ring.Store(1, Octets(1, 999));
  EXPECT_EQ(Load(ring, 1, 1049), Octets(1, 1049));
}

TEST(ByteRing, GrowsOnlyWithWhatItHolds) {
  ByteRing ring(1);
  for (uint64_t offset = 1; offset < 1'000'000; offset += 500) {
    ring.Store(offset, Octets(offset, 500));
    ring.DropBefore(offset + 500);
  }
  EXPECT_EQ(ring.allocated(), 512);
}

TEST(ByteRing, KeepsLittleWhenItIsEmpty) {
  ByteRing ring(1);
  ring.Store(1, Octets(1, 4096));
  ring.DropBefore(4097);
  EXPECT_EQ(ring.allocated(), 4096);
  ring.Store(4097, Octets(4097, 4097));
  EXPECT_EQ(ring.allocated(), 8192);
  ring.DropBefore(8193);
  EXPECT_EQ(ring.allocated(), 8192) << "there is an octet in it";
  ring.DropBefore(8194);
  EXPECT_EQ(ring.allocated(), 0);
  ring.Store(8194, Octets(8194, 100));
  EXPECT_EQ(Load(ring, 8194, 100), Octets(8194, 100));
}

TEST(ByteRing, GivesItsMemoryBack) {
  ByteRing ring(1);
  ring.Store(1, Octets(1, 5000));
  ring.DropBefore(3000);
  ring.Free();
  EXPECT_EQ(ring.allocated(), 0);
  EXPECT_EQ(ring.begin(), 3000);
  EXPECT_EQ(ring.end(), 3000);
}

}  // namespace
}  // namespace inet
