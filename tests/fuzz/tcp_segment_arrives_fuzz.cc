// SEGMENT ARRIVES, RFC 9293 3.10.7, in every state. The first octet chooses the state, the second
// the settings; then come steps: segments built from fields, segments of raw octets whose checksum
// is made right, calls of the user, and time.
#include <algorithm>
#include <string>

#include "gtest/gtest.h"
#include "providers/inet/checksum.h"
#include "providers/inet/tcp/every_state.h"
#include "providers/wire/fuzz_target.h"

namespace {

using inet::SeqNum;
using inet::TcpHeader;
using inet::TcpScript;
using wire::Require;

constexpr inet::Ipv4Address kUs{{10, 0, 0, 1}};
constexpr inet::Ipv4Address kPeer{{10, 0, 0, 2}};
constexpr size_t kMostSteps = 64;

// Kinds of a step, by its first octet.
enum Step : uint8_t { kFields, kFieldsWithOptions, kRaw, kWrite, kRead, kClose, kAccept, kTime };
constexpr uint8_t kSteps = 8;

class Input {
 public:
  explicit Input(wire::ByteSpan octets) : in_(octets) {}
  bool is_empty() const { return in_.remaining() == 0; }
  uint8_t Octet() { return in_.remaining() > 0 ? in_.U8() : 0; }
  uint32_t Number() { return Octet() << 8 | Octet(); }
  wire::ByteSpan Octets(size_t most) { return in_.Bytes(std::min(most, in_.remaining())); }
  // Near the edges of a window more often than not.
  uint32_t SequenceOffset() {
    const uint8_t kind = Octet();
    const uint32_t number = Number();
    return kind < 128 ? number % 64 : kind < 192 ? number : kind < 224 ? number << 16 : 0u - number;
  }

