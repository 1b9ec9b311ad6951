// One session protocol machine between a user and a transport connection, both played by the test.
#ifndef PROVIDERS_OSI_SESSION_SESSION_SCRIPT_H_
#define PROVIDERS_OSI_SESSION_SESSION_SCRIPT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "providers/osi/iso_address.h"
#include "providers/osi/session/session_connection.h"
#include "providers/osi/session/session_transport.h"
#include "providers/osi/session/spdu.h"
#include "providers/osi/session/spdu_test_support.h"
#include "providers/transport/testing/fake_transport.h"
#include "sim/trace/trace.h"
#include "sim/world.h"

namespace osi {

// What the trace says of the machines in a story.
class SessionSteps final : public sim::TraceListener {
 public:
  // The states that were entered, and what was discarded and why ("FN: the connection is over"),
  // since the last time.
  std::vector<std::string> States() { return std::exchange(states_, {}); }
  std::vector<std::string> Drops() { return std::exchange(drops_, {}); }

 private:
  void OnTraceEvent(const sim::TraceEvent& event) override;

  std::vector<std::string> states_;
  std::vector<std::string> drops_;
};

// Runs `story` on a simulated thread, so that time can pass in it.
class SessionScript;
void Tell(std::function<void(SessionScript&)> story);
// The same, watched.
void TellWatched(std::function<void(SessionScript&, SessionSteps&)> story);

// Every step ends when all that it brings about at this instant has happened. Failures are reported
// at the line of the step in the test.
class SessionScript {
 public:
  static constexpr uint16_t kOurPort = 0x1111;  // session selectors
  static constexpr uint16_t kTheirPort = 0x2222;

  explicit SessionScript(sim::World& world);

  // The socket options (session_options.h) of what connects, and of what listens, from now on.
  void Chooses(int option, int value);
  void Chooses(int option, absl::string_view octets);

  // What the user does. Connects and TransportIndicates make the connection that the rest is about.
  void Connects(absl::string_view data = "");
  void Listens(int room = 1);  // for so many requests
  void Accepts(absl::string_view data = "");
  void Refuses(absl::string_view data = "");
  size_t Writes(absl::string_view data, bool ends_message = true);
  void Releases(absl::string_view data = "");
  void Aborts(absl::string_view data = "");
  void Leaves(transport::Farewell farewell);
  // Reads until nothing more comes: "one|two|" of two SSDUs, "thr" of a part, "$" at the end of
  // data.
  std::string Reads();

  // What the transport connection does.
  void TransportConnects();
  void TransportIndicates();
  void TransportDisconnects(transport::Cause cause = transport::Cause::kPeerUser);
  void Receives(const Spdu& spdu);
  void ReceivesOctets(ByteSpan tsdu, bool is_whole = true);

  // Connect, or listen and accept; up to STA713, with everything taken off the records.
  void EstablishAsInitiator(SessionVersions version = kSessionVersion2);
  void EstablishAsAcceptor(SessionVersions version = kSessionVersion2);

  // The next TSDU sent.
  void Sends(const Spdu& spdu, int line = __builtin_LINE());
  void SendsOctets(ByteSpan tsdu, int line = __builtin_LINE());
  void SendsNothing(int line = __builtin_LINE());
  // T-DISCONNECT request; or none so far.
  void DisconnectsTransport(int line = __builtin_LINE());
  void KeepsTransport(int line = __builtin_LINE());
  // The next that the user is told (transport::RecordingUser).
  void Hears(absl::string_view what, int line = __builtin_LINE());
  void HearsNothing(int line = __builtin_LINE());
  void IsIn(SessionState state, int line = __builtin_LINE());
  // The protocol machine has been freed.
  void IsGone(int line = __builtin_LINE());

  void Passes(absl::Duration time);

  static CnSpdu Cn();
  static AcSpdu Ac();
  static FnSpdu Fn(absl::string_view data = "") { return {.user_data = Text(data)}; }
  static DnSpdu Dn(absl::string_view data = "") { return {.user_data = Text(data)}; }
  static AbSpdu UserAbort(absl::string_view data = "");
  static DtSpdu Dt(absl::string_view data);
  // The AB in answer to an SPDU.
  static AbSpdu ProtocolError(const Spdu& offending);

  // What getsockopt tells of the connection.
  int Option(int option);
  std::string OctetsOption(int option);

  // Takes everything off the records.
  void Forget();
  // The user of the last connection has left it, and the next one is another's. The transport
  // connection stays the same.
  void ForgetConnection() { connection_ = nullptr; }

  SessionConnection& connection() { return *connection_; }
  transport::FakeConnection& lower() { return *lower_; }
  bool has_connection() const { return connection_ != nullptr; }
  bool has_lower() const {
    return lower_ != nullptr;
  }  // false: the last indication was turned down
  transport::FakeTransport& lower_transport() { return lower_transport_; }
  SessionTransport& entity() { return entity_; }
  transport::RecordingUser& user() { return user_; }
  transport::Address Ours(uint16_t port) const { return IsoAddresses().OfHost(1, port); }
  transport::Address Theirs(uint16_t port) const { return IsoAddresses().OfHost(2, port); }

 private:
  class OneListener final : public transport::ListenerUser {
   public:
    explicit OneListener(SessionScript& script) : script_(script) {}
    bool OnConnectIndication(transport::Connection& connection) override;

   private:
    SessionScript& script_;
  };

  void Settle() { Passes(absl::Nanoseconds(1)); }

  sim::World& world_;
  transport::FakeTransport lower_transport_;
  SessionTransport entity_;
  transport::RecordingUser user_;
  std::vector<transport::ConnectOptions::Option> options_;
  OneListener listener_user_{*this};
  std::unique_ptr<transport::Listener> listener_;
  int listener_room_ = 0;
  SessionConnection* connection_ = nullptr;
  transport::FakeConnection* lower_ = nullptr;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SESSION_SCRIPT_H_
