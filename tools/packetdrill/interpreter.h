// Carries out the events of a script, one after the other, on a thread of the simulated host.
#ifndef TOOLS_PACKETDRILL_INTERPRETER_H_
#define TOOLS_PACKETDRILL_INTERPRETER_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "providers/inet/tcp/tcp_transport.h"
#include "sim/host.h"
#include "sim/time.h"
#include "sim/waitable.h"
#include "tools/packetdrill/bsd_process.h"
#include "tools/packetdrill/config.h"
#include "tools/packetdrill/endpoints.h"
#include "tools/packetdrill/profile.h"
#include "tools/packetdrill/run.h"
#include "tools/packetdrill/script.h"
#include "tools/packetdrill/wire.h"

namespace wsim::packetdrill {

// What an interpreter works on. All of it outlives the interpreter.
struct Stage {
  sim::Host& host;
  sim::Nic& far;  // at the other end of its link
  inet::TcpTransport& tcp;
  Place place;
  Profile profile = Profile::kRfc;
  inet::IpAddress local_address;
  inet::IpAddress remote_address;
};

class Interpreter {
 public:
  // The result is written while the script runs: a world that ends before the script does leaves
  // there how far it came.
  Interpreter(const Script& script, const Config& config, const Stage& stage, Result& result);
  ~Interpreter();
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  // On a thread of the host. Returns when the script has been carried out or has failed; the host
  // is switched off.
  void Run();

 private:
  // A call that the script lets run beside it.
  struct BlockingCall {
    const Event* event = nullptr;
    sim::Time expected_end;
    absl::Duration tolerance;
    absl::Status status;
    sim::Time end;
    bool has_returned = false;
    sim::Waitable returned;
  };
  struct Window {
    sim::Time first;
    sim::Time last;
    sim::Time gives_up;
    bool is_any = false;
  };

  void Begin(const Event& event);
  absl::Status Carry(const Event& event);
  absl::Status CarryAtItsTime(const Event& event, sim::Time scheduled);
  absl::Status Inject(const PacketEvent& packet);
  absl::Status InjectIcmp(const PacketEvent& packet, Endpoint& endpoint);
  absl::Status Expect(const Event& event, const PacketEvent& packet);
  absl::Status Judge(const PacketEvent& expected, const SentPacket& sent, Endpoint& endpoint,
                     const Window& window);
  absl::Status JudgeTimestamps(const Endpoint& endpoint) const;
  std::optional<SentPacket> NextSent(Endpoint& endpoint, sim::Time deadline);
  void Assemble(const TcpSpec& expected, Endpoint& endpoint, sim::Time deadline, SentPacket& sent);
  Window WindowOf(const EventTime& time) const;
  absl::Duration ToleranceOf(sim::Time expected) const;
  absl::Status StartBlocking(const Event& event, const CallEvent& call);
  absl::Status AwaitBlocking();
  absl::Status Command(const std::string& command);
  absl::Status Code(const CodeEvent& code);
  void Conclude(const Event& event, const absl::Status& status);

  sim::Time TimeOf(const EventTime& time) const;
  void WaitUntil(sim::Time time);
  // Lets the host do what it has to do at this instant.
  void Settle();
  bool is_ending() const;

  const Script& script_;
  const Config& config_;
  const Stage stage_;
  Result& result_;
  Endpoints endpoints_;
  BsdProcess process_;
  Wire wire_;
  sim::Time begin_;
  sim::Time previous_;  // when the event before has ended, by the script's clock
  std::unique_ptr<BlockingCall> blocking_;
};

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_INTERPRETER_H_
