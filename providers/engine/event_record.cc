#include "providers/engine/event_record.h"

namespace engine {

void EventRecord::Record(int bit, int error) {
  const LONG event = 1 << bit;
  recorded_ |= event;
  if (errors_ == nullptr && error != 0) {
    errors_ = std::make_unique<std::array<int, FD_MAX_EVENTS>>();
  }
  if (errors_ != nullptr) (*errors_)[static_cast<size_t>(bit)] = error;
  if ((mask_ & event) != 0) Signal();
}

void EventRecord::Select(LONG mask, WSAEVENT event, winsock::LPWPUSETEVENT set_event) {
  mask_ = mask;
  event_ = mask == 0 ? nullptr : event;
  set_event_ = set_event;
  if ((recorded_ & mask_) != 0) Signal();
}

void EventRecord::InheritSelection(const EventRecord& listener) {
  if (listener.mask_ != 0) Select(listener.mask_, listener.event_, listener.set_event_);
}

void EventRecord::Enumerate(WSANETWORKEVENTS& events) {
  events.lNetworkEvents = recorded_ & mask_;
  for (int bit = 0; bit < FD_MAX_EVENTS; ++bit) {
    if ((events.lNetworkEvents >> bit & 1) != 0) {
      events.iErrorCode[bit] = error(bit);
    }
  }
  recorded_ &= ~mask_;
}

void EventRecord::Signal() const {
  int ignored =
      0;  // The application may have closed the event object, which then nobody waits for.
  if (set_event_ != nullptr) set_event_(event_, &ignored);
}

}  // namespace engine
