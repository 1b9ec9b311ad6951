// Calls and their results in a few words, for people.
#ifndef TOOLS_VIEWS_CALL_LABEL_H_
#define TOOLS_VIEWS_CALL_LABEL_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "sim/trace/trace.h"

namespace wsim {

// Of a kApiCall: "listen(4, 5)", "send(8, \"hello\")", "recv(8)". What it sends is shown rather
// than counted, and how much it may receive is left out.
std::string CallLabel(const sim::TraceEvent& call);

// Of a kApiReturn: "= 5 \"hello\"", "= WSAECONNRESET", "= FD_CLOSE 0"; of getsockopt, ioctlsocket
// and those of GivesName what they gave. `call_numbers`: of the call that returns.
std::string ResultLabel(const sim::TraceEvent& returned,
                        const std::array<int64_t, 4>& call_numbers = {});

// Whether the call gives an address: getsockname, getpeername.
bool GivesName(absl::string_view call);

}  // namespace wsim

#endif  // TOOLS_VIEWS_CALL_LABEL_H_
