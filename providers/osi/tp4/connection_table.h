// The connections of a transport entity: who owns them, how arriving TPDUs find them (ISO
// 8073 6.9), and what remains of those that are over (6.18).
#ifndef PROVIDERS_OSI_TP4_CONNECTION_TABLE_H_
#define PROVIDERS_OSI_TP4_CONNECTION_TABLE_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "providers/osi/iso_address.h"
#include "providers/osi/tp4/reference_table.h"
#include "providers/osi/tp4/tpdu_exchange.h"
#include "sim/event_queue.h"
#include "sim/world.h"

namespace osi {

class ConnectionTable {
 public:
  ConnectionTable(sim::World& world, uint32_t boot_number, TpduExchange& exchange);
  ~ConnectionTable();
  ConnectionTable(const ConnectionTable&) = delete;
  ConnectionTable& operator=(const ConnectionTable&) = delete;

  sim::World& world() const { return world_; }
  TpduExchange& exchange() const { return exchange_; }

  // While one lives, an event or a user's request is handled: no connection is destroyed, and TPDUs
  // without user data wait for company. Both end when the last scope does.
  class Scope {
   public:
    explicit Scope(ConnectionTable& table) : table_(table) {
      if (table_.scopes_++ == 0) table_.exchange_.BeginEvent();
    }
    ~Scope() { table_.OnScopeEnds(); }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    ConnectionTable& table_;
  };

  // A new connection, in CLOSED and without a reference.
  Tp4Connection& Make(const TransportAddress& local, const TransportAddress& remote);
  // False: all references are taken or frozen.
  bool GiveReference(Tp4Connection& connection);
  // From now on a repetition of its CR finds the connection, which has been asked for by one.
  void AddRequest(Tp4Connection& connection);

  // Null: there is none. A TPDU from elsewhere than the connection's peer is not for it.
  Tp4Connection* Find(uint16_t local_reference, const Nsap& remote) const;

  // From now on FindByPeer finds the connection, whose CR was answered.
  void AddAnswer(Tp4Connection& connection);
  // The connection that TPDUs to `remote` with that DST-REF are sent by; null: none any more.
  Tp4Connection* FindByPeer(const Nsap& remote, uint16_t remote_reference) const;

  // A CR that came before, told by its sender and SRC-REF.
  struct Request {
    Tp4Connection* connection = nullptr;  // null: it is over
    std::vector<uint8_t> refusal;         // the DR it was answered with; empty: none
  };
  // Null: it is new.
  const Request* FindRequest(const Nsap& remote, uint16_t remote_reference) const;

  // Some connection that is not over uses the selector.
  bool IsInUse(uint16_t selector) const { return selectors_.contains(selector); }

  // The connection's part. It is over: its reference is frozen from now on, and a repeated CR gets
  // `refusal`.
  void OnOver(Tp4Connection& connection, std::vector<uint8_t> refusal);
  // Nobody needs it any more.
  void OnUnused(Tp4Connection& connection);

 private:
  using RequestKey = std::pair<Nsap, uint16_t>;  // the peer, and its reference
  struct Frozen {
    sim::Time until;
    uint64_t subject;
    uint16_t reference;
    std::optional<RequestKey> request;
  };

  void OnScopeEnds();
  void ReleaseSelector(uint16_t selector);
  void OnThaw();

  sim::World& world_;
  TpduExchange& exchange_;
  absl::btree_map<uint64_t, std::unique_ptr<Tp4Connection>> connections_;  // by subject
  ReferenceTable references_;
  absl::btree_map<RequestKey, Request> requests_;
  absl::btree_map<RequestKey, Tp4Connection*> answers_;  // of those that sent the CR
  absl::btree_map<uint16_t, size_t> selectors_;          // how many connections use them
  std::deque<Frozen> frozen_;                            // in the order of `until`
  sim::MemberEvent<ConnectionTable, &ConnectionTable::OnThaw> thaw_;
  int scopes_ = 0;
  std::vector<uint64_t> unused_;  // subjects
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_CONNECTION_TABLE_H_
