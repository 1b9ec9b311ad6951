#include "tools/dissect/quote_octets.h"

#include <vector>

#include "gtest/gtest.h"

namespace wsim {
namespace {

std::vector<uint8_t> Octets(absl::string_view text) { return {text.begin(), text.end()}; }

TEST(QuoteOctets, ShowsWhatIsPrintableAndShort) {
  EXPECT_EQ(QuoteOctets(Octets("")), "\"\"");
  EXPECT_EQ(QuoteOctets(Octets("done")), "\"done\"");
  EXPECT_EQ(QuoteOctets(std::vector<uint8_t>(32, 'x')), "\"" + std::string(32, 'x') + "\"");
}

TEST(QuoteOctets, CutsWhatIsLongAndSaysHowLongItIs) {
  EXPECT_EQ(QuoteOctets(std::vector<uint8_t>(33, 'x')), "\"" + std::string(32, 'x') + "…\" (33)");
}

TEST(QuoteOctets, CountsWhatIsNotPrintable) {
  EXPECT_EQ(QuoteOctets(Octets("\n")), "1 octet");
  EXPECT_EQ(QuoteOctets(Octets("caf\xC3\xA9")), "5 octets");
  EXPECT_EQ(QuoteOctets(std::vector<uint8_t>(1000, 0)), "1000 octets");
}

TEST(WithData, NamesThePduAlone) {
  EXPECT_EQ(WithData("DC", {}), "DC");
  EXPECT_EQ(WithData("DR", Octets("3")), "DR \"3\"");
}

}  // namespace
}  // namespace wsim
