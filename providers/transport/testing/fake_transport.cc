#include "providers/transport/testing/fake_transport.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "sim/check.h"

namespace transport {
namespace {

absl::string_view CauseName(Cause cause) {
  switch (cause) {
    case Cause::kPeerUser:
      return "PeerUser";
    case Cause::kRefusedByUser:
      return "RefusedByUser";
    case Cause::kNothingThere:
      return "NothingThere";
    case Cause::kCongestion:
      return "Congestion";
    case Cause::kNoAnswer:
      return "NoAnswer";
    case Cause::kPeerLost:
      return "PeerLost";
    case Cause::kNetworkUnreachable:
      return "NetworkUnreachable";
    case Cause::kHostUnreachable:
      return "HostUnreachable";
    case Cause::kQualityUnavailable:
      return "QualityUnavailable";
    case Cause::kNegotiationFailed:
      return "NegotiationFailed";
    case Cause::kProtocolError:
      return "ProtocolError";
    case Cause::kNoResources:
      return "NoResources";
  }
  return "";
}

std::string WithData(absl::string_view what, ByteSpan octets) {
  if (octets.empty()) return std::string(what);
  const absl::string_view text(reinterpret_cast<const char*>(octets.data()), octets.size());
  return absl::StrCat(what, ": ", text);
}

OptionStatus CheckFakeOption(int level, int name, ByteSpan value) {
  if (level != kFakeOptionLevel || name != kFakeOption) return OptionStatus::kUnknown;
  return value.empty() ? OptionStatus::kTooShort : OptionStatus::kDone;
}

}  // namespace

FakeConnection::FakeConnection(uint64_t subject, const Address& local, const Address& remote,
                               ByteSpan connect_data)
    : subject_(subject), local_(local), remote_(remote), connect_data_(Copy(connect_data)) {}

void FakeConnection::Confirm(ByteSpan accept_data) {
  if (user_ != nullptr) user_->OnConnected(accept_data);
}

void FakeConnection::Deliver(ByteSpan octets, bool ends_message) {
  unread_.Add(octets, ends_message);
  if (user_ != nullptr) user_->OnReadable();
}

void FakeConnection::MakeRoom(size_t octets) {
  room_ = octets;
  if (!wants_room_ || room_ == 0) return;
  wants_room_ = false;
  if (user_ != nullptr) user_->OnWritable();
}

void FakeConnection::Drain() {
  if (is_drained_) return;
  is_drained_ = true;
  if (user_ != nullptr) user_->OnDrained();
}

void FakeConnection::End(const Reason& reason, ByteSpan user_data) {
  unread_.Clear();
  ConnectionUser* user = user_;
  user_ = nullptr;
  if (user != nullptr) user->OnDisconnectIndication(reason, user_data);
}

size_t FakeConnection::Write(absl::Span<const ByteSpan> pieces, bool end_of_message) {
  CHECK(!farewell_.has_value() && !disconnected_.has_value()) << "written to after its end";
  size_t offered = 0;
  size_t taken = 0;
  if (written_.empty() || written_.back().is_whole) written_.emplace_back();
  Message& message = written_.back();
  for (const ByteSpan piece : pieces) {
    const size_t octets = std::min(piece.size(), room_ - taken);
    message.octets.insert(message.octets.end(), piece.begin(),
                          piece.begin() + static_cast<std::ptrdiff_t>(octets));
    offered += piece.size();
    taken += octets;
  }
  const bool is_full = taken < offered || (offered == 0 && room_ == 0);
  wants_room_ = wants_room_ || is_full;
  message.is_whole = end_of_message && !is_full;
  if (message.octets.empty() && !message.is_whole) written_.pop_back();
  if (room_ != kUnlimited) room_ -= taken;
  if (taken != 0) is_drained_ = false;
  return taken;
}

void FakeConnection::Detach(Farewell farewell) {
  CHECK(!farewell_.has_value()) << "detached twice";
  farewell_ = farewell;
  user_ = nullptr;
}

OptionStatus FakeConnection::SetOption(int level, int name, ByteSpan value) {
  const OptionStatus status = CheckFakeOption(level, name, value);
  if (status == OptionStatus::kDone) option_ = Copy(value);
  return status;
}

OptionStatus FakeConnection::GetOption(int level, int name, Octets& value) const {
  if (level != kFakeOptionLevel || name != kFakeOption) return OptionStatus::kUnknown;
  value = option_;
  return OptionStatus::kDone;
}

// Ends by destruction.
class FakeTransport::FakeListener final : public Listener {
 public:
  explicit FakeListener(FakeTransport& transport) : transport_(transport) {}
  ~FakeListener() override { transport_.listener_user_ = nullptr; }
  Address local_address() const override { return transport_.listening_at_; }

 private:
  FakeTransport& transport_;
};

FakeTransport::~FakeTransport() = default;

FakeConnection* FakeTransport::Indicate(const Address& local, const Address& remote,
                                        ByteSpan connect_data) {
  if (listener_user_ == nullptr || addresses_.Port(local) != addresses_.Port(listening_at_))
    return nullptr;
  connections_.push_back(
      std::make_unique<FakeConnection>(++last_subject_, local, remote, connect_data));
  FakeConnection& made = *connections_.back();
  return listener_user_->OnConnectIndication(made) ? &made : nullptr;
}

Connection* FakeTransport::Connect(const ConnectOptions& options, ConnectionUser& user) {
  if (!may_connect_) return nullptr;
  const Address local = addresses_.IsWildcard(options.local)
                            ? addresses_.WithPort(local_host_, addresses_.Port(options.local))
                            : options.local;
  connections_.push_back(
      std::make_unique<FakeConnection>(++last_subject_, local, options.remote, options.user_data));
  FakeConnection& made = *connections_.back();
  made.SetUser(&user);
  for (const auto& [level, name, value] : options.options) made.SetOption(level, name, value);
  return &made;
}

std::unique_ptr<Listener> FakeTransport::Listen(const ListenOptions& options, ListenerUser& user) {
  if (listener_user_ != nullptr) return nullptr;
  listening_at_ = options.local;
  listener_user_ = &user;
  return std::make_unique<FakeListener>(*this);
}

bool FakeTransport::IsLocal(const Address& local) const {
  return addresses_.IsWildcard(local) ||
         addresses_.HostPart(local) == addresses_.HostPart(local_host_);
}

OptionStatus FakeTransport::CheckOption(int level, int name, ByteSpan value) const {
  return CheckFakeOption(level, name, value);
}

OptionStatus FakeTransport::DefaultOption(int level, int name, std::vector<uint8_t>& value) const {
  value = {0};
  return CheckFakeOption(level, name, value);
}

void RecordingUser::OnConnected(ByteSpan accept_data) {
  heard_.push_back(WithData("connected", accept_data));
}

void RecordingUser::OnReleaseIndication(ByteSpan user_data) {
  heard_.push_back(WithData("release", user_data));
}

void RecordingUser::OnDisconnectIndication(Reason reason, ByteSpan user_data) {
  heard_.push_back(WithData(
      absl::StrCat("disconnected ", CauseName(reason.cause), " ", reason.code), user_data));
}

}  // namespace transport
