#include "providers/osi/session/tsdu_writer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "providers/osi/session/spdu_data.h"

namespace osi {
namespace {

// GT without tokens, then DT without parameters (X.225 6.3.7: basic concatenation).
constexpr std::array<uint8_t, 4> kDataHeader = {0x01, 0x00, 0x01, 0x00};

size_t CountOctets(absl::Span<const ByteSpan> pieces) {
  size_t octets = 0;
  for (const ByteSpan piece : pieces) octets += piece.size();
  return octets;
}

}  // namespace

size_t TsduWriter::writable_octets(const transport::Connection& connection) const {
  if (!is_empty()) return 0;
  const size_t room = connection.writable_octets();
  if (is_segmenting()) {
    // What fills segments that find room, and one more that may wait here.
    const size_t whole = room / (segment_max_ + kSegmentHeader) * segment_max_;
    return std::max<size_t>(1, whole + segment_max_ - segment_.size());
  }
  if (is_in_ssdu_ || room == 0) return room;
  // The header goes first. Where it leaves no room, its rest waits here, with one octet behind it.
  return room > kDataHeader.size() ? room - kDataHeader.size() : 1;
}

size_t TsduWriter::WriteSsdu(transport::Connection& connection, absl::Span<const ByteSpan> pieces,
                             bool end_of_ssdu, OnDt on_dt) {
  const size_t octets = CountOctets(pieces);
  if (octets == 0 && !end_of_ssdu) return 0;
  if (!is_empty()) return 0;
  if (is_segmenting()) return WriteSegments(connection, pieces, end_of_ssdu, on_dt);
  if (!is_in_ssdu_ && connection.writable_octets() != 0) on_dt(std::nullopt);
  if (!is_in_ssdu_) return BeginSsdu(connection, pieces, end_of_ssdu);
  const bool has_room = connection.writable_octets() != 0;
  const size_t taken = connection.Write(pieces, end_of_ssdu);
  if (end_of_ssdu && taken == octets && (octets != 0 || has_room)) {
    is_in_ssdu_ = is_in_tsdu_ = false;
  }
  return taken;
}

size_t TsduWriter::BeginSsdu(transport::Connection& connection, absl::Span<const ByteSpan> pieces,
                             bool end_of_ssdu) {
  absl::InlinedVector<ByteSpan, 8> with_header = {ByteSpan(kDataHeader)};
  with_header.insert(with_header.end(), pieces.begin(), pieces.end());
  const size_t octets = CountOctets(pieces);
  const size_t taken = connection.Write(with_header, end_of_ssdu);
  if (taken == 0) return 0;
  is_in_ssdu_ = is_in_tsdu_ = !(end_of_ssdu && taken == kDataHeader.size() + octets);
  if (taken > kDataHeader.size() || !is_in_ssdu_) return taken - kDataHeader.size();

  Part rest{.octets = {kDataHeader.begin() + static_cast<std::ptrdiff_t>(taken), kDataHeader.end()},
            .end_of_tsdu = end_of_ssdu && octets <= 1};
  if (octets != 0) {
    const auto first =
        std::find_if(pieces.begin(), pieces.end(), [](ByteSpan piece) { return !piece.empty(); });
    rest.octets.push_back(first->front());
  }
  is_in_ssdu_ = !rest.end_of_tsdu;
  waiting_.push_back(std::move(rest));
  return octets == 0 ? 0 : 1;
}

size_t TsduWriter::WriteSegments(transport::Connection& connection,
                                 absl::Span<const ByteSpan> pieces, bool end_of_ssdu, OnDt on_dt) {
  size_t taken = 0;
  size_t budget = writable_octets(connection);
  is_in_ssdu_ = true;
  for (const ByteSpan piece : pieces) {
    for (ByteSpan rest = piece; !rest.empty();) {
      if (segment_.size() == segment_max_) SendSegment(connection, /*is_last=*/false, on_dt);
      if (budget == 0) budget = writable_octets(connection);
      if (budget == 0) return taken;  // what waits here makes the transport connection tell
      const size_t octets = std::min({rest.size(), segment_max_ - segment_.size(), budget});
      segment_.insert(segment_.end(), rest.begin(),
                      rest.begin() + static_cast<std::ptrdiff_t>(octets));
      rest.remove_prefix(octets);
      taken += octets;
      budget -= octets;
    }
  }
  if (end_of_ssdu) EndSsdu(connection, on_dt);
  return taken;
}

void TsduWriter::SendSegment(transport::Connection& connection, bool is_last, OnDt on_dt) {
  const Enclosure enclosure{.beginning = !has_sent_segment_, .end = is_last};
  on_dt(enclosure);
  Part part;
  DtSpdu{.enclosure = enclosure, .user_information = segment_}.AppendTo(part.octets);
  segment_.clear();
  has_sent_segment_ = !is_last;
  waiting_.push_back(std::move(part));
  Flush(connection);
}

void TsduWriter::EndSsdu(transport::Connection& connection, OnDt on_dt) {
  is_in_ssdu_ = false;
  if (is_segmenting()) return SendSegment(connection, /*is_last=*/true, on_dt);
  waiting_.push_back({});
  Flush(connection);
}

void TsduWriter::WriteSpdu(transport::Connection& connection, std::vector<uint8_t> spdu) {
  waiting_.push_back({.octets = std::move(spdu)});
  Flush(connection);
}

bool TsduWriter::Flush(transport::Connection& connection) {
  while (!is_empty()) {
    Part& part = waiting_[first_];
    const ByteSpan rest = ByteSpan(part.octets).subspan(part.taken);
    const bool has_room = connection.writable_octets() != 0;
    const size_t taken = connection.Write({rest}, part.end_of_tsdu);
    part.taken += taken;
    if (taken != 0) is_in_tsdu_ = true;
    if (taken < rest.size() || (rest.empty() && !has_room)) return false;
    if (part.end_of_tsdu) is_in_tsdu_ = false;
    ++first_;
  }
  waiting_.clear();
  first_ = 0;
  return true;
}

void TsduWriter::DropWaiting() {
  waiting_.clear();
  first_ = 0;
  segment_.clear();
  is_in_ssdu_ = has_sent_segment_ = false;
}

}  // namespace osi
