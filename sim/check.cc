#include "sim/check.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "sim/running.h"

namespace sim {

CheckFailure::CheckFailure(const char* file, int line, const char* condition) {
  text_ << "invariant: " << file << ":" << line << ": " << condition << ": ";
}

CheckFailure::~CheckFailure() {
  std::string failure = std::move(text_).str();
  if (failure.ends_with(": ")) failure.resize(failure.size() - 2);
  if (Running* running = Running::Current()) running->Abandon(std::move(failure));
  std::fprintf(stderr, "%s\n", failure.c_str());
  std::abort();
}

}  // namespace sim
