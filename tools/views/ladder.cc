#include "tools/views/ladder.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "sim/trace/fault.h"
#include "stack/names.h"
#include "tools/scenario/sandbox/utf8_text.h"
#include "tools/views/call_label.h"

namespace wsim {
namespace {

std::string Text(absl::Span<const uint8_t> octets) {
  return OneLine(absl::string_view(reinterpret_cast<const char*>(octets.data()), octets.size()));
}

// Calls that every program makes and that tell nothing about connections.
bool IsHousekeeping(absl::string_view call) {
  return call == "WSAStartup" || call == "WSACleanup" || call == "WSAGetLastError";
}

}  // namespace

void Ladder::OnStart(const Cast& cast) {
  cast_ = cast;
  columns_ = cast.hosts;
  for (const Cast::Link& link : cast.links) {  // switches, which are no hosts
    for (const std::string& end : {link.a, link.b}) {
      if (std::find(columns_.begin(), columns_.end(), end) == columns_.end()) {
        columns_.push_back(end);
      }
    }
  }
  is_shared_.resize(columns_.size());
  for (size_t column = 0; column < columns_.size(); ++column) {
    is_shared_[column] =
        std::count(cast.process_hosts.begin(), cast.process_hosts.end(), columns_[column]) > 1;
  }
  page_.emplace(columns_);
}

size_t Ladder::ColumnOf(absl::string_view node) const {
  return static_cast<size_t>(std::find(columns_.begin(), columns_.end(), node) - columns_.begin());
}

std::string Ladder::Speaker(const sim::TraceEvent& event) const {
  const auto process = processes_.find(event.process);
  if (event.host == 0 || process == processes_.end()) return "";
  return is_shared_[event.host - 1] ? absl::StrCat(process->second, ": ") : "";
}

void Ladder::OnTraceEvent(const sim::TraceEvent& event) {
  if (!page_.has_value()) return;  // while the script loads
  switch (event.kind) {
    case sim::TraceKind::kApiCall:
      return OnCall(event);
    case sim::TraceKind::kApiReturn:
      return OnReturn(event);
    case sim::TraceKind::kFrameSent:
      labels_[event.numbers[2]] = dissector_.Label(event.octets);
      if (labels_.size() > kMostLabels) labels_.erase(labels_.begin());
      return;
    case sim::TraceKind::kFrameDelivered:
    case sim::TraceKind::kFrameDropped:
      return OnFrame(event);
    case sim::TraceKind::kFault:
      return OnFault(event);
    case sim::TraceKind::kPduDropped:
      return AddText(event, absl::StrCat("✗ ", event.name, ": ", event.text));
    case sim::TraceKind::kThread:
      processes_.try_emplace(event.process, event.text);
      return;
    case sim::TraceKind::kStep:
      return AddText(event, absl::StrCat("● (", event.text, ") ", Text(event.octets)));
    case sim::TraceKind::kNote:
      return AddText(event, absl::StrCat("# ", Text(event.octets)));
    case sim::TraceKind::kCheck:
      if (event.code == 0) AddText(event, absl::StrCat("✗ ", Text(event.octets)));
      return;
    case sim::TraceKind::kWarning:
      return AddText(event, absl::StrCat("! ", event.text));
    case sim::TraceKind::kNetworkEvent:
      return OnNetworkEvent(event);
    case sim::TraceKind::kState:
    case sim::TraceKind::kTimer:
    case sim::TraceKind::kPduSent:
    case sim::TraceKind::kPduReceived:
    case sim::TraceKind::kDecision:
    case sim::TraceKind::kOutcome:
      return;  // the trace has them; in the picture they would hide what it is about
  }
}

void Ladder::OnCall(const sim::TraceEvent& event) {
  if (event.host == 0) return;
  if (event.name == "WSAEventSelect") selected_[event.subject] = event.numbers[2];
  if (event.name == "closesocket") selected_.erase(event.subject);
  DrawOpenCalls();  // of other threads, and of this one if it is inside a callback
  open_calls_[event.thread].push_back(
      {.column = event.host - 1,
       .time = event.time,
       .text = absl::StrCat(Speaker(event),
                            absl::StrReplaceAll(OneLine(CallLabel(event)), cast_.address_names)),
       .is_drawn = IsHousekeeping(event.name)});
}

void Ladder::OnReturn(const sim::TraceEvent& event) {
  std::vector<OpenCall>& calls = open_calls_[event.thread];
  if (calls.empty()) return;
  const OpenCall call = calls.back();
  calls.pop_back();
  if (IsHousekeeping(event.name) && event.numbers[1] == 0) return;
  if (!call.is_drawn) {
    DrawOpenCalls();
    page_->AddText(event.time, call.column, absl::StrCat(call.text, " ", ResultLabel(event)));
    return;
  }
  AddText(event, absl::StrCat("… ", event.name, " ", ResultLabel(event)));
}

void Ladder::OnNetworkEvent(const sim::TraceEvent& event) {
  const auto selected = selected_.find(event.subject);
  if (selected == selected_.end() || (selected->second & int64_t{1} << event.code) == 0) return;
  AddText(event, absl::StrCat("◆ ", event.name, ", ", event.subject, ", code ",
                              winsock::Name(static_cast<int>(event.numbers[0]))));
}

void Ladder::DrawOpenCalls() {
  for (auto& [thread, calls] : open_calls_) {
    for (OpenCall& call : calls) {
      if (call.is_drawn) continue;
      call.is_drawn = true;
      page_->AddText(call.time, call.column, absl::StrCat(call.text, " …"));
    }
  }
}

void Ladder::OnFrame(const sim::TraceEvent& event) {
  const auto link = static_cast<size_t>(event.numbers[0]);
  if (link == 0 || link > cast_.links.size()) return;  // loopback
  DrawOpenCalls();
  const Cast::Link& ends = cast_.links[link - 1];
  const bool is_back = event.numbers[1] != 0;
  const size_t from = ColumnOf(is_back ? ends.b : ends.a);
  const size_t to = ColumnOf(is_back ? ends.a : ends.b);
  const auto label = labels_.find(event.numbers[2]);
  std::string text = label == labels_.end() ? std::string("a frame") : label->second;
  const bool arrives = event.kind == sim::TraceKind::kFrameDelivered;
  if (!arrives) absl::StrAppend(&text, " (", event.name, ")");
  page_->AddArrow(event.time, from, to, text, arrives);
}

void Ladder::OnFault(const sim::TraceEvent& event) {
  switch (static_cast<sim::FaultKind>(event.code)) {
    case sim::FaultKind::kDuplication:
    case sim::FaultKind::kReordering:
      return;  // one sees it in the arrows
    case sim::FaultKind::kCorruption:
      absl::StrAppend(&labels_[event.numbers[2]], " (corrupted)");
      return;
    case sim::FaultKind::kPartition:
    case sim::FaultKind::kHeal:
    case sim::FaultKind::kCrash:
    case sim::FaultKind::kRestart:
    case sim::FaultKind::kKill:
    case sim::FaultKind::kLinkChange:
      AddText(event, absl::StrCat("⚡ ", event.name, event.text.empty() ? "" : ": ", event.text));
  }
}

void Ladder::AddText(const sim::TraceEvent& event, absl::string_view text) {
  DrawOpenCalls();
  page_->AddText(event.time, event.host == 0 ? 0 : event.host - 1,
                 absl::StrCat(Speaker(event), text));
}

std::string Ladder::ToString() {
  if (!page_.has_value()) return "";
  DrawOpenCalls();
  return page_->ToString();
}

}  // namespace wsim
