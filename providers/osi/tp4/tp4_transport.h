// The transport entity of one boot: ISO 8073 class 4 over the connectionless network service.
#ifndef PROVIDERS_OSI_TP4_TP4_TRANSPORT_H_
#define PROVIDERS_OSI_TP4_TP4_TRANSPORT_H_

#include <memory>
#include <optional>

#include "absl/container/btree_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "providers/osi/clnp/clnp_layer.h"
#include "providers/osi/iso_address.h"
#include "providers/osi/tp4/connection_table.h"
#include "providers/osi/tp4/negotiation.h"
#include "providers/osi/tp4/tpdu.h"
#include "providers/osi/tp4/tpdu_exchange.h"
#include "providers/transport/transport.h"
#include "sim/host.h"

namespace osi {

class Tp4Listener;

// Lives in the boot's slots. Takes NSDUs apart (6.4), finds the connection that each TPDU is for
// (6.9), and answers those for which there is none.
class Tp4Transport final : public transport::Transport, private NetworkServiceUser {
 public:
  explicit Tp4Transport(sim::Boot& boot);
  ~Tp4Transport() override;

  transport::Connection* Connect(const transport::ConnectOptions& options,
                                 transport::ConnectionUser& user) override;
  std::unique_ptr<transport::Listener> Listen(const transport::ListenOptions& options,
                                              transport::ListenerUser& user) override;
  bool IsLocal(const transport::Address& local) const override;
  bool IsInUse(const transport::Address& local) const override;
  transport::OptionStatus CheckOption(int level, int name, ByteSpan value) const override;
  transport::OptionStatus DefaultOption(int level, int name,
                                        std::vector<uint8_t>& value) const override;

 private:
  friend class Tp4Listener;

  void OnUnitData(const Nsap& source, const Nsap& destination, const sim::FramePtr& frame,
                  ByteSpan data) override;
  void OnErrorReport(const Nsap& destination, ClnpFault fault, ByteSpan data) override;
  void OnCongestionReport(const Nsap& destination, ByteSpan tpdu);

  // Sends the CR of a connection that has a reference and a route.
  void Request(Tp4Connection& connection, const transport::ConnectOptions& options, size_t nsdu);
  // Nullopt: not even the least that will do.
  std::optional<transport::QualityOfService> GrantedTo(
      const Nsap& remote, const transport::QualityOfService& wanted) const;

  void OnTpdu(const Nsap& source, const sim::FramePtr& frame, ByteSpan tpdu);
  void OnUnreadable(ByteSpan nsdu, const absl::Status& why);
  void OnCr(const Nsap& source, ByteSpan tpdu);
  void OnNewCr(const Nsap& source, const CrTpdu& cr);
  void OnBadCr(const Nsap& source, ByteSpan tpdu, const absl::Status& why);
  void OnDrWithoutReference(const Nsap& source, const sim::FramePtr& frame, ByteSpan tpdu);
  // 6.9: there is no connection for it.
  void OnUnmatched(const Nsap& source, TpduType type, ByteSpan tpdu);
  void SendRefusal(const Nsap& to, uint16_t reference, DisconnectReason reason);
  Tp4Listener* FindListener(uint16_t selector) const;

  sim::Boot& boot_;
  ClnpLayer& network_;
  TpduExchange exchange_;
  ConnectionTable connections_;
  absl::btree_map<TransportAddress, Tp4Listener*> listeners_;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TP4_TRANSPORT_H_
