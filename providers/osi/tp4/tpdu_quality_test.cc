#include "providers/osi/tp4/tpdu_quality.h"

#include "providers/osi/tp4/tpdu_test_support.h"

namespace osi {
namespace {

constexpr ThroughputPerDirection kMaximum{
    .calling_to_called = {.target = 0x010203, .minimum_acceptable = 0x040506},
    .called_to_calling = {.target = 0x070809, .minimum_acceptable = 0x0A0B0C}};

TEST(Throughput, HasFourValuesOrEight) {
  const Throughput maximum{.maximum = kMaximum};
  const std::vector<uint8_t> short_form = Octets("010203 040506 070809 0A0B0C");
  EXPECT_EQ(Written(maximum), short_form);
  EXPECT_EQ(Throughput::Parse(short_form).value(), maximum);

  const Throughput both{.maximum = kMaximum,
                        .average = ThroughputPerDirection{
                            .calling_to_called = {.target = 1, .minimum_acceptable = 2},
                            .called_to_calling = {.target = 3, .minimum_acceptable = 4}}};
  const std::vector<uint8_t> long_form =
      Octets("010203 040506 070809 0A0B0C 000001 000002 000003 000004");
  EXPECT_EQ(Written(both), long_form);
  EXPECT_EQ(Throughput::Parse(long_form).value(), both);

  for (size_t size = 0; size < long_form.size(); ++size) {
    EXPECT_EQ(Throughput::Parse(ByteSpan(long_form).first(size)).ok(), size == 12) << size;
  }
}

TEST(TransitDelay, OctetsAndFieldsAgree) {
  const TransitDelay delay{.calling_to_called = {.target = 0x0102, .maximum_acceptable = 0x0304},
                           .called_to_calling = {.target = 0x0506, .maximum_acceptable = 0x0708}};
  const std::vector<uint8_t> octets = Octets("0102 0304 0506 0708");
  EXPECT_EQ(Written(delay), octets);
  EXPECT_EQ(TransitDelay::Parse(octets).value(), delay);
  for (size_t size = 0; size < octets.size(); ++size) {
    EXPECT_FALSE(TransitDelay::Parse(ByteSpan(octets).first(size)).ok()) << size;
  }
}

TEST(ResidualErrorRate, OctetsAndFieldsAgree) {
  const ResidualErrorRate rate{.target = 9, .minimum_acceptable = 6, .tsdu_size = 10};
  const std::vector<uint8_t> octets = Octets("09 06 0A");
  EXPECT_EQ(Written(rate), octets);
  EXPECT_EQ(ResidualErrorRate::Parse(octets).value(), rate);
  EXPECT_FALSE(ResidualErrorRate::Parse(ByteSpan(octets).first(2)).ok());
}

}  // namespace
}  // namespace osi
