// The calls of a script, carried out with Winsock's: BSD's names, flags and errors outside, the
// simulated thread's own calls inside.
//
//   bsd_process.cc    which call it is, what it returns, and the calls about descriptors
//   bsd_connect.cc    socket to accept, close and shutdown
//   bsd_transfer.cc   read, write and their relatives
//   bsd_options.cc    getsockopt and setsockopt
//   bsd_poll.cc       poll
//   bsd_epoll.cc      epoll
#ifndef TOOLS_PACKETDRILL_BSD_PROCESS_H_
#define TOOLS_PACKETDRILL_BSD_PROCESS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "providers/inet/tcp/tcp_transport.h"
#include "providers/transport/address.h"
#include "tools/packetdrill/descriptors.h"
#include "tools/packetdrill/endpoints.h"
#include "tools/packetdrill/errno_names.h"
#include "tools/packetdrill/script.h"

namespace wsim::packetdrill {

// Where the script's sockets are, and whom they speak to.
struct Place {
  const transport::AddressFormat* addresses = nullptr;
  uint32_t local_host = 1;
  uint32_t remote_host = 2;
  uint16_t bind_port = 8080;
  uint16_t connect_port = 8080;
  const inet::TcpTransport* tcp = nullptr;  // the host's
  // An accepted socket begins non-blocking where its listener is, as BSD has it; on Linux not.
  bool accepted_is_as_listener = true;
};

class BsdProcess {
 public:
  // `endpoints` outlives it.
  BsdProcess(const Place& place, Endpoints& endpoints) : place_(place), endpoints_(endpoints) {}

  // Carries out `call` on the current simulated thread, which may block. Ok: its result is what the
  // script says. FailedPrecondition: what it should have been and was. Unimplemented: what of it is
  // not supported. The part that says so was not carried out.
  absl::Status Call(const CallEvent& call);

  const Descriptors& descriptors() const { return descriptors_; }

 private:
  // What a call did: a result of -1 has an error.
  struct Outcome {
    int64_t result = 0;
    int error = 0;  // Winsock's
    CallKind kind = CallKind::kOther;
    absl::Status mismatch;  // not ok: an output of the call is not what the script says
  };
  using Arguments = std::vector<Expression>;
  using Method = absl::StatusOr<Outcome> (BsdProcess::*)(const CallEvent& call);
  struct Entry {
    absl::string_view name;
    size_t arguments;  // at least
    Method method;
  };
  static const Entry* FindCall(absl::string_view name);

  static Outcome Done(int64_t result) { return {.result = result}; }
  static Outcome Failed(int error, CallKind kind = CallKind::kOther) {
    return {.result = -1, .error = error, .kind = kind};
  }
  static Outcome FromWinsock(int64_t result, CallKind kind = CallKind::kOther);
  static absl::Status Check(const CallEvent& call, const Outcome& outcome);
  // An output of the call, which `expected` says ([n], or n, or `...` for any).
  static absl::StatusOr<Outcome> Told(absl::string_view what, const Expression& expected,
                                      int64_t given);
  // The descriptor that the first argument names. Null: there is none such, which is EBADF.
  absl::StatusOr<Descriptor*> Find(const Expression& argument);
  // The same by number: what Find gave does not survive a call that blocks.
  Descriptor* Look(int64_t descriptor);
  // Gives a new descriptor the number that the script expects.
  absl::StatusOr<Outcome> Register(const CallEvent& call, Descriptor descriptor);
  static bool SetNonblocking(winsock::SOCKET socket, bool value);
  // Null: it has none, or none any more.
  const inet::TcpConnection* ConnectionOf(winsock::SOCKET socket) const;

  // bsd_process.cc
  absl::StatusOr<Outcome> Fcntl(const CallEvent& call);
  absl::StatusOr<Outcome> Ioctl(const CallEvent& call);
  // bsd_connect.cc
  absl::StatusOr<Outcome> Socket(const CallEvent& call);
  absl::StatusOr<Outcome> Bind(const CallEvent& call);
  absl::StatusOr<Outcome> Listen(const CallEvent& call);
  absl::StatusOr<Outcome> Accept(const CallEvent& call);
  absl::StatusOr<Outcome> Connect(const CallEvent& call);
  absl::StatusOr<Outcome> Close(const CallEvent& call);
  absl::StatusOr<Outcome> Shutdown(const CallEvent& call);
  // bsd_transfer.cc
  absl::StatusOr<Outcome> Receive(const CallEvent& call);
  absl::StatusOr<Outcome> ReceiveVector(const CallEvent& call);
  absl::StatusOr<Outcome> ReceiveMessage(const CallEvent& call);
  absl::StatusOr<Outcome> Send(const CallEvent& call);
  absl::StatusOr<Outcome> SendVector(const CallEvent& call);
  absl::StatusOr<Outcome> SendMessage(const CallEvent& call);
  using Flags = std::vector<std::string>;
  absl::StatusOr<Outcome> ReceiveOctets(const Expression& descriptor, int64_t length,
                                        const Flags& flags);
  absl::StatusOr<Outcome> SendOctets(const Expression& descriptor, int64_t length,
                                     const Flags& flags);
  // What BSD says once it has told how the connection ended: the end of the stream, or EPIPE.
  Outcome AfterReceive(int64_t descriptor, int result);
  Outcome AfterSend(int64_t descriptor, int result);
  // bsd_options.cc
  absl::StatusOr<Outcome> GetOption(const CallEvent& call);
  absl::StatusOr<Outcome> SetOption(const CallEvent& call);
  // An option that Winsock does not have; nullopt: it is none of them.
  absl::StatusOr<std::optional<Outcome>> GetOwnOption(const Descriptor& descriptor,
                                                      const std::string& name,
                                                      const Expression& wanted) const;
  absl::StatusOr<Outcome> GetError(Descriptor& descriptor, const Expression& expected);
  // The error that ended the connection and that the script has not been told; 0: none.
  static int PendingError(const Descriptor& descriptor);
  // bsd_poll.cc
  absl::StatusOr<Outcome> Poll(const CallEvent& call);
  // bsd_epoll.cc
  absl::StatusOr<Outcome> EpollCreate(const CallEvent& call);
  absl::StatusOr<Outcome> EpollControl(const CallEvent& call);
  absl::StatusOr<Outcome> EpollWait(const CallEvent& call);

  const Place place_;
  Endpoints& endpoints_;
  Descriptors descriptors_;
};

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_BSD_PROCESS_H_
