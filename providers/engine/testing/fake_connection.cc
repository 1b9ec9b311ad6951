#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "providers/engine/testing/fake_address.h"
#include "providers/engine/testing/fake_transport.h"
#include "sim/check.h"
#include "sim/host.h"

namespace engine {
namespace {

using transport::ByteSpan;

ByteSpan Octets(absl::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

absl::string_view Text(ByteSpan octets) {
  return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

}  // namespace

FakeConnection::FakeConnection(FakeTransport& transport, transport::Address local,
                               transport::Address remote)
    : transport_(transport),
      local_(std::move(local)),
      remote_(std::move(remote)),
      subject_(transport.boot_.world().NextSubject()),
      room_(transport.boot_.world().slots().Get<FakeSettings>().send_room) {}

const transport::Capabilities& FakeConnection::capabilities() const {
  return transport_.boot_.world().slots().Get<FakeSettings>().capabilities;
}

void FakeConnection::SetUser(transport::ConnectionUser* user) {
  user_ = user;
  was_given_ = true;
}

void FakeConnection::Confirms(absl::string_view accept_data) {
  is_open_ = true;
  if (user_ != nullptr) user_->OnConnected(Octets(accept_data));
}

void FakeConnection::ConfirmsIfAsked(absl::string_view accept_data) {
  if (!is_open_ && (!is_incoming_ || is_answered_)) Confirms(accept_data);
}

void FakeConnection::Sends(absl::string_view octets) { SendsPart(octets, true); }

void FakeConnection::SendsPart(absl::string_view octets, bool ends_message) {
  input_.Add(Octets(octets), capabilities().message_oriented && ends_message);
  if (user_ != nullptr) user_->OnReadable();
}

void FakeConnection::SendsExpedited(absl::string_view octets) {
  const ByteSpan unit = Octets(octets);
  expedited_.push_back({{unit.begin(), unit.end()}, readable_octets()});
  if (user_ != nullptr) user_->OnExpedited();
}

void FakeConnection::Releases(absl::string_view user_data) {
  peer_has_released_ = true;
  if (user_ != nullptr) user_->OnReadable();
  if (user_ != nullptr) user_->OnReleaseIndication(Octets(user_data));
}

void FakeConnection::ReleasesOnce(absl::string_view user_data) {
  if (is_open_ && !peer_has_released_ && !has_disconnected_) Releases(user_data);
}

void FakeConnection::Disconnects(transport::Cause cause, absl::string_view user_data) {
  input_.Clear();
  if (transport::ConnectionUser* user = std::exchange(user_, nullptr)) {
    user->OnDisconnectIndication({.cause = cause}, Octets(user_data));
  }
}

void FakeConnection::Acknowledges(size_t octets) {
  const bool was_drained = is_drained();
  room_ += octets;
  unacknowledged_ -= std::min(octets, unacknowledged_);
  expedited_is_under_way_ = false;
  if (user_ != nullptr) user_->OnWritable();
  if (user_ != nullptr && !was_drained && is_drained() && !capabilities().graceful_close) {
    user_->OnDrained();
  }
}

void FakeConnection::AcknowledgesAll() {
  Acknowledges(unacknowledged_);
  if (user_ != nullptr && has_released_) user_->OnReleased();
}

void FakeConnection::ConfirmsDisconnect() {
  if (user_ != nullptr) user_->OnReleased();
}

const transport::Capabilities* FakeConnection::agreed_capabilities() const {
  const auto& agreed = transport_.boot_.world().slots().Get<FakeSettings>().agreed;
  return agreed.has_value() ? &*agreed : nullptr;
}

void FakeConnection::Accept(ByteSpan accept_data) {
  is_answered_ = true;
  log_.push_back(absl::StrCat("accept(", Text(accept_data), ")"));
}

void FakeConnection::Refuse(ByteSpan user_data) {
  log_.push_back(absl::StrCat("refuse(", Text(user_data), ")"));
}

ByteSpan FakeConnection::connect_data() const { return Octets(connect_data_); }

size_t FakeConnection::Write(absl::Span<const ByteSpan> pieces, bool end_of_message) {
  CHECK(!has_released_ && !has_disconnected_);
  size_t taken = 0;
  bool is_complete = true;
  for (const ByteSpan piece : pieces) {
    const size_t step = std::min(piece.size(), room_);
    absl::StrAppend(&written_, Text(piece.first(step)));
    room_ -= step;
    taken += step;
    is_complete = is_complete && step == piece.size();
  }
  unacknowledged_ += taken;
  if (capabilities().message_oriented && end_of_message && is_complete) written_ += '|';
  return taken;
}

transport::ReadResult FakeConnection::Read(absl::Span<uint8_t> into, bool peek) {
  if (!input_.is_readable()) return {.end_of_data = peer_has_released_};
  const transport::ReadResult result = input_.Read(into, peek);
  if (peek) return result;
  for (Expedited& unit : expedited_) {
    unit.octets_before -= std::min(result.octets, unit.octets_before);
  }
  return result;
}

bool FakeConnection::is_readable() const { return input_.is_readable() || peer_has_released_; }

bool FakeConnection::has_whole_message() const {
  return capabilities().message_oriented ? input_.has_whole_message() : is_readable();
}

bool FakeConnection::WriteExpedited(ByteSpan octets) {
  CHECK(!octets.empty() && octets.size() <= capabilities().expedited_data_max);
  if (expedited_is_under_way_) return false;
  expedited_is_under_way_ = true;
  log_.push_back(absl::StrCat("expedited(", Text(octets), ")"));
  return true;
}

std::optional<FakeConnection::Expedited> FakeConnection::ReadExpedited(bool peek) {
  if (expedited_.empty()) return std::nullopt;
  Expedited unit = expedited_.front();
  if (!peek) expedited_.pop_front();
  return unit;
}

void FakeConnection::Release(ByteSpan user_data) {
  CHECK(capabilities().graceful_close && !has_released_);
  CHECK(user_data.size() <= (peer_has_released_ ? capabilities().disconnect_reply_data_max
                                                : capabilities().disconnect_data_max));
  has_released_ = true;
  log_.push_back(absl::StrCat("release(", Text(user_data), ")"));
}

void FakeConnection::Disconnect(ByteSpan user_data) {
  CHECK(!has_disconnected_);
  has_disconnected_ = true;
  log_.push_back(absl::StrCat("disconnect(", Text(user_data), ")"));
}

void FakeConnection::Detach(transport::Farewell farewell) {
  user_ = nullptr;
  log_.push_back(farewell == transport::Farewell::kGraceful ? "detach(graceful)"
                                                            : "detach(abortive)");
}

transport::OptionStatus FakeConnection::SetOption(int level, int name, ByteSpan value) {
  const transport::OptionStatus status = transport_.CheckOption(level, name, value);
  if (status == transport::OptionStatus::kDone) {
    std::memcpy(&number_option_, value.data(), sizeof number_option_);
  }
  return status;
}

transport::OptionStatus FakeConnection::GetOption(int level, int name,
                                                  std::vector<uint8_t>& value) const {
  const transport::OptionStatus status = transport_.DefaultOption(level, name, value);
  if (name == kFakeNumber && status == transport::OptionStatus::kDone) {
    std::memcpy(value.data(), &number_option_, sizeof number_option_);
  }
  return status;
}

}  // namespace engine
