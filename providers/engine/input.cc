#include "providers/engine/input.h"

#include <algorithm>
#include <array>
#include <limits>

namespace engine {
namespace {

using transport::Connection;
using transport::ReadResult;

constexpr size_t kNoLimit = std::numeric_limits<size_t>::max();

bool Has(DWORD flags, int flag) { return (flags & static_cast<DWORD>(flag)) != 0; }

}  // namespace

bool Input::Receive(Connection& connection, Buffers& into, DWORD flags, bool waits,
                    Completion& completion) {
  if (IsInlineNext(connection)) {
    if (into.done() > 0) {  // Expedited and normal data never share a receive.
      completion.count = into.done();
      return true;
    }
    return ReceiveExpedited(connection, into, Has(flags, MSG_PEEK), completion);
  }
  if (!capabilities_.message_oriented) {
    return ReceiveStream(connection, into, flags, waits, completion);
  }
  if (capabilities_.partial_messages) {
    return ReceivePart(connection, into, flags, waits, completion);
  }
  return ReceiveWhole(connection, into, flags, completion);
}

bool Input::ReceiveStream(Connection& connection, Buffers& into, DWORD flags, bool waits,
                          Completion& completion) {
  if (into.total() == 0) {
    return Has(flags, MSG_PUSH_IMMEDIATE) || connection.readable_octets() > 0 ||
           IsAtEnd(connection);
  }
  size_t limit = OctetsBeforeExpedited(connection);
  if (Has(flags, MSG_PEEK)) return Peek(connection, into, limit, completion);
  bool is_at_end = false;
  while (!into.is_full() && limit > 0) {
    absl::Span<uint8_t> room = into.room();
    const ReadResult read = connection.Read(room.first(std::min(limit, room.size())), false);
    is_at_end = read.end_of_data;
    if (read.octets == 0) break;
    into.Advance(read.octets);
    PassMarks(read.octets);
    if (limit != kNoLimit) limit -= read.octets;
  }
  completion.count = into.done();
  if (into.is_full() || is_at_end) return true;
  if (into.done() == 0) return false;
  return !Has(flags, MSG_WAITALL) || !waits || limit == 0;
}

bool Input::ReceivePart(Connection& connection, Buffers& into, DWORD flags, bool waits,
                        Completion& completion) {
  if (!connection.is_readable()) return false;
  if (Has(flags, MSG_PEEK)) return Peek(connection, into, kNoLimit, completion);
  ReadResult read;
  do {
    read = connection.Read(into.room(), false);
    into.Advance(read.octets);
    if (read.octets > 0 || read.end_of_message) is_in_message_ = !read.end_of_message;
  } while (!read.end_of_message && read.octets > 0 && !into.is_full());
  completion.count = into.done();
  if (read.end_of_message) return true;
  if (read.end_of_data && into.done() == 0) {
    completion.error = WSAEDISCON;
    return true;
  }
  completion.flags = MSG_PARTIAL;
  if (into.is_full() || read.end_of_data) return true;
  return into.done() > 0 && (Has(flags, MSG_PARTIAL) || !waits);
}

bool Input::ReceiveWhole(Connection& connection, Buffers& into, DWORD flags,
                         Completion& completion) const {
  if (connection.has_whole_message()) {
    if (Has(flags, MSG_PEEK) || connection.readable_octets() > into.left()) {
      Peek(connection, into, kNoLimit, completion);
      if (completion.flags != 0) completion = {.error = WSAEMSGSIZE, .count = completion.count};
      return true;
    }
    ReadResult read;
    do {
      read = connection.Read(into.room(), false);
      into.Advance(read.octets);
    } while (!read.end_of_message && read.octets > 0);
    completion.count = into.done();
    return true;
  }
  if (!IsAtEnd(connection)) return false;
  completion.error = WSAEDISCON;
  return true;
}

bool Input::Peek(Connection& connection, Buffers& into, size_t limit,
                 Completion& completion) const {
  if (!connection.is_readable()) return false;
  // One Read, since each begins at the front again; so the octets take a way around.
  std::vector<uint8_t> octets(std::min({into.left(), connection.readable_octets(), limit}));
  const ReadResult read = connection.Read(absl::MakeSpan(octets), true);
  into.Append(ByteSpan(octets).first(read.octets));
  completion.count = read.octets;
  if (!capabilities_.message_oriented) return true;
  if (read.end_of_data) {
    completion.error = WSAEDISCON;
  } else if (!read.end_of_message) {
    completion.flags = MSG_PARTIAL;
  }
  return true;
}

bool Input::ReceiveExpedited(Connection& connection, Buffers& into, bool peek,
                             Completion& completion) {
  if (!has_rest()) {
    auto unit = connection.ReadExpedited(/*peek=*/false);
    if (!unit.has_value()) return false;
    if (taken_ == nullptr) taken_ = std::make_unique<Taken>();
    taken_->rest = std::move(unit->octets);
    const bool has_place = !capabilities_.message_oriented && unit->octets_before > 0;
    if (has_place) taken_->marks.push_back(unit->octets_before);
  }
  std::vector<uint8_t>& rest = taken_->rest;
  const size_t count = std::min(rest.size(), into.left());
  if (capabilities_.message_oriented && count < rest.size()) completion.flags = MSG_PARTIAL;
  into.Append(ByteSpan(rest).first(count));
  if (!peek) rest.erase(rest.begin(), rest.begin() + static_cast<ptrdiff_t>(count));
  ForgetTakenIfNone();
  completion.count = count;
  return true;
}

bool Input::IsInlineNext(Connection& connection) const {
  return is_inline_ && !is_in_message_ && StandsAtExpedited(connection);
}

bool Input::StandsAtExpedited(Connection& connection) const {
  if (has_rest()) return !has_marks();
  if (!capabilities_.expedited_data) return false;
  const auto unit = connection.ReadExpedited(/*peek=*/true);
  return unit.has_value() && unit->octets_before == 0;
}

size_t Input::OctetsBeforeExpedited(Connection& connection) const {
  if (has_marks()) return taken_->marks.front();  // What has not been taken stands behind them.
  if (!capabilities_.expedited_data) return kNoLimit;
  const auto unit = connection.ReadExpedited(/*peek=*/true);
  return unit.has_value() && unit->octets_before > 0 ? unit->octets_before : kNoLimit;
}

void Input::PassMarks(size_t octets) {
  if (!has_marks()) return;
  std::vector<size_t>& marks = taken_->marks;
  for (size_t& mark : marks) mark -= octets;  // No receive goes beyond the first.
  marks.erase(marks.begin(),
              std::find_if(marks.begin(), marks.end(), [](size_t mark) { return mark > 0; }));
  ForgetTakenIfNone();
}

bool Input::HasData(Connection& connection) const {
  if (IsInlineNext(connection)) return true;
  if (!capabilities_.message_oriented) return connection.readable_octets() > 0;
  if (connection.has_whole_message()) return true;
  return capabilities_.partial_messages && connection.readable_octets() > 0;
}

bool Input::IsAtEnd(Connection& connection) const {
  if (!connection.is_readable() || connection.readable_octets() > 0) return false;
  return connection.Read({}, /*peek=*/true).end_of_data;
}

bool Input::HasExpedited(Connection& connection) const {
  if (is_inline_) return false;
  if (has_rest()) return true;
  return capabilities_.expedited_data && connection.ReadExpedited(/*peek=*/true).has_value();
}

size_t Input::Available(Connection& connection) const {
  if (IsInlineNext(connection)) {
    if (has_rest()) return taken_->rest.size();
    return connection.ReadExpedited(/*peek=*/true)->octets.size();
  }
  if (capabilities_.message_oriented) return connection.queued_octets();
  return std::min(connection.readable_octets(), OctetsBeforeExpedited(connection));
}

void Input::Discard(Connection& connection) {
  std::array<uint8_t, 4096> sink;
  while (connection.is_readable()) {
    const ReadResult read = connection.Read(absl::MakeSpan(sink), false);
    if (read.octets == 0 && !read.end_of_message) break;
  }
  taken_.reset();
  while (capabilities_.expedited_data && connection.ReadExpedited(/*peek=*/false).has_value()) {
  }
}

}  // namespace engine
