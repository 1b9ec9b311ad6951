#include "providers/inet/tcp/initial_sequence.h"

#include <array>
#include <bit>
#include <vector>

#include "providers/wire/bytes.h"

namespace inet {
namespace {

constexpr uint8_t kForNumbers = 0;
constexpr uint8_t kForTimestamps = 1;

constexpr int64_t kNanosecondsPerTick = 4000;  // RFC 9293 3.4.1: 4 microseconds

class SipState {
 public:
  SipState(uint64_t low, uint64_t high)
      : v_{low ^ 0x736F6D6570736575u, high ^ 0x646F72616E646F6Du, low ^ 0x6C7967656E657261u,
           high ^ 0x7465646279746573u} {}

  void Compress(uint64_t word) {
    v_[3] ^= word;
    Rounds(2);
    v_[0] ^= word;
  }
  uint64_t Finish() {
    v_[2] ^= 0xFF;
    Rounds(4);
    return v_[0] ^ v_[1] ^ v_[2] ^ v_[3];
  }

 private:
  void Rounds(int count) {
    for (int i = 0; i < count; ++i) {
      v_[0] += v_[1];
      v_[2] += v_[3];
      v_[1] = std::rotl(v_[1], 13) ^ v_[0];
      v_[3] = std::rotl(v_[3], 16) ^ v_[2];
      v_[0] = std::rotl(v_[0], 32);
      v_[2] += v_[1];
      v_[0] += v_[3];
      v_[1] = std::rotl(v_[1], 17) ^ v_[2];
      v_[3] = std::rotl(v_[3], 21) ^ v_[0];
      v_[2] = std::rotl(v_[2], 32);
    }
  }

  std::array<uint64_t, 4> v_;
};

void AppendEndpoint(const Endpoint& endpoint, wire::ByteWriter& out) {
  std::visit([&out](const auto& address) { out.Bytes(address.octets); }, endpoint.address);
  out.U16(endpoint.port);
}

}  // namespace

uint64_t SipHash24(uint64_t key_low, uint64_t key_high, wire::ByteSpan octets) {
  SipState state(key_low, key_high);
  uint64_t word = 0;  // little-endian, the length in the last octet of the last one
  for (size_t i = 0; i < octets.size(); ++i) {
    word |= uint64_t{octets[i]} << (8 * (i % 8));
    if (i % 8 == 7) {
      state.Compress(word);
      word = 0;
    }
  }
  state.Compress(word | uint64_t{octets.size() & 0xFF} << 56);
  return state.Finish();
}

uint64_t InitialSequence::Hash(const FourTuple& tuple, uint8_t purpose) {
  if (!secret_.has_value()) {
    const uint64_t low = secrets_.Below(UINT64_MAX);
    secret_ = Secret{low, secrets_.Below(UINT64_MAX)};
  }
  std::vector<uint8_t> octets;
  wire::ByteWriter out(octets);
  AppendEndpoint(tuple.local, out);
  AppendEndpoint(tuple.remote, out);
  if (purpose != kForNumbers) out.U8(purpose);
  return SipHash24(secret_->low, secret_->high, octets);
}

SeqNum InitialSequence::Next(const FourTuple& tuple, sim::Time now) {
  const auto clock = static_cast<uint32_t>(now.nanoseconds() / kNanosecondsPerTick);
  return SeqNum(static_cast<uint32_t>(Hash(tuple, kForNumbers))) + clock;
}

uint32_t InitialSequence::TimestampOffset(const FourTuple& tuple) {
  return static_cast<uint32_t>(Hash(tuple, kForTimestamps));
}

}  // namespace inet
