#include "tools/views/call_label.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "absl/strings/str_cat.h"
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
  const bool is_condition = call.name == kCondition && !call.octets.empty();
  return absl::StrCat(call.name, "(", call.text,
                      is_condition ? absl::StrCat(", ", QuoteOctets(call.octets)) : "", ")");
}

std::string ResultLabel(const sim::TraceEvent& returned) {
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
  const bool has_data = Receives(returned.name) || Connects(returned.name);
  return WithData(absl::StrCat("= ", result),
                  has_data ? returned.octets : absl::Span<const uint8_t>());
}

}  // namespace wsim
