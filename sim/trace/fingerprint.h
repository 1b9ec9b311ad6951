// The fingerprint of a run: 64 bits that say whether two runs were the same.
#ifndef SIM_TRACE_FINGERPRINT_H_
#define SIM_TRACE_FINGERPRINT_H_

#include <cstdint>
#include <string>

#include "sim/trace/hash64.h"
#include "sim/trace/trace.h"

namespace sim {

// Hashes the typed integers and the octets of every event, and never its name, text or clause:
// words may be improved without another fingerprint. The same whoever else listens, on every
// machine and build.
class Fingerprint final : public TraceListener {
 public:
  void OnTraceEvent(const TraceEvent& event) override;

  uint64_t value() const { return hash_.value(); }
  // 16 hexadecimal digits, in lower case.
  std::string ToString() const;

 private:
  Hash64 hash_;
};

}  // namespace sim

#endif  // SIM_TRACE_FINGERPRINT_H_
