#include "tools/dissect/quote_octets.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace wsim {
namespace {

std::vector<uint8_t> Octets(absl::string_view text) { return {text.begin(), text.end()}; }

TEST(QuoteOctets, ShowsWhatIsPrintableAndShort) {
  EXPECT_EQ(QuoteOctets(Octets("")), "\"\"");
  EXPECT_EQ(QuoteOctets(Octets("done")), "\"done\"");
  EXPECT_EQ(QuoteOctets(std::vector<uint8_t>(kQuotedOctets, 'x')),
            "\"" + std::string(kQuotedOctets, 'x') + "\"");
}

TEST(QuoteOctets, CutsWhatIsLongAndSaysHowLongItIs) {
  EXPECT_EQ(QuoteOctets(std::vector<uint8_t>(kQuotedOctets + 1, 'x')),
            absl::StrCat("\"", std::string(kQuotedOctets, 'x'), "…\" (", kQuotedOctets + 1, ")"));
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
