// One session protocol machine (SPM): kernel and duplex of ISO 8327 over one transport connection.
#ifndef PROVIDERS_OSI_SESSION_SESSION_CONNECTION_H_
#define PROVIDERS_OSI_SESSION_SESSION_CONNECTION_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "providers/osi/session/session_options.h"
#include "providers/osi/session/session_state.h"
#include "providers/osi/session/session_timers.h"
#include "providers/osi/session/spdu.h"
#include "providers/osi/session/spdu_segments.h"
#include "providers/osi/session/ssdu_queue.h"
#include "providers/osi/session/tsdu_reader.h"
#include "providers/osi/session/tsdu_writer.h"
#include "providers/transport/transport.h"
#include "sim/deadlines.h"
#include "sim/event_queue.h"
#include "sim/world.h"

namespace osi {

class SessionTransport;

// The session service to the user above, by the words of the transport service:
//
//   Connect, OnConnected, ...       S-CONNECT        CN, AC, RF
//   Write, Read                     S-DATA           GT and DT
//   Release in STA713               S-RELEASE req    FN
//   OnReleaseIndication             S-RELEASE ind    FN; or conf, with the data of a DN
//   Release in STA09                S-RELEASE resp   DN
//   OnReleased                      S-RELEASE conf   DN; or the peer's T-DISCONNECT behind our DN
//   Disconnect                      S-U-ABORT req    AB
//   OnDisconnectIndication          S-U-ABORT, S-P-ABORT ind, S-CONNECT conf-
//
// The transport connection is kept only where SO_SESSION_KEEP_TRANSPORT is set; as a rule PI 17 is
// 01, and whoever receives the DN, RF or AB disconnects it. One that is kept goes on to another
// machine, in STA01C, so that this one can serve its user to the end. Created, freed and found by
// its SessionTransport.
class SessionConnection final : public transport::Connection, private transport::ConnectionUser {
 public:
  // The initiator's, in STA01.
  SessionConnection(SessionTransport& entity, const transport::Address& remote,
                    transport::ConnectionUser& user);
  // One without a user, in STA01: the acceptor's, whose user hears of it when a CN has come; or,
  // not `vtca`, one that takes over a transport connection that was kept.
  SessionConnection(SessionTransport& entity, bool vtca);
  SessionConnection(const SessionConnection&) = delete;
  SessionConnection& operator=(const SessionConnection&) = delete;
  ~SessionConnection() = default;

  // S-CONNECT request. False: the transport service has no connection to give.
  bool Start(const transport::ConnectOptions& options, const SessionOptions& chosen);
  // T-CONNECT indication; it is answered at once.
  void OnTransportConnectIndication(transport::Connection& lower);
  // In STA01C of the initiator: S-CONNECT request on the transport connection that was kept.
  void StartAgain(const transport::ConnectOptions& options, const SessionOptions& chosen,
                  transport::ConnectionUser& user);

  SessionState state() const { return state_; }
  // Vtca: the transport connection was accepted here.
  bool is_acceptor() const { return vtca_; }
  // In STA01C behind a session of its own.
  bool is_spent() const { return is_spent_; }
  transport::Connection* lower() const { return lower_; }
  // Nullopt: not settled.
  std::optional<SessionVersions> version() const { return version_; }

