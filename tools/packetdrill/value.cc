#include "tools/packetdrill/value.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace wsim::packetdrill {
namespace {

using Kind = Expression::Kind;

constexpr std::pair<absl::string_view, int64_t> kNumbers[] = {
    {"NULL", 0},
    {"FALSE", 0},
    {"TRUE", 1},
    {"SOMAXCONN", 128},
    {"INFTIM", -1},
    {"IPPROTO_IP", 0},
    {"IPPROTO_TCP", 6},
    {"IPPROTO_UDP", 17},
    {"SOCK_STREAM", 1},
    // Traffic classes, RFC 2474 and RFC 791, as <netinet/ip.h> has them.
    {"IPTOS_LOWDELAY", 0x10},
    {"IPTOS_THROUGHPUT", 0x08},
    {"IPTOS_RELIABILITY", 0x04},
    {"IPTOS_MINCOST", 0x02},
    {"IPTOS_DSCP_CS0", 0x00},
    {"IPTOS_DSCP_CS1", 0x20},
    {"IPTOS_DSCP_AF11", 0x28},
    {"IPTOS_DSCP_AF12", 0x30},
    {"IPTOS_DSCP_AF13", 0x38},
    {"IPTOS_DSCP_CS2", 0x40},
    {"IPTOS_DSCP_AF21", 0x48},
    {"IPTOS_DSCP_AF22", 0x50},
    {"IPTOS_DSCP_AF23", 0x58},
    {"IPTOS_DSCP_CS3", 0x60},
    {"IPTOS_DSCP_AF31", 0x68},
    {"IPTOS_DSCP_AF32", 0x70},
    {"IPTOS_DSCP_AF33", 0x78},
    {"IPTOS_DSCP_CS4", 0x80},
    {"IPTOS_DSCP_AF41", 0x88},
    {"IPTOS_DSCP_AF42", 0x90},
    {"IPTOS_DSCP_AF43", 0x98},
    {"IPTOS_DSCP_CS5", 0xA0},
    {"IPTOS_DSCP_VA", 0xB0},
    {"IPTOS_DSCP_EF", 0xB8},
    {"IPTOS_DSCP_CS6", 0xC0},
    {"IPTOS_DSCP_CS7", 0xE0},
};

}  // namespace

absl::Status Unsupported(absl::string_view what) { return absl::UnimplementedError(what); }

absl::StatusOr<int64_t> ToNumber(const Expression& expression) {
  if (expression.kind == Kind::kInteger) return expression.integer;
  if (expression.kind == Kind::kWord) {
    for (const auto& [name, number] : kNumbers) {
      if (name == expression.text) return number;
    }
    return Unsupported(absl::StrCat("the constant ", expression.text));
  }
  if (expression.kind == Kind::kOr) {
    int64_t all = 0;
    for (const Expression& item : expression.items) {
      const absl::StatusOr<int64_t> number = ToNumber(item);
      if (!number.ok()) return number.status();
      all |= *number;
    }
    return all;
  }
  return Unsupported("a value that is not a number here");
}

absl::StatusOr<int64_t> ToListedNumber(const Expression& expression) {
  if (expression.kind != Kind::kList) return ToNumber(expression);
  if (expression.items.size() != 1) return Unsupported("a list of several numbers here");
  return ToNumber(expression.items.front());
}

absl::StatusOr<std::vector<std::string>> ToFlags(const Expression& expression) {
  std::vector<std::string> flags;
  switch (expression.kind) {
    case Kind::kInteger:
      if (expression.integer == 0) return flags;
      return Unsupported(absl::StrCat("flags given as the number ", expression.integer));
    case Kind::kWord:
      flags.push_back(expression.text);
      return flags;
    case Kind::kOr:
      for (const Expression& item : expression.items) {
        const absl::StatusOr<std::vector<std::string>> inner = ToFlags(item);
        if (!inner.ok()) return inner.status();
        flags.insert(flags.end(), inner->begin(), inner->end());
      }
      return flags;
    default:
      return Unsupported("flags that are neither names nor 0");
  }
}

std::string ToName(const Expression& expression) {
  return expression.kind == Kind::kInteger ? absl::StrCat(expression.integer) : expression.text;
}

bool IsNamed(const std::vector<std::string>& flags, absl::string_view name) {
  return std::find(flags.begin(), flags.end(), name) != flags.end();
}

std::string FindUnknown(const std::vector<std::string>& flags,
                        const std::vector<absl::string_view>& known) {
  for (const std::string& flag : flags) {
    if (std::find(known.begin(), known.end(), flag) == known.end()) return flag;
  }
  return "";
}

}  // namespace wsim::packetdrill
