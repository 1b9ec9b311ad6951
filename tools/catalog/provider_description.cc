#include "tools/catalog/provider_description.h"

#include "absl/strings/str_cat.h"
#include "stack/names.h"

namespace wsim {
namespace {

struct ProtocolName {
  int family;
  int protocol;
  absl::string_view name;
};

constexpr ProtocolName kProtocolNames[] = {
    {winsock::AF_INET, winsock::IPPROTO_TCP, "IPPROTO_TCP"},
    {winsock::AF_INET6, winsock::IPPROTO_TCP, "IPPROTO_TCP"},
    {winsock::AF_INET, winsock::IPPROTO_UDP, "IPPROTO_UDP"},
    {winsock::AF_INET6, winsock::IPPROTO_UDP, "IPPROTO_UDP"},
    {winsock::AF_ISO, winsock::ISOPROTO_TP4, "ISOPROTO_TP4"},
};

// Numbers without a name in Winsock's headers stay numbers.
std::string NameOfProtocol(int family, int protocol) {
  for (const ProtocolName& known : kProtocolNames) {
    if (known.family == family && known.protocol == protocol) return std::string(known.name);
  }
  return absl::StrCat(protocol);
}

}  // namespace

ProviderDescription Describe(const ProviderEntry& entry) {
  const transport::Registration& registration = entry.registration;
  const transport::Capabilities& capabilities = registration.capabilities;
  ProviderDescription description;
  description.name = registration.name;
  description.description = registration.description;
  description.address_family =
      std::string(winsock::NameIn(winsock::AddressFamilyNames(), registration.address_family));
  description.socket_type =
      std::string(winsock::NameIn(winsock::SocketTypeNames(), registration.socket_type));
  description.protocol = NameOfProtocol(registration.address_family, registration.protocol);
  if (capabilities.message_oriented) description.max_message_size = entry.info.dwMessageSize;
  description.service_flags1 = entry.info.dwServiceFlags1;
  for (const winsock::NamedNumber& flag : winsock::ServiceFlagNames()) {
    if ((entry.info.dwServiceFlags1 & flag.number) != 0) {
      description.flags.emplace_back(flag.name);
    }
  }
  description.connect_data_max = static_cast<int64_t>(capabilities.connect_data_max);
  description.accept_data_max = static_cast<int64_t>(capabilities.accept_data_max);
  description.disconnect_data_max = static_cast<int64_t>(capabilities.disconnect_data_max);
  description.disconnect_reply_data_max =
      static_cast<int64_t>(capabilities.disconnect_reply_data_max);
  description.chain = {registration.name};
  return description;
}

}  // namespace wsim
