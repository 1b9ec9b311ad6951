// One call of the API, from its entry to its return: who calls, whether it may, what the trace
// says.
#ifndef STACK_API_API_CALL_H_
#define STACK_API_API_CALL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "sim/thread.h"
#include "sim/trace/trace.h"
#include "stack/api/call_id.h"
#include "stack/library/library.h"
#include "stack/library/thread_state.h"
#include "stack/ws2spi.h"

namespace winsock {

using OctetSpan = absl::Span<const uint8_t>;

// What the trace keeps of a call's arguments.
struct CallArguments {
  uint64_t socket = 0;               // the socket or event that it is about; 0: none
  std::array<int64_t, 3> numbers{};  // in the order of the page
  OctetSpan octets;                  // data going in
  // Of a call that waits for something else than `socket` alone.
  absl::string_view waits_for = "socket";     // or "event": what the list is of
  absl::Span<const uint64_t> waits_for_list;  // empty: `socket`. Lasts as long as the call
};

// Whether a call can wait. Those that can are refused inside a condition function (WSAEINPROGRESS),
// which may not block (Winsock page: WSAAccept).
enum class Waits : uint8_t { kNever, kPerhaps };

// Every entry point begins by making one and ends by returning through it:
//
//   int WSAAPI listen(SOCKET s, int backlog) {
//     ApiCall call(CallId::kListen, {.socket = s, .numbers = {backlog}});
//     return call.Forward(s, Waits::kNever, SOCKET_ERROR, &WSPPROC_TABLE::lpWSPListen, backlog);
//   }
//
// The call and its return are recorded (kApiCall: numbers = {socket, then those of the arguments};
// kApiReturn: {result, error}), and what happens between them has the call as its cause, what the
// thread does afterwards the return. A thread that is ending, and one that is none, cannot call:
// its calls fail and leave no trace, and a call in which it was ended never returns in the trace.
class ApiCall {
 public:
  // `text` builds the argument list for people, and runs only if somebody wants to read it.
  ApiCall(CallId id, const CallArguments& arguments, absl::FunctionRef<std::string()> text);
  ApiCall(CallId id, const CallArguments& arguments);
  ~ApiCall();
  ApiCall(const ApiCall&) = delete;
  ApiCall& operator=(const ApiCall&) = delete;

  // False: the thread is ending, or there is none. error() is WSA_OPERATION_ABORTED, as for
  // everything that the exit of a thread ends.
  bool is_alive() const { return state_ != nullptr; }
  // Of the calling thread; only while it is alive.
  sim::Thread& thread() const { return *thread_; }
  ThreadState& state() const { return *state_; }
  // Whether octets and texts for the trace are worth collecting.
  bool is_traced() const;

  // The library as this process uses it, if the call may go on; else null, and error() says why:
  // WSANOTINITIALISED, WSAEINPROGRESS.
  Library* Enter(Waits waits);
  // The same, and the provider of one of the process's sockets (WSAENOTSOCK).
  const Provider* EnterSocket(SOCKET s, Waits waits);
  int error() const { return error_; }
  // The same for what only this call checks.
  std::nullptr_t Refuse(int error) {
    error_ = error;
    return nullptr;
  }

  // Ends the call well. `octets`: data coming out.
  template <typename Result>
  Result Return(Result result, OctetSpan octets = {}) {
    RecordReturn(ToNumber(result), 0, octets);
    return result;
  }
  // The same with `text` for people in place of the result; it runs only if somebody wants to read
  // it.
  template <typename Result>
  Result Return(Result result, OctetSpan octets, absl::FunctionRef<std::string()> text) {
    RecordReturn(ToNumber(result), 0, octets, &text);
    return result;
  }
  // Ends the call with an error, which becomes the thread's last one. A provider that failed
  // without giving a code (0) makes it WSASYSCALLFAILURE (Winsock SPI page: function interface
  // model).
  template <typename Result>
  Result Fail(Result failure, int error, OctetSpan octets = {}) {
    SetError(error != 0 ? error : WSASYSCALLFAILURE);
    RecordReturn(ToNumber(failure), error_, octets);
    return failure;
  }
  // Ends a call that Enter, EnterSocket or Refuse refused.
  template <typename Result>
  Result Fail(Result failure) {
    return Fail(failure, error_);
  }
  // Ends a call that gives its error as its result.
  int ReturnError(int error) {
    RecordReturn(error, error, {});
    return error;
  }

  // The whole of a call that the provider of `s` carries out alone.
  template <typename Result, typename... Parameters, typename... Arguments>
  Result Forward(SOCKET s, Waits waits, std::type_identity_t<Result> failure,
                 Result (WSPAPI* WSPPROC_TABLE::*entry)(SOCKET, Parameters...),
                 Arguments... arguments) {
    const Provider* provider = EnterSocket(s, waits);
    if (provider == nullptr) return Fail(failure);
    int error = 0;
    Result result = (provider->calls().*entry)(s, arguments..., &error);
    return result == failure ? Fail(failure, error) : Return(result);
  }

 private:
  template <typename Result>
  static int64_t ToNumber(Result result) {
    if constexpr (std::is_pointer_v<Result>) {
      return static_cast<int64_t>(reinterpret_cast<intptr_t>(result));
    } else {
      return static_cast<int64_t>(result);
    }
  }

  void Begin(const CallArguments& arguments, const absl::FunctionRef<std::string()>* text);
  void SetError(int error);
  void RecordReturn(int64_t result, int error, OctetSpan octets,
                    const absl::FunctionRef<std::string()>* text = nullptr);

  const CallId id_;
  uint64_t subject_ = 0;
  sim::Thread* thread_ = nullptr;
  ThreadState* state_ = nullptr;  // null: not alive
  int error_ = WSA_OPERATION_ABORTED;
  sim::TraceId recorded_ = 0;
  sim::Activity outer_activity_;  // of the thread: this may be a call inside a callback
};

}  // namespace winsock

#endif  // STACK_API_API_CALL_H_
