#include "providers/inet/internet_layer.h"

namespace inet {

PseudoHeader MakePseudoHeader(const IpAddress& source, const IpAddress& destination,
                              uint8_t protocol) {
  if (const auto* from = std::get_if<Ipv4Address>(&source)) {
    return PseudoHeader(*from, *std::get_if<Ipv4Address>(&destination), protocol);
  }
  return PseudoHeader(*std::get_if<Ipv6Address>(&source), *std::get_if<Ipv6Address>(&destination),
                      protocol);
}

}  // namespace inet
