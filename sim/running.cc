#include "sim/running.h"

namespace sim {
namespace {

thread_local Running* current = nullptr;

}  // namespace

Running* Running::Current() { return current; }

Running::Scope::Scope(Running& running) : former_(current) { current = &running; }

Running::Scope::~Scope() { current = former_; }

}  // namespace sim
