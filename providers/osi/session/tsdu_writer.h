// SPDUs into the TSDUs of one transport connection.
#ifndef PROVIDERS_OSI_SESSION_TSDU_WRITER_H_
#define PROVIDERS_OSI_SESSION_TSDU_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "providers/transport/transport.h"
#include "providers/wire/bytes.h"

namespace osi {

using wire::ByteSpan;

// Writes SSDUs as they are given, part by part, into DT SPDUs, and other SPDUs as a whole. The
// transport connection buffers what is sent; here waits only what it had no room for: SPDUs, and
// the beginning of a DT, which must not be torn from the first octet of its SSDU.
//
// `connection` is the same one in every call.
class TsduWriter {
 public:
  // As transport::Connection::Write and writable_octets, for SSDUs.
  size_t WriteSsdu(transport::Connection& connection, absl::Span<const ByteSpan> pieces,
                   bool end_of_ssdu);
  size_t writable_octets(const transport::Connection& connection) const;
  // An SSDU has begun and was not ended.
  bool is_in_ssdu() const { return is_in_ssdu_; }
  // Ends the SSDU with what was written of it. Only within one.
  void EndSsdu(transport::Connection& connection);

  // Not within an SSDU.
  void WriteSpdu(transport::Connection& connection, std::vector<uint8_t> spdu);

  // Offers again what had no room. True: nothing is left.
  bool Flush(transport::Connection& connection);
  bool is_empty() const { return first_ == waiting_.size(); }

  // A TSDU has begun on the transport connection and was not ended: nothing else can be sent.
  bool is_in_tsdu() const { return is_in_tsdu_; }
  // Forgets what waits. Not within a TSDU.
  void DropWaiting();

 private:
  struct Part {
    std::vector<uint8_t> octets;
    size_t taken = 0;
    bool end_of_tsdu = true;
  };

  size_t BeginSsdu(transport::Connection& connection, absl::Span<const ByteSpan> pieces,
                   bool end_of_ssdu);

  std::vector<Part> waiting_;
  size_t first_ = 0;  // parts before it were taken
  bool is_in_ssdu_ = false;
  bool is_in_tsdu_ = false;  // as far as the transport connection has taken parts
};

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_TSDU_WRITER_H_
