#include "providers/osi/session/spdu_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace osi {
namespace {

constexpr size_t kMaxShown = 40;  // octets of user data

using Words = std::vector<std::string>;

void AddUserData(ByteSpan user_data, Words& words) {
  if (user_data.empty()) return;
  const absl::string_view text(reinterpret_cast<const char*>(user_data.data()), user_data.size());
  const bool is_shown =
      user_data.size() <= kMaxShown &&
      std::all_of(text.begin(), text.end(), [](char c) { return absl::ascii_isprint(c); });
  words.push_back(is_shown ? absl::StrCat("\"", text, "\"")
                           : absl::StrCat(user_data.size(), " octets"));
}

std::string Versions(SessionVersions versions) {
  return absl::StrCat("version", (versions & kSessionVersion1) != 0 ? " 1" : "",
                      (versions & kSessionVersion2) != 0 ? " 2" : "");
}

std::string Selector(ByteSpan selector) {
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(selector.data()), selector.size()));
}

Words Describe(const CnSpdu& cn) {
  return {Versions(cn.item.versions), absl::StrCat("from ", Selector(cn.calling_selector), " to ",
                                                   Selector(cn.called_selector))};
}
Words Describe(const AcSpdu& ac) { return {Versions(ac.item.versions)}; }
Words Describe(const RfSpdu& rf) {
  return {absl::StrCat("reason ", static_cast<int>(rf.reason), " ", RefuseReasonName(rf.reason))};
}
Words Describe(const AbSpdu& ab) {
  const TransportDisconnect& why = ab.transport_disconnect;
  if (why.user_abort) return {"by the user"};
  if (why.protocol_error) return {absl::StrCat("protocol error in ", Selector(ab.reflected))};
  return {why.implementation_restriction ? "implementation restriction" : "no reason"};
}
template <typename Other>
Words Describe(const Other&) {
  return {};
}

}  // namespace

std::string SpduText(const Spdu& spdu) {
  return std::visit(
      [](const auto& xx) {
        Words words = Describe(xx);
        if constexpr (requires { xx.user_data; }) AddUserData(xx.user_data, words);
        return absl::StrJoin(words, ", ");
      },
      spdu);
}

}  // namespace osi
