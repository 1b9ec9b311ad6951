// Lines of a picture that say again what stands above them already.
#ifndef TOOLS_VIEWS_REPETITION_H_
#define TOOLS_VIEWS_REPETITION_H_

#include <cstddef>
#include <string>

#include "absl/container/btree_map.h"
#include "absl/strings/string_view.h"

namespace wsim {

// Two ends that keep an idle connection alive for an hour, or a program that sends the same line a
// thousand times: the first ones tell it all.
class Repetition {
 public:
  // So many lines alike are shown.
  static constexpr size_t kMostAlike = 8;

  // True: leave this line out. Lines are alike while no more than kMostKinds different ones come.
  bool Hides(absl::string_view line);
  // How many lines were left out since this was asked last.
  size_t TakeHidden();

 private:
  static constexpr size_t kMostKinds = 12;

  absl::btree_map<std::string, size_t> shown_;
  size_t hidden_ = 0;
};

}  // namespace wsim

#endif  // TOOLS_VIEWS_REPETITION_H_
