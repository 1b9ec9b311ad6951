#include "stack/api/api_call.h"

#include "absl/strings/str_cat.h"
#include "sim/process.h"
#include "sim/world.h"
#include "stack/names.h"

namespace winsock {

ApiCall::ApiCall(CallId id, const CallArguments& arguments, absl::FunctionRef<std::string()> text)
    : id_(id) {
  Begin(arguments, &text);
}

ApiCall::ApiCall(CallId id, const CallArguments& arguments) : id_(id) { Begin(arguments, nullptr); }

void ApiCall::Begin(const CallArguments& arguments, const absl::FunctionRef<std::string()>* text) {
  thread_ = sim::Thread::Current();
  if (thread_ == nullptr || thread_->is_ending()) return;
  state_ = &thread_->slots().Get<ThreadState>();
  subject_ = arguments.socket;
  outer_activity_ = thread_->activity();
  const absl::Span<const uint64_t> subject(&subject_, subject_ == 0 ? 0 : 1);
  thread_->SetActivity(
      {.call = CallName(id_),
       .object = arguments.waits_for,
       .numbers = arguments.waits_for_list.empty() ? subject : arguments.waits_for_list});

  sim::Trace& trace = thread_->world().trace();
  if (!trace.is_on()) return;
  std::string shown;
  if (text != nullptr && trace.wants_text()) shown = (*text)();
  const auto& numbers = arguments.numbers;
  recorded_ =
      trace.Record({.kind = sim::TraceKind::kApiCall,
                    .code = static_cast<uint32_t>(id_),
                    .subject = subject_,
                    .numbers = {static_cast<int64_t>(subject_), numbers[0], numbers[1], numbers[2]},
                    .octets = arguments.octets,
                    .name = CallName(id_),
                    .text = shown});
  thread_->world().ContinueBecause(recorded_);
}

ApiCall::~ApiCall() {
  if (is_alive()) thread_->SetActivity(outer_activity_);
}

bool ApiCall::is_traced() const { return is_alive() && thread_->world().trace().is_on(); }

Library* ApiCall::Enter(Waits waits) {
  if (!is_alive()) return nullptr;
  Library* library = thread_->process().slots().Find<Library>();
  if (library == nullptr || !library->is_started()) {
    error_ = WSANOTINITIALISED;
    return nullptr;
  }
  if (waits == Waits::kPerhaps && state_->callbacks > 0) {
    error_ = WSAEINPROGRESS;
    return nullptr;
  }
  return library;
}

const Provider* ApiCall::EnterSocket(SOCKET s, Waits waits) {
  Library* library = Enter(waits);
  if (library == nullptr) return nullptr;
  Library::Found found = library->ProviderOf(s);
  error_ = found.error;
  return found.provider;
}

void ApiCall::SetError(int error) {
  error_ = error;
  if (is_alive()) state_->last_error = error;
}

void ApiCall::RecordReturn(int64_t result, int error, OctetSpan octets,
                           const absl::FunctionRef<std::string()>* text) {
  if (!is_alive() || thread_->is_ending()) return;
  sim::World& world = thread_->world();
  if (!world.trace().is_on()) return;
  std::string shown;
  if (world.trace().wants_text() && text != nullptr) {
    shown = (*text)();
  } else if (world.trace().wants_text()) {
    absl::string_view name = Name(error);
    shown =
        error == 0 || name.empty() ? absl::StrCat(error == 0 ? result : error) : std::string(name);
  }
  sim::TraceId returned = world.trace().Record({.kind = sim::TraceKind::kApiReturn,
                                                .code = static_cast<uint32_t>(id_),
                                                .subject = subject_,
                                                .numbers = {result, error},
                                                .octets = octets,
                                                .name = CallName(id_),
                                                .text = shown},
                                               recorded_);
  world.ContinueBecause(returned);
}

}  // namespace winsock
