#include "tools/views/ladder.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "sim/trace/fault.h"
#include "stack/names.h"
#include "tools/scenario/sandbox/utf8_text.h"
#include "tools/views/call_label.h"

namespace wsim {
namespace {

// A tab, which print puts between values, has no fixed width.
std::string Text(absl::Span<const uint8_t> octets) {
  const absl::string_view text(reinterpret_cast<const char*>(octets.data()), octets.size());
  return OneLine(absl::StrReplaceAll(text, {{"\t", "  "}}));
}

template <class Container>
void KeepLatest(Container& container, size_t most) {
  if (container.size() > most) container.erase(container.begin());
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
      return OnFrameSent(event);
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
    case sim::TraceKind::kTimer:
      timers_[event.id] = event.name;
      KeepLatest(timers_, kMostRemembered);
      return;
    case sim::TraceKind::kPduSent:
      return OnPdu(event);
    case sim::TraceKind::kState:
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
       .numbers = event.numbers,
       .is_drawn = IsHousekeeping(event.name)});
}

void Ladder::OnReturn(const sim::TraceEvent& event) {
  std::vector<OpenCall>& calls = open_calls_[event.thread];
  if (calls.empty()) return;
  const OpenCall call = calls.back();
  calls.pop_back();
  if (IsHousekeeping(event.name) && event.numbers[1] == 0) return;
  std::string result = ResultLabel(event, call.numbers);
  if (GivesName(event.name)) result = absl::StrReplaceAll(result, cast_.address_names);
  if (!call.is_drawn) {
    DrawOpenCalls();
    page_->AddText(event.time, call.column, absl::StrCat(call.text, " ", result));
    return;
  }
  AddText(event, absl::StrCat("… ", event.name, " ", result));
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

void Ladder::OnPdu(const sim::TraceEvent& event) {
  const auto timer = timers_.find(event.causes[0]);
  pdus_[event.id] = {.name = event.name,
                     .timer = timer == timers_.end() ? absl::string_view() : timer->second};
  KeepLatest(pdus_, kMostRemembered);
}

void Ladder::OnFrameSent(const sim::TraceEvent& event) {
  std::string label = dissector_.Label(event.octets);
  const bool was_sent_before = !sent_.insert(absl::StrCat(event.host, " ", label)).second;
  if (sent_.size() > kMostRemembered) sent_.clear();
  const auto pdu = pdus_.find(event.causes[0]);
  if (was_sent_before && pdu != pdus_.end() && !pdu->second.timer.empty()) {
    AddText(event, absl::StrCat("⏱ ", pdu->second.timer, ": ", label, " again"));
  }
  labels_[event.numbers[2]] = std::move(label);
  KeepLatest(labels_, kMostRemembered);
}

std::string Ladder::ArrowLabel(const sim::TraceEvent& event) const {
  const auto label = labels_.find(event.numbers[2]);
  if (label != labels_.end()) return label->second;
  const auto pdu = pdus_.find(event.causes[0]);  // of a frame that never began its way
  return pdu != pdus_.end() ? std::string(pdu->second.name) : "a frame";
}

std::string Ladder::ArrowRemark(const sim::TraceEvent& event) {
  const int64_t frame = event.numbers[2];
  const auto struck = struck_.find(frame);
  std::string remark = struck == struck_.end() ? "" : struck->second;
  const absl::string_view separator = remark.empty() ? "" : ", ";
  if (event.kind == sim::TraceKind::kFrameDropped) {
    absl::StrAppend(&remark, separator, event.name);
  } else if (!delivered_.insert(frame).second) {
    absl::StrAppend(&remark, separator, "duplicate");
  }
  KeepLatest(delivered_, kMostRemembered);
  return remark;
}

void Ladder::OnFrame(const sim::TraceEvent& event) {
  const auto link = static_cast<size_t>(event.numbers[0]);
  if (link == 0 || link > cast_.links.size()) return;  // loopback
  DrawOpenCalls();
  const Cast::Link& ends = cast_.links[link - 1];
  const bool is_back = event.numbers[1] != 0;
  const size_t from = ColumnOf(is_back ? ends.b : ends.a);
  const size_t to = ColumnOf(is_back ? ends.a : ends.b);
  page_->AddArrow(event.time, from, to, ArrowLabel(event),
                  event.kind == sim::TraceKind::kFrameDelivered, ArrowRemark(event));
}

void Ladder::NoteFault(int64_t frame, absl::string_view what) {
  std::string& struck = struck_[frame];
  absl::StrAppend(&struck, struck.empty() ? "" : ", ", what);
  KeepLatest(struck_, kMostRemembered);
}

void Ladder::OnFault(const sim::TraceEvent& event) {
  switch (static_cast<sim::FaultKind>(event.code)) {
    case sim::FaultKind::kDuplication:
      return;  // one sees it in the second arrow
    case sim::FaultKind::kReordering:
      return NoteFault(event.numbers[2], "held back");
    case sim::FaultKind::kCorruption:
      return NoteFault(event.numbers[2], "corrupted");
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
