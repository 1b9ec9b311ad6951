// Initial sequence numbers, RFC 6528: ISN = M + F(local, remote, secret), and the offsets of
// timestamps by the same secret.
#ifndef PROVIDERS_INET_TCP_INITIAL_SEQUENCE_H_
#define PROVIDERS_INET_TCP_INITIAL_SEQUENCE_H_

#include <cstdint>
#include <optional>

#include "providers/inet/tcp/four_tuple.h"
#include "providers/inet/tcp/seq_num.h"
#include "providers/wire/bytes.h"
#include "sim/decision/decisions.h"
#include "sim/time.h"

namespace inet {

// M is a clock that ticks every 4 microseconds, F a keyed hash of the four-tuple (SipHash-2-4). The
// 128-bit secret is drawn from `secrets`, when the first number is asked for.
class InitialSequence {
 public:
  // `secrets` outlives it.
  explicit InitialSequence(sim::DecisionStream& secrets) : secrets_(secrets) {}

  SeqNum Next(const FourTuple& tuple, sim::Time now);
  // What the timestamps of a connection of this name begin with (RFC 7323 5.4). Always the same
  // number, so that they never run backwards from one such connection to the next (RFC 6191).
  uint32_t TimestampOffset(const FourTuple& tuple);

 private:
  struct Secret {
    uint64_t low;
    uint64_t high;
  };

  // `purpose` keeps what is derived for one apart from what is derived for another.
  uint64_t Hash(const FourTuple& tuple, uint8_t purpose);

  sim::DecisionStream& secrets_;
  std::optional<Secret> secret_;
};

// The hash by its authors' (Aumasson, Bernstein) name, of whole octets.
uint64_t SipHash24(uint64_t key_low, uint64_t key_high, wire::ByteSpan octets);

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_INITIAL_SEQUENCE_H_
