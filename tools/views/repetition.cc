#include "tools/views/repetition.h"

#include <utility>

namespace wsim {

bool Repetition::Hides(absl::string_view line) {
  const auto known = shown_.find(std::string(line));
  if (known == shown_.end()) {
    if (shown_.size() == kMostKinds) shown_.clear();
    shown_.emplace(line, 1);
    return false;
  }
  if (known->second < kMostAlike) {
    ++known->second;
    return false;
  }
  ++hidden_;
  return true;
}

size_t Repetition::TakeHidden() { return std::exchange(hidden_, 0); }

}  // namespace wsim
