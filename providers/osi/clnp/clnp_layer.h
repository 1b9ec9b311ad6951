// The network entity of one boot: ISO 8473, as an end system, and as an intermediate system on
// routers.
#ifndef PROVIDERS_OSI_CLNP_CLNP_LAYER_H_
#define PROVIDERS_OSI_CLNP_CLNP_LAYER_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/container/btree_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "providers/ethernet/station.h"
#include "providers/osi/clnp/clnp_pdu.h"
#include "providers/osi/clnp/clnp_reassembler.h"
#include "providers/osi/clnp/nsap.h"
#include "sim/event_queue.h"
#include "sim/host.h"
#include "sim/net/frame.h"
#include "sim/net/network.h"

namespace osi {

// Host number n is system 0000.5e00.53nn of area 1, on all its interfaces; routes and neighbours
// are the topology's.
Nsap NsapOfHost(uint32_t host_number, uint8_t selector);
// 0: no host number can have this address.
uint32_t HostNumberOf(const Nsap& nsap);

// The user of a selector.
class NetworkServiceUser {
 public:
  virtual ~NetworkServiceUser() = default;
  // N-UNITDATA indication. `data` are octets of `frame`, which whoever wants to keep them keeps.
  virtual void OnUnitData(const Nsap& source, const Nsap& destination, const sim::FramePtr& frame,
                          wire::ByteSpan data) = 0;
  // An error report about data that were sent to `destination`; `data` is the part of them that it
  // quotes.
  virtual void OnErrorReport(const Nsap& destination, ClnpFault fault, wire::ByteSpan data) = 0;
};

// Lives in the boot's slots. Segments what is longer than a link carries and puts it together
// again; discards, with the reason in the trace, what the standard says, and reports that to the
// sender where it asked for it.
class ClnpLayer final : private ethernet::PacketReceiver {
 public:
  explicit ClnpLayer(sim::Boot& boot);
  ~ClnpLayer() override;
  ClnpLayer(const ClnpLayer&) = delete;
  ClnpLayer& operator=(const ClnpLayer&) = delete;

  // Null takes the user off.
  void SetUser(uint8_t selector, NetworkServiceUser* user);

  // Octets of data in one N-UNITDATA request, segmented or not.
  static constexpr size_t kMaxData = 65535 - kClnpMaxHeader;

  // N-UNITDATA request, from this host's `source_selector`. False: no route. The frame's octets, at
  // most kMaxData, are the data; who keeps `data` may read them where they are, and write no more.
  // `options` go into the header of every segment.
  bool Send(uint8_t source_selector, const Nsap& destination, const sim::FramePtr& data,
            const ClnpOptions& options = {});

  // This host's address at a selector.
  Nsap own_address(uint8_t selector) const;
  bool IsLocal(const Nsap& nsap) const;
  // Octets of data that reach `destination` in one piece; 0: no route.
  size_t MaxUnsegmentedData(const Nsap& destination) const;
  // How the way there is for frames of so many octets; nullopt: no route.
  std::optional<sim::PathQuality> QualityOfPath(const Nsap& destination, size_t octets) const;

 private:
  // What is to be done with a discarded PDU besides noting it.
  struct Reportee {
    Nsap source;               // who sent it, and wants to hear of it
    ClnpOptions options;       // that its report carries too
    wire::ByteSpan discarded;  // the octets of it
  };

  std::optional<sim::NextHop> Route(const Nsap& destination) const;
  // The next step is the very system of that title.
  bool IsNeighbour(const sim::NextHop& next, const Nsap& title) const;
  void OnPacket(sim::Nic& nic, const sim::FramePtr& frame, wire::ByteSpan packet) override;
  void OnData(const ClnpDataPdu& pdu, const sim::FramePtr& frame, wire::ByteSpan octets);
  void OnReport(const ClnpErrorReportPdu& pdu);
  void OnSegment(const ClnpDataPdu& pdu, wire::ByteSpan octets);
  void OnReassemblyTime();
  void DiscardForgotten();
  void Deliver(const ClnpDataPdu& pdu, const sim::FramePtr& frame, wire::ByteSpan data,
               wire::ByteSpan octets);

  // clnp_forwarding.cc
  void Forward(const ClnpDataPdu& pdu, wire::ByteSpan octets);
  // 6.14: where a PDU is to go next, by its source route or its destination. The error is a
  // ClnpError.
  absl::StatusOr<sim::NextHop> NextHopOf(ClnpDataPdu& pdu) const;
  void ForwardReport(const ClnpErrorReportPdu& pdu);
  // Sends `pdu` whole if it fits, else as segments. `header` says all but the place of the data.
  void SendSegmented(const sim::NextHop& next, ClnpDataPdu header, wire::ByteSpan data,
                     const ClnpSegmentation& whole);
  // Puts the header in front of the data that `packet` holds so far.
  void SendPdu(const sim::NextHop& next, ClnpDataPdu header, const sim::FramePtr& packet);
  // Nullopt: nobody wants to hear of it.
  static std::optional<Reportee> ReporteeOf(const ClnpDataPdu& pdu, wire::ByteSpan octets);
  static std::optional<Reportee> ReporteeOf(wire::ByteSpan octets);
  void Discard(ClnpFault fault, absl::string_view why, absl::string_view clause,
               const std::optional<Reportee>& reportee = std::nullopt);

  sim::Boot& boot_;
  ethernet::Station& station_;
  ClnpReassembler reassembler_;
  sim::MemberEvent<ClnpLayer, &ClnpLayer::OnReassemblyTime> reassembly_time_;
  uint16_t next_data_unit_identifier_ = 1;
  absl::btree_map<uint8_t, NetworkServiceUser*> users_;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_CLNP_CLNP_LAYER_H_
