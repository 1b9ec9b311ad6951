#include "providers/osi/clnp/clnp_pdu.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "providers/osi/checksum/iso_checksum.h"
#include "providers/osi/clnp/clnp_header.h"

namespace osi {
namespace {

using wire::ByteReader;
using wire::ByteSpan;

constexpr size_t kSegmentationOctets = 6;
constexpr size_t kReasonForDiscardOctets = 4;

constexpr uint8_t kSegmentationPermitted = 0x80;
constexpr uint8_t kMoreSegments = 0x40;
constexpr uint8_t kErrorReport = 0x20;
constexpr uint8_t kDataType = 0x1C;
constexpr uint8_t kErrorReportType = 0x01;

absl::Status WrongType(uint8_t type) {
  return ClnpSyntaxError(
      kClnpFlagsOctet,
      absl::StrCat("CLNP type ", absl::Hex(type, absl::kZeroPad2), " (ISO 8473 7.2.7)"));
}

// 7.4. `header` has flag SP; takes the segmentation part off what follows the addresses.
absl::StatusOr<ClnpSegmentation> TakeSegmentation(ClnpHeader& header) {
  const size_t octet = header.after_addresses_octet;
  ByteReader in(header.after_addresses);
  const ClnpSegmentation segmentation{.data_unit_identifier = in.U16(),
                                      .offset = in.U16(),
                                      .total_length = in.U16(),
                                      .more_segments = (header.flags & kMoreSegments) != 0};
  if (!in.ok()) return ClnpSyntaxError(octet, "CLNP segmentation part truncated (ISO 8473 7.4)");
  if (segmentation.offset % 8 != 0) {
    return ClnpSyntaxError(octet + 2,
                           "CLNP segment offset is not a multiple of 8 (ISO 8473 7.4.2)");
  }
  const size_t data = header.data.size();
  if (segmentation.more_segments && (data == 0 || data % 8 != 0)) {
    return ClnpSyntaxError(kClnpSegmentLengthOctet,
                           "CLNP segment before the last without a multiple of 8 octets of data "
                           "(ISO 8473 6.7)");
  }
  const size_t end = header.header_octets() + segmentation.offset + data;
  if (segmentation.more_segments ? end >= segmentation.total_length
                                 : end != segmentation.total_length) {
    return ClnpSyntaxError(octet + 4,
                           absl::StrCat("CLNP segment ends at ", end, " of a total length of ",
                                        segmentation.total_length, " (ISO 8473 7.4.3)"));
  }
  header.after_addresses.remove_prefix(kSegmentationOctets);
  header.after_addresses_octet += kSegmentationOctets;
  return segmentation;
}

absl::StatusOr<ClnpDataPdu> ToDataPdu(ClnpHeader header) {
  if (header.type() != kDataType) return WrongType(header.type());
  ClnpDataPdu pdu{.lifetime = header.lifetime,
                  .error_report_allowed = (header.flags & kErrorReport) != 0,
                  .checksum = header.checksum,
                  .destination = header.destination,
                  .source = header.source,
                  .data = header.data};
  if ((header.flags & kSegmentationPermitted) != 0) {
    absl::StatusOr<ClnpSegmentation> segmentation = TakeSegmentation(header);
    if (!segmentation.ok()) return segmentation.status();
    pdu.segmentation = *segmentation;
  } else if ((header.flags & kMoreSegments) != 0) {
    return ClnpSyntaxError(kClnpFlagsOctet, "CLNP flag MS without SP (ISO 8473 7.2.6.2)");
  }
  absl::StatusOr<ClnpOptions> options =
      ParseClnpOptions(header.after_addresses, header.after_addresses_octet, false);
  if (!options.ok()) return options.status();
  pdu.options = *std::move(options);
  return pdu;
}

absl::StatusOr<ClnpErrorReportPdu> ToErrorReportPdu(const ClnpHeader& header) {
  if (header.type() != kErrorReportType) return WrongType(header.type());
  if (header.flags != kErrorReportType) {
    return ClnpSyntaxError(kClnpFlagsOctet, "CLNP error report with flags (ISO 8473 7.9.2)");
  }
  absl::StatusOr<ClnpOptions> options =
      ParseClnpOptions(header.after_addresses, header.after_addresses_octet, true);
  if (!options.ok()) return options.status();
  const auto reason = std::find_if(options->begin(), options->end(), [](const ClnpOption& option) {
    return option.code == ClnpOptionCode::kReasonForDiscard;
  });
  if (reason == options->end()) {
    return ClnpSyntaxError(0, "CLNP error report without a reason (ISO 8473 7.9.5)");
  }
  const ClnpFault fault{.reason = static_cast<DiscardReason>(reason->value[0]),
                        .octet = reason->value[1]};
  options->erase(reason);
  return ClnpErrorReportPdu{.lifetime = header.lifetime,
                            .checksum = header.checksum,
                            .destination = header.destination,
                            .source = header.source,
                            .fault = fault,
                            .options = *std::move(options),
                            .discarded = header.data};
}

}  // namespace

absl::StatusOr<ClnpDataPdu> ClnpDataPdu::Parse(ByteSpan bytes) {
  absl::StatusOr<ClnpHeader> header = ClnpHeader::Parse(bytes);
  if (!header.ok()) return header.status();
  return ToDataPdu(*header);
}

size_t ClnpDataPdu::header_octets() const {
  return ClnpHeaderWriter::FixedPartAndAddressesOctets(destination, source) +
         (segmentation.has_value() ? kSegmentationOctets : 0) + ClnpOptionsOctets(options);
}

void ClnpDataPdu::WriteHeaderTo(wire::MutableByteSpan header) const {
  ClnpHeaderWriter writer(header);
  uint8_t flags = kDataType;
  if (error_report_allowed) flags |= kErrorReport;
  if (segmentation.has_value()) {
    flags |= kSegmentationPermitted;
    if (segmentation->more_segments) flags |= kMoreSegments;
  }
  writer.FixedPartAndAddresses(lifetime, flags, data.size(), destination, source);
  if (segmentation.has_value()) {
    writer.U16(segmentation->data_unit_identifier);
    writer.U16(segmentation->offset);
    writer.U16(segmentation->total_length);
  }
  writer.Options(options);
  writer.Finish(checksum);
}

void ClnpDataPdu::AppendTo(std::vector<uint8_t>& out) const {
  const size_t start = out.size();
  out.resize(start + header_octets());
  WriteHeaderTo(absl::MakeSpan(out).subspan(start));
  out.insert(out.end(), data.begin(), data.end());
}

absl::StatusOr<ClnpErrorReportPdu> ClnpErrorReportPdu::Parse(ByteSpan bytes) {
  const absl::StatusOr<ClnpHeader> header = ClnpHeader::Parse(bytes);
  if (!header.ok()) return header.status();
  return ToErrorReportPdu(*header);
}

void ClnpErrorReportPdu::AppendTo(std::vector<uint8_t>& out) const {
  const size_t start = out.size();
  out.resize(start + ClnpHeaderWriter::FixedPartAndAddressesOctets(destination, source) +
             kReasonForDiscardOctets + ClnpOptionsOctets(options));
  ClnpHeaderWriter writer(absl::MakeSpan(out).subspan(start));
  writer.FixedPartAndAddresses(lifetime, kErrorReportType, discarded.size(), destination, source);
  const uint8_t reason[] = {static_cast<uint8_t>(fault.reason), fault.octet};
  writer.U8(static_cast<uint8_t>(ClnpOptionCode::kReasonForDiscard));
  writer.Sized(reason);
  writer.Options(options);
  writer.Finish(checksum);
  out.insert(out.end(), discarded.begin(), discarded.end());
}

absl::StatusOr<ClnpPdu> ParseClnpPdu(ByteSpan bytes) {
  absl::StatusOr<ClnpHeader> header = ClnpHeader::Parse(bytes);
  if (!header.ok()) return header.status();
  if (header->type() == kErrorReportType) {
    absl::StatusOr<ClnpErrorReportPdu> pdu = ToErrorReportPdu(*header);
    if (!pdu.ok()) return pdu.status();
    return ClnpPdu(*std::move(pdu));
  }
  absl::StatusOr<ClnpDataPdu> pdu = ToDataPdu(*std::move(header));
  if (!pdu.ok()) return pdu.status();
  return ClnpPdu(*std::move(pdu));
}

void SetClnpLifetime(wire::MutableByteSpan pdu, uint8_t lifetime) {
  const bool checksum = pdu[kClnpChecksumOffset] != 0 || pdu[kClnpChecksumOffset + 1] != 0;
  if (checksum) {
    ChangeOctet(pdu, kClnpChecksumOffset, kClnpLifetimeOffset, lifetime);
  } else {
    pdu[kClnpLifetimeOffset] = lifetime;
  }
}

}  // namespace osi
