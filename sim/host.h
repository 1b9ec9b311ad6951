// A simulated host, and what it is from one start to the next crash: a boot.
#ifndef SIM_HOST_H_
#define SIM_HOST_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "sim/process.h"
#include "sim/slots.h"

namespace sim {

class Host;
class Nic;
class World;

// Everything that a host forgets when it crashes: its processes, and in its slots the state of
// every protocol (connections, timers, sockets). A crash discards the boot as a whole, once its
// threads have ended.
class Boot {
 public:
  ~Boot();
  Boot(const Boot&) = delete;
  Boot& operator=(const Boot&) = delete;

  Host& host() const { return host_; }
  World& world() const;
  // 1 for a host's first boot.
  uint32_t number() const { return number_; }
  const std::vector<std::unique_ptr<Process>>& processes() const { return processes_; }

  // A process whose first thread runs `main`. In a boot or run that is ending: one that has ended
  // already.
  Process& StartProcess(absl::string_view name, std::function<void()> main);

  Slots<Boot>& slots() { return slots_; }

 private:
  friend class Host;
  friend class Scheduler;

  Boot(Host& host, uint32_t number);
  bool HasEnded() const;

  Host& host_;
  const uint32_t number_;
  // The processes, destroyed first, may refer to the protocols' state in the slots.
  Slots<Boot> slots_;
  std::vector<std::unique_ptr<Process>> processes_;
};

class Host {
 public:
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  World& world() const { return world_; }
  // From 1, in the order in which the topology names hosts.
  uint32_t number() const { return number_; }
  absl::string_view name() const { return name_; }
  // A router forwards what is not for itself; it runs no processes.
  bool is_router() const { return is_router_; }

  // Declares a process that starts with the host, at time 0 and again at every restart. At time 0
  // the processes of all hosts start in the order of declaration, at a restart those of this host.
  void DeclareProcess(absl::string_view name, std::function<void()> main);

  // The running boot; null while the host is down.
  Boot* boot() const { return boot_.get(); }
  bool is_up() const { return boot_ != nullptr && !is_crashing_; }

  // All threads end and the boot is discarded once they have; from now on nothing leaves or reaches
  // the host. A restart that was to follow an earlier crash does not. False, and without effect: it
  // is down already.
  bool Crash();
  // A new boot with the declared processes. A host that is up crashes first. While a crash is being
  // carried out: as soon as it has been. No effect before the run, or when the run is ending.
  void Restart();

  // The hardware, which outlives every boot. The loopback interface is not among them.
  const std::vector<std::unique_ptr<Nic>>& nics() const { return nics_; }
  // Gives back every frame sent, at the same instant, to this host itself. No link, no capture.
  Nic& loopback() const { return *loopback_; }

  // Called by protocols that must exist from the start of every boot (a router's forwarding, a
  // capture of unknown frames): runs at the start of each boot, in the order given.
  void OnBoot(std::function<void(Boot&)> callback);

 private:
  friend class Network;
  friend class Scheduler;
  friend class World;

  Host(World& world, uint32_t number, absl::string_view name, bool is_router);
  void Start();
  void StartDeclared(size_t index);
  void StartAgain();
  void FinishCrash();

  struct Declaration {
    std::string name;
    std::function<void()> main;
  };

  World& world_;
  const uint32_t number_;
  const std::string name_;
  const bool is_router_;
  bool is_crashing_ = false;
  bool restarts_after_crash_ = false;
  uint32_t boots_ = 0;
  TraceId restart_cause_ = 0;
  std::vector<Declaration> declarations_;
  std::vector<std::function<void(Boot&)>> boot_callbacks_;
  std::vector<std::unique_ptr<Nic>> nics_;
  std::unique_ptr<Nic> loopback_;
  std::unique_ptr<Boot> boot_;
};

}  // namespace sim

#endif  // SIM_HOST_H_
