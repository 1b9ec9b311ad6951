// One end of a transport connection of class 4 (ISO 8073 12.2). The only class that knows all
// parts: numbering, windows, queues, timers. Its code stands in a file for each group of
// procedures:
//
//    tp4_connection.cc     what the user asks, timers, arriving TPDUs by type
//    tp4_establishment.cc  CR, CC, the third TPDU                              6.5, 6.6, 12.2.2
//    tp4_data.cc           DT, AK, retransmission, window       6.3, 6.10, 6.16, 6.19, 6.20, 12.2.3
//    tp4_expedited.cc      ED, EA                               6.11
//    tp4_release.cc        DR, DC, ER, protocol errors          6.7, 6.22, 12.2.4
#ifndef PROVIDERS_OSI_TP4_TP4_CONNECTION_H_
#define PROVIDERS_OSI_TP4_TP4_CONNECTION_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "providers/osi/iso_address.h"
#include "providers/osi/tp4/congestion_window.h"
#include "providers/osi/tp4/connection_table.h"
#include "providers/osi/tp4/negotiation.h"
#include "providers/osi/tp4/receive_queue.h"
#include "providers/osi/tp4/receive_window.h"
#include "providers/osi/tp4/resequencer.h"
#include "providers/osi/tp4/send_queue.h"
#include "providers/osi/tp4/t1_estimate.h"
#include "providers/osi/tp4/tp4_options.h"
#include "providers/osi/tp4/tp4_state.h"
#include "providers/osi/tp4/tp4_values.h"
#include "providers/osi/tp4/tpdu.h"
#include "providers/osi/tp4/tpdu_exchange.h"
#include "providers/osi/tp4/transmit_window.h"
#include "providers/transport/transport.h"
#include "sim/deadlines.h"
#include "sim/world.h"

namespace osi {

class Tp4Connection final : public transport::Connection {
 public:
  // Of a new connection, in CLOSED.
  Tp4Connection(ConnectionTable& table, const TransportAddress& local,
                const TransportAddress& remote);
  Tp4Connection(const Tp4Connection&) = delete;
  Tp4Connection& operator=(const Tp4Connection&) = delete;

  // transport::Connection, for the user.
  void SetUser(transport::ConnectionUser* user) override { user_ = user; }
  uint64_t subject() const override { return subject_; }
  transport::Address local_address() const override { return ToSocketAddress(local_); }
  transport::Address remote_address() const override { return ToSocketAddress(remote_); }
  void Accept(ByteSpan accept_data) override;
  void Refuse(ByteSpan user_data) override;
  ByteSpan connect_data() const override { return connect_data_; }
  void LimitQuality(const transport::QualityOfService& limit) override;
  const transport::QualityOfService* quality() const override { return quality_.get(); }
  size_t Write(absl::Span<const ByteSpan> pieces, bool end_of_message) override;
  size_t writable_octets() const override;
  transport::ReadResult Read(absl::Span<uint8_t> into, bool peek) override;
  size_t readable_octets() const override { return received_.readable(); }
  size_t queued_octets() const override { return received_.octets(); }
  bool is_readable() const override { return !received_.empty(); }
  bool has_whole_message() const override { return received_.has_whole_tsdu(); }
  bool WriteExpedited(ByteSpan octets) override;
  std::optional<Expedited> ReadExpedited(bool peek) override;
  void Release(ByteSpan) override {}  // not of this transport
  void Disconnect(ByteSpan user_data) override;
  bool is_drained() const override { return send_.empty() && expedited_tpdu_.empty(); }
  void Detach(transport::Farewell farewell) override;
  transport::OptionStatus SetOption(int level, int name, ByteSpan value) override;
  transport::OptionStatus GetOption(int level, int name,
                                    std::vector<uint8_t>& value) const override;

  // For the transport entity.
  Tp4State state() const { return state_; }
  const TransportAddress& local() const { return local_; }
  const TransportAddress& remote() const { return remote_; }
  uint16_t local_reference() const { return local_reference_; }
  // 0: not known yet.
  uint16_t remote_reference() const { return remote_reference_; }
  // The peer sent the CR.
  bool is_responder() const { return is_responder_; }
  // Before anything else that is sent. A connection that never is, never gets one.
  void SetReference(uint16_t reference) { local_reference_ = reference; }

