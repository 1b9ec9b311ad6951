#include "providers/osi/session/session_script.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "sim/decision/zero_source.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/thread.h"

namespace osi {
namespace {

ByteSpan AsOctets(absl::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

std::string Hex(ByteSpan octets) {
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(octets.data()), octets.size()));
}

std::vector<uint8_t> WrittenSpdu(const Spdu& spdu) {
  std::vector<uint8_t> octets;
  AppendSpdu(spdu, octets);
  return octets;
}

}  // namespace

void SessionSteps::OnTraceEvent(const sim::TraceEvent& event) {
  if (event.kind == sim::TraceKind::kState) states_.emplace_back(event.name);
  if (event.kind == sim::TraceKind::kPduDropped) {
    drops_.push_back(absl::StrCat(event.name, ": ", event.text));
  }
}

void Tell(std::function<void(SessionScript&)> story) {
  TellWatched([&](SessionScript& script, SessionSteps&) { story(script); });
}

void TellWatched(std::function<void(SessionScript&, SessionSteps&)> story) {
  sim::ZeroSource decisions;
  sim::World world(decisions);
  SessionSteps steps;
  world.trace().AddListener(steps, /*wants_text=*/true);
  sim::Host* host = *world.network().AddHost("host");
  host->DeclareProcess("story", [&] {
    SessionScript script(world);
    story(script, steps);
  });
  EXPECT_EQ(world.Run().failure, "");
}

SessionScript::SessionScript(sim::World& world)
    : world_(world),
      lower_transport_(IsoAddresses(), IsoAddresses().OfHost(1, 0)),
      entity_(world, lower_transport_, IsoAddresses()) {}

void SessionScript::Chooses(int option, int value) {
  const auto* octets = reinterpret_cast<const uint8_t*>(&value);
  options_.push_back({kSessionProtocol, option, {octets, octets + sizeof(value)}});
}

void SessionScript::Chooses(int option, absl::string_view octets) {
  options_.push_back({kSessionProtocol, option, {octets.begin(), octets.end()}});
}

int SessionScript::Option(int option) {
  std::vector<uint8_t> value;
  EXPECT_EQ(connection_->GetOption(kSessionProtocol, option, value),
            transport::OptionStatus::kDone);
  int number = 0;
  std::memcpy(&number, value.data(), std::min(sizeof(number), value.size()));
  return number;
}

std::string SessionScript::OctetsOption(int option) {
  std::vector<uint8_t> value;
  EXPECT_EQ(connection_->GetOption(kSessionProtocol, option, value),
            transport::OptionStatus::kDone);
  return {value.begin(), value.end()};
}

void SessionScript::Connects(absl::string_view data) {
  connection_ =
      static_cast<SessionConnection*>(entity_.Connect({.local = IsoAddresses().Wildcard(kOurPort),
                                                       .remote = Theirs(kTheirPort),
                                                       .user_data = AsOctets(data),
                                                       .options = options_},
                                                      user_));
  if (connection_ != nullptr) lower_ = lower_transport_.connections().back().get();
  Settle();
}

void SessionScript::Listens(int room) {
  listener_ = entity_.Listen({.local = IsoAddresses().Wildcard(kOurPort)}, listener_user_);
  listener_room_ = room;
}

bool SessionScript::OneListener::OnConnectIndication(transport::Connection& connection) {
  if (script_.listener_room_ == 0) return false;
  --script_.listener_room_;
  for (const transport::ConnectOptions::Option& option : script_.options_) {
    connection.SetOption(option.level, option.name, option.value);
  }
  connection.SetUser(&script_.user_);
  script_.connection_ = static_cast<SessionConnection*>(&connection);
  return true;
}

void SessionScript::Accepts(absl::string_view data) {
  connection_->Accept(AsOctets(data));
  Settle();
}

void SessionScript::Refuses(absl::string_view data) {
  connection_->Refuse(AsOctets(data));
  Settle();
}

size_t SessionScript::Writes(absl::string_view data, bool ends_message) {
  const size_t taken = connection_->Write({AsOctets(data)}, ends_message);
  Settle();
  return taken;
}

void SessionScript::Releases(absl::string_view data) {
  connection_->Release(AsOctets(data));
  Settle();
}

void SessionScript::Aborts(absl::string_view data) {
  connection_->Disconnect(AsOctets(data));
  Settle();
}

void SessionScript::Leaves(transport::Farewell farewell) {
  connection_->Detach(farewell);
  connection_ = nullptr;  // it may be gone at any time
  Settle();
}

std::string SessionScript::Reads() {
  std::string all;
  while (connection_->is_readable()) {
    std::array<uint8_t, 4096> octets;
    const transport::ReadResult read = connection_->Read(absl::MakeSpan(octets), false);
    all.append(octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(read.octets));
    if (read.end_of_message) all += '|';
    if (read.end_of_data) return all + '$';
    Settle();
  }
  return all;
}

