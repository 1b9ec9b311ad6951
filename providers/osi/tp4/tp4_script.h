// A transport entity, and a test that plays its user and, TPDU by TPDU, its peer. For tests only.
#ifndef PROVIDERS_OSI_TP4_TP4_SCRIPT_H_
#define PROVIDERS_OSI_TP4_TP4_SCRIPT_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "providers/osi/clnp/clnp_layer.h"
#include "providers/osi/tp4/tp4_state.h"
#include "providers/osi/tp4/tpdu.h"
#include "providers/transport/transport.h"
#include "sim/decision/zero_source.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/thread.h"
#include "sim/waitable.h"
#include "sim/world.h"

namespace osi {

constexpr uint16_t kOurReference = 1;  // the first of a first boot
constexpr uint16_t kPeerReference = 0x5678;
constexpr uint16_t kOurPort = 5000;
constexpr uint16_t kPeerPort = 6000;

// "kPeerUser".
absl::string_view CauseName(transport::Cause cause);

inline ByteSpan OctetsOf(absl::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}
inline std::string ToString(ByteSpan octets) { return {octets.begin(), octets.end()}; }

// Notes what it hears: "connected", "readable", "disconnect kPeerUser 128 bye".
class ScriptedUser final : public transport::ConnectionUser {
 public:
  void OnConnected(ByteSpan data) override { Hear("connected", data); }
  void OnReadable() override { Hear("readable"); }
  void OnWritable() override { Hear("writable"); }
  void OnExpedited() override { Hear("expedited"); }
  void OnReleaseIndication(ByteSpan) override { Hear("release"); }
  void OnReleased() override { Hear("released"); }
  void OnDrained() override { Hear("drained"); }
  void OnDisconnectIndication(transport::Reason reason, ByteSpan data) override;

  // Called for everything it hears.
  std::function<void(absl::string_view)> reaction;
  std::vector<std::string> heard;

 private:
  void Hear(std::string what, ByteSpan data = {});
};

class Tp4Script final : private NetworkServiceUser,
                        private transport::ListenerUser,
                        private sim::TraceListener {
 public:
  // Runs `body` on a thread of the host of the entity, to its end.
  static void Run(const std::function<void(Tp4Script&)>& body);

  // ---- Our side
  // What the user has heard since the last time, in order.
  std::vector<std::string> Hears();
  transport::Connection& us() { return *connection_; }
  bool has_connection() const { return connection_ != nullptr; }
  transport::Transport& transport() { return *transport_; }
  sim::World& world() { return world_; }
  ScriptedUser user;

  // What a user has set before it connects.
  std::vector<transport::ConnectOptions::Option> options;
  const transport::QualityOfService* quality = nullptr;
  void Connect(absl::string_view user_data = "");
  // The next request is indicated to the user, or finds no room.
  void Listen(bool has_room = true);
  size_t Write(absl::string_view octets, bool end_of_message = true);
  // All that can be read of the first TSDU, "..." behind it where its end has not come.
  std::string Read(size_t most = 100'000);
  // The state of the last connection that changed its state.
  Tp4State state() const { return state_; }
  // Why TPDUs were ignored, since the last time.
  std::vector<std::string> Drops();

  // ---- The peer's side. Failures are those of the calling line.
  // The next TPDU that we send: it is waited for at most so long.
  template <class Xx>
  Xx Sends(absl::Duration patience = absl::Seconds(5), const char* file = __builtin_FILE(),
           int line = __builtin_LINE());
  // Nothing comes for so long.
  void SendsNothing(absl::Duration span = absl::Milliseconds(10),
                    const char* file = __builtin_FILE(), int line = __builtin_LINE());
  // The kinds of all TPDUs that we have sent and nobody has asked for yet.
  std::vector<std::string> Sent();
  // What came in each NSDU since the last time: "AK+DT".
  std::vector<std::string> Nsdus();
  // The octets of the last TPDU that we sent.
  const std::vector<uint8_t>& sent() const { return sent_; }
  template <class Xx>
  void Receives(const Xx& tpdu) {
    std::vector<uint8_t> octets;
    tpdu.AppendTo(octets);
    ReceivesOctets(octets);
  }
  // From now on our TPDUs are read in the extended formats.
  void ExpectExtendedFormats() { format_ = TpduFormat::kExtended; }
  // An NSDU of any content.
  void ReceivesOctets(ByteSpan octets);
  // The network says that an NSDU of ours has come no further.
  void ReceivesErrorReport(DiscardReason reason, ByteSpan data);
  void Advance(absl::Duration span);
  // AKs that we send are not looked at from now on: those of W come whatever else happens.
  void IgnoreAks() { ignores_aks_ = true; }

  // ---- TPDUs that most tests need
  CrTpdu PeerCr(absl::string_view user_data = "") const;
  CcTpdu PeerCc(absl::string_view user_data = "") const;
  AkTpdu PeerAk(uint32_t number, uint16_t credit = 15) const;
  // The text must outlive it.
  DtTpdu PeerDt(uint32_t number, absl::string_view text, bool end_of_tsdu = true) const;

  // ---- States, by the events that lead there
  void GoToWfcc();     // we have sent a CR
  void GoToWftresp();  // the user has the peer's CR
  void GoToAkwait();   // we have sent a CC
  void GoToOpen();     // as initiator; the peer's credit is 15
  void GoToOpenAsResponder();
  void GoToClosing();  // from OPEN: we have sent a DR
  void GoToRefwait();  // from CLOSING, by a DC

 private:
  Tp4Script();
  void Begin();
  void OnUnitData(const Nsap& source, const Nsap& destination, const sim::FramePtr& frame,
                  ByteSpan data) override;
  void OnErrorReport(const Nsap&, ClnpFault, ByteSpan) override {}
  bool OnConnectIndication(transport::Connection& connection) override;
  void OnTraceEvent(const sim::TraceEvent& event) override;
  bool WaitForTpdu(absl::Duration patience);

  sim::ZeroSource decisions_;
  sim::World world_{decisions_};
  sim::Host* our_host_ = nullptr;
  sim::Host* peer_host_ = nullptr;
  transport::Transport* transport_ = nullptr;
  transport::Connection* connection_ = nullptr;
  std::unique_ptr<transport::Listener> listener_;
  bool has_room_ = true;
  TpduFormat format_ = TpduFormat::kNormal;
  std::vector<std::string> nsdus_;
  bool ignores_aks_ = false;
  std::deque<std::vector<uint8_t>> arrived_;  // at the peer
  sim::Waitable has_arrived_;
  std::vector<uint8_t> sent_;
  Tp4State state_ = Tp4State::kClosed;
  std::vector<std::string> drops_;
};

template <class Xx>
Xx Tp4Script::Sends(absl::Duration patience, const char* file, int line) {
  if (!WaitForTpdu(patience)) {
    ADD_FAILURE_AT(file, line) << "nothing is sent";
    return {};
  }
  sent_ = std::move(arrived_.front());
  arrived_.pop_front();
  const absl::StatusOr<Tpdu> parsed = ParseTpdu(sent_, format_);
  if (!parsed.ok()) {
    ADD_FAILURE_AT(file, line) << parsed.status();
    return {};
  }
  const Xx* tpdu = std::get_if<Xx>(&*parsed);
  if (tpdu == nullptr) {
    ADD_FAILURE_AT(file, line) << "another TPDU is sent: "
                               << TpduTypeName(TpduHeader::Parse(sent_)->type);
    return {};
  }
  return *tpdu;
}

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TP4_SCRIPT_H_