  // transport::Connection:
  void SetUser(transport::ConnectionUser* user) override { user_ = user; }
  uint64_t subject() const override { return subject_; }
  transport::Address local_address() const override { return local_; }
  transport::Address remote_address() const override { return remote_; }
  void Accept(ByteSpan accept_data) override;
  void Refuse(ByteSpan user_data) override;
  ByteSpan connect_data() const override { return connect_data_; }
  // What the transport connection has, which was settled before the session was asked for: nothing
  // of it can be lowered any more.
  const transport::QualityOfService* quality() const override {
    return lower_ == nullptr ? nullptr : lower_->quality();
  }
  // Of the version in force; as long as none is, of the one that can do less.
  const transport::Capabilities* agreed_capabilities() const override { return &agreed_; }
  size_t Write(absl::Span<const ByteSpan> pieces, bool end_of_message) override;
  size_t writable_octets() const override;
  transport::ReadResult Read(absl::Span<uint8_t> into, bool peek) override;
  size_t readable_octets() const override { return queue_.first_octets(); }
  size_t queued_octets() const override { return queue_.octets(); }
  bool is_readable() const override { return !queue_.empty() || peer_has_released_; }
  bool has_whole_message() const override { return queue_.has_whole_ssdu(); }
  bool WriteExpedited(ByteSpan octets) override;
  std::optional<Expedited> ReadExpedited(bool peek) override;
  void Release(ByteSpan user_data) override;
  void Disconnect(ByteSpan user_data) override;
  bool is_drained() const override;
  void Detach(transport::Farewell farewell) override;
  transport::OptionStatus SetOption(int level, int name, ByteSpan value) override;
  transport::OptionStatus GetOption(int level, int name,
                                    std::vector<uint8_t>& value) const override;

 private:
  // transport::ConnectionUser, towards the transport connection:
  void OnConnected(ByteSpan accept_data) override;
  void OnReadable() override;
  void OnWritable() override;
  void OnExpedited() override {}
  void OnReleaseIndication(ByteSpan) override {}
  void OnReleased() override {}
  void OnDrained() override { OnWritable(); }
  void OnDisconnectIndication(transport::Reason reason, ByteSpan user_data) override;

  // Of all phases (session_connection.cc).
  void TransitionTo(SessionState next, absl::string_view clause);  // sole writer of state_
  void ReadTransport();
  void OnSpdu(const TsduReader::Received& received);
  void OnWholeSpdu(const TsduReader::Received& received);  // its user data are all there
  void Send(const Spdu& spdu, absl::string_view clause);
  void TraceSpdu(sim::TraceKind kind, const Spdu& spdu, absl::string_view clause);
  void TraceDropped(absl::string_view name, absl::string_view why, absl::string_view clause);
  // User data that SPDUs of the version in force may carry; else none, and a warning.
  std::vector<uint8_t> WithinLimit(ByteSpan user_data, size_t limit);
  void DisconnectTransport(absl::string_view clause);  // T-DISCONNECT request -> STA01
  void LoseTransport(absl::string_view clause);        // -> STA01
  // The transport connection is gone, or not ours any more; timers too.
  void ForgetTransport();
  void AwaitTransportDisconnect(absl::string_view clause);  // starts TIM -> STA16
  void IndicateDisconnect(const transport::Reason& reason, ByteSpan user_data);
  void OnDeadline(SessionTimer timer);
  // Runs as an event of its own, after a call of the user that must not be answered from inside.
  void OnResume();
  void ResumeLater();

  // Establishment (session_establishment.cc).
  void OnSpduIdle(const TsduReader::Received& received);            // STA01C
  void OnSpduAwaitingAccept(const TsduReader::Received& received);  // STA02A
  void OnCn(const CnSpdu& cn);
  void OnAc(const AcSpdu& ac, const TsduReader::Received& received);
  void OnRf(const RfSpdu& rf);
  void SendCn();
  void SendRf(RefuseReason reason, ByteSpan user_data, absl::string_view clause);

  // What the two agree on (session_negotiation.cc).
  // Nullopt: `proposed` and our own options have none in common.
  std::optional<SessionVersions> Choose(SessionVersions proposed) const;
  // Settles the acceptor's choice, by what its CN proposed and its options. False: there is none.
  bool Negotiate();
  void Agree();
  ConnectAcceptItem Item(SessionVersions versions) const;
  static bool CanCarry(size_t tsdu_maximum);
  // A TSDU of so many octets is longer than agreed on.
  bool IsTooLong(size_t octets) const;
  // What version 1 forbids: enclosure items, and user data beyond its limits.
  bool IsOfVersion(const Spdu& spdu) const;

