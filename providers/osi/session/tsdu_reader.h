// SPDUs out of the TSDUs of one transport connection.
#ifndef PROVIDERS_OSI_SESSION_TSDU_READER_H_
#define PROVIDERS_OSI_SESSION_TSDU_READER_H_

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "providers/osi/session/spdu.h"
#include "providers/transport/transport.h"

namespace osi {

// Takes TSDUs off a transport connection. An SPDU that is all parameters is taken as a whole; of a
// DT only what goes before its user information, which the caller then takes in as many parts as
// it likes.
class TsduReader {
 public:
  struct Received {
    // Of a DT the user information is empty: see ReadUserInformation. InvalidArgument names the
    // rule that was broken.
    absl::StatusOr<Spdu> spdu;
    // The first octets of the TSDU, of an SPDU without user information all. Valid until the next
    // call.
    ByteSpan octets;
  };

  // The next SPDU. Nullopt: it has not come as far as is needed. Not within user information.
  std::optional<Received> ReadSpdu(transport::Connection& connection);

  // A DT has been read, and its user information has not yet come to its end.
  bool is_in_user_information() const {
    return part_ == Part::kUserInformation || part_ == Part::kNoUserInformation;
  }
  // The first octets of the TSDU whose user information is read.
  ByteSpan beginning() const { return {beginning_.data(), beginning_size_}; }
  // Takes user information. end_of_message: the TSDU ends here.
  transport::ReadResult ReadUserInformation(transport::Connection& connection,
                                            absl::Span<uint8_t> into);

 private:
  // GT with its token item, then DT with its enclosure item, each length in the longer of its
  // forms. Whatever begins like a DT and is longer has parameters that have no use in the kernel.
  static constexpr size_t kMaxDataHeader = 14;
  // SI, LI of three octets, and what that can count.
  static constexpr size_t kMaxSpdu = 4 + 65535;

  enum class Part : uint8_t {
    kBeginning,
    kParameters,         // of an SPDU without user information
    kUserInformation,    // of a DT
    kNoUserInformation,  // of a DT whose TSDU ended with its parameters
    kRemainder,          // of a TSDU that is not understood
  };

  std::optional<Received> ReadBeginning(transport::Connection& connection);
  std::optional<Received> ReadData(transport::Connection& connection, ByteSpan beginning,
                                   bool is_whole);
  std::optional<Received> ReadParameters(transport::Connection& connection);
  // True: the TSDU has come to its end.
  bool SkipRemainder(transport::Connection& connection);

  Part part_ = Part::kBeginning;
  std::array<uint8_t, kMaxDataHeader> beginning_{};
  size_t beginning_size_ = 0;
  std::vector<uint8_t> spdu_;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_TSDU_READER_H_