void SessionScript::TransportConnects() {
  lower_->Confirm();
  Settle();
}

void SessionScript::TransportIndicates() {
  lower_ = lower_transport_.Indicate(Ours(kSessionEntityPort), Theirs(kSessionEntityPort));
  Settle();
}

void SessionScript::TransportDisconnects(transport::Cause cause) {
  lower_->End({cause, 128, "disconnected"});
  Settle();
}

void SessionScript::Receives(const Spdu& spdu) { ReceivesOctets(WrittenSpdu(spdu)); }

void SessionScript::ReceivesOctets(ByteSpan tsdu, bool is_whole) {
  lower_->Deliver(tsdu, is_whole);
  Settle();
}

void SessionScript::EstablishAsInitiator(SessionVersions version) {
  Connects();
  TransportConnects();
  AcSpdu ac = Ac();
  ac.item.versions = version;
  Receives(ac);
  Forget();
}

void SessionScript::EstablishAsAcceptor(SessionVersions version) {
  Listens();
  TransportIndicates();
  CnSpdu cn = Cn();
  cn.item.versions = version;
  Receives(cn);
  Accepts();
  Forget();
}

void SessionScript::Forget() {
  lower_->written().clear();
  user_.heard().clear();
}

void SessionScript::Sends(const Spdu& spdu, int line) { SendsOctets(WrittenSpdu(spdu), line); }

void SessionScript::SendsOctets(ByteSpan tsdu, int line) {
  const testing::ScopedTrace trace(__FILE__, line, "Sends");
  if (lower_->written().empty()) {
    ADD_FAILURE() << "nothing was sent";
    return;
  }
  EXPECT_EQ(Hex(lower_->written().front().octets), Hex(tsdu));
  EXPECT_TRUE(lower_->written().front().is_whole);
  lower_->written().pop_front();
}

void SessionScript::SendsNothing(int line) {
  const testing::ScopedTrace trace(__FILE__, line, "SendsNothing");
  EXPECT_TRUE(lower_->written().empty());
}

void SessionScript::DisconnectsTransport(int line) {
  const testing::ScopedTrace trace(__FILE__, line, "DisconnectsTransport");
  EXPECT_TRUE(lower_->disconnected_with().has_value());
  EXPECT_TRUE(lower_->farewell().has_value());
}

void SessionScript::KeepsTransport(int line) {
  const testing::ScopedTrace trace(__FILE__, line, "KeepsTransport");
  EXPECT_FALSE(lower_->disconnected_with().has_value());
  EXPECT_FALSE(lower_->farewell().has_value());
}

void SessionScript::Hears(absl::string_view what, int line) {
  const testing::ScopedTrace trace(__FILE__, line, "Hears");
  if (user_.heard().empty()) {
    ADD_FAILURE() << "nothing was told, not " << what;
    return;
  }
  EXPECT_EQ(user_.heard().front(), what);
  user_.heard().pop_front();
}

void SessionScript::HearsNothing(int line) {
  const testing::ScopedTrace trace(__FILE__, line, "HearsNothing");
  EXPECT_TRUE(user_.heard().empty()) << user_.heard().front();
}

void SessionScript::IsIn(SessionState state, int line) {
  const testing::ScopedTrace trace(__FILE__, line, "IsIn");
  EXPECT_EQ(SessionStateName(connection_->state()), SessionStateName(state));
}

void SessionScript::IsGone(int line) {
  const testing::ScopedTrace trace(__FILE__, line, "IsGone");
  EXPECT_EQ(entity_.connection_count(), 0u);
}

void SessionScript::Passes(absl::Duration time) {
  sim::Thread::Current()->Wait({}, world_.now() + time, /*alertable=*/false);
}

CnSpdu SessionScript::Cn() {
  CnSpdu cn{.requirements = kDuplexUnit,
            .calling_selector = {kTheirPort >> 8, kTheirPort & 0xFF},
            .called_selector = {kOurPort >> 8, kOurPort & 0xFF}};
  cn.item.versions = kSessionVersion1 | kSessionVersion2;
  return cn;
}

AcSpdu SessionScript::Ac() {
  AcSpdu ac{.requirements = kDuplexUnit};
  ac.item.versions = kSessionVersion2;
  return ac;
}

AbSpdu SessionScript::UserAbort(absl::string_view data) {
  AbSpdu ab{.user_data = Text(data)};
  ab.transport_disconnect.user_abort = true;
  return ab;
}

DtSpdu SessionScript::Dt(absl::string_view data) { return {.user_information = AsOctets(data)}; }

AbSpdu SessionScript::ProtocolError(const Spdu& offending) {
  return AbSpdu::ForProtocolError(WrittenSpdu(offending));
}

}  // namespace osi
