#include "tools/views/trace_lines.h"

#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tools/scenario/sandbox/utf8_text.h"

namespace wsim {
namespace {

using Json = nlohmann::ordered_json;

absl::string_view KindName(sim::TraceKind kind) {
  switch (kind) {
    case sim::TraceKind::kApiCall:
      return "api call";
    case sim::TraceKind::kApiReturn:
      return "api return";
    case sim::TraceKind::kNetworkEvent:
      return "network event";
    case sim::TraceKind::kState:
      return "state";
    case sim::TraceKind::kTimer:
      return "timer";
    case sim::TraceKind::kPduSent:
      return "pdu sent";
    case sim::TraceKind::kPduReceived:
      return "pdu received";
    case sim::TraceKind::kPduDropped:
      return "pdu dropped";
    case sim::TraceKind::kFrameSent:
      return "frame sent";
    case sim::TraceKind::kFrameDelivered:
      return "frame delivered";
    case sim::TraceKind::kFrameDropped:
      return "frame dropped";
    case sim::TraceKind::kFault:
      return "fault";
    case sim::TraceKind::kDecision:
      return "decision";
    case sim::TraceKind::kThread:
      return "thread";
    case sim::TraceKind::kNote:
      return "note";
    case sim::TraceKind::kStep:
      return "step";
    case sim::TraceKind::kOutcome:
      return "outcome";
    case sim::TraceKind::kCheck:
      return "check";
    case sim::TraceKind::kWarning:
      return "warning";
  }
  return "";
}

std::string Text(absl::string_view octets) { return EscapeInvalidUtf8(octets); }

void SetIfAny(Json& line, const char* key, uint64_t number) {
  if (number != 0) line[key] = number;
}

void SetIfAny(Json& line, const char* key, absl::string_view text) {
  if (!text.empty()) line[key] = Text(text);
}

template <class Numbers>
void SetNumbers(Json& line, const char* key, const Numbers& numbers) {
  size_t count = numbers.size();
  while (count > 0 && numbers[count - 1] == 0) --count;
  if (count == 0) return;
  line[key] = Json::array();
  for (size_t i = 0; i < count; ++i) line[key].push_back(numbers[i]);
}

}  // namespace

void TraceLines::OnStart(const Cast& cast) {
  cast_ = cast;
  Json line;
  line["kind"] = "run";
  line["hosts"] = cast.hosts;
  line["processes"] = cast.processes;
  write_(absl::StrCat(line.dump(), "\n"));
}

void TraceLines::OnTraceEvent(const sim::TraceEvent& event) {
  Json line;
  line["id"] = event.id;
  line["time_ns"] = event.time.nanoseconds();
  line["kind"] = std::string(KindName(event.kind));
  if (event.host != 0) line["host"] = cast_.hosts[event.host - 1];
  SetIfAny(line, "process", uint64_t{event.process});
  SetIfAny(line, "thread", uint64_t{event.thread});
  SetIfAny(line, "subject", event.subject);
  SetIfAny(line, "code", uint64_t{event.code});
  SetIfAny(line, "name", event.name);
  SetNumbers(line, "numbers", event.numbers);
  if (event.kind == sim::TraceKind::kFrameSent) {
    line["text"] = dissector_.Label(event.octets);
  } else {
    SetIfAny(line, "text", event.text);
  }
  SetIfAny(line, "clause", event.clause);
  if (!event.octets.empty()) {
    line["octets"] = absl::BytesToHexString(
        absl::string_view(reinterpret_cast<const char*>(event.octets.data()), event.octets.size()));
  }
  SetNumbers(line, "causes", event.causes);
  write_(absl::StrCat(line.dump(), "\n"));
}

}  // namespace wsim
