// By which rules a socket receives from its connection (Winsock pages: recv, WSARecv,
// Protocol-Independent Out-of-Band Data).
#ifndef PROVIDERS_ENGINE_INPUT_H_
#define PROVIDERS_ENGINE_INPUT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "providers/engine/buffers.h"
#include "providers/engine/operation.h"
#include "providers/transport/capabilities.h"
#include "providers/transport/transport.h"

namespace engine {

// Knows messages, streams and expedited units; nothing of threads, states and events.
//
// - A stream gives what is there, or with MSG_WAITALL all that was asked for; its end is a count of
//   0.
// - Messages come one at a time; the end is WSAEDISCON. Where messages may come in parts
//   (XP1_PARTIAL_MESSAGE), one that is longer than the buffers is given in parts, all but the last
//   marked MSG_PARTIAL. A receive that can wait takes the whole of a message or fills its buffers,
//   unless the caller passes MSG_PARTIAL; one that cannot gives what is there. Elsewhere a message
//   too long is WSAEMSGSIZE: the buffers are filled, and the message stays.
// - An expedited unit is kept aside for MSG_OOB, in pieces if the buffers are short; reading a
//   stream stops once at its place, be it read before or after that. Inline it is a receive of its
//   own, never within a message.
class Input {
 public:
  // `capabilities` outlives the input.
  explicit Input(const transport::Capabilities& capabilities) : capabilities_(capabilities) {}

  // SO_OOBINLINE.
  bool is_inline() const { return is_inline_; }
  void set_inline(bool value) { is_inline_ = value; }

  // Takes normal data into the room left in `into`. `flags`: MSG_PEEK, MSG_PARTIAL, MSG_WAITALL,
  // which the caller has found good. `waits`: an incomplete receive is attempted again later.
  // False: nothing to complete with yet.
  bool Receive(transport::Connection& connection, Buffers& into, DWORD flags, bool waits,
               Completion& completion);
  // MSG_OOB, where the block is kept aside. False: there is none.
  bool ReceiveExpedited(transport::Connection& connection, Buffers& into, bool peek,
                        Completion& completion);

  // Receive would take octets or a message. Not true for the end alone.
  bool HasData(transport::Connection& connection) const;
  // Nothing is left and nothing will come: the peer has released its direction.
  bool IsAtEnd(transport::Connection& connection) const;
  // A block is kept aside for MSG_OOB.
  bool HasExpedited(transport::Connection& connection) const;
  // FIONREAD: of a stream, what one receive could get; of messages, the octets of all that wait,
  // of which a receive gets those of the first at most (Winsock page: ioctlsocket).
  size_t Available(transport::Connection& connection) const;

  // Reads everything that is there and drops it: nobody is going to receive it.
  void Discard(transport::Connection& connection);

 private:
  // What receives have taken of expedited units, or passed by, and still matters.
  struct Taken {
    std::vector<uint8_t> rest;  // of a unit that was read in part
    // Where units stood that a stream's MSG_OOB has taken, in octets from what is read next; the
    // rest of a unit belongs to the last.
    std::vector<size_t> marks;
  };

  bool ReceiveStream(transport::Connection& connection, Buffers& into, DWORD flags, bool waits,
                     Completion& completion);
  bool ReceivePart(transport::Connection& connection, Buffers& into, DWORD flags, bool waits,
                   Completion& completion);
  bool ReceiveWhole(transport::Connection& connection, Buffers& into, DWORD flags,
                    Completion& completion) const;
  bool Peek(transport::Connection& connection, Buffers& into, size_t limit,
            Completion& completion) const;
  // What is read next is expedited data that stand inline. Within a message they wait for its end.
  bool IsInlineNext(transport::Connection& connection) const;
  bool StandsAtExpedited(transport::Connection& connection) const;
  // How far one receive of a stream reaches.
  size_t OctetsBeforeExpedited(transport::Connection& connection) const;
  void PassMarks(size_t octets);
  bool has_rest() const { return taken_ != nullptr && !taken_->rest.empty(); }
  bool has_marks() const { return taken_ != nullptr && !taken_->marks.empty(); }
  void ForgetTakenIfNone() {
    if (!has_rest() && !has_marks()) taken_.reset();
  }

  const transport::Capabilities& capabilities_;
  bool is_inline_ = false;
  bool is_in_message_ = false;    // a part of one was read, and more of it will come
  std::unique_ptr<Taken> taken_;  // null: nothing
};

}  // namespace engine

#endif  // PROVIDERS_ENGINE_INPUT_H_
