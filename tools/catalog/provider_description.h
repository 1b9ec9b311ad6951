// A provider as `wsim providers` and the scenario language's provider() describe it.
#ifndef TOOLS_CATALOG_PROVIDER_DESCRIPTION_H_
#define TOOLS_CATALOG_PROVIDER_DESCRIPTION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/catalog/provider_entry.h"

namespace wsim {

// Limits are octets; one that does not exist is 0.
struct ProviderDescription {
  std::string name;
  std::string description;
  std::string address_family;               // "AF_INET"
  std::string socket_type;                  // "SOCK_STREAM"
  std::string protocol;                     // "IPPROTO_TCP", or the number
  std::optional<int64_t> max_message_size;  // dwMessageSize; none: a stream
  uint32_t service_flags1 = 0;
  std::vector<std::string> flags;  // of service_flags1, in the order of the bits
  int64_t connect_data_max = 0;
  int64_t accept_data_max = 0;
  int64_t disconnect_data_max = 0;
  int64_t disconnect_reply_data_max = 0;
  std::vector<std::string> chain;  // names of the entries, from the top to the base
};

ProviderDescription Describe(const ProviderEntry& entry);

}  // namespace wsim

#endif  // TOOLS_CATALOG_PROVIDER_DESCRIPTION_H_
