// The variable part of a TPDU (ISO 8073 13.2.3), for the parsers and writers of this folder: a row
// of `code, length, value`, in any order, the checksum among them.
#ifndef PROVIDERS_OSI_TP4_TPDU_PARAMETER_H_
#define PROVIDERS_OSI_TP4_TPDU_PARAMETER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "providers/osi/tp4/tpdu_header.h"

namespace osi {

// Parameter codes. E0 and C1 mean something else in DR and ER than in CR and CC.
enum class ParameterCode : uint8_t {
  kAdditionalInformation = 0xE0,  // DR
  kRejectedTpdu = 0xC1,           // ER
  kCallingTsapId = 0xC1,          // CR, CC, as are all below up to the inactivity time
  kCalledTsapId = 0xC2,
  kMaximumTpduSize = 0xC0,
  kPreferredMaximumTpduSize = 0xF0,
  kVersion = 0xC4,
  kProtection = 0xC5,
  kAdditionalOptions = 0xC6,
  kAlternativeClasses = 0xC7,
  kAcknowledgeTime = 0x85,
  kResidualErrorRate = 0x86,
  kPriority = 0x87,
  kTransitDelay = 0x88,
  kThroughput = 0x89,
  kInactivityTime = 0xF2,
  kSubsequenceNumber = 0x8A,        // AK
  kFlowControlConfirmation = 0x8C,  // AK
  kChecksum = 0xC3,                 // every TPDU
};

struct Parameter {
  ParameterCode code = ParameterCode::kChecksum;
  ByteSpan value;
  size_t offset = 0;  // of the code, from the front of the TPDU
};

// A TPDU cut where its parts meet, its checksum verified.
struct TpduParts {
  TpduType type = TpduType::kCr;
  uint8_t credit = 0;  // the low half of octet 2
  ByteSpan fixed;      // what follows octet 2, up to the parameters
  ByteSpan parameters;
  ByteSpan user_data;
  bool checksum = false;  // C3 is there, and right

  size_t parameters_offset() const { return 2 + fixed.size(); }
};

// Checks LI, the place of every parameter, the checksum, and that octet 2 is that of a `type` whose
// fixed part ends after `fixed_octets`, LI included. Octet 2 has a CDT only where `has_credit`.
absl::StatusOr<TpduParts> CutTpdu(ByteSpan tpdu, TpduType type, size_t fixed_octets,
                                  bool has_credit = false);

// Goes through the parameters of parts that CutTpdu returned, except the checksum.
class ParameterReader {
 public:
  explicit ParameterReader(const TpduParts& parts)
      : rest_(parts.parameters), offset_(parts.parameters_offset()) {}
  // False after the last one.
  bool Next(Parameter& parameter);

 private:
  ByteSpan rest_;
  size_t offset_;
};

// 13.2.3, 6.22: `type` does not carry this parameter.
absl::Status UnknownParameter(TpduType type, const Parameter& parameter);
// The parameter has a value that `rule`, a clause of ISO 8073, rules out.
absl::Status BadParameter(TpduType type, const Parameter& parameter, absl::string_view rule);
// The field at `offset` has a value that `rule`, a clause of ISO 8073, rules out.
absl::Status BadField(TpduType type, size_t offset, absl::string_view what, absl::string_view rule);
// InvalidArgument unless the parts hold between `least` and `most` octets of user data.
absl::Status CheckUserData(const TpduParts& parts, size_t least, size_t most,
                           absl::string_view rule);

// Writes one TPDU at the end of `out`, which outlives the writer.
class TpduWriter {
 public:
  // `credit` is the low half of octet 2.
  TpduWriter(std::vector<uint8_t>& out, TpduType type, uint8_t credit = 0);

  wire::ByteWriter& fixed() { return writer_; }
  void AddParameter(ParameterCode code, ByteSpan value);
  // The low `octets` octets of `value`.
  void AddNumber(ParameterCode code, uint64_t value, size_t octets);
  // The end of every TPDU: the checksum parameter if there is one, LI, and the user data.
  void Finish(bool checksum, ByteSpan user_data = {});

 private:
  std::vector<uint8_t>& out_;
  wire::ByteWriter writer_;
  size_t start_;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TPDU_PARAMETER_H_
