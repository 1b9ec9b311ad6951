// What the sanitizers must be told about stacks and fibers. Each function does nothing in a build
// without them.
#ifndef SIM_SANITIZER_H_
#define SIM_SANITIZER_H_

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define SIM_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SIM_ASAN 1
#endif
#endif

#if defined(__SANITIZE_THREAD__)
#define SIM_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define SIM_TSAN 1
#endif
#endif

#ifdef SIM_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#include <sanitizer/lsan_interface.h>
#endif
#ifdef SIM_TSAN
#include <sanitizer/tsan_interface.h>
#endif

namespace sim::sanitizer {

#ifdef SIM_ASAN
inline constexpr bool kHasAsan = true;

// Memory reachable from a stack is not leaked.
inline void OnStackMapped(void* low, size_t bytes) { __lsan_register_root_region(low, bytes); }
inline void OnStackUnmapped(void* low, size_t bytes) { __lsan_unregister_root_region(low, bytes); }
// Frames that were never left have marked their variables' surroundings: a new owner starts clean.
inline void OnStackReused(void* low, size_t bytes) { __asan_unpoison_memory_region(low, bytes); }
// `object` and all that it refers to is left behind on purpose.
inline void IgnoreLeak(const void* object) { __lsan_ignore_object(object); }

// Before a switch to the stack [low, low + bytes). `fake_stack` keeps the leaving side's; null: it
// never returns.
inline void BeforeSwitch(void** fake_stack, const void* low, size_t bytes) {
  __sanitizer_start_switch_fiber(fake_stack, low, bytes);
}
// After it, on the arriving side, which learns the bounds of the stack that it came from.
inline void AfterSwitch(void* fake_stack, const void** low, size_t* bytes) {
  __sanitizer_finish_switch_fiber(fake_stack, low, bytes);
}
#else
inline constexpr bool kHasAsan = false;
inline void OnStackMapped(void*, size_t) {}
inline void OnStackUnmapped(void*, size_t) {}
inline void OnStackReused(void*, size_t) {}
inline void IgnoreLeak(const void*) {}
inline void BeforeSwitch(void**, const void*, size_t) {}
inline void AfterSwitch(void*, const void**, size_t*) {}
#endif

#ifdef SIM_TSAN
inline void* CurrentTsanFiber() { return __tsan_get_current_fiber(); }
inline void* MakeTsanFiber() { return __tsan_create_fiber(0); }
inline void DestroyTsanFiber(void* fiber) { __tsan_destroy_fiber(fiber); }
inline void SwitchTsanFiber(void* fiber) { __tsan_switch_to_fiber(fiber, 0); }
#else
inline void* CurrentTsanFiber() { return nullptr; }
inline void* MakeTsanFiber() { return nullptr; }
inline void DestroyTsanFiber(void*) {}
inline void SwitchTsanFiber(void*) {}
#endif

}  // namespace sim::sanitizer

#endif  // SIM_SANITIZER_H_
