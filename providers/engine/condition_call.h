// One call of WSAAccept's condition function (Winsock page: WSAAccept).
#ifndef PROVIDERS_ENGINE_CONDITION_CALL_H_
#define PROVIDERS_ENGINE_CONDITION_CALL_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "providers/engine/words.h"
#include "providers/transport/address.h"
#include "providers/transport/transport.h"

namespace engine {

struct ConditionArguments {
  transport::Address caller;
  transport::ByteSpan caller_data;  // none: the function gets a null pointer
  transport::Address callee;
  const transport::QualityOfService* quality = nullptr;  // null: none was asked for
  size_t callee_data_room = 0;
  DWORD_PTR callback_data = 0;
};

struct ConditionResult {
  int decision = 0;  // CF_*, or whatever the function returned
  GROUP group = 0;
  std::vector<uint8_t> callee_data;  // at most callee_data_room octets
  // What the function left of the quality of service that it was shown.
  std::optional<transport::QualityOfService> quality;
  size_t callee_data_cut = 0;  // octets that the function claimed beyond these
};

// The function runs here, in the calling thread. The pointers it gets are valid until it returns.
// lpSQOS shows the quality of service as this end would have it (its sending direction leads to the
// caller), and may be lowered; it is null where none was asked for. lpGQOS is null.
ConditionResult CallCondition(LPCONDITIONPROC function, const ConditionArguments& arguments);

}  // namespace engine

#endif  // PROVIDERS_ENGINE_CONDITION_CALL_H_
