// SPDUs into the TSDUs of one transport connection.
#ifndef PROVIDERS_OSI_SESSION_TSDU_WRITER_H_
#define PROVIDERS_OSI_SESSION_TSDU_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "providers/osi/session/spdu_item.h"
#include "providers/transport/transport.h"
#include "providers/wire/bytes.h"

namespace osi {

// Writes SSDUs as they are given, part by part, into DT SPDUs, and other SPDUs as a whole. The
// transport connection buffers what is sent; here waits only what it had no room for: SPDUs, and
// the beginning of a DT, which must not be torn from the first octet of its SSDU.
//
// Where segmenting was agreed on, an SSDU goes in as many DTs as it takes, each with its enclosure
// item in front. Whether a segment is the last must be known before it goes, so a full one waits
// for the next octet or the end.
//
// `connection` is the same one in every call.
class TsduWriter {
 public:
  // Of a DT that carries a segment: GT, DT and its enclosure item.
  static constexpr size_t kSegmentHeader = 7;
  // A DT is about to be written; nullopt: it carries a whole SSDU, and has no enclosure item.
  using OnDt = absl::FunctionRef<void(const std::optional<Enclosure>&)>;

  // From now on SSDUs go in segments, in TSDUs of at most `tsdu_maximum` octets, which is more than
  // kSegmentHeader. Before the first SSDU.
  void SetSegmenting(size_t tsdu_maximum) { segment_max_ = tsdu_maximum - kSegmentHeader; }

  void StopSegmenting() { segment_max_ = 0; }

  // As transport::Connection::Write and writable_octets, for SSDUs.
  size_t WriteSsdu(transport::Connection& connection, absl::Span<const ByteSpan> pieces,
                   bool end_of_ssdu, OnDt on_dt);
  size_t writable_octets(const transport::Connection& connection) const;
  // An SSDU has begun and was not ended.
  bool is_in_ssdu() const { return is_in_ssdu_; }
  // Ends the SSDU with what was written of it. Only within one.
  void EndSsdu(transport::Connection& connection, OnDt on_dt);

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

  bool is_segmenting() const { return segment_max_ != 0; }
  size_t BeginSsdu(transport::Connection& connection, absl::Span<const ByteSpan> pieces,
                   bool end_of_ssdu);
  size_t WriteSegments(transport::Connection& connection, absl::Span<const ByteSpan> pieces,
                       bool end_of_ssdu, OnDt on_dt);
  void SendSegment(transport::Connection& connection, bool is_last, OnDt on_dt);

  std::vector<Part> waiting_;
  size_t first_ = 0;  // parts before it were taken
  bool is_in_ssdu_ = false;
  bool is_in_tsdu_ = false;        // as far as the transport connection has taken parts
  size_t segment_max_ = 0;         // octets of user information in a DT; 0: SSDUs are not segmented
  bool has_sent_segment_ = false;  // of the SSDU that has begun
  std::vector<uint8_t> segment_;   // what was written of it and not yet sent
};

}  // namespace osi

#endif  // PROVIDERS_OSI_SESSION_TSDU_WRITER_H_
