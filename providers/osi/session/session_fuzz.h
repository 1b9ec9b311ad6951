// What the fuzzers do with octets that nobody vouches for. Each ends the process where something
// does not hold.
#ifndef PROVIDERS_OSI_SESSION_SESSION_FUZZ_H_
#define PROVIDERS_OSI_SESSION_SESSION_FUZZ_H_

#include "providers/wire/bytes.h"

namespace osi {

// One TSDU. What is accepted means the same when it has been written and read again.
void FuzzSpduCodec(wire::ByteSpan octets);

// The first octet chooses a state, what follows arrives in it: TSDUs, each behind an octet that
// says its length. Whatever comes, the machine ends when its user leaves and the transport
// connection goes, and leaves nothing behind.
void FuzzSpduArrivals(wire::ByteSpan octets);

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SESSION_FUZZ_H_
