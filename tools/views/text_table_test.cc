#include "tools/views/text_table.h"

#include "gtest/gtest.h"

namespace wsim {
namespace {

using Lines = std::vector<std::string>;

TEST(DisplayWidth, CountsCodePoints) {
  EXPECT_EQ(DisplayWidth(""), 0u);
  EXPECT_EQ(DisplayWidth("abc"), 3u);
  EXPECT_EQ(DisplayWidth("≠ ä"), 3u);
}

TEST(PrefixOctets, EndsBetweenCodePoints) {
  EXPECT_EQ(PrefixOctets("abc", 0), 0u);
  EXPECT_EQ(PrefixOctets("abc", 2), 2u);
  EXPECT_EQ(PrefixOctets("abc", 9), 3u);
  EXPECT_EQ(PrefixOctets("äöü", 2), 4u);
}

TEST(WrapText, LeavesAloneWhatFits) {
  EXPECT_EQ(WrapText("", 5), Lines{""});
  EXPECT_EQ(WrapText("hello", 5), Lines{"hello"});
}

TEST(WrapText, BreaksAtTheLastSpaceThatFits) {
  EXPECT_EQ(WrapText("one two three", 8), (Lines{"one two", "three"}));
  EXPECT_EQ(WrapText("one two three", 7), (Lines{"one two", "three"}));
  EXPECT_EQ(WrapText("one two three", 6), (Lines{"one", "two", "three"}));
}

TEST(WrapText, CutsAWordThatIsTooLongBetweenCodePoints) {
  EXPECT_EQ(WrapText("abcdefgh", 3), (Lines{"abc", "def", "gh"}));
  EXPECT_EQ(WrapText("ääää", 3), (Lines{"äää", "ä"}));
  EXPECT_EQ(WrapText(" abc", 2), (Lines{" a", "bc"}));
}

TEST(TextTable, AlignsColumnsAndLeavesNoSpacesAtTheEnd) {
  TextTable table(/*widest=*/10);
  table.AddRow({"", "a", "bb"});
  table.AddRule();
  table.AddRow({"first", "1", ""});
  table.AddRow({"ü", "long", "2"});
  EXPECT_EQ(table.ToString(),
            "       a     bb\n"
            "───────────────\n"
            "first  1\n"
            "ü      long  2\n");
}

TEST(TextTable, ContinuesALongCellBelow) {
  TextTable table(/*widest=*/7);
  table.AddRow({"a name as long as it likes", "one two three", "x"});
  table.AddRow({"b", "y", "z"});
  EXPECT_EQ(table.ToString(),
            "a name as long as it likes  one two  x\n"
            "                            three\n"
            "b                           y        z\n");
}

TEST(TextTable, OfNothingIsNothing) { EXPECT_EQ(TextTable(10).ToString(), ""); }

}  // namespace
}  // namespace wsim
