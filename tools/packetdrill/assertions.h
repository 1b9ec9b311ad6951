// What a script asserts of TCP_INFO in its blocks of code.
#ifndef TOOLS_PACKETDRILL_ASSERTIONS_H_
#define TOOLS_PACKETDRILL_ASSERTIONS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "providers/inet/tcp/tcp_connection.h"
#include "tools/packetdrill/tcp_info.h"

namespace wsim::packetdrill {

// `code`: statements of Python, one a line or with `;` between, each `assert EXPRESSION`, perhaps
// with a message, or `print`, which does nothing. Expressions are of integers, fields and constants
// of TCP_INFO with Python's operators for numbers, comparisons, `and`, `or`, `not` and brackets.
// `connection`: the one under test, null where there is none any more, which is CLOSED.
// FailedPrecondition: what does not hold, and what its fields are. Unimplemented: any other code,
// or a field that our TCP has not.
absl::Status CheckAssertions(absl::string_view code, const inet::TcpConnection* connection,
                             WindowUnit unit);

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_ASSERTIONS_H_
