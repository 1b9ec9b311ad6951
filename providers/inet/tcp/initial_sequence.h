// Initial sequence numbers, RFC 6528: ISN = M + F(local, remote, secret).
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

 private:
  struct Secret {
    uint64_t low;
    uint64_t high;
  };

  sim::DecisionStream& secrets_;
  std::optional<Secret> secret_;
};

// The hash by its authors' (Aumasson, Bernstein) name, of whole octets.
uint64_t SipHash24(uint64_t key_low, uint64_t key_high, wire::ByteSpan octets);

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_INITIAL_SEQUENCE_H_
