// CHECK: what only a bug of our own can break. It ends the run, not the process.
#ifndef SIM_CHECK_H_
#define SIM_CHECK_H_

#include <sstream>

namespace sim {

// The failed check's message; its destructor abandons the run (World::Run returns with the failure
// `invariant: FILE:LINE: CONDITION: message`, and the world must not be used any further). It
// throws nothing: the stack of the thread or event handler that failed is left as it is. Outside
// any run it ends the process, after printing the message.
class CheckFailure {
 public:
  CheckFailure(const char* file, int line, const char* condition);
  [[noreturn]] ~CheckFailure();
  std::ostream& stream() { return text_; }

 private:
  std::ostringstream text_;
};

// Gives the streaming form of CHECK the type void.
struct CheckVoidify {
  void operator&(std::ostream&) {}
};

}  // namespace sim

// CHECK(snd_una <= snd_nxt) << "after " << event;
#define CHECK(condition)     \
  (condition)                \
      ? static_cast<void>(0) \
      : ::sim::CheckVoidify() & ::sim::CheckFailure(__FILE__, __LINE__, #condition).stream()

#ifdef NDEBUG
#define DCHECK(condition) CHECK(true || (condition))
#else
#define DCHECK(condition) CHECK(condition)
#endif

#endif  // SIM_CHECK_H_
