// A long transfer over TCP: a gibibyte over a link of 1 Gbit/s and 5 ms, checksums computed and
// checked, each octet copied in at one end and out at the other. Octets of payload per second of
// the machine's time.
#include <cstdint>

#include "benchmark/benchmark.h"
#include "tools/transfer/long_transfer.h"

namespace {

void Transfer(benchmark::State& state, uint32_t lost_of_a_million) {
  wsim::LongTransfer transfer;
  transfer.link.bandwidth = 1'000'000'000;
  transfer.link.latency = absl::Milliseconds(5);
  transfer.link.queue = 10'000;
  transfer.link.loss = {lost_of_a_million * 1000};
  transfer.octets = static_cast<uint64_t>(state.range(0)) << 20;
  transfer.checks_octets = false;  // the simulated user's affair, not TCP's
  for (auto _ : state) {
    const wsim::TransferResult result = wsim::RunTransfer(transfer);
    if (!result.failure.empty()) {
      state.SkipWithError(result.failure.c_str());
      return;
    }
    state.counters["virtual Mbit/s"] = result.goodput() / 1e6;
  }
  state.SetBytesProcessed(static_cast<int64_t>(transfer.octets) * state.iterations());
}

// The argument is in MiB.
BENCHMARK_CAPTURE(Transfer, over_a_clean_link, 0)->Arg(16)->Arg(1024);
BENCHMARK_CAPTURE(Transfer, with_a_loss_in_ten_thousand, 100)->Arg(64);

}  // namespace
