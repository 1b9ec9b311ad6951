// The trace: one typed stream of what happened in a run and why. Everything a person sees (ladder,
// JSON lines, capture, HTML) is a view of it, and its fingerprint is what "the same run" means.
#ifndef SIM_TRACE_TRACE_H_
#define SIM_TRACE_TRACE_H_

#include <array>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "sim/time.h"

namespace sim {

// Number of an event in its trace, from 1. 0: none.
using TraceId = uint64_t;

enum class TraceKind : uint8_t {
  kApiCall,       // code: call; numbers: arguments as integers; octets: data going in
  kApiReturn,     // code: call; numbers: {result, error, ...}; octets: data coming out; cause: the
                  // call
  kNetworkEvent,  // code: FD_* bit number; numbers: {error}; subject: socket
  kState,         // code: new state; numbers: {old state}; subject: connection
  kTimer,         // code: timer; subject: connection; cause: what set it
  kPduSent,       // code: the protocol's own number of the PDU kind; subject: connection
  kPduReceived,   // the same, at the peer; cause: the frame's delivery
  kPduDropped,    // code: reason; a PDU that a protocol discards, with the clause that says so
  kFrameSent,  // the last bit leaves; numbers: {link, direction, frame number}; octets: the frame
  kFrameDelivered,  // numbers as above; cause: the sending
  kFrameDropped,    // code: FrameDropReason (sim/net/frame_trace.h); numbers as above; cause: the
                    // sending, where it was sent, and the decision or fault that struck it
  kFault,           // code: FaultKind (sim/trace/fault.h), which says what the numbers are
  kDecision,  // code: 0 branch, 1 magnitude; numbers: {stream, n, value}; text: the stream's name
  kThread,    // code: 0 started, 1 ended
  kNote,      // octets: the remark
  kStep,      // octets: the text; text: the step's label
  kOutcome,   // text: name; octets: value
  kCheck,     // code: 1 held, 0 failed; octets: text
  kWarning,   // something cut or ignored, with the reason in `text`
};

// One event. Spans and string views are valid only while the listeners are called; `name` and
// `clause` point to string literals. The fingerprint covers everything but `name`, `text` and
// `clause`.
struct TraceEvent {
  TraceKind kind = TraceKind::kNote;
  uint32_t code = 0;
  uint64_t subject = 0;              // number of the socket or connection in the world, 0: none
  std::array<int64_t, 4> numbers{};  // by kind, 0 where unused
  absl::Span<const uint8_t> octets;
  absl::string_view name;    // what `code` stands for: "connect", "SYN_SENT", "T1", "DR"
  absl::string_view text;    // for people; build it only if wants_text()
  absl::string_view clause;  // the rule that decided: "RFC 9293 3.10.7.4"

  // Filled in by Trace::Record.
  TraceId id = 0;
  Time time;
  std::array<TraceId, 2> causes{};  // 0: none
  uint32_t host = 0;                // numbers from 1 in the order of making, 0: none
  uint32_t process = 0;
  uint32_t thread = 0;
};

class TraceListener {
 public:
  virtual ~TraceListener() = default;
  virtual void OnTraceEvent(const TraceEvent& event) = 0;
};

// Where a run is at this instant: the scheduler fills it in, and each recorded event takes it over.
// `cause` is carried along by the scheduler (an event queue entry, a wait and a deadline keep the
// cause that set them), so that nobody passes it by hand.
struct TraceContext {
  Time now;
  TraceId cause = 0;
  uint32_t host = 0;
  uint32_t process = 0;
  uint32_t thread = 0;
  bool is_upkeep = false;  // what upkeep causes is upkeep (sim/event_queue.h)
};

class Trace {
 public:
  explicit Trace(const TraceContext& context) : context_(context) {}
  Trace(const Trace&) = delete;
  Trace& operator=(const Trace&) = delete;

  // Listeners are called in the order of adding, must outlive the run, and are added before it
  // starts.
  void AddListener(TraceListener& listener, bool wants_text);

  // False: nobody listens, and recording costs nothing. Callers that would do work for an event ask
  // first.
  bool is_on() const { return !listeners_.empty(); }
  // True: `text` is worth building.
  bool wants_text() const { return wants_text_; }

  // Records one event, with the current context and `also_because` as a second cause. Returns its
  // id (0 if nobody listens).
  TraceId Record(TraceEvent event, TraceId also_because = 0);

 private:
  const TraceContext& context_;
  std::vector<TraceListener*> listeners_;
  TraceId last_id_ = 0;
  bool wants_text_ = false;
};

}  // namespace sim

#endif  // SIM_TRACE_TRACE_H_