  // A transport connection that is kept (session_reuse.cc).
  bool KeepsTransport() const { return options_.keeps_transport && !lower_has_options_; }
  // -> STA01C; it goes to another machine, at once or when our release is known to be done.
  void KeepTransport(absl::string_view clause);
  void HandOverWhenDone();
  void HandOver();
  void TakeOver(transport::Connection& lower, TsduWriter writer);

  // Data (session_data.cc).
  void OnSpduInDataTransfer(const TsduReader::Received& received);  // STA713
  void OnDt(const DtSpdu& dt, const TsduReader::Received& received);
  bool ReadUserInformation();
  void EndUserInformation();
  bool may_send_data() const;
  bool keeps_data() const;
  void TellReadable();
  void TraceDt(const std::optional<Enclosure>& place);

  // Release (session_release.cc).
  void OnSpduAwaitingDisconnect(const TsduReader::Received& received);       // STA03
  void OnSpduAwaitingReleaseResponse(const TsduReader::Received& received);  // STA09
  void OnFn(const FnSpdu& fn);
  void OnFnCollision(const FnSpdu& fn);
  void OnDn(const DnSpdu& dn);
  void OnDnInCollision();
  void SendDn(std::vector<uint8_t> user_data, absl::string_view clause);
  void IndicateRelease(ByteSpan user_data);
  void TellReleased();

  // Abort (session_abort.cc).
  void Abort(ByteSpan user_data);  // S-U-ABORT request
  void OnAb(const AbSpdu& ab);
  void OnProtocolError(ByteSpan offending);                  // the first octets of its TSDU
  void OnSpduAwaitingTransportDisconnect(const Spdu& spdu);  // STA16
  void OnSpduAwaitingAbortAccept(const Spdu& spdu);          // STA01A
  void SendAb(const AbSpdu& ab, absl::string_view clause);

  SessionTransport& entity_;
  sim::World& world_;
  const uint64_t subject_;
  transport::ConnectionUser* user_ = nullptr;  // null: hears nothing (any more)
  transport::Connection* lower_ = nullptr;     // null: no transport connection
  transport::Address local_;                   // empty: not known yet
  transport::Address remote_;

  SessionState state_ = SessionState::kSta01;
  SessionOptions options_;
  SessionVersions proposed_versions_ = 0;
  uint16_t proposed_send_ = 0;  // the peer's limits for TSDUs, until they are settled
  uint16_t proposed_receive_ = 0;
  std::optional<SessionVersions> version_;
  transport::Capabilities agreed_;
  const bool vtca_;                 // this SPM accepted the transport connection
  bool vcoll_ = false;              // FINISH SPDUs have collided
  bool vtrr_ = false;               // the transport connection may be reused after the release
  bool is_spent_ = false;           // STA01C behind a session: the next one is another machine's
  bool lower_has_options_ = false;  // the transport connection is not as any user would have it
  bool has_pointer_;                // a user holds this connection, and will detach it
  bool is_leaving_ = false;         // the user has detached it; what has come until then is dropped
  bool tells_connected_ = false;    // OnConnected is due
  bool tells_writable_ = false;     // OnWritable is due when there is room
  bool tells_released_ = false;     // OnReleased is due when our release has been carried out
  bool has_news_ = false;           // something was queued since OnReadable was called
  bool peer_has_released_ = false;  // no more data will come
  bool is_in_ssdu_ = false;         // a received SSDU goes on in the next DT
  bool dt_ends_ssdu_ = true;        // of the DT whose user information is read
  size_t tsdu_octets_ = 0;          // of the TSDU whose user information is read

  std::vector<uint8_t> connect_data_;  // of the CN, until it is sent; or as received
  TsduReader reader_;
  TsduWriter writer_;
  SpduAssembler assembler_;
  SsduQueue queue_;
  sim::MemberEvent<SessionConnection, &SessionConnection::OnResume> resume_;
  sim::Deadlines<SessionConnection, SessionTimer, kSessionTimerCount,
                 &SessionConnection::OnDeadline>
      timers_;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_SESSION_CONNECTION_H_