  // T-CONNECT request: from CLOSED to WFCC. NSDUs of `nsdu` octets reach the peer in one piece.
  // `quality` is what of the quality asked for can be had, null for none.
  void SendRequest(size_t nsdu, ByteSpan user_data,
                   const transport::QualityOfService* quality = nullptr);
  // There is nothing to be done: the user hears of it, as an event, in CLOSED.
  void FailAtOnce(transport::Reason reason);
  // A CR that was agreed to: from CLOSED to WFTRESP. The user is asked afterwards.
  // `quality` is what of the quality asked for can be had.
  void OnRequest(const CrTpdu& request, const Agreement& agreement,
                 const transport::QualityOfService& quality);
  void OnRepeatedRequest();
  // Turns a request down without asking the user.
  void RefuseFor(DisconnectReason reason);
  // The network reports that our CR did not reach the peer.
  void OnUnreachable();
  // The network reports that it discarded a DT of ours for want of room.
  void OnCongestion();
  // A TPDU other than CR. `tpdu` are octets of `frame`.
  void OnTpdu(TpduType type, const sim::FramePtr& frame, ByteSpan tpdu);

 private:
  enum class Timer : uint8_t {
    kRetransmission,  // T1 of CR, CC, DR, DT
    kExpedited,       // T1 of ED
    kWindowOpening,   // T1 of an AK that opened a closed window
    kAcknowledge,     // A
    kWindow,          // W
    kInactivity,      // I
    kReport,          // the user is to hear of what is known already
  };
  static constexpr size_t kTimers = 7;
  static constexpr std::array<absl::string_view, kTimers> kTimerNames = {
      "T1", "T1 ED", "T1 AK", "A", "W", "I", "report"};

  struct ExpeditedTsdu {
    std::vector<uint8_t> octets;
    uint64_t position = 0;  // octets of normal data that came before it
  };

  sim::World& world() const { return table_.world(); }
  void OnDeadline(Timer timer);
  void OnRetransmissionTime();
  void TransitionTo(Tp4State next, absl::string_view why, absl::string_view clause);
  // False: it was traced, and is not to be looked at.
  template <class Xx>
  bool IsGood(TpduType type, ByteSpan tpdu, const absl::StatusOr<Xx>& parsed);
  void OnBad(TpduType type, ByteSpan tpdu, const absl::Status& why);
  // 6.17.3: a TPDU without one is damaged.
  bool needs_checksum() const;
  void Drop(TpduType type, absl::string_view why, absl::string_view clause);
  TpduOwner owner() const;
  void SetQuality(const transport::QualityOfService& quality);

  // Retains a CR, CC or DR (6.13) and transmits it, until an answer comes or N is reached.
  template <class Xx>
  void Transmit(const Xx& tpdu);
  void TransmitRetained();
  void ForgetRetained();
  absl::Duration IntervalAfter(int transmissions, absl::Duration last_wait) const;

  // tp4_establishment.cc
  void OnCc(const CcTpdu& cc);
  void OnAnswer(const CcTpdu& cc);
  void Adopt(const Agreement& agreement, uint16_t credit);
  void NoteAgreement();
  // False: the answer is none, and the connection is over.
  bool TakeSelectedQuality(const CcTpdu& cc);
  void BecomeOpen(absl::string_view why);
  // In AKWAIT a valid AK, DT, ED or EA opens the connection. False: it is not open now, and the
  // TPDU is to be dropped.
  bool IsOpenFor(TpduType type);

