// Sends that can wait.
#ifndef PROVIDERS_ENGINE_SEND_OPERATION_H_
#define PROVIDERS_ENGINE_SEND_OPERATION_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "providers/engine/buffers.h"
#include "providers/engine/operation.h"
#include "providers/transport/transport.h"

namespace engine {

// Completes when the transport has taken everything. The socket ends it before the connection goes.
class SendOperation final : public Operation {
 public:
  SendOperation(transport::Connection& connection, Buffers octets, bool ends_message)
      : connection_(connection), octets_(std::move(octets)), ends_message_(ends_message) {}

  bool Attempt() override {
    if (octets_.left() > 0) {
      octets_.Advance(connection_.Write(octets_.pieces(), ends_message_));
      if (octets_.left() > 0) return false;
    } else if (ends_message_) {  // An empty message, or the empty end of one sent in parts.
      if (connection_.writable_octets() == 0) return false;
      connection_.Write({}, /*end_of_message=*/true);
    }
    Complete({.count = octets_.total()});
    return true;
  }

  // What was taken so far, and what was not.
  size_t taken() const { return octets_.done(); }
  const Buffers& octets() const { return octets_; }

 private:
  transport::Connection& connection_;
  Buffers octets_;
  const bool ends_message_;
};

// Completes when the transport has taken the unit.
class SendExpeditedOperation final : public Operation {
 public:
  SendExpeditedOperation(transport::Connection& connection, ByteSpan unit)
      : connection_(connection), unit_(unit) {}

  bool Attempt() override {
    if (!connection_.WriteExpedited(unit_)) return false;
    Complete({.count = unit_.size()});
    return true;
  }

 private:
  transport::Connection& connection_;
  const ByteSpan unit_;
};

// The rest of a message of which the transport has taken the beginning, for a caller who could not
// wait: Windows takes a nonblocking send whole while anything is free, and a message cannot be
// taken in part.
class HeldMessage {
 public:
  HeldMessage(transport::Connection& connection, const Buffers& octets, bool ends_message)
      : octets_(Join(octets)),
        buffer_{static_cast<u_long>(octets_.size()), reinterpret_cast<char*>(octets_.data())},
        operation_(connection, Buffers(&buffer_, 1), ends_message) {}
  HeldMessage(const HeldMessage&) = delete;
  HeldMessage& operator=(const HeldMessage&) = delete;

  SendOperation& operation() { return operation_; }

 private:
  static std::vector<uint8_t> Join(const Buffers& octets) {
    std::vector<uint8_t> joined;
    for (const ByteSpan piece : octets.pieces()) {
      joined.insert(joined.end(), piece.begin(), piece.end());
    }
    return joined;
  }

  std::vector<uint8_t> octets_;
  const WSABUF buffer_;
  SendOperation operation_;
};

}  // namespace engine

#endif  // PROVIDERS_ENGINE_SEND_OPERATION_H_
