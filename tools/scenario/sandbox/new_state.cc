#include "tools/scenario/sandbox/new_state.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>

namespace wsim {
namespace {

constexpr uint32_t kSeed = 0x5EED1DEA;

// Every state begins with one block, which holds the seed; when the second one is asked for, the
// seed is made and no string is.

// Lets a state be begun in a block of its own, and sees what is in it by then.
struct Probe {
  static constexpr size_t kLargestState = 4096;

  alignas(std::max_align_t) uint8_t block[kLargestState] = {};
  uint8_t seen[kLargestState] = {};
  size_t size = 0;
  bool has_seen = false;

  static void* Allocate(void* user, void*, size_t, size_t new_size) {
    auto* probe = static_cast<Probe*>(user);
    if (new_size == 0) return nullptr;
    if (probe->size == 0 && new_size <= kLargestState) {
      probe->size = new_size;
      return probe->block;
    }
    if (!probe->has_seen) std::memcpy(probe->seen, probe->block, probe->size);
    probe->has_seen = true;
    return nullptr;  // no state comes of it
  }
};

uint64_t WordAt(const uint8_t* octets) {
  uint64_t word;
  std::memcpy(&word, octets, sizeof word);
  return word;
}

// Where the seed is in a state's first block. Two states differ in it, and in pointers into
// themselves.
std::optional<size_t> FindSeed() {
  Probe probes[2];
  for (Probe& probe : probes) {
    if (lua_newstate(Probe::Allocate, &probe) != nullptr || !probe.has_seen) return std::nullopt;
  }
  const uint64_t distance =
      reinterpret_cast<uintptr_t>(probes[1].block) - reinterpret_cast<uintptr_t>(probes[0].block);
  std::optional<size_t> found;
  for (size_t at = 0; at + sizeof(uint64_t) <= probes[0].size; at += sizeof(uint64_t)) {
    const uint64_t difference = WordAt(probes[1].seen + at) - WordAt(probes[0].seen + at);
    if (difference == 0 || difference == distance) continue;
    const bool is_first_half =
        std::memcmp(probes[0].seen + at, probes[1].seen + at, sizeof(kSeed)) != 0;
    const bool is_second_half =
        std::memcmp(probes[0].seen + at + sizeof(kSeed), probes[1].seen + at + sizeof(kSeed),
                    sizeof(kSeed)) != 0;
    if (found.has_value() || is_first_half == is_second_half) return std::nullopt;
    found = at + (is_first_half ? 0 : sizeof(kSeed));
  }
  return found;
}

// Allocates for the caller, and sets the seed at the moment for that.
struct Seeder {
  const lua_Alloc allocate;
  void* const user;
  const size_t seed_at;
  uint8_t* block = nullptr;
  bool is_done = false;

  static void* Allocate(void* user, void* block, size_t old_size, size_t new_size) {
    auto* seeder = static_cast<Seeder*>(user);
    if (seeder->block != nullptr && !seeder->is_done) {
      std::memcpy(seeder->block + seeder->seed_at, &kSeed, sizeof kSeed);
      seeder->is_done = true;
    }
    void* given = seeder->allocate(seeder->user, block, old_size, new_size);
    if (seeder->block == nullptr) seeder->block = static_cast<uint8_t*>(given);
    return given;
  }
};

}  // namespace

lua_State* NewState(lua_Alloc allocate, void* user) {
  static const std::optional<size_t> kSeedAt = FindSeed();
  if (!kSeedAt.has_value()) return nullptr;
  Seeder seeder{.allocate = allocate, .user = user, .seed_at = *kSeedAt};
  lua_State* L = lua_newstate(Seeder::Allocate, &seeder);
  if (L != nullptr) lua_setallocf(L, allocate, user);
  return L;
}

}  // namespace wsim
