// Any octets as a CLNP PDU: what Parse accepts, AppendTo writes back to the same meaning.
#include <variant>
#include <vector>

#include "providers/osi/clnp/clnp_outline.h"
#include "providers/osi/clnp/clnp_pdu.h"
#include "providers/osi/clnp/clnp_route.h"
#include "providers/wire/fuzz_target.h"

namespace osi {
namespace {

const Nsap kHere = Nsap::Local(1, {0, 0, 0x5E, 0, 0x53, 1}, 0x21);
const Nsap kThere = Nsap::Local(1, {0, 0, 0x5E, 0, 0x53, 2}, 0x21);

void Check(bool holds) {
  if (!holds) __builtin_trap();
}

void TryOptions(const ClnpOptions& options) {
  for (const ClnpOption& option : options) {
    std::vector<uint8_t> value = option.value;
    RecordSystem(value, kHere);
    RecordedSystems(value);
    const absl::StatusOr<ClnpSourceRoute> route = ClnpSourceRoute::Parse(option.value);
    if (route.ok()) Check(*ClnpSourceRoute::Parse(route->ToValue()) == *route);
  }
}

template <class Pdu>
void Try(const Pdu& pdu) {
  std::vector<uint8_t> octets;
  pdu.AppendTo(octets);
  const absl::StatusOr<Pdu> again = Pdu::Parse(octets);
  Check(again.ok() && *again == pdu);
  TryOptions(pdu.options);
}

}  // namespace
}  // namespace osi

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const wire::ByteSpan octets(data, size);
  osi::ClnpOutline::Parse(octets);
  const absl::StatusOr<osi::ClnpPdu> pdu = osi::ParseClnpPdu(octets);
  if (!pdu.ok()) {
    osi::Check(osi::ClnpFaultOf(pdu.status()).has_value());
    return 0;
  }
  if (const auto* parsed = std::get_if<osi::ClnpDataPdu>(&*pdu)) osi::Try(*parsed);
  if (const auto* parsed = std::get_if<osi::ClnpErrorReportPdu>(&*pdu)) osi::Try(*parsed);
  return 0;
}

std::vector<std::vector<uint8_t>> wire::FuzzCorpus() {
  using osi::ClnpOptionCode;
  static constexpr uint8_t kText[] = "sixteen octets..";
  osi::ClnpDataPdu data{.lifetime = 30,
                        .error_report_allowed = true,
                        .destination = osi::kThere,
                        .source = osi::kHere,
                        .data = {kText, 16}};
  std::vector<std::vector<uint8_t>> corpus(5);
  data.AppendTo(corpus[0]);
  data.checksum = false;
  data.AppendTo(corpus[1]);
  data.segmentation = osi::ClnpSegmentation{
      .data_unit_identifier = 7, .offset = 8, .total_length = 100, .more_segments = true};
  data.AppendTo(corpus[2]);
  const osi::ClnpSourceRoute route{.path = {osi::kThere, osi::kHere}, .next = 1};
  data.options = {{ClnpOptionCode::kSourceRouting, route.ToValue()},
                  {ClnpOptionCode::kRecordingOfRoute, osi::EmptyRecordOfRoute(true, 30)},
                  {ClnpOptionCode::kPriority, {3}}};
  data.AppendTo(corpus[3]);
  osi::ClnpErrorReportPdu{.lifetime = 9,
                          .destination = osi::kHere,
                          .source = osi::kThere,
                          .fault = {.reason = osi::DiscardReason::kCongestion, .octet = 5},
                          .discarded = corpus[0]}
      .AppendTo(corpus[4]);
  return corpus;
}

size_t wire::FuzzMutations() { return 5000; }
