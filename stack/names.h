// Winsock's numbers and the names that its headers give them, both ways: for traces, scenarios and
// error texts.
#ifndef STACK_NAMES_H_
#define STACK_NAMES_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace winsock {

struct NamedNumber {
  int64_t number;
  absl::string_view name;
};

// The name of an error: "WSAECONNREFUSED". 0 is "0", an unknown number is empty.
absl::string_view Name(int error);

// The tables, in ascending order of their numbers where the numbers are bits or codes. Names of one
// number stand together, the usual one first.
absl::Span<const NamedNumber> ErrorNames();               // WSAE...
absl::Span<const NamedNumber> NetworkEventNames();        // FD_READ ...
absl::Span<const NamedNumber> ServiceFlagNames();         // XP1_..., of dwServiceFlags1
absl::Span<const NamedNumber> ProviderFlagNames();        // PFL_..., of dwProviderFlags
absl::Span<const NamedNumber> MessageFlagNames();         // MSG_...
absl::Span<const NamedNumber> ShutdownNames();            // SD_...
absl::Span<const NamedNumber> ConditionNames();           // CF_...
absl::Span<const NamedNumber> SocketOptionNames();        // SO_..., of SOL_SOCKET
absl::Span<const NamedNumber> TcpOptionNames();           // TCP_..., of IPPROTO_TCP
absl::Span<const NamedNumber> IsoTransportOptionNames();  // TP_..., of ISOPROTO_TP4
absl::Span<const NamedNumber> IpOptionNames();            // IP_..., of IPPROTO_IP
absl::Span<const NamedNumber> Ipv6OptionNames();          // IPV6_..., of IPPROTO_IPV6
absl::Span<const NamedNumber> IoctlNames();               // FIONBIO ..., SIO_...
absl::Span<const NamedNumber> SocketTypeNames();          // SOCK_...
absl::Span<const NamedNumber> AddressFamilyNames();       // AF_...

// The first name of `number` in `table`; empty if there is none.
absl::string_view NameIn(absl::Span<const NamedNumber> table, int64_t number);

// The number that `name` stands for in `table`.
std::optional<int64_t> NumberIn(absl::Span<const NamedNumber> table, absl::string_view name);

// The names of the bits of `mask`, joined by "+": "FD_READ+FD_CLOSE". "0" for no bits; bits that
// the table does not name are added as one hexadecimal number.
std::string NamesOfBits(absl::Span<const NamedNumber> table, uint32_t mask);

// The reverse: "FD_READ+FD_CLOSE", or "0". Empty where a part is not in the table.
std::optional<uint32_t> BitsOfNames(absl::Span<const NamedNumber> table, absl::string_view names);

}  // namespace winsock

#endif  // STACK_NAMES_H_
