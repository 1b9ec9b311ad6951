#include "providers/inet/ipv4/ipv4_fragmentation.h"

#include <algorithm>
#include <cstdint>

namespace inet {
namespace {

constexpr uint8_t kEndOfOptionList = 0;
constexpr uint8_t kNoOperation = 1;
constexpr uint8_t kCopiedFlag = 0x80;  // of an option's type

// `options` have the form that Ipv4Header::Parse asks for.
decltype(Ipv4Header::options) CopiedOptions(wire::ByteSpan options) {
  decltype(Ipv4Header::options) copied;
  while (!options.empty() && options[0] != kEndOfOptionList) {
    const size_t size = options[0] == kNoOperation ? 1 : options[1];
    if ((options[0] & kCopiedFlag) != 0) {
      copied.insert(copied.end(), options.begin(), options.begin() + size);
    }
    options.remove_prefix(size);
  }
  while (copied.size() % 4 != 0) copied.push_back(kEndOfOptionList);
  return copied;
}

}  // namespace

std::vector<Ipv4Fragment> FragmentIpv4(const Ipv4Header& whole, wire::ByteSpan payload,
                                       size_t mtu) {
  std::vector<Ipv4Fragment> fragments;
  Ipv4Header header = whole;
  do {
    size_t size = payload.size();
    if (header.size() + size > mtu) {
      size = (mtu - header.size()) / Ipv4Header::kFragmentUnit * Ipv4Header::kFragmentUnit;
    }
    header.total_length = static_cast<uint16_t>(header.size() + size);
    header.more_fragments = whole.more_fragments || size < payload.size();
    fragments.push_back({header, payload.first(size)});
    payload.remove_prefix(size);
    header.fragment_offset += static_cast<uint16_t>(size / Ipv4Header::kFragmentUnit);
    if (fragments.size() == 1) header.options = CopiedOptions(whole.options);
  } while (!payload.empty());
  return fragments;
}

}  // namespace inet