 private:
  wire::ByteReader in_;
};

void Deliver(TcpScript& us, std::vector<uint8_t> octets, uint8_t traffic_class) {
  if (octets.size() >= TcpHeader::kMinSize) {
    inet::StoreTcpChecksum(inet::PseudoHeader(kPeer, kUs, inet::kProtocolTcp),
                           absl::MakeSpan(octets));
  }
  us.ReceivesOctets(std::move(octets), traffic_class);
}

void DeliverFields(TcpScript& us, Input& input, bool with_options) {
  const uint8_t flags = input.Octet();
  TcpHeader header{.source_port = inet::kPeerPort,
                   .destination_port = inet::kOurPort,
                   .seq = SeqNum(inet::kPeerIss) + input.SequenceOffset(),
                   .ack = us.our_initial_sequence() + input.SequenceOffset(),
                   .flags = flags,
                   .window = static_cast<uint16_t>(input.Number()),
                   .urgent_pointer = input.Octet()};
  if (with_options) {
    const uint8_t which = input.Octet();
    if ((which & 1) != 0) header.options.timestamps = inet::TcpTimestamps{.value = input.Octet()};
    if ((which & 2) != 0) header.options.max_segment_size = input.Number();
    if ((which & 4) != 0) header.options.window_scale = input.Octet() % 15;
    header.options.sack_permitted = (which & 8) != 0;
    for (int i = which >> 6; i > 0; --i) {
      const SeqNum left = us.our_initial_sequence() + input.SequenceOffset();
      header.options.sack_blocks.push_back({left, left + input.Number()});
    }
  }
  std::vector<uint8_t> octets;
  header.AppendTo(octets);
  octets.resize(octets.size() + input.Number() % 1500, 'd');
  Deliver(us, std::move(octets), input.Octet());
}

void DeliverRaw(TcpScript& us, Input& input) {
  const wire::ByteSpan raw = input.Octets(input.Octet());
  std::vector<uint8_t> octets(raw.begin(), raw.end());
  if (octets.size() >= 4) {
    wire::StoreU16(octets.data(), inet::kPeerPort);
    wire::StoreU16(octets.data() + 2, inet::kOurPort);
  }
  Deliver(us, std::move(octets), 0);
}

void TakeStep(TcpScript& us, Input& input, bool& is_closed) {
  const uint8_t step = input.Octet() % kSteps;
  if (step <= kRaw) {
    if (step == kRaw) return DeliverRaw(us, input);
    return DeliverFields(us, input, step == kFieldsWithOptions);
  }
  const uint32_t number = input.Number();
  if (step == kTime) return us.Advance(absl::Milliseconds(number));
  if (!us.is_attached) return;
  if (step == kWrite) us.Write(std::string(number % 5000, 'w'));
  if (step == kRead) us.Read(number);
  if (step == kAccept) us.connection().Accept({});
  if (step == kClose && !is_closed) {
    is_closed = true;
    us.Close();
  }
}

void CheckInvariants(TcpScript& us) {
  us.Forget();
  us.Drops();
  if (!us.is_attached) return;
  const inet::TcpConnection::Snapshot now = us.connection().snapshot();
  Require(now.snd_una <= now.snd_nxt, "SND.UNA =< SND.NXT");
  Require(us.connection().readable_octets() <= 16u << 20, "what is held fits a buffer");
}

inet::TcpSettings SettingsFrom(uint8_t choice) {
  inet::TcpSettings settings;
  settings.sack = (choice & 1) != 0;
  settings.timestamps = (choice & 2) != 0;
  settings.ecn = (choice & 4) != 0 ? inet::TcpEcn::kOnRequest : inet::TcpEcn::kOff;
  settings.insecure_resets = (choice & 8) != 0;
  settings.insecure_syns = (choice & 16) != 0;
  settings.tolerate_missing_timestamps = (choice & 32) != 0;
  settings.whole_segment_buffers = (choice & 64) != 0;
  if ((choice & 128) != 0) {
    settings.congestion_algorithm = inet::TcpCongestionAlgorithm::kCubic;
  }
  return settings;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // Outside of a test nobody counts failed expectations.
  if (testing::UnitTest::GetInstance()->current_test_info() == nullptr) {
    testing::GTEST_FLAG(break_on_failure) = true;
  }
  Input input({data, size});
  static const auto& ways = *new std::vector<inet::WayToState>(inet::WaysToEveryState());
  const inet::WayToState& start = ways[input.Octet() % ways.size()];
  const inet::TcpSettings settings = SettingsFrom(input.Octet());
  TcpScript::Run(
      [&](TcpScript& us) {
        start.reach(us);
        Require(us.state() == start.state, "the state was reached");
        bool is_closed = start.state >= inet::TcpState::kFinWait1;
        for (size_t i = 0; i < kMostSteps && !input.is_empty(); ++i) {
          TakeStep(us, input, is_closed);
          CheckInvariants(us);
        }
        if (us.is_attached) us.Leave();
        us.CloseListener();
        us.Advance(absl::Minutes(30));
        Require(us.transport().connection_count() == 0, "nothing lasts without a user");
      },
      settings);
  return 0;
}

// In each state: a segment with data, a FIN, a RST, an ACK with options, and the user's calls.
std::vector<std::vector<uint8_t>> wire::FuzzCorpus() {
  std::vector<std::vector<uint8_t>> seeds;
  for (uint8_t state = 0; state <= 10; ++state) {
    seeds.push_back({state,
                     0xC7,
                     kFields,
                     0x10,
                     0,
                     0,
                     1,
                     0,
                     0,
                     1,
                     0xFF,
                     0xFF,
                     0,
                     0,
                     100,
                     2,
                     kFieldsWithOptions,
                     0x18,
                     0,
                     0,
                     60,
                     0,
                     0,
                     1,
                     0xFF,
                     0xFF,
                     0,
                     0x41,
                     9,
                     0,
                     0,
                     2,
                     0,
                     10,
                     0,
                     50,
                     0,
                     kWrite,
                     0x10,
                     0,
                     kRead,
                     0,
                     99,
                     kTime,
                     0,
                     250,
                     kFields,
                     0x11,
                     0,
                     0,
                     61,
                     0,
                     0,
                     2,
                     0,
                     9,
                     0,
                     0,
                     0,
                     0,
                     kClose,
                     0,
                     0,
                     kAccept,
                     0,
                     0,
                     kFields,
                     0x04,
                     0,
                     0,
                     2,
                     0,
                     0,
                     1,
                     0,
                     0,
                     0,
                     0,
                     0,
                     0,
                     kFields,
                     0x02,
                     0,
                     1,
                     0,
                     0,
                     0,
                     0,
                     0xFF,
                     0xFF,
                     0,
                     0,
                     0,
                     0});
  }
  return seeds;
}

size_t wire::FuzzMutations() { return 300; }
