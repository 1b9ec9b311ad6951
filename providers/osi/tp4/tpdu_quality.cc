#include "providers/osi/tp4/tpdu_quality.h"

#include "absl/status/status.h"

namespace osi {
namespace {

constexpr size_t kThroughputPerDirectionOctets = 12;

ThroughputPerDirection ReadPerDirection(wire::ByteReader& in) {
  return {.calling_to_called = {.target = in.U24(), .minimum_acceptable = in.U24()},
          .called_to_calling = {.target = in.U24(), .minimum_acceptable = in.U24()}};
}

void WritePerDirection(const ThroughputPerDirection& throughput, wire::ByteWriter& out) {
  out.U24(throughput.calling_to_called.target);
  out.U24(throughput.calling_to_called.minimum_acceptable);
  out.U24(throughput.called_to_calling.target);
  out.U24(throughput.called_to_calling.minimum_acceptable);
}

}  // namespace

absl::StatusOr<Throughput> Throughput::Parse(wire::ByteSpan value) {
  if (value.size() != kThroughputPerDirectionOctets &&
      value.size() != 2 * kThroughputPerDirectionOctets) {
    return absl::InvalidArgumentError("throughput has 12 or 24 octets (ISO 8073 13.3.4)");
  }
  wire::ByteReader in(value);
  Throughput throughput{.maximum = ReadPerDirection(in)};
  if (in.remaining() > 0) throughput.average = ReadPerDirection(in);
  return throughput;
}

void Throughput::AppendTo(std::vector<uint8_t>& out) const {
  wire::ByteWriter writer(out);
  WritePerDirection(maximum, writer);
  if (average.has_value()) WritePerDirection(*average, writer);
}

absl::StatusOr<TransitDelay> TransitDelay::Parse(wire::ByteSpan value) {
  if (value.size() != 8) {
    return absl::InvalidArgumentError("transit delay has 8 octets (ISO 8073 13.3.4)");
  }
  wire::ByteReader in(value);
  return TransitDelay{.calling_to_called = {.target = in.U16(), .maximum_acceptable = in.U16()},
                      .called_to_calling = {.target = in.U16(), .maximum_acceptable = in.U16()}};
}

void TransitDelay::AppendTo(std::vector<uint8_t>& out) const {
  wire::ByteWriter writer(out);
  writer.U16(calling_to_called.target);
  writer.U16(calling_to_called.maximum_acceptable);
  writer.U16(called_to_calling.target);
  writer.U16(called_to_calling.maximum_acceptable);
}

absl::StatusOr<ResidualErrorRate> ResidualErrorRate::Parse(wire::ByteSpan value) {
  if (value.size() != 3) {
    return absl::InvalidArgumentError("residual error rate has 3 octets (ISO 8073 13.3.4)");
  }
  return ResidualErrorRate{
      .target = value[0], .minimum_acceptable = value[1], .tsdu_size = value[2]};
}

void ResidualErrorRate::AppendTo(std::vector<uint8_t>& out) const {
  out.insert(out.end(), {target, minimum_acceptable, tsdu_size});
}

}  // namespace osi
