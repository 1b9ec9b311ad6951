#include "tools/packetdrill/numbering.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "providers/inet/tcp/tcp_header.h"

namespace wsim::packetdrill {
namespace {

using Flag = inet::TcpHeader;

bool HasSyn(uint16_t flags) { return (flags & Flag::kSyn) != 0; }
bool HasAck(uint16_t flags) { return (flags & Flag::kAck) != 0; }

}  // namespace

void Numbering::OnInjectedSyn(const TcpSpec& spec) {
  if (!is_synchronized_) {
    remote_ = spec.seq;
  } else if (!HasAck(spec.flags)) {
    next_remote_ = spec.seq;
  }
}

absl::StatusOr<uint32_t> Numbering::EchoToWire(const TcpSpec& spec, uint32_t echo_reply) const {
  const auto sent = timestamps_.find(echo_reply);
  if (sent != timestamps_.end()) return sent->second;
  if (echo_reply == 0 || !HasAck(spec.flags)) return echo_reply;
  return absl::InvalidArgumentError(
      absl::StrCat("ecr ", echo_reply, " is no timestamp that was expected before"));
}

absl::StatusOr<Packet> Numbering::ToWire(const TcpSpec& spec) {
  const bool is_syn = HasSyn(spec.flags);
  if (is_syn) {
    OnInjectedSyn(spec);
  } else if (HasAck(spec.flags) && local_.has_value() && remote_.has_value()) {
    is_synchronized_ = true;
  }
  const uint32_t local = local_.value_or(0);
  Packet packet;
  packet.flags = spec.flags;
  packet.seq = is_syn || spec.absolute ? spec.seq : remote_.value_or(0) + spec.seq;
  if (spec.ack.has_value()) packet.ack = local + *spec.ack - (is_syn ? local_in_script_ : 0);
  packet.window = spec.window.value_or(0);
  packet.urgent_pointer = spec.urgent_pointer;
  packet.payload.assign(spec.payload, 0);
  packet.options = spec.options;
  for (OptionSpec& option : packet.options) {
    for (auto& [left, right] : option.sack) {
      left += local;
      right += local;
    }
    if (option.kind != OptionSpec::Kind::kTimestamps) continue;
    const absl::StatusOr<uint32_t> echo_reply = EchoToWire(spec, option.echo_reply);
    if (!echo_reply.ok()) return echo_reply.status();
    option.echo_reply = *echo_reply;
  }
  return packet;
}

void Numbering::OnSent(const Packet& packet) {
  if (HasSyn(packet.flags)) {
    const bool is_new = next_remote_.has_value() && HasAck(packet.flags) && local_ != packet.seq;
    if (is_new) remote_ = next_remote_;
    if (!local_.has_value() || is_new) local_ = packet.seq;
    if (is_new) next_remote_.reset();
  } else if (HasAck(packet.flags) && (packet.flags & Flag::kRst) == 0) {
    is_synchronized_ = true;
  }
}

Packet Numbering::ToScript(const Packet& sent, const TcpSpec& expected) {
  Packet packet = sent;
  const bool is_syn = HasSyn(sent.flags);
  if (is_syn && HasSyn(expected.flags) && !expected.any_seq && sent.seq == local_) {
    local_in_script_ = expected.seq;
  }
  const uint32_t local = local_.value_or(0);
  if (!expected.absolute) packet.seq -= is_syn ? local - local_in_script_ : local;
  if (HasAck(sent.flags) && !is_syn) packet.ack -= remote_.value_or(0);
  const OptionSpec* wanted = nullptr;
  for (const OptionSpec& option : expected.options) {
    if (option.kind == OptionSpec::Kind::kTimestamps) wanted = &option;
  }
  gap_.reset();
  for (OptionSpec& option : packet.options) {
    for (auto& [left, right] : option.sack) {
      left -= remote_.value_or(0);
      right -= remote_.value_or(0);
    }
    if (option.kind != OptionSpec::Kind::kTimestamps || wanted == nullptr) continue;
    timestamps_[wanted->value] = option.value;
    if (first_timestamp_.has_value()) {
      gap_ = TimestampGap{wanted->value - first_timestamp_->script,
                          option.value - first_timestamp_->wire};
    } else {
      first_timestamp_ = TimestampGap{wanted->value, option.value};
    }
    option.value = first_timestamp_->script + (option.value - first_timestamp_->wire);
  }
  return packet;
}

}  // namespace wsim::packetdrill
