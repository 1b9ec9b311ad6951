// What ICMP and ICMPv6 have in common on one boot of one host or router: how it tells others, and
// is told. What is said differs.
#ifndef PROVIDERS_INET_ICMP_ICMP_NODE_H_
#define PROVIDERS_INET_ICMP_ICMP_NODE_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "providers/inet/icmp/error_limiter.h"
#include "providers/inet/icmp/icmp_layout.h"
#include "providers/inet/internet_layer.h"
#include "providers/inet/ip_drop.h"
#include "providers/wire/bytes.h"
#include "sim/world.h"

namespace inet {

// Who brings what the network says to the transport whose segment it is about.
class NetworkErrorRouter {
 public:
  virtual ~NetworkErrorRouter() = default;
  virtual void OnNetworkError(uint8_t protocol, const NetworkError& error) = 0;
};

// What differs between the two that is no more than a number or a name.
struct IcmpVersion {
  absl::string_view name;  // in the trace
  uint8_t protocol = 0;
  absl::string_view echo_clause;
  absl::string_view limit_clause;
  absl::string_view send_clause;
  size_t least_mtu = 0;  // what every link carries
  absl::string_view least_mtu_clause;
};

// Messages that are not believed and errors that are too many are drops.
class IcmpNode : public SegmentReceiver {
 protected:
  // All references outlive it; it does not register itself.
  IcmpNode(const IcmpVersion& version, sim::World& world, InternetLayer& internet,
           NetworkErrorRouter& router, IpDrops& drops)
      : version_(version), world_(world), internet_(internet), router_(router), drops_(drops) {}

  // Traces a message that has come; what is done from here on is done because of it.
  void NoteReceived(absl::string_view text);
  // Sends `message`, which says `text`; whole, as all that a host sends.
  void Send(const IpAddress& source, const IpAddress& destination, absl::string_view text,
            wire::ByteSpan message);
  // What is to be sent back: the same data. Null, traced: it is itself an answer.
  std::optional<IcmpEcho> AnswerTo(const IcmpEcho& echo);
  // Whether a link that takes `mtu` can have been too narrow for a packet of `packet_octets`;
  // traced where it can not.
  bool BelievesMtu(size_t mtu, size_t packet_octets);
  // Hands an error on to the transport of `protocol` where it is about a packet of this host, and
  // quotes enough of the segment to tell whose it is: `error.quoted`, empty where the quote does
  // not even reach it. Whether the segment is in flight the transport asks (RFC 5927 4).
  void HandOn(uint8_t protocol, const NetworkError& error);
  // Whether one more error is within the limit; traced where it is not.
  bool MayTellOneMore();
  void Drop(IpDrop drop, absl::string_view why, absl::string_view clause);
  // The reason to discard what a codec has refused.
  static IpDrop WhyUnread(const absl::Status& refusal);

  IpAddress own_address() const { return internet_.own_address(); }

 private:
  const IcmpVersion& version_;
  sim::World& world_;
  InternetLayer& internet_;
  NetworkErrorRouter& router_;
  IpDrops& drops_;
  IcmpErrorLimiter limiter_;
};

}  // namespace inet

#endif  // PROVIDERS_INET_ICMP_ICMP_NODE_H_
