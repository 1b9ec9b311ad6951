// What a transport can do. The engine turns this into Winsock behaviour, and asks nothing else.
#ifndef PROVIDERS_TRANSPORT_CAPABILITIES_H_
#define PROVIDERS_TRANSPORT_CAPABILITIES_H_

#include <cstddef>
#include <cstdint>

namespace transport {

struct Capabilities {
  bool message_oriented = false;  // message boundaries are kept; false: a stream of octets
  bool partial_messages = false;  // a message may be sent and received in parts
  bool empty_messages = false;    // a message may have no octets
  bool graceful_close =
      false;  // each direction can be released behind its data; false: only disconnect
  bool expedited_data = false;
  bool quality_of_service = false;
  // The protocol never answers before the application has decided on a request. False: it answers
  // by itself unless ListenOptions::waits_for_decision.
  bool always_waits_for_decision = false;

  // Octets; 0: no limit. Meaningless for a stream.
  size_t message_max = 0;
  // User data carried, in octets; 0: none.
  size_t connect_data_max = 0;           // with the request
  size_t accept_data_max = 0;            // with the acceptance
  size_t refuse_data_max = 0;            // with a refusal
  size_t disconnect_data_max = 0;        // with the first release or disconnect
  size_t disconnect_reply_data_max = 0;  // with the release that answers it
  size_t abort_data_max = 0;             // with an abort, where close is graceful
  size_t expedited_data_max = 0;         // in one expedited unit
};

}  // namespace transport

#endif  // PROVIDERS_TRANSPORT_CAPABILITIES_H_
