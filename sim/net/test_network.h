// A world for the tests of this folder: frames with a tag, and a log of what became of them.
#ifndef SIM_NET_TEST_NETWORK_H_
#define SIM_NET_TEST_NETWORK_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "sim/decision/decisions.h"
#include "sim/decision/zero_source.h"
#include "sim/host.h"
#include "sim/net/frame.h"
#include "sim/net/network.h"
#include "sim/net/nic.h"
#include "sim/trace/fingerprint.h"
#include "sim/trace/trace.h"
#include "sim/world.h"

namespace sim {

// A frame of zeros, but for the tag, which is its last octet.
inline FramePtr TaggedFrame(uint8_t tag, size_t size = 100) {
  FramePtr frame = Frame::Copy(std::vector<uint8_t>(size));
  frame->writable()[size - 1] = tag;
  return frame;
}

// The same, for a station.
inline FramePtr TaggedFrameTo(const MacAddress& destination, uint8_t tag) {
  FramePtr frame = TaggedFrame(tag);
  for (size_t i = 0; i < destination.size(); ++i) frame->writable()[i] = destination[i];
  return frame;
}

struct Arrival {
  Time time;
  std::string host;
  std::vector<uint8_t> octets;

  uint8_t tag() const { return octets.back(); }
};

class TestNetwork : private FrameReceiver, private TraceListener {
 public:
  TestNetwork() : world(zero_) { Listen(); }
  explicit TestNetwork(DecisionSource& decisions) : world(decisions) { Listen(); }

  Host& AddHost(absl::string_view name) { return Checked(network.AddHost(name)); }
  Host& AddRouter(absl::string_view name) { return Checked(network.AddRouter(name)); }
  void AddSwitch(absl::string_view name) { EXPECT_EQ(network.AddSwitch(name), absl::OkStatus()); }
  void AddLink(absl::string_view a, absl::string_view b, const LinkParameters& parameters = {}) {
    EXPECT_EQ(network.AddLink(a, b, parameters), absl::OkStatus());
  }
  // "client" and "server", and a link between them.
  void AddPair(const LinkParameters& parameters) {
    AddHost("client");
    AddHost("server");
    AddLink("client", "server", parameters);
  }

  Nic& nic(absl::string_view host, size_t index = 0) {
    return *network.FindHost(host)->nics().at(index);
  }
  // From the host's first interface.
  void SendAt(absl::Duration when, absl::string_view host, FramePtr frame) {
    Nic& from = nic(host);
    world.At(Time::Zero() + when, [&from, frame] { from.Send(frame); });
  }

  // Every interface of every host writes down what arrives.
  RunResult Run() {
    for (const auto& host : network.hosts()) {
      host->loopback().SetReceiver(this);
      for (const auto& nic : host->nics()) nic->SetReceiver(this);
    }
    return world.Run();
  }

  // "1008000 server 1": nanoseconds, host, tag.
  std::vector<std::string> ArrivalLines() const {
    std::vector<std::string> lines;
    for (const Arrival& arrival : arrivals) {
      lines.push_back(
          absl::StrCat(arrival.time.nanoseconds(), " ", arrival.host, " ", arrival.tag()));
    }
    return lines;
  }
  // "8000 frame 2 lost": nanoseconds, number of the transmission, reason.
  std::vector<std::string> DropLines() const {
    std::vector<std::string> lines;
    for (const TraceEvent& event : EventsOf(TraceKind::kFrameDropped)) {
      lines.push_back(
          absl::StrCat(event.time.nanoseconds(), " frame ", event.numbers[2], " ", event.name));
    }
    return lines;
  }
  std::vector<TraceEvent> EventsOf(TraceKind kind) const {
    std::vector<TraceEvent> found;
    for (const TraceEvent& event : events) {
      if (event.kind == kind) found.push_back(event);
    }
    return found;
  }

 private:
  ZeroSource zero_;

  void Listen() {
    world.trace().AddListener(*this, false);
    world.trace().AddListener(fingerprint, false);
  }
  template <class T>
  static T& Checked(const absl::StatusOr<T*>& made) {
    EXPECT_TRUE(made.ok()) << made.status();
    return **made;
  }
  void OnFrame(Nic& nic, const FramePtr& frame) override {
    const absl::Span<const uint8_t> octets = frame->octets();
    arrivals.push_back({world.now(), std::string(nic.host()->name()),
                        std::vector<uint8_t>(octets.begin(), octets.end())});
  }
  void OnTraceEvent(const TraceEvent& event) override {
    sent.emplace_back(event.octets.begin(), event.octets.end());
    if (event.kind != TraceKind::kFrameSent) sent.pop_back();
    events.push_back(event);
    events.back().octets = {};
    events.back().text = {};
  }

 public:
  std::vector<Arrival> arrivals;
  std::vector<std::vector<uint8_t>> sent;  // the octets of each kFrameSent
  std::vector<TraceEvent> events;          // without octets and text
  Fingerprint fingerprint;
  World world;
  Network& network = world.network();
};

}  // namespace sim

#endif  // SIM_NET_TEST_NETWORK_H_
