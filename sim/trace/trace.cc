#include "sim/trace/trace.h"

namespace sim {

void Trace::AddListener(TraceListener& listener, bool wants_text) {
  listeners_.push_back(&listener);
  wants_text_ = wants_text_ || wants_text;
}

TraceId Trace::Record(TraceEvent event, TraceId also_because) {
  if (!is_on()) return 0;
  event.id = ++last_id_;
  event.time = context_.now;
  event.causes = {context_.cause, also_because};
  event.host = context_.host;
  event.process = context_.process;
  event.thread = context_.thread;
  for (TraceListener* listener : listeners_) listener->OnTraceEvent(event);
  return event.id;
}

}  // namespace sim
