// TCP as a provider: the catalog's entry, and what a host needs to speak it.
#ifndef PROVIDERS_INET_TCP_TCP_REGISTRATION_H_
#define PROVIDERS_INET_TCP_TCP_REGISTRATION_H_

#include "providers/inet/tcp/tcp_transport.h"
#include "providers/transport/transport.h"
#include "sim/host.h"

namespace inet {

// The catalog entry "tcp": TCP over IPv4. Options of its own: tcp_options.h.
transport::Registration TcpRegistration();

// The same as `TcpRegistration().of_boot`, by its own type.
TcpTransport& TcpOfBoot(sim::Boot& boot);

// Makes a host answer for TCP from the start of every boot, before any program asks for it: what
// nobody listens for is refused (RFC 9293 3.10.7.1). A router forwards. Before the run.
void SpeakTcp(sim::Host& host);

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_TCP_REGISTRATION_H_
