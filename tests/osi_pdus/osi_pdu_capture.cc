// Makes captures in which each PDU of CLNP and of transport class 4 stands at least once: one for
// each pair of formats (normal, extended) and checksums (used, not used).
//
//    osi_pdu_capture FOLDER
//
//    a (1) ----- r (2), a router ----- b (3)
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "providers/osi/checksum/iso_checksum.h"
#include "providers/osi/clnp/clnp_layer.h"
#include "providers/osi/iso_address.h"
#include "providers/osi/tp4/tp4.h"
#include "providers/osi/tp4/tp4_options.h"
#include "providers/osi/tp4/tpdu_connect.h"
#include "sim/capture/pcap_writer.h"
#include "sim/decision/zero_source.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/thread.h"
#include "sim/world.h"

namespace {

using transport::ByteSpan;

constexpr uint32_t kA = 1;
constexpr uint32_t kB = 3;
constexpr uint16_t kAcceptingPort = 5000;
constexpr uint16_t kRefusingPort = 5001;
constexpr uint16_t kPortOfNobody = 5002;
constexpr uint8_t kSelectorOfNobody = 0x55;
constexpr size_t kMtuForSegments = 300;

ByteSpan OctetsOf(absl::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

// Hears of a connection and forgets it when it ends.
class End final : public transport::ConnectionUser {
 public:
  void OnConnected(ByteSpan) override {}
  void OnReadable() override {
    if (reads) ReadAll();
  }
  void OnWritable() override {}
  void OnExpedited() override {
    while (connection->ReadExpedited(false)) {
    }
  }
  void OnReleaseIndication(ByteSpan) override {}
  void OnReleased() override {}
  void OnDisconnectIndication(transport::Reason, ByteSpan) override {
    connection->Detach(transport::Farewell::kAbortive);
    connection = nullptr;
  }

  // Answers each TSDU.
  void ReadAll() {
    std::vector<uint8_t> into(4096);
    while (connection->is_readable()) {
      if (connection->Read(absl::MakeSpan(into), false).end_of_message && answers) Write("yes");
    }
  }
  void Write(absl::string_view text) {
    const ByteSpan piece = OctetsOf(text);
    connection->Write({&piece, 1}, true);
  }

  transport::Connection* connection = nullptr;
  bool reads = true;
  bool answers = false;
};

class Doorman final : public transport::ListenerUser {
 public:
  Doorman(std::vector<transport::ConnectOptions::Option> options, bool accepts)
      : options_(std::move(options)), accepts_(accepts) {}
  bool OnConnectIndication(transport::Connection& request) override {
    for (const auto& option : options_) {
      request.SetOption(option.level, option.name, option.value);
    }
    end.connection = &request;
    request.SetUser(&end);
    if (accepts_) {
      request.Accept(OctetsOf("welcome"));
    } else {
      request.Refuse(OctetsOf("not today"));
    }
    return true;
  }
  End end;

 private:
  const std::vector<transport::ConnectOptions::Option> options_;
  const bool accepts_;
};

void Pause(absl::Duration span = absl::Milliseconds(500)) {
  sim::Thread& thread = *sim::Thread::Current();
  thread.Wait({}, thread.world().now() + span, false);
}

class Capture {
 public:
  Capture(bool extended, bool checksum)
      : options_{{osi::kTransportLevel, osi::kExtendedFormats, {extended, 0, 0, 0}},
                 {osi::kTransportLevel, osi::kUseOfChecksum, {checksum, 0, 0, 0}}},
        accepting_(options_, true),
        refusing_(options_, false) {}

  absl::Status Write(const std::string& path) {
    auto writer = sim::PcapWriter::Create(path);
    if (!writer.ok()) return writer.status();
    sim::Host* const a = *world_.network().AddHost("a");
    sim::Host* const r = *world_.network().AddRouter("r");
    sim::Host* const b = *world_.network().AddHost("b");
    for (sim::Host* host : {a, r, b}) {
      host->OnBoot([](sim::Boot& boot) { boot.slots().Get<osi::ClnpLayer>(); });
    }
    for (const char* host : {"a", "b"}) {
      if (absl::Status status = world_.network().AddLink(host, "r", {}); !status.ok()) {
        return status;
      }
    }
    world_.trace().AddListener(**writer, false);
    b->DeclareProcess("server", [&] { Serve(*b); });
    a->DeclareProcess("client", [&] { Call(*a); });
    const sim::RunResult result = world_.Run();
    if (!result.failure.empty()) return absl::InternalError(result.failure);
    return (*writer)->Finish();
  }

 private:
  void Serve(sim::Host& b) {
    transport::Transport& tp4 = osi::Tp4Registration().of_boot(*b.boot());
    const auto accepting =
        tp4.Listen({.local = osi::IsoAddresses().Wildcard(kAcceptingPort)}, accepting_);
    const auto refusing =
        tp4.Listen({.local = osi::IsoAddresses().Wildcard(kRefusingPort)}, refusing_);
    Pause(absl::Minutes(1));
  }

  void Connect(transport::Transport& tp4, uint16_t port, End& end) {
    end.connection = tp4.Connect({.local = osi::IsoAddresses().OfHost(kA, 6000),
                                  .remote = osi::IsoAddresses().OfHost(kB, port),
                                  .user_data = OctetsOf("hello"),
                                  .options = options_},
                                 end);
    Pause();
  }

  void Call(sim::Host& a) {
    transport::Transport& tp4 = osi::Tp4Registration().of_boot(*a.boot());
    End end;
    Connect(tp4, kAcceptingPort, end);
    Converse(end);
    End refused;
    Connect(tp4, kRefusingPort, refused);
    Connect(tp4, kPortOfNobody, refused);
    SendWhatIsWrong(a);
  }

  // DT, ED, AK and EA both ways.
  void Converse(End& end) {
    End& server = accepting_.end;
    server.answers = true;
    end.Write("is anybody there?");
    end.connection->WriteExpedited(OctetsOf("urgent"));
    Pause();
    // A window that closes and opens again: subsequences and confirmations.
    server.answers = false;
    server.reads = false;
    for (int i = 0; i < 100; ++i) end.Write("more than is read");
    Pause(absl::Seconds(15));
    server.reads = true;
    server.ReadAll();
    Pause(absl::Seconds(2));
    // The way to b has become narrow, so that the router segments.
    if (!world_.network().ChangeLink("b", "r", {.mtu = kMtuForSegments}).ok()) return;
    end.Write(std::string(1000, 'x'));
    Pause();
    end.connection->Disconnect(OctetsOf("goodbye"));
    Pause();
    end.connection->Detach(transport::Farewell::kAbortive);
  }

  void SendWhatIsWrong(sim::Host& a) {
    osi::ClnpLayer& network = a.boot()->slots().Get<osi::ClnpLayer>();
    // A CR whose additional options are empty (13.3.4 i).
    osi::CrTpdu cr;
    cr.source_reference = 77;
    cr.maximum_tpdu_size = 1024;
    std::vector<uint8_t> octets;
    cr.AppendTo(octets);
    octets[kFirstParameter] = kAdditionalOptionsCode;
    octets[kFirstParameter + 1] = 0;
    octets.erase(octets.begin() + kFirstParameter + 2);
    --octets[0];
    octets[octets.size() - 2] = octets[octets.size() - 1] = 0;
    osi::StoreChecksum(absl::MakeSpan(octets), octets.size() - 2);
    network.Send(osi::Nsap::kTransportSelector, osi::NsapOfHost(kB, osi::Nsap::kTransportSelector),
                 sim::Frame::Copy(octets));
    Pause();
    network.Send(osi::Nsap::kTransportSelector, osi::NsapOfHost(kB, kSelectorOfNobody),
                 sim::Frame::Copy(octets));
    Pause();
  }

  static constexpr size_t kFirstParameter = 7;
  static constexpr uint8_t kAdditionalOptionsCode = 0xC6;

  sim::ZeroSource decisions_;
  sim::World world_{decisions_};
  const std::vector<transport::ConnectOptions::Option> options_;
  Doorman accepting_;
  Doorman refusing_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: osi_pdu_capture FOLDER\n", stderr);
    return 2;
  }
  for (bool extended : {false, true}) {
    for (bool checksum : {true, false}) {
      const std::string name = absl::StrCat(extended ? "extended" : "normal", "-",
                                            checksum ? "checksum" : "none", ".pcap");
      const absl::Status status =
          Capture(extended, checksum).Write(absl::StrCat(argv[1], "/", name));
      if (!status.ok()) {
        std::fprintf(stderr, "%s\n", std::string(status.message()).c_str());
        return 1;
      }
    }
  }
  return 0;
}
