// Fragments of packets until they are whole: RFC 791 3.2 for IPv4, RFC 8200 4.5 for IPv6.
#ifndef PROVIDERS_INET_FRAGMENT_REASSEMBLER_H_
#define PROVIDERS_INET_FRAGMENT_REASSEMBLER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "providers/inet/endpoint.h"
#include "providers/wire/bytes.h"
#include "sim/time.h"

namespace inet {

// What differs between the two versions.
struct FragmentRules {
  // IPv6: fragments that overlap end their packet, and what comes of it later is ignored too (RFC
  // 5722 4); one that comes twice as it was does not. IPv4: what came last stays (RFC 791 3.2).
  bool overlap_ends_packet = false;
  absl::string_view clause;  // of what is given up; a literal
};

struct Fragment {
  // Fragments with the same four are of one packet. IPv6 leaves the protocol out: 0.
  IpAddress source;
  IpAddress destination;
  uint32_t identification = 0;
  uint8_t protocol = 0;

  size_t offset = 0;  // octets of the packet's data before it: a multiple of 8, at most 65528
  bool is_last = false;
  uint8_t ecn = 0;        // RFC 3168 5
  wire::ByteSpan data;    // a multiple of 8 octets, but for the last; within 65535 of the offset
  wire::ByteSpan packet;  // all of it, headers included
};

// Pure: it is told the time, and says what came of a fragment. A packet that is not whole a while
// after its first fragment came is forgotten.
class FragmentReassembler {
 public:
  // RFC 8200 4.5; within what RFC 1122 3.3.2 recommends.
  static constexpr absl::Duration Lifetime() { return absl::Seconds(60); }
  // All packets together take at most this much, the cost of keeping each included; the oldest make
  // room.
  static constexpr size_t kMaxOctets = 1 << 20;
  static constexpr size_t kOctetsToKeepOne = 256;

  // `rules` outlives it.
  explicit FragmentReassembler(const FragmentRules& rules) : rules_(rules) {}

  struct Whole {
    std::vector<uint8_t> first;  // the packet with the first fragment, as it came
    std::vector<uint8_t> data;   // of all fragments
    uint8_t ecn = 0;             // RFC 3168 5.3
  };
  // Takes a fragment in. The packet, once its last gap is filled.
  std::optional<Whole> Add(const Fragment& fragment, sim::Time now);
  // Forgets the packets whose time is over.
  void ForgetOld(sim::Time now);
  // When that is for the next of them; Never() without any.
  sim::Time next_deadline() const;

  // A packet that will never be whole, or a later fragment of one that was given up.
  struct Loss {
    absl::string_view why;  // a literal, as the clause
    absl::string_view clause;
    bool is_timeout = false;
    // The packet with the first fragment, as it came; empty where it has not come.
    std::vector<uint8_t> first;
  };
  // Those since the last time.
  std::vector<Loss> TakeLosses() { return std::exchange(losses_, {}); }

  // Packets begun and not whole.
  size_t pending() const { return packets_.size(); }

 private:
  using Key = std::tuple<IpAddress, IpAddress, uint32_t, uint8_t>;
  struct Packet {
    sim::Time deadline;
    uint64_t order = 0;  // of its first fragment to come
    bool is_given_up = false;
    std::vector<uint8_t> first;
    std::vector<uint8_t> data;
    std::vector<bool> present;                       // for each 8 octets
    absl::btree_map<size_t, size_t> size_by_offset;  // of the fragments, octets
    size_t missing_blocks = 0;                       // before the furthest octet that has come
    std::optional<size_t> total;  // octets of data, once the last fragment has come
    uint8_t ecn = 0;              // of the first fragment
    bool was_congested = false;
    bool was_not_capable = false;
  };
  using Packets = absl::btree_map<Key, Packet>;

  // What speaks against taking the fragment in; empty: nothing.
  absl::string_view Objection(const Packet& packet, const Fragment& fragment) const;
  void Place(Packet& packet, const Fragment& fragment);
  std::optional<Whole> TakeWhole(Packets::iterator packet);
  Packets::iterator Begin(const Key& key, sim::Time now);
  // Forgets the oldest, but not the one of `key`.
  void MakeRoomBut(const Key& key);
  // Forgets what has come, and ignores what comes until its time is over.
  void GiveUp(Packet& packet, absl::string_view why);
  void Forget(Packets::iterator packet, Loss loss);
  void Erase(Packets::iterator packet);
  void Lose(Packet& packet, Loss loss);
  static size_t OctetsOf(const Packet& packet);

  const FragmentRules& rules_;
  Packets packets_;
  // The same by age, which is also the order of their deadlines.
  absl::btree_map<uint64_t, Key> by_order_;
  size_t octets_ = 0;
  uint64_t next_order_ = 0;
  std::vector<Loss> losses_;
};

}  // namespace inet

#endif  // PROVIDERS_INET_FRAGMENT_REASSEMBLER_H_
