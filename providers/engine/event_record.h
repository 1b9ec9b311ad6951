// The network events of one socket in event mode (Winsock pages: WSAEventSelect,
// WSAEnumNetworkEvents).
#ifndef PROVIDERS_ENGINE_EVENT_RECORD_H_
#define PROVIDERS_ENGINE_EVENT_RECORD_H_

#include <array>
#include <memory>

#include "providers/engine/words.h"

namespace engine {

// A record of event bits with their codes, kept whether or not anything is selected, so that
// selecting late loses nothing; and the selection, a mask and an event object. The object is set
// whenever a bit within the mask is recorded, and when selecting finds one that is. Selecting
// clears nothing and does not report again what has been enumerated: here Windows differs from the
// page, and this follows Windows.
class EventRecord {
 public:
  // Records the event, be it for the first time since it was enumerated or not.
  void Record(int bit, int error);
  // The condition has passed before anybody asked.
  void Clear(int bit) { recorded_ &= ~(1 << bit); }
  bool is_recorded(int bit) const { return (recorded_ >> bit & 1) != 0; }
  int error(int bit) const { return errors_ == nullptr ? 0 : (*errors_)[static_cast<size_t>(bit)]; }

  // Replaces the selection. A mask of 0 ends it. `set_event` is the library's upcall.
  void Select(LONG mask, WSAEVENT event, winsock::LPWPUSETEVENT set_event);
  // An accepted socket takes over the selection of its listener.
  void InheritSelection(const EventRecord& listener);
  LONG mask() const { return mask_; }

  // Reports what is recorded within the mask, and forgets it; bits outside stay. Only the codes of
  // reported events are written.
  void Enumerate(WSANETWORKEVENTS& events);

 private:
  void Signal() const;

  LONG recorded_ = 0;
  LONG mask_ = 0;
  WSAEVENT event_ = nullptr;
  winsock::LPWPUSETEVENT set_event_ = nullptr;
  std::unique_ptr<std::array<int, FD_MAX_EVENTS>> errors_;  // null: all are 0
};

}  // namespace engine

#endif  // PROVIDERS_ENGINE_EVENT_RECORD_H_
