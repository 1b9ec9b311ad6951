// Typed slots: how a layer above keeps state of its own with a world, a boot, a process or a thread
// without this layer knowing what it is (the handle table, the last error, a transport's
// connections).
#ifndef SIM_SLOTS_H_
#define SIM_SLOTS_H_

#include <memory>
#include <utility>
#include <vector>

namespace sim {

// At most one object of each type, made on first use as `T(owner)` and owned here. Objects are
// destroyed in the reverse order of their making, so one that uses another in its constructor may
// still use it in its destructor.
template <class Owner>
class Slots {
 public:
  explicit Slots(Owner& owner) : owner_(owner) {}
  Slots(const Slots&) = delete;
  Slots& operator=(const Slots&) = delete;
  ~Slots() { Clear(); }

  template <class T>
  T& Get() {
    if (T* found = Find<T>()) return *found;
    // T's constructor may fill other slots; they then stand before T and outlive it.
    auto made = std::make_unique<Holder<T>>(owner_);
    T& value = made->value;
    entries_.push_back(Entry{&kKey<T>, std::move(made)});
    return value;
  }

  // Null where nobody has asked for one yet.
  template <class T>
  T* Find() {
    for (Entry& entry : entries_) {
      if (entry.key == &kKey<T>) return &static_cast<Holder<T>&>(*entry.object).value;
    }
    return nullptr;
  }

  void Clear() {
    while (!entries_.empty()) {
      std::unique_ptr<Object> last = std::move(entries_.back().object);
      entries_.pop_back();
    }
  }

  // Lets go of the objects without destroying them, for a world that can no longer be trusted.
  // Returns what refers to them, which nobody owns.
  const void* LeaveBehind() { return new std::vector<Entry>(std::move(entries_)); }

 private:
  struct Object {
    virtual ~Object() = default;
  };
  template <class T>
  struct Holder final : Object {
    explicit Holder(Owner& owner) : value(owner) {}
    T value;
  };
  // Compared for equality only; its address is the type's name.
  template <class T>
  static constexpr char kKey = 0;
  struct Entry {
    const char* key;
    std::unique_ptr<Object> object;
  };

  Owner& owner_;
  std::vector<Entry> entries_;
};

}  // namespace sim

#endif  // SIM_SLOTS_H_
