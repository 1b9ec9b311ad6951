// What names a connection: both endpoints.
#ifndef PROVIDERS_INET_TCP_FOUR_TUPLE_H_
#define PROVIDERS_INET_TCP_FOUR_TUPLE_H_

#include <utility>
#include <variant>

#include "providers/inet/endpoint.h"

namespace inet {

struct FourTuple {
  Endpoint local;
  Endpoint remote;

  friend bool operator==(const FourTuple&, const FourTuple&) = default;

  template <typename H>
  friend H AbslHashValue(H state, const FourTuple& tuple) {
    for (const Endpoint* endpoint : {&tuple.local, &tuple.remote}) {
      state = std::visit(
          [&state](const auto& address) {
            return H::combine_contiguous(std::move(state), address.octets.data(),
                                         address.octets.size());
          },
          endpoint->address);
      state = H::combine(std::move(state), endpoint->port);
    }
    return state;
  }
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_FOUR_TUPLE_H_