  // tp4_data.cc
  void OnDt(const DtTpdu& dt, const sim::FramePtr& frame);
  void OnAk(const AkTpdu& ak);
  bool TakeDt(ReceivedDt dt);
  void TakeDts(ReceivedDt dt);
  void ScheduleAcknowledgement();
  void SetRoom();
  // DTs that are kept for a user who does not read.
  size_t receive_dts() const {
    const size_t most =
        agreement_.format == TpduFormat::kNormal ? kReceiveDts : kReceiveDtsExtended;
    return std::clamp<size_t>(options_.receive_buffer / agreement_.tpdu_size, 1, most);
  }
  enum class Confirmation : uint8_t { kNone, kIncluded };
  void SendAk(Confirmation confirmation = Confirmation::kNone);
  void OnWindowOpeningTime();
  void SendPending();
  void TransmitDt();
  void ArmRetransmission();
  void OnDtTime();
  void TakeRoundTrip();
  // After something was acknowledged: the user that could not write, or waits until all is.
  void TellWriter(bool was_drained);

  // tp4_expedited.cc
  void OnEd(const EdTpdu& ed);
  void OnEa(const EaTpdu& ea);
  void TransmitEd();
  void OnExpeditedTime();

  // tp4_release.cc
  void OnDr(const DrTpdu& dr);
  void OnDc(const DcTpdu& dc);
  void OnEr(const ErTpdu& er);
  void OnProtocolError(TpduType type, absl::string_view what,
                       DisconnectReason reason = DisconnectReason::kProtocolError);
  // Sends a DR, from WFCC, AKWAIT or OPEN to CLOSING.
  void Close(DisconnectReason reason, ByteSpan user_data, absl::string_view why);
  void SendRefusal(DisconnectReason reason, ByteSpan user_data);
  void EnterRefwait(absl::string_view why, std::vector<uint8_t> refusal = {});
  void ForgetData();
  // T-DISCONNECT indication: the last that the user hears.
  void Indicate(const transport::Reason& reason, ByteSpan user_data = {});
  // T1 ran out for the last time, or I did: T-DISCONNECT indication and DR.
  void GiveUp(const transport::Reason& reason);

  ConnectionTable& table_;
  const uint64_t subject_;
  const TransportAddress local_;
  const TransportAddress remote_;
  transport::ConnectionUser* user_ = nullptr;
  Tp4State state_ = Tp4State::kClosed;
  bool is_responder_ = false;
  bool is_detached_ = false;
  bool tells_release_ = false;     // the user has disconnected, and waits for OnReleased
  bool is_write_blocked_ = false;  // OnWritable is owed
  uint16_t local_reference_ = 0;
  uint16_t remote_reference_ = 0;
  Tp4Options options_;
  Offer offer_;                                           // of our CR
  std::unique_ptr<transport::QualityOfService> quality_;  // null: none was asked for
  Agreement agreement_;
  std::vector<uint8_t> connect_data_;

  // CR, CC or DR until it is answered.
  std::vector<uint8_t> retained_;
  uint8_t transmissions_ = 0;  // of it
  T1Estimate t1_;

  SendQueue send_;
  TransmitWindow transmit_{TpduFormat::kNormal, 0};
  CongestionWindow congestion_;
  // The DT that a round trip is measured with, and when it was sent; absent: when DTs were sent
  // again after T1, Never() once that has been answered.
  std::optional<TpduNumber> timed_dt_;
  sim::Time timed_since_ = sim::Time::Never();
  TpduNumber slowed_until_ = 0;  // reports of congestion about DTs before it were heeded

  ReceiveWindow receive_{TpduFormat::kNormal, 0};
  Resequencer resequencer_;
  ReceiveQueue received_;
  uint8_t unacknowledged_ = 0;   // DTs that no AK was sent for
  uint8_t window_openings_ = 0;  // transmissions of the AK that opened the window

  // The ED under way, whole; empty: none.
  std::vector<uint8_t> expedited_tpdu_;
  uint8_t expedited_transmissions_ = 0;
  TpduNumber next_ed_ = 0;
  TpduNumber next_ed_expected_ = 0;
  Fifo<ExpeditedTsdu> expedited_;

  std::optional<transport::Reason> report_;
  sim::Deadlines<Tp4Connection, Timer, kTimers, &Tp4Connection::OnDeadline> timers_;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TP4_CONNECTION_H_
