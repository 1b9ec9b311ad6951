// What an argument or a result says: numbers, flags and names.
#ifndef TOOLS_PACKETDRILL_VALUE_H_
#define TOOLS_PACKETDRILL_VALUE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/packetdrill/script.h"

namespace wsim::packetdrill {

// Unimplemented, whose message is what is not supported: the script counts as such.
absl::Status Unsupported(absl::string_view what);

// A number, or a constant that every system gives the same number (FALSE, NULL, SOMAXCONN, the
// traffic classes, the states of TCP). Unimplemented: a name that is not known.
absl::StatusOr<int64_t> ToNumber(const Expression& expression);
// The only item of [number]; a bare number stands for itself.
absl::StatusOr<int64_t> ToListedNumber(const Expression& expression);
// The names that are joined by |, 0 for none. Unimplemented: another number.
absl::StatusOr<std::vector<std::string>> ToFlags(const Expression& expression);
// A single name, or a number as text.
std::string ToName(const Expression& expression);

bool IsNamed(const std::vector<std::string>& flags, absl::string_view name);
// The first flag that is not among `known`; empty: all are.
std::string FindUnknown(const std::vector<std::string>& flags,
                        const std::vector<absl::string_view>& known);

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_VALUE_H_
