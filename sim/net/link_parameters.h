// What a link is like.
#ifndef SIM_NET_LINK_PARAMETERS_H_
#define SIM_NET_LINK_PARAMETERS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "sim/ratio.h"

namespace sim {

struct LinkParameters {
  absl::Duration latency = absl::Milliseconds(1);  // one way
  absl::Duration jitter = absl::ZeroDuration();    // at most this much more, drawn for each frame
  uint64_t bandwidth = 100'000'000;                // bits per second, at least 1
  Ratio loss;
  Ratio duplicate;
  Ratio reorder;  // a frame that it strikes is overtaken by later ones
  Ratio corrupt;  // one bit is flipped
  size_t mtu = 1500;
  size_t queue = 100;  // frames that may wait while another is being sent, each direction

  static constexpr size_t kLeastMtu =
      68;  // RFC 791, page 25: every internet module must forward so much
  static constexpr size_t kGreatestMtu = 65535;
  // The longest latency and the greatest jitter.
  static constexpr absl::Duration GreatestDelay() { return absl::Hours(24); }

  // InvalidArgument names the first parameter out of range, what it is and what it may be.
  absl::Status Validate() const;

  friend bool operator==(const LinkParameters&, const LinkParameters&) = default;
};

// What an override says about a link; what is not said stays as it is.
struct LinkOverrides {
  std::optional<absl::Duration> latency;
  std::optional<absl::Duration> jitter;
  std::optional<uint64_t> bandwidth;
  std::optional<Ratio> loss;
  std::optional<Ratio> duplicate;
  std::optional<Ratio> reorder;
  std::optional<Ratio> corrupt;
  std::optional<size_t> mtu;
  std::optional<size_t> queue;

  void ApplyTo(LinkParameters& parameters) const;
  // Of what is said; as LinkParameters::Validate.
  absl::Status Validate() const;
  // What is said, for people: "latency=10ms loss=0.05".
  std::string ToString() const;

  friend bool operator==(const LinkOverrides&, const LinkOverrides&) = default;
};

}  // namespace sim

#endif  // SIM_NET_LINK_PARAMETERS_H_
