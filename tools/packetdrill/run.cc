#include "tools/packetdrill/run.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "providers/inet/socket_address.h"
#include "providers/inet/tcp/tcp_registration.h"
#include "sim/decision/seeded_source.h"
#include "sim/net/network.h"
#include "sim/world.h"
#include "tools/catalog/provider_catalog.h"
#include "tools/packetdrill/config.h"
#include "tools/packetdrill/interpreter.h"
#include "tools/packetdrill/parser.h"

namespace wsim::packetdrill {
namespace {

constexpr size_t kMaxSize = 1 << 20;  // octets of a script
constexpr uint64_t kSeed = 1;
constexpr uint64_t kMostEvents = 10'000'000;
constexpr absl::Duration kLongestRun = absl::Hours(48);  // virtual

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  const auto problem = [&path] {
    return absl::NotFoundError(
        absl::StrCat(path, ": ", std::strerror(errno), "; give the path of a readable script"));
  };
  const std::unique_ptr<std::FILE, FileCloser> file(std::fopen(path.c_str(), "rb"));
  if (file == nullptr) return problem();
  std::string text;
  char buffer[1 << 14];
  while (const size_t count = std::fread(buffer, 1, sizeof(buffer), file.get())) {
    text.append(buffer, count);
    if (text.size() > kMaxSize) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ": larger than ", kMaxSize, " octets; no script is"));
    }
  }
  if (std::ferror(file.get()) != 0) return problem();
  return text;
}

// A link that takes no time and holds what a script may send at once.
sim::LinkParameters LinkOf(const Config& config) {
  sim::LinkParameters link;
  link.latency = absl::ZeroDuration();
  link.bandwidth = 100'000'000'000'000;
  link.mtu = config.mtu;
  link.queue = 100'000;
  return link;
}

absl::Status Compose(sim::World& world, const Config& config,
                     const transport::Registration& entry) {
  if (absl::Status status = InstallProviders(world); !status.ok()) return status;
  for (const char* name : {"host", "peer"}) {
    if (absl::Status status = world.network().AddHost(name).status(); !status.ok()) return status;
  }
  if (absl::Status status = world.network().AddLink("host", "peer", LinkOf(config)); !status.ok()) {
    return status;
  }
  world.network().FindHost("host")->OnBoot([entry](sim::Boot& boot) { entry.of_boot(boot); });
  return absl::OkStatus();
}

// The interpreter stays in `interpreter` until the run is over: a call that blocks may still use it
// when the script has ended.
void Play(sim::World& world, const Script& script, const Config& config, Profile profile,
          Result& result, std::unique_ptr<Interpreter>& interpreter) {
  sim::Host& host = *world.network().FindHost("host");
  sim::Host& peer = *world.network().FindHost("peer");
  const transport::Registration entry =
      config.is_ipv6 ? inet::Tcp6Registration() : inet::TcpRegistration();
  const transport::AddressFormat& addresses = *entry.addresses;
  const auto address_of = [&addresses](const sim::Host& each) {
    return inet::ToEndpoint(addresses.OfHost(each.number(), 1)).address;
  };
  inet::TcpTransport& tcp =
      config.is_ipv6 ? inet::Tcp6OfBoot(*host.boot()) : inet::TcpOfBoot(*host.boot());
  const Stage stage{.host = host,
                    .far = *peer.nics().front(),
                    .tcp = tcp,
                    .place = {.addresses = &addresses,
                              .local_host = host.number(),
                              .remote_host = peer.number(),
                              .bind_port = config.bind_port,
                              .connect_port = config.connect_port,
                              .tcp = &tcp,
                              .accepted_is_as_listener = profile != Profile::kLinux},
                    .profile = profile,
                    .local_address = address_of(host),
                    .remote_address = address_of(peer)};
  interpreter = std::make_unique<Interpreter>(script, config, stage, result);
  interpreter->Run();
}

}  // namespace

absl::StatusOr<Result> RunText(absl::string_view text, absl::string_view name,
                               const RunOptions& options) {
  Definitions definitions = options.definitions;
  for (const auto& [known, value] : NamesOf(options.profile)) {
    definitions.try_emplace(known, value);
  }
  const absl::StatusOr<Script> script = Parse(text, name, definitions);
  if (!script.ok()) return script.status();
  const absl::StatusOr<Config> config = ReadConfig(*script, options.overrides);
  if (!config.ok()) return config.status();
  Result result;
  result.script = std::string(name);
  if (!config->unsupported.empty()) {
    result.verdict = Verdict::kUnsupported;
    result.what = config->unsupported;
    return result;
  }

  sim::SeededSource decisions(kSeed);
  sim::World world(decisions, {.max_events = kMostEvents, .max_time = kLongestRun}, options.stacks);
  world.slots().Get<inet::TcpWorldSettings>().settings = SettingsOf(options.profile);
  const transport::Registration entry =
      config->is_ipv6 ? inet::Tcp6Registration() : inet::TcpRegistration();
  if (absl::Status status = Compose(world, *config, entry); !status.ok()) return status;
  std::unique_ptr<Interpreter> interpreter;
  world.network().FindHost("host")->DeclareProcess(
      "script", [&] { Play(world, *script, *config, options.profile, result, interpreter); });
  const sim::RunResult run = world.Run();
  if (!run.failure.empty() && result.what.empty()) {
    result.verdict = Verdict::kFailed;
    result.what = run.failure;
  }
  return result;
}

absl::StatusOr<Result> RunFile(const std::string& path, const RunOptions& options) {
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok()) return text.status();
  return RunText(*text, path, options);
}

}  // namespace wsim::packetdrill
