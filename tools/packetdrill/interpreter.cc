#include "tools/packetdrill/interpreter.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sim/process.h"
#include "sim/thread.h"
#include "sim/world.h"
#include "stack/winsock2.h"
#include "tools/packetdrill/assertions.h"
#include "tools/packetdrill/commands.h"
#include "tools/packetdrill/value.h"

namespace wsim::packetdrill {
namespace {

constexpr absl::Duration kSettling = absl::Microseconds(1);
constexpr absl::Duration kPatience = absl::Seconds(2);     // for a packet or call beyond its time
constexpr absl::Duration kLongPatience = absl::Hours(24);  // for one that may come at any time

std::string Milliseconds(absl::Duration span) {
  const int64_t microseconds = absl::ToInt64Microseconds(span);
  return absl::StrCat(microseconds / 1000, ".", absl::Dec(microseconds % 1000, absl::kZeroPad3),
                      " ms");
}

}  // namespace

Interpreter::Interpreter(const Script& script, const Config& config, const Stage& stage,
                         Result& result)
    : script_(script),
      config_(config),
      stage_(stage),
      result_(result),
      endpoints_(stage.place.bind_port, stage.place.connect_port),
      process_(stage.place, endpoints_),
      wire_(stage.far, *stage.host.nics().front(), endpoints_) {}

Interpreter::~Interpreter() = default;

bool Interpreter::is_ending() const { return sim::Thread::Current()->is_ending(); }

void Interpreter::WaitUntil(sim::Time time) {
  sim::Thread* thread = sim::Thread::Current();
  if (thread->world().now() < time) thread->Wait({}, time, false);
}

void Interpreter::Settle() { WaitUntil(stage_.host.world().now() + kSettling); }

sim::Time Interpreter::TimeOf(const EventTime& time) const {
  return (time.is_relative() ? previous_ : begin_) + time.begin;
}

void Interpreter::Run() {
  winsock::WSADATA data;
  if (winsock::WSAStartup(winsock::WINSOCK_VERSION, &data) != 0) return;
  begin_ = previous_ = stage_.host.world().now();
  Event init;
  init.line = script_.init_line;
  absl::Status status = script_.init.has_value() ? Command(script_.init->command) : absl::Status();
  if (!status.ok()) Conclude(init, status);
  for (const Event& event : script_.events) {
    if (!status.ok() || is_ending()) break;
    Begin(event);
    status = Carry(event);
    if (status.ok() && !wire_.fault().empty()) {
      status = absl::FailedPreconditionError(wire_.fault());
    }
    if (!status.ok()) Conclude(event, status);
  }
  if (status.ok() && blocking_ != nullptr && !is_ending()) {
    const Event& event = *blocking_->event;
    status = AwaitBlocking();
    if (!status.ok()) Conclude(event, status);
  }
  if (is_ending()) return;
  result_.line = status.ok() ? 0 : result_.line;
  // What the host would still do concerns nobody.
  stage_.host.Crash();
}

void Interpreter::Begin(const Event& event) { result_.line = event.line; }

void Interpreter::Conclude(const Event& event, const absl::Status& status) {
  if (is_ending()) return;
  result_.line = event.line;
  result_.what = std::string(status.message());
  result_.verdict = absl::IsUnimplemented(status) ? Verdict::kUnsupported : Verdict::kFailed;
}

absl::Status Interpreter::Carry(const Event& event) {
  const auto* packet = std::get_if<PacketEvent>(&event.action);
  if (packet != nullptr && !packet->unsupported.empty()) return Unsupported(packet->unsupported);
  if (packet != nullptr && !packet->is_inbound) {
    const absl::Status status = Expect(event, *packet);
    if (absl::IsFailedPrecondition(status) && !config_.packets_are_fatal) return absl::OkStatus();
    return status;
  }
  const sim::Time scheduled = TimeOf(event.time);
  const absl::Duration tolerance = ToleranceOf(scheduled);
  WaitUntil(scheduled);
  if (const absl::Duration late = stage_.host.world().now() - scheduled; late > tolerance) {
    return absl::FailedPreconditionError(absl::StrCat("begins ", Milliseconds(late),
                                                      " after its time: what stands before took "
                                                      "longer"));
  }
  const absl::Status status = CarryAtItsTime(event, scheduled);
  const bool is_call = std::holds_alternative<CallEvent>(event.action);
  if (is_call && !config_.calls_are_fatal && !is_ending()) return absl::OkStatus();
  return status;
}

absl::Status Interpreter::CarryAtItsTime(const Event& event, sim::Time scheduled) {
  sim::World& world = stage_.host.world();
  absl::Status status;
  if (const auto* packet = std::get_if<PacketEvent>(&event.action)) {
    status = Inject(*packet);
    previous_ = scheduled;
  } else if (const auto* call = std::get_if<CallEvent>(&event.action)) {
    if (blocking_ != nullptr) status = AwaitBlocking();
    if (!status.ok()) return status;
    const sim::Time start = world.now();
    if (event.time.blocking_end.has_value()) {
      status = StartBlocking(event, *call);
    } else {
      status = process_.Call(*call);
    }
    previous_ = scheduled + (world.now() - start);
  } else if (const auto* command = std::get_if<CommandEvent>(&event.action)) {
    status = Command(command->command);
    previous_ = scheduled;
  } else {
    status = Code(std::get<CodeEvent>(event.action));
    previous_ = scheduled;
  }
  if (!is_ending()) Settle();
  return status;
}

absl::Status Interpreter::Command(const std::string& command) {
  return RunCommand(command, {.tcp = stage_.tcp, .process = process_});
}

absl::Status Interpreter::Code(const CodeEvent& code) {
  const Endpoint* endpoint = endpoints_.ForScriptPacket(false, std::nullopt);
  const inet::TcpConnection* under_test = nullptr;
  stage_.tcp.ForEachConnection([&](const inet::TcpConnection& connection) {
    const inet::FourTuple& tuple = connection.tuple();
    const bool is_it = endpoint != nullptr && tuple.local.port == endpoint->local_port &&
                       tuple.remote.port == endpoint->remote_port;
    if (is_it) under_test = &connection;
  });
  return CheckAssertions(
      code.code, under_test,
      stage_.profile == Profile::kFreebsd ? WindowUnit::kOctets : WindowUnit::kSegments);
}

absl::Status Interpreter::StartBlocking(const Event& event, const CallEvent& call) {
  sim::World& world = stage_.host.world();
  const sim::Time base = event.time.is_relative() ? previous_ : begin_;
  blocking_ = std::make_unique<BlockingCall>();
  blocking_->event = &event;
  blocking_->expected_end = base + *event.time.blocking_end;
  blocking_->tolerance = ToleranceOf(blocking_->expected_end);
  BlockingCall* running = blocking_.get();
  sim::Thread::Current()->process().StartThread([this, running, &world, &call] {
    running->status = process_.Call(call);
    if (is_ending()) return;
    running->end = world.now();
    running->has_returned = true;
    running->returned.Set();
  });
  return absl::OkStatus();
}

absl::Status Interpreter::AwaitBlocking() {
  BlockingCall& call = *blocking_;
  if (!call.has_returned) {
    sim::Thread::Current()->Wait(call.returned, call.expected_end + call.tolerance + kPatience);
  }
  const std::string which = absl::StrCat("the call of line ", call.event->line, " ");
  if (!call.has_returned) {
    return absl::FailedPreconditionError(absl::StrCat(which, "has not returned"));
  }
  const std::unique_ptr<BlockingCall> done = std::move(blocking_);
  if (!call.status.ok()) {
    return absl::Status(call.status.code(), absl::StrCat(which, ": ", call.status.message()));
  }
  const absl::Duration early = call.expected_end - call.end;
  if (early <= call.tolerance && -early <= call.tolerance) return absl::OkStatus();
  const bool is_early = early > absl::ZeroDuration();
  return absl::FailedPreconditionError(absl::StrCat(which, "returned ",
                                                    Milliseconds(is_early ? early : -early),
                                                    is_early ? " too early" : " too late"));
}

// --- Packets

absl::Duration Interpreter::ToleranceOf(sim::Time expected) const {
  const absl::Duration gap = expected < previous_ ? absl::ZeroDuration() : expected - previous_;
  return std::max(config_.tolerance, gap * config_.tolerance_permille / 1000);
}

absl::Status Interpreter::Inject(const PacketEvent& event) {
  Endpoint* endpoint = endpoints_.ForScriptPacket(true, event.ports);
  if (endpoint == nullptr) return absl::FailedPreconditionError("there is no socket yet");
  if (std::holds_alternative<IcmpSpec>(event.body)) return InjectIcmp(event, *endpoint);
  absl::StatusOr<Packet> packet = endpoint->numbering.ToWire(std::get<TcpSpec>(event.body));
  if (!packet.ok()) return absl::FailedPreconditionError(packet.status().message());
  packet->source = {stage_.remote_address, endpoint->remote_port};
  packet->destination = {stage_.local_address, endpoint->local_port};
  if (event.network.traffic_class.has_value()) {
    packet->traffic_class = *event.network.traffic_class;
  }
  packet->hop_limit = event.network.hop_limit.value_or(packet->hop_limit);
  packet->flow_label = event.network.flow_label.value_or(0);
  switch (event.network.ecn) {
    case EcnSpec::kUnsaid:
    case EcnSpec::kNotCapable:
      break;
    case EcnSpec::kEct1:
      packet->traffic_class |= 1;
      break;
    case EcnSpec::kEct0:
    case EcnSpec::kEitherEct:
      packet->traffic_class |= 2;
      break;
    case EcnSpec::kCe:
      packet->traffic_class |= 3;
      break;
  }
  const absl::StatusOr<std::vector<uint8_t>> octets = packet->ToOctets();
  if (!octets.ok()) return absl::FailedPreconditionError(octets.status().message());
  wire_.Inject(*octets);
  return absl::OkStatus();
}

// What is quoted is a segment that the host may have sent on the connection.
absl::Status Interpreter::InjectIcmp(const PacketEvent& event, Endpoint& endpoint) {
  const auto& icmp = std::get<IcmpSpec>(event.body);
  if (!icmp.quotes_tcp) return Unsupported("ICMP that quotes no segment");
  Packet quoted;
  quoted.source = {stage_.local_address, endpoint.local_port};
  quoted.destination = {stage_.remote_address, endpoint.remote_port};
  quoted.flags = inet::TcpHeader::kAck;
  quoted.seq = endpoint.numbering.QuotedToWire(icmp.seq);
  quoted.payload.assign(icmp.payload, 0);
  const absl::StatusOr<std::vector<uint8_t>> packet = quoted.ToOctets();
  if (!packet.ok()) return absl::FailedPreconditionError(packet.status().message());
  const absl::StatusOr<std::vector<uint8_t>> octets =
      IcmpToOctets(icmp, stage_.remote_address, stage_.local_address, *packet);
  if (!octets.ok()) return octets.status();
  wire_.Inject(*octets);
  return absl::OkStatus();
}

Interpreter::Window Interpreter::WindowOf(const EventTime& time) const {
  Window window;
  if (time.kind == EventTime::Kind::kAny) {
    window.is_any = true;
    window.gives_up = stage_.host.world().now() + kLongPatience;
    return window;
  }
  window.first = TimeOf(time);
  window.last =
      time.is_range() ? (time.is_relative() ? previous_ : begin_) + time.end : window.first;
  window.gives_up = std::max(window.last, stage_.host.world().now()) + kPatience;
  return window;
}

std::optional<SentPacket> Interpreter::NextSent(Endpoint& endpoint, sim::Time deadline) {
  while (endpoint.sent.empty()) {
    wire_.arrived().Reset();
    const sim::WaitResult end = sim::Thread::Current()->Wait(wire_.arrived(), deadline);
    if (end.end != sim::WaitEnd::kSignaled) break;
  }
  if (endpoint.sent.empty()) return std::nullopt;
  SentPacket sent = std::move(endpoint.sent.front());
  endpoint.sent.pop_front();
  return sent;
}

// A segment that a system with segmentation offload hands down whole may come in several.
void Interpreter::Assemble(const TcpSpec& expected, Endpoint& endpoint, sim::Time deadline,
                           SentPacket& sent) {
  const size_t piece = sent.packet.payload.size();
  if (config_.strict_segments || piece == 0) return;
  size_t last = piece;
  while (sent.packet.payload.size() < expected.payload && last == piece) {
    std::optional<SentPacket> next = NextSent(endpoint, deadline);
    if (!next.has_value()) return;
    Packet& whole = sent.packet;
    last = next->packet.payload.size();
    const bool is_next =
        next->packet.seq == whole.seq + static_cast<uint32_t>(whole.payload.size()) && last > 0 &&
        last <= piece && whole.payload.size() + last <= expected.payload;
    if (!is_next) {
      endpoint.sent.push_front(*std::move(next));
      return;
    }
    const uint16_t first_flags = whole.flags;
    whole.payload.insert(whole.payload.end(), next->packet.payload.begin(),
                         next->packet.payload.end());
    whole.flags = static_cast<uint16_t>((next->packet.flags & ~inet::TcpHeader::kCwr) |
                                        (first_flags & inet::TcpHeader::kCwr));
    // Linux has PSH in whatever it hands down whole (since 5.4; before, as others have it).
    if (stage_.profile == Profile::kLinux) {
      whole.flags = static_cast<uint16_t>((whole.flags & ~inet::TcpHeader::kPsh) |
                                          (expected.flags & inet::TcpHeader::kPsh));
    }
    whole.ack = next->packet.ack;
    whole.window = next->packet.window;
  }
}

absl::Status Interpreter::Expect(const Event& event, const PacketEvent& packet) {
  if (std::holds_alternative<IcmpSpec>(packet.body)) return Unsupported("expected ICMP messages");
  Endpoint* endpoint = endpoints_.ForScriptPacket(false, packet.ports);
  if (endpoint == nullptr) return absl::FailedPreconditionError("there is no socket yet");
  const Window window = WindowOf(event.time);
  std::optional<SentPacket> sent = NextSent(*endpoint, window.gives_up);
  if (!sent.has_value()) {
    result_.expected = packet.text;
    return absl::FailedPreconditionError("nothing was sent");
  }
  Assemble(std::get<TcpSpec>(packet.body), *endpoint, sent->time + ToleranceOf(sent->time), *sent);
  const absl::Status status = Judge(packet, *sent, *endpoint, window);
  previous_ = std::max(previous_, sent->time);
  return status;
}

absl::Status Interpreter::Judge(const PacketEvent& expected, const SentPacket& sent,
                                Endpoint& endpoint, const Window& window) {
  const Packet packet = endpoint.numbering.ToScript(sent.packet, std::get<TcpSpec>(expected.body));
  std::vector<Difference> differences = Compare(expected, packet);
  if (!window.is_any) {
    const absl::Duration tolerance = ToleranceOf(window.last);
    const auto script_time = [this](sim::Time time) { return Milliseconds(time - begin_); };
    const std::string wanted =
        window.first == window.last
            ? script_time(window.first)
            : absl::StrCat(script_time(window.first), " to ", script_time(window.last));
    if (window.first - sent.time > tolerance || sent.time - window.last > tolerance) {
      differences.push_back(
          {"time", absl::StrCat(wanted, " +- ", Milliseconds(tolerance)), script_time(sent.time)});
    }
  }
  if (differences.empty()) return JudgeTimestamps(endpoint);
  result_.expected = expected.text;
  result_.sent = absl::StrCat("> ", ToString(packet));
  const std::string what = ToString(differences);
  result_.differences = std::move(differences);
  return absl::FailedPreconditionError(what);
}

absl::Status Interpreter::JudgeTimestamps(const Endpoint& endpoint) const {
  const auto gap = endpoint.numbering.timestamp_gap();
  if (config_.timestamp_tick == absl::ZeroDuration() || !gap.has_value()) return absl::OkStatus();
  const int64_t ticks = static_cast<int32_t>(gap->wire - gap->script);
  const absl::Duration deviation = config_.timestamp_tick * (ticks < 0 ? -ticks : ticks);
  if (deviation <= config_.tolerance) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("TS val: expected ", gap->script, " after the first, sent ", gap->wire));
}

}  // namespace wsim::packetdrill
