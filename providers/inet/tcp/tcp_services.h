// What all connections of a host share.
#ifndef PROVIDERS_INET_TCP_TCP_SERVICES_H_
#define PROVIDERS_INET_TCP_TCP_SERVICES_H_

#include <cstdint>

#include "providers/inet/internet_layer.h"
#include "providers/inet/tcp/initial_sequence.h"
#include "providers/inet/tcp/tcp_drop.h"
#include "providers/inet/tcp/tcp_settings.h"
#include "sim/time.h"
#include "sim/world.h"

namespace inet {

// Named as in RFC 4022 (TCP-MIB), where it has them.
struct TcpCounters {
  uint64_t active_opens = 0;
  uint64_t passive_opens = 0;
  uint64_t attempt_fails = 0;  // from SYN-SENT or SYN-RECEIVED to CLOSED
  uint64_t established_resets = 0;
  uint64_t in_segments = 0;   // erroneous ones included
  uint64_t out_segments = 0;  // without those that carry retransmitted octets alone
  uint64_t retransmitted_segments = 0;
  uint64_t in_errors = 0;  // bad checksum, malformed
  uint64_t out_resets = 0;
  uint64_t challenge_acks = 0;  // RFC 5961
  uint64_t old_timestamps = 0;  // segments that PAWS refused (RFC 7323 5.3)
};

// At most so many challenge ACKs in any interval that begins with one, RFC 5961 7.
class ChallengeAckLimiter {
 public:
  bool Allow(sim::Time now, const TcpSettings& settings) {
    if (sent_ == 0 || now - interval_begin_ >= settings.challenge_ack_interval) {
      interval_begin_ = now;
      sent_ = 0;
    }
    if (sent_ >= settings.challenge_acks) return false;
    ++sent_;
    return true;
  }

 private:
  sim::Time interval_begin_;
  int sent_ = 0;
};

class TcpConnection;

// Who keeps the connections of a host.
class TcpConnectionOwner {
 public:
  virtual ~TcpConnectionOwner() = default;
  // The connection has come to CLOSED: its four-tuple is free. Once.
  virtual void OnClosed(TcpConnection& connection) = 0;
  // CLOSED and without a user: to be freed, but not before the event under way has ended. Once.
  virtual void OnForgotten(TcpConnection& connection) = 0;
};

// What a connection needs from outside. Outlives it.
struct TcpServices {
  sim::World& world;
  InternetLayer& internet;
  const TcpSettings& settings;
  TcpConnectionOwner& owner;
  InitialSequence& initial_sequence;
  TcpCounters counters{};
  TcpDrops drops{world.trace()};
  ChallengeAckLimiter challenge_acks{};
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_TCP_SERVICES_H_
