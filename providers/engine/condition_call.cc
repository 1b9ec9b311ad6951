#include "providers/engine/condition_call.h"

#include <algorithm>

#include "providers/engine/quality.h"

namespace engine {
namespace {

// A copy that the function may write to.
struct Block {
  explicit Block(transport::ByteSpan from) : octets(from.begin(), from.end()) {}
  WSABUF buffer() {
    return {static_cast<u_long>(octets.size()), reinterpret_cast<char*>(octets.data())};
  }
  std::vector<uint8_t> octets;
};

}  // namespace

ConditionResult CallCondition(LPCONDITIONPROC function, const ConditionArguments& arguments) {
  Block caller(arguments.caller);
  Block caller_data(arguments.caller_data);
  Block callee(arguments.callee);
  std::vector<uint8_t> room(arguments.callee_data_room);
  WSABUF caller_id = caller.buffer();
  WSABUF caller_data_buffer = caller_data.buffer();
  WSABUF callee_id = callee.buffer();
  WSABUF callee_data = {static_cast<u_long>(room.size()), reinterpret_cast<char*>(room.data())};

  winsock::QOS qos{};
  if (arguments.quality != nullptr) qos = ToQos(*arguments.quality);

  ConditionResult result;
  result.decision = function(
      &caller_id, arguments.caller_data.empty() ? nullptr : &caller_data_buffer,
      arguments.quality == nullptr ? nullptr : &qos,
      /*lpGQOS=*/nullptr, &callee_id, &callee_data, &result.group, arguments.callback_data);

  // What makes no sense is not what was shown, and no wish to have less.
  if (arguments.quality != nullptr && CheckQuality(qos) == 0) result.quality = ToQuality(qos);
  const size_t count =
      callee_data.buf == nullptr ? 0 : std::min<size_t>(callee_data.len, room.size());
  result.callee_data_cut = callee_data.len - count;
  const auto* octets = reinterpret_cast<const uint8_t*>(callee_data.buf);
  result.callee_data.assign(octets, octets + count);
  return result;
}

}  // namespace engine
