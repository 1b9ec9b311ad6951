// A queue that owns no memory before it is used, for what every connection has and few connections
// use.
#ifndef PROVIDERS_OSI_TP4_FIFO_H_
#define PROVIDERS_OSI_TP4_FIFO_H_

#include <cstddef>
#include <utility>
#include <vector>

namespace osi {

template <class T>
class Fifo {
 public:
  bool empty() const { return first_ == items_.size(); }
  size_t size() const { return items_.size() - first_; }
  T& front() { return items_[first_]; }
  const T& front() const { return items_[first_]; }
  T& back() { return items_.back(); }
  // Counted from the front.
  T& operator[](size_t i) { return items_[first_ + i]; }
  const T& operator[](size_t i) const { return items_[first_ + i]; }

  void PushBack(T item) { items_.push_back(std::move(item)); }
  void PopFront() {
    items_[first_++] = T();
    // Moving what is left costs no more than what was taken since the last time.
    if (2 * first_ < items_.size()) return;
    items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
  void Clear() {
    items_.clear();
    items_.shrink_to_fit();
    first_ = 0;
  }

 private:
  std::vector<T> items_;
  size_t first_ = 0;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_FIFO_H_
