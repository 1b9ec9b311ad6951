// What a script asserts of TCP_INFO in its blocks of code.
#ifndef TOOLS_PACKETDRILL_ASSERTIONS_H_
#define TOOLS_PACKETDRILL_ASSERTIONS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "providers/inet/tcp/tcp_connection.h"

namespace wsim::packetdrill {

// `code`: `assert FIELD OP NUMBER`, several joined by `;`, a new line or `and`. `connection`: the
// one under test, null where there is none any more, which is CLOSED. FailedPrecondition: what does
// not hold. Unimplemented: anything else than assertions, or about a field that our TCP has not.
absl::Status CheckAssertions(absl::string_view code, const inet::TcpConnection* connection);

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_ASSERTIONS_H_
