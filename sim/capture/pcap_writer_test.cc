#include "sim/capture/pcap_writer.h"

#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "sim/time.h"

namespace sim {
namespace {

using Octets = std::vector<uint8_t>;

const Octets kFrame = {0x02, 0x00, 0x5E, 0x00, 0x53, 0x02, 0x02, 0x00, 0x5E,
                       0x00, 0x53, 0x01, 0x00, 0x03, 0xFE, 0xFE, 0x03};

Octets ContentOf(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool Exists(const std::string& path) { return access(path.c_str(), F_OK) == 0; }

class PcapWriterTest : public ::testing::Test {
 protected:
  PcapWriterTest()
      : path_(absl::StrCat(::testing::TempDir(), "/",
                           ::testing::UnitTest::GetInstance()->current_test_info()->name(),
                           ".pcap")) {
    unlink(path_.c_str());
  }

  std::unique_ptr<PcapWriter> Create(const std::string& path) {
    absl::StatusOr<std::unique_ptr<PcapWriter>> writer = PcapWriter::Create(path);
    EXPECT_TRUE(writer.ok()) << writer.status();
    return *std::move(writer);
  }

  static TraceEvent Sent(int64_t nanoseconds, const Octets& octets) {
    TraceEvent event{.kind = TraceKind::kFrameSent, .octets = octets};
    event.time = Time::FromNanoseconds(nanoseconds);
    return event;
  }

  const std::string path_;
};

TEST_F(PcapWriterTest, WritesARecordForEachFrameSent) {
  auto writer = Create(path_);
  writer->OnTraceEvent(Sent(8'161'360, kFrame));
  writer->OnTraceEvent(Sent(3'000'000'007, {0xFF}));
  EXPECT_TRUE(writer->Finish().ok());
  const Octets expected = {
      0x4D, 0x3C, 0xB2, 0xA1, 0x02, 0x00, 0x04, 0x00,  // magic of nanoseconds, version 2.4
      0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,  // time zone, precision
      0x00, 0x00, 0x04, 0x00, 0x01, 0x00, 0x00, 0x00,  // longest record, LINKTYPE_ETHERNET
      0x00, 0x00, 0x00, 0x00, 0x50, 0x88, 0x7C, 0x00,  // 0.008161360 s
      0x11, 0x00, 0x00, 0x00, 0x11, 0x00, 0x00, 0x00,  // 17 octets of 17
      0x02, 0x00, 0x5E, 0x00, 0x53, 0x02, 0x02, 0x00, 0x5E, 0x00, 0x53, 0x01, 0x00,
      0x03, 0xFE, 0xFE, 0x03, 0x03, 0x00, 0x00, 0x00, 0x07, 0x00, 0x00, 0x00,  // 3.000000007 s
      0x01, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0xFF};
  EXPECT_EQ(ContentOf(path_), expected);
}

TEST_F(PcapWriterTest, WritesWhatWasSentAndNothingElse) {
  auto writer = Create(path_);
  for (TraceKind kind : {TraceKind::kFrameDelivered, TraceKind::kFrameDropped, TraceKind::kPduSent,
                         TraceKind::kApiCall, TraceKind::kNote}) {
    writer->OnTraceEvent({.kind = kind, .octets = kFrame});
  }
  EXPECT_TRUE(writer->Finish().ok());
  EXPECT_EQ(ContentOf(path_).size(), 24u) << "the file's header alone";
}

TEST_F(PcapWriterTest, WritesTheLongestFrameWhole) {
  auto writer = Create(path_);
  writer->OnTraceEvent(Sent(0, Octets(65549, 0xAA)));
  EXPECT_TRUE(writer->Finish().ok());
  EXPECT_EQ(ContentOf(path_).size(), 24u + 16u + 65549u);
}

TEST_F(PcapWriterTest, LeavesNothingBehindUnfinished) {
  auto writer = Create(path_);
  writer->OnTraceEvent(Sent(0, kFrame));
  EXPECT_TRUE(Exists(path_ + ".partial1"));
  writer.reset();
  EXPECT_FALSE(Exists(path_));
  EXPECT_FALSE(Exists(path_ + ".partial1"));
}

TEST_F(PcapWriterTest, SaysThatItCannotWriteThere) {
  const std::string path = path_ + "/missing/run.pcap";
  EXPECT_EQ(PcapWriter::Create(path).status().message(),
            absl::StrCat("cannot write ", path, ": No such file or directory"));
}

TEST_F(PcapWriterTest, SaysAtTheEndThatTheDeviceIsFull) {
  auto writer = Create("/dev/full");
  writer->OnTraceEvent(Sent(0, kFrame));
  EXPECT_EQ(writer->Finish().message(), "cannot write /dev/full: No space left on device");
}

TEST_F(PcapWriterTest, SaysSoTooWhenTheDeviceIsFullLongBeforeTheEnd) {
  auto writer = Create("/dev/full");
  for (int i = 0; i < 100; ++i) writer->OnTraceEvent(Sent(i, Octets(1500)));
  EXPECT_EQ(writer->Finish().message(), "cannot write /dev/full: No space left on device");
}

TEST_F(PcapWriterTest, CanBeFinishedOnce) {
  auto writer = Create(path_);
  EXPECT_TRUE(writer->Finish().ok());
  writer->OnTraceEvent(Sent(0, kFrame));
  EXPECT_FALSE(writer->Finish().ok());
}

}  // namespace
}  // namespace sim
