#include "providers/osi/session/tsdu_reader.h"

#include <algorithm>
#include <utility>

#include "providers/osi/session/spdu_unit.h"

namespace osi {
namespace {

bool BeginsLikeData(ByteSpan beginning) {
  if (beginning.empty()) return false;
  const auto identifier = static_cast<SpduIdentifier>(beginning[0]);
  return identifier == SpduIdentifier::kGtOrDt || identifier == SpduIdentifier::kPt;
}

absl::StatusOr<Spdu> AsSpdu(absl::StatusOr<DtSpdu> dt) {
  if (!dt.ok()) return dt.status();
  return Spdu(*std::move(dt));
}

}  // namespace

std::optional<TsduReader::Received> TsduReader::ReadSpdu(transport::Connection& connection) {
  if (part_ == Part::kRemainder && !SkipRemainder(connection)) return std::nullopt;
  return part_ == Part::kBeginning ? ReadBeginning(connection) : ReadParameters(connection);
}

std::optional<TsduReader::Received> TsduReader::ReadBeginning(transport::Connection& connection) {
  const transport::ReadResult seen = connection.Read(absl::MakeSpan(beginning_), /*peek=*/true);
  if (seen.octets == 0 && !seen.end_of_message) return std::nullopt;
  beginning_size_ = seen.octets;
  const ByteSpan beginning(beginning_.data(), seen.octets);
  if (BeginsLikeData(beginning)) return ReadData(connection, beginning, seen.end_of_message);
  part_ = Part::kParameters;
  spdu_.clear();
  return ReadParameters(connection);
}

// `is_whole`: the TSDU has no more octets than `beginning`.
std::optional<TsduReader::Received> TsduReader::ReadData(transport::Connection& connection,
                                                         ByteSpan beginning, bool is_whole) {
  absl::StatusOr<DtSpdu> dt = DtSpdu::Parse(beginning);
  if (!dt.ok()) {
    // Cut short, or wrong: the longest beginning tells.
    if (!is_whole && beginning.size() < kMaxDataHeader) return std::nullopt;
    connection.Read(absl::MakeSpan(beginning_.data(), beginning.size()), /*peek=*/false);
    if (is_whole) return Received{ParseSpdu(beginning), beginning};
    part_ = Part::kRemainder;
    return Received{dt.status(), beginning};
  }
  const size_t header = beginning.size() - dt->user_information.size();
  const bool is_empty =
      connection.Read(absl::MakeSpan(beginning_.data(), header), /*peek=*/false).end_of_message;
  part_ = is_empty ? Part::kNoUserInformation : Part::kUserInformation;
  dt->user_information = {};
  return Received{AsSpdu(std::move(dt)), beginning};
}

std::optional<TsduReader::Received> TsduReader::ReadParameters(transport::Connection& connection) {
  transport::ReadResult read;
  do {
    const size_t had = spdu_.size();
    const size_t want = std::min(connection.readable_octets(), kMaxSpdu + 1 - had);
    spdu_.resize(had + want);
    read = connection.Read(absl::MakeSpan(spdu_).subspan(had), /*peek=*/false);
    spdu_.resize(had + read.octets);
    if (read.end_of_message) {
      part_ = Part::kBeginning;
      return Received{ParseSpdu(spdu_), spdu_};
    }
    if (spdu_.size() > kMaxSpdu) {
      part_ = Part::kRemainder;
      return Received{SpduError({"SPDU", "8.2"}, "longer than its length can say"), spdu_};
    }
  } while (read.octets != 0);
  return std::nullopt;
}

transport::ReadResult TsduReader::ReadUserInformation(transport::Connection& connection,
                                                      absl::Span<uint8_t> into) {
  if (part_ == Part::kNoUserInformation) {
    part_ = Part::kBeginning;
    return {.octets = 0, .end_of_message = true};
  }
  const transport::ReadResult read = connection.Read(into, /*peek=*/false);
  if (read.end_of_message) part_ = Part::kBeginning;
  return read;
}

bool TsduReader::SkipRemainder(transport::Connection& connection) {
  std::array<uint8_t, 256> dropped;
  transport::ReadResult read;
  do {
    read = connection.Read(absl::MakeSpan(dropped), /*peek=*/false);
    if (read.end_of_message) {
      part_ = Part::kBeginning;
      return true;
    }
  } while (read.octets != 0);
  return false;
}

}  // namespace osi
