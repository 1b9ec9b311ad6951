#include "providers/osi/session/spdu_segments.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "providers/osi/session/spdu_unit.h"

namespace osi {
namespace {

template <typename Xx>
constexpr bool kMayBeSegmented =
    std::is_same_v<Xx, AcSpdu> || std::is_same_v<Xx, RfSpdu> || std::is_same_v<Xx, FnSpdu> ||
    std::is_same_v<Xx, DnSpdu> || std::is_same_v<Xx, AbSpdu>;

// Octets that a parameter of `size` octets takes with its code and length.
size_t UnitSize(size_t size) { return (size > 254 ? 4 : 2) + size; }

template <typename Xx>
size_t WrittenSize(const Xx& spdu) {
  std::vector<uint8_t> octets;
  spdu.AppendTo(octets);
  return octets.size();
}

// How many octets of user data `spdu`, which has none, can take without going beyond `maximum`.
template <typename Xx>
size_t UserDataRoom(const Xx& spdu, size_t maximum) {
  // Where the SPDU is long, its own length takes two octets more.
  const size_t used = WrittenSize(spdu) + 2;
  size_t room = maximum > used + 4 ? maximum - used - 4 : 1;
  while (room > 1 && used + UnitSize(room) > maximum) --room;
  return room;
}

template <typename Xx>
std::vector<Spdu> Cut(const Xx& whole, size_t maximum) {
  std::vector<Spdu> segments;
  if (maximum == 0 || WrittenSize(whole) <= maximum) {
    segments.emplace_back(whole);
    return segments;
  }
  Xx segment = whole;
  segment.user_data.clear();
  size_t taken = 0;
  do {
    segment.enclosure = Enclosure{.beginning = taken == 0, .end = false};
    const size_t octets = std::min(UserDataRoom(segment, maximum), whole.user_data.size() - taken);
    const auto from = whole.user_data.begin() + static_cast<std::ptrdiff_t>(taken);
    segment.user_data.assign(from, from + static_cast<std::ptrdiff_t>(octets));
    taken += octets;
    segment.enclosure->end = taken == whole.user_data.size();
    segments.emplace_back(segment);
    segment = Xx();
    if constexpr (std::is_same_v<Xx, AbSpdu>) {
      segment.transport_disconnect = whole.transport_disconnect;  // mandatory in each
    } else if constexpr (std::is_same_v<Xx, AcSpdu>) {
      segment.item = whole.item;
      segment.requirements = whole.requirements;
    } else if constexpr (std::is_same_v<Xx, RfSpdu>) {
      segment.releases_transport = whole.releases_transport;
      segment.reason = whole.reason;  // its data stand behind it
    } else if constexpr (std::is_same_v<Xx, FnSpdu>) {
      segment.releases_transport = whole.releases_transport;
    }
  } while (taken < whole.user_data.size());
  return segments;
}

std::optional<Enclosure>* EnclosureOf(Spdu& spdu) {
  return std::visit(
      [](auto& xx) -> std::optional<Enclosure>* {
        if constexpr (kMayBeSegmented<std::decay_t<decltype(xx)>>) return &xx.enclosure;
        return nullptr;
      },
      spdu);
}

std::vector<uint8_t>& UserDataOf(Spdu& spdu) {
  return *std::visit(
      [](auto& xx) -> std::vector<uint8_t>* {
        if constexpr (requires { xx.user_data; }) return &xx.user_data;
        return nullptr;
      },
      spdu);
}

absl::Status OutOfPlace(const Spdu& spdu) {
  return SpduError({SpduName(spdu), "8.3"}, "an enclosure item out of place");
}

}  // namespace

std::vector<Spdu> InSegments(const Spdu& spdu, size_t tsdu_maximum) {
  return std::visit(
      [&](const auto& xx) {
        if constexpr (kMayBeSegmented<std::decay_t<decltype(xx)>>) return Cut(xx, tsdu_maximum);
        return std::vector<Spdu>{spdu};
      },
      spdu);
}

absl::StatusOr<std::optional<Spdu>> SpduAssembler::Add(Spdu spdu) {
  if (std::holds_alternative<AbSpdu>(spdu) && first_.has_value() &&
      !std::holds_alternative<AbSpdu>(*first_)) {
    first_.reset();
  }
  const std::optional<Enclosure>* enclosure = EnclosureOf(spdu);
  const bool is_whole = enclosure == nullptr || !enclosure->has_value() ||
                        ((*enclosure)->beginning && (*enclosure)->end);
  if (is_whole) {
    if (first_.has_value()) return OutOfPlace(spdu);
    return std::optional<Spdu>(std::move(spdu));
  }
  const Enclosure place = **enclosure;
  if (place.beginning == first_.has_value()) return OutOfPlace(spdu);
  if (place.beginning) {
    first_ = std::move(spdu);
    return std::optional<Spdu>();
  }
  if (first_->index() != spdu.index()) return OutOfPlace(spdu);
  std::vector<uint8_t>& all = UserDataOf(*first_);
  const std::vector<uint8_t>& more = UserDataOf(spdu);
  if (all.size() + more.size() > kMaxUserData) {
    return SpduError({SpduName(spdu), "8.3"}, absl::StrCat("more than ", kMaxUserData, " octets"));
  }
  all.insert(all.end(), more.begin(), more.end());
  if (!place.end) return std::optional<Spdu>();
  *EnclosureOf(*first_) = std::nullopt;
  std::optional<Spdu> whole = std::move(first_);
  first_.reset();
  return whole;
}

}  // namespace osi
