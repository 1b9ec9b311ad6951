// Two users of class 4 who hold a conversation of which each TSDU is known beforehand, and a link
// that does its worst meanwhile. For tests only.
#ifndef PROVIDERS_OSI_TP4_TP4_CONVERSATION_H_
#define PROVIDERS_OSI_TP4_TP4_CONVERSATION_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "providers/osi/iso_address.h"
#include "providers/osi/tp4/tp4.h"
#include "providers/transport/transport.h"
#include "sim/net/network.h"

namespace osi {

using transport::ByteSpan;
using transport::Farewell;

// TSDU number `n` of a conversation: whose and which it is, then as many octets as some length asks
// for.
inline std::string Tsdu(absl::string_view whose, size_t n) {
  std::string text = absl::StrCat(whose, " tsdu ", n, ":");
  const size_t length = n * n * 37 % 5000;
  for (size_t i = 0; i < length; ++i) text.push_back(static_cast<char>('a' + (n + i) % 26));
  return text;
}
inline std::string Urgent(size_t n) { return absl::StrCat("urgent ", n); }

inline constexpr char kGoodbye[] = "the total is 30";

class End : public transport::ConnectionUser {
 public:
  void OnConnected(ByteSpan data) override {
    connected = true;
    accept_data.assign(data.begin(), data.end());
  }
  void OnReadable() override {}
  void OnWritable() override {}
  void OnExpedited() override {}
  void OnReleaseIndication(ByteSpan) override { ADD_FAILURE() << "class 4 has no release"; }
  void OnReleased() override { released = true; }
  void OnDisconnectIndication(transport::Reason reason, ByteSpan data) override {
    ended = true;
    cause = reason.cause;
    goodbye.assign(data.begin(), data.end());
    connection->Detach(Farewell::kAbortive);
    connection = nullptr;
  }

  transport::Connection* connection = nullptr;
  bool connected = false;
  bool released = false;
  bool ended = false;
  transport::Cause cause = transport::Cause::kPeerUser;
  std::string accept_data;
  std::string goodbye;
};

// Writes TSDUs, every fifth of them announced by expedited data, and says goodbye when all is
// acknowledged.
class Client final : public End {
 public:
  explicit Client(size_t tsdus) : tsdus_(tsdus) {}
  void OnConnected(ByteSpan data) override {
    End::OnConnected(data);
    Go();
  }
  void OnWritable() override { Go(); }
  void OnDisconnectIndication(transport::Reason reason, ByteSpan data) override {
    End::OnDisconnectIndication(reason, data);
    on_end();
  }
  void OnDrained() override {
    if (next_ != tsdus_) return Go();
    connection->Disconnect({reinterpret_cast<const uint8_t*>(kGoodbye), sizeof(kGoodbye) - 1});
    connection->Detach(Farewell::kGraceful);
    said_goodbye = true;
    on_end();
  }
  std::string name = "hello";  // what it calls itself in its request
  bool said_goodbye = false;
  std::function<void()> on_end = [] {};

 private:
  void Go() {
    while (next_ < tsdus_) {
      if (next_ % 5 == 4 && offset_ == 0 && urgent_ <= next_ / 5) {
        const std::string urgent = Urgent(urgent_);
        if (!connection->WriteExpedited(
                {reinterpret_cast<const uint8_t*>(urgent.data()), urgent.size()})) {
          return;
        }
        ++urgent_;
      }
      const std::string text = Tsdu(name, next_);
      const ByteSpan rest{reinterpret_cast<const uint8_t*>(text.data()) + offset_,
                          text.size() - offset_};
      offset_ += connection->Write({&rest, 1}, true);
      if (offset_ < text.size()) return;
      offset_ = 0;
      ++next_;
    }
  }

  const size_t tsdus_;
  size_t next_ = 0;
  size_t offset_ = 0;
  size_t urgent_ = 0;
};

class Server : public End, public transport::ListenerUser {
 public:
  bool OnConnectIndication(transport::Connection& request) override {
    ++requests;
    connect_data.assign(request.connect_data().begin(), request.connect_data().end());
    connection = &request;
    request.SetUser(this);
    request.Accept({reinterpret_cast<const uint8_t*>("welcome"), 7});
    return true;
  }
  void OnReadable() override {
    std::vector<uint8_t> into(700);
    while (connection->is_readable()) {
      const transport::ReadResult result = connection->Read(absl::MakeSpan(into), false);
      text_.append(into.begin(), into.begin() + static_cast<std::ptrdiff_t>(result.octets));
      if (!result.end_of_message) continue;
      EXPECT_EQ(text_, Tsdu(connect_data, tsdus));
      // Expedited data is never overtaken by normal data that was written after it.
      if (tsdus % 5 == 4) {
        EXPECT_GT(urgent, tsdus / 5) << "before TSDU " << tsdus;
      }
      text_.clear();
      ++tsdus;
    }
  }
  void OnExpedited() override {
    while (auto unit = connection->ReadExpedited(false)) {
      EXPECT_EQ(std::string(unit->octets.begin(), unit->octets.end()), Urgent(urgent));
      ++urgent;
    }
  }
  int requests = 0;
  std::string connect_data;
  size_t tsdus = 0;
  size_t urgent = 0;

 private:
  std::string text_;
};

// Each fault at this rate.
inline sim::LinkParameters Bad(uint32_t percent) {
  const sim::Ratio ratio{percent * (sim::Ratio::kOne / 100)};
  return {.latency = absl::Milliseconds(5),
          .jitter = absl::Milliseconds(3),
          .loss = ratio,
          .duplicate = ratio,
          .reorder = ratio,
          .corrupt = ratio};
}

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TP4_CONVERSATION_H_
