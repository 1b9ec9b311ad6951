#include "tools/views/call_label.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "stack/names.h"
#include "stack/winsock2.h"
#include "tools/dissect/quote_octets.h"

namespace wsim {
namespace {

// The application's own function, as WSAAccept calls it.
constexpr absl::string_view kCondition = "condition function";

template <size_t kCount>
bool IsOneOf(absl::string_view name, const absl::string_view (&names)[kCount]) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool Sends(absl::string_view call) {
  static constexpr absl::string_view kNames[] = {"send", "WSASend", "WSASendDisconnect"};
  return IsOneOf(call, kNames);
}

bool Receives(absl::string_view call) {
  static constexpr absl::string_view kNames[] = {"recv", "WSARecv", "WSARecvDisconnect"};
  return IsOneOf(call, kNames);
}

// By a catalog entry rather than by family, type and protocol (FROM_PROTOCOL_INFO): these say
// nothing.
bool NamesAnEntry(const sim::TraceEvent& call) {
  return call.name == "WSASocket" &&
         std::all_of(call.numbers.begin() + 1, call.numbers.end(),
                     [](int64_t number) { return number == winsock::FROM_PROTOCOL_INFO; });
}

bool Connects(absl::string_view call) { return call == "connect" || call == "WSAConnect"; }

// Of the calls above: numbers are {socket, octets, flags}.
std::string FlagsText(const sim::TraceEvent& call) {
  if (call.numbers[2] == 0) return "";
  return absl::StrCat(", ", winsock::NamesOfBits(winsock::MessageFlagNames(),
                                                 static_cast<uint32_t>(call.numbers[2])));
}

// Numbers are {socket, octets of the address, octets of caller data}; both are in the octets.
absl::Span<const uint8_t> CallerData(const sim::TraceEvent& call) {
  const size_t count = std::min(static_cast<size_t>(call.numbers[2]), call.octets.size());
  return call.octets.last(count);
}

// Numbers are {the first event, how many, for all of them, milliseconds}.
std::string WaitLabel(const sim::TraceEvent& call) {
  const auto [event, count, all, timeout] = call.numbers;
  const std::string events =
      count == 1 ? absl::StrCat(event) : absl::StrCat(count, " events", all != 0 ? ", all" : "");
  const bool is_forever = timeout == winsock::WSA_INFINITE;
  return absl::StrCat(call.name, "(", events, is_forever ? "" : absl::StrCat(", ", timeout, " ms"),
                      ")");
}

// What an option is set to or reads; empty where it is no number. Numbers of the call are {socket,
// level, option, octets}.
std::string OptionValue(const std::array<int64_t, 4>& call_numbers,
                        absl::Span<const uint8_t> value) {
  if (value.empty() || value.size() > sizeof(uint32_t)) return "";
  const int64_t option = call_numbers[1] == winsock::SOL_SOCKET ? call_numbers[2] : 0;
  winsock::linger linger;
  if (option == winsock::SO_LINGER && value.size() == sizeof(linger)) {
    std::memcpy(&linger, value.data(), sizeof(linger));
    return linger.l_onoff == 0 ? "off" : absl::StrCat("on, ", linger.l_linger, " s");
  }
  uint32_t number = 0;
  std::memcpy(&number, value.data(), value.size());
  if (option == winsock::SO_ERROR) return std::string(winsock::Name(static_cast<int>(number)));
  return absl::StrCat(number);
}

// "read 4, write 4 8, 5 ms". Numbers are {the first socket, how many to read, to write,
// microseconds}, the octets the sockets of all three sets.
std::string SelectLabel(const sim::TraceEvent& call) {
  constexpr size_t kMostNamed = 4;  // sockets of a set
  std::vector<winsock::SOCKET> sockets(call.octets.size() / sizeof(winsock::SOCKET));
  if (!sockets.empty()) {
    std::memcpy(sockets.data(), call.octets.data(), sockets.size() * sizeof(winsock::SOCKET));
  }
  absl::Span<const winsock::SOCKET> rest(sockets);
  std::vector<std::string> parts;
  const auto add = [&rest, &parts](absl::string_view set, size_t count) {
    const auto members = rest.subspan(0, count);
    rest.remove_prefix(members.size());
    if (members.empty()) return;
    parts.push_back(members.size() > kMostNamed
                        ? absl::StrCat(set, " ", members.size(), " sockets")
                        : absl::StrCat(set, " ", absl::StrJoin(members, " ")));
  };
  add("read", static_cast<size_t>(call.numbers[1]));
  add("write", static_cast<size_t>(call.numbers[2]));
  add("except", rest.size());
  const int64_t microseconds = call.numbers[3];
  if (microseconds >= 0) {
    parts.push_back(microseconds % 1000 == 0 ? absl::StrCat(microseconds / 1000, " ms")
                                             : absl::StrCat(microseconds, " us"));
  }
  return absl::StrCat(call.name, "(", absl::StrJoin(parts, ", "), ")");
}

// "FD_READ 0, FD_CLOSE 10054" of the octets that WSAEnumNetworkEvents leaves in the trace: which
// events as a mask, then the code of each.
std::string NetworkEventsText(absl::Span<const uint8_t> octets) {
  const auto number = [octets](size_t index) {
    int32_t value = 0;
    if ((index + 1) * sizeof(value) <= octets.size()) {
      std::memcpy(&value, octets.data() + index * sizeof(value), sizeof(value));
    }
    return value;
  };
  const int32_t mask = number(0);
  std::string text;
  size_t at = 0;
  for (int bit = 0; bit < winsock::FD_MAX_EVENTS; ++bit) {
    if ((mask & 1 << bit) == 0) continue;
    absl::StrAppend(&text, text.empty() ? "" : ", ",
                    winsock::NameIn(winsock::NetworkEventNames(), 1 << bit), " ",
                    winsock::Name(number(++at)));
  }
  return text.empty() ? "none" : text;
}

}  // namespace

std::string CallLabel(const sim::TraceEvent& call) {
  if (Sends(call.name)) {
    const std::string data = call.octets.empty() && call.name == "WSASendDisconnect"
                                 ? std::string()
                                 : absl::StrCat(", ", QuoteOctets(call.octets));
    return absl::StrCat(call.name, "(", call.numbers[0], data, FlagsText(call), ")");
  }
  if (Receives(call.name)) {
    return absl::StrCat(call.name, "(", call.numbers[0], FlagsText(call), ")");
  }
  if (Connects(call.name) && call.numbers[2] != 0) {
    const absl::string_view address = call.text.substr(0, call.text.rfind(", "));
    return absl::StrCat(call.name, "(", address, ", ", QuoteOctets(CallerData(call)), ")");
  }
  if (NamesAnEntry(call)) return absl::StrCat(call.name, "()");
  if (call.name == "WSAWaitForMultipleEvents") return WaitLabel(call);
  if (call.name == "select") return SelectLabel(call);
  std::string value;
  if (call.name == "setsockopt") value = OptionValue(call.numbers, call.octets);
  if (call.name == "ioctlsocket" && call.numbers[1] == winsock::FIONBIO) {
    value = absl::StrCat(call.numbers[2]);
  }
  if (!value.empty()) return absl::StrCat(call.name, "(", call.text, ", ", value, ")");
  const bool is_condition = call.name == kCondition && !call.octets.empty();
  return absl::StrCat(call.name, "(", call.text,
                      is_condition ? absl::StrCat(", ", QuoteOctets(call.octets)) : "", ")");
}

bool GivesName(absl::string_view call) { return call == "getsockname" || call == "getpeername"; }

std::string ResultLabel(const sim::TraceEvent& returned,
                        const std::array<int64_t, 4>& call_numbers) {
  const int64_t result = returned.numbers[0];
  const int error = static_cast<int>(returned.numbers[1]);
  if (error != 0) return absl::StrCat("= ", winsock::Name(error));
  if (returned.name == "WSAEnumNetworkEvents") {
    return absl::StrCat("= ", NetworkEventsText(returned.octets));
  }
  if (returned.name == "WSAWaitForMultipleEvents" && result == winsock::WSA_WAIT_TIMEOUT) {
    return "= WSA_WAIT_TIMEOUT";
  }
  if (returned.name == kCondition) {
    return WithData(absl::StrCat("= ", winsock::NameIn(winsock::ConditionNames(), result)),
                    returned.octets);
  }
  if (GivesName(returned.name)) return absl::StrCat("= ", returned.text);
  if (returned.name == "getsockopt" || returned.name == "ioctlsocket") {
    const std::string value = OptionValue(call_numbers, returned.octets);
    return absl::StrCat("= ", value.empty() ? absl::StrCat(result) : value);
  }
  const bool has_data = Receives(returned.name) || Connects(returned.name);
  const std::string data = QuoteOctets(returned.octets);
  // The count says all of octets that cannot be shown.
  if (has_data && data[0] != '"' && result == static_cast<int64_t>(returned.octets.size())) {
    return absl::StrCat("= ", data);
  }
  return WithData(absl::StrCat("= ", result),
                  has_data ? returned.octets : absl::Span<const uint8_t>());
}

}  // namespace wsim
