#include "tools/scenario/sandbox/utf8_text.h"

#include "gtest/gtest.h"

namespace wsim {
namespace {

TEST(EscapeInvalidUtf8, LeavesTextAlone) {
  EXPECT_EQ(EscapeInvalidUtf8(""), "");
  EXPECT_EQ(EscapeInvalidUtf8("plain\n\t\\x"), "plain\n\t\\x");
  EXPECT_EQ(EscapeInvalidUtf8("\u00e9\u20ac\U0001F600"), "\u00e9\u20ac\U0001F600");
  EXPECT_EQ(EscapeInvalidUtf8("\xF4\x8F\xBF\xBF"), "\xF4\x8F\xBF\xBF");
}

TEST(EscapeInvalidUtf8, WritesOtherOctetsInHexadecimal) {
  EXPECT_EQ(EscapeInvalidUtf8("\xFF"
                              "ab\x80"),
            "\\xFFab\\x80");
  EXPECT_EQ(EscapeInvalidUtf8("\xC3"), "\\xC3");                    // cut short
  EXPECT_EQ(EscapeInvalidUtf8("\xE2\x82"), "\\xE2\\x82");           // cut short
  EXPECT_EQ(EscapeInvalidUtf8("\xC0\x80"), "\\xC0\\x80");           // overlong
  EXPECT_EQ(EscapeInvalidUtf8("\xE0\x9F\xBF"), "\\xE0\\x9F\\xBF");  // overlong
  EXPECT_EQ(EscapeInvalidUtf8("\xF0\x8F\xBF\xBF"), "\\xF0\\x8F\\xBF\\xBF");
  EXPECT_EQ(EscapeInvalidUtf8("\xED\xA0\x80"), "\\xED\\xA0\\x80");           // a surrogate
  EXPECT_EQ(EscapeInvalidUtf8("\xF4\x90\x80\x80"), "\\xF4\\x90\\x80\\x80");  // beyond U+10FFFF
  EXPECT_EQ(EscapeInvalidUtf8("\xE2(\xA1"), "\\xE2(\\xA1");
}

TEST(OneLine, KeepsControlCharactersOutOfIt) {
  EXPECT_EQ(OneLine("a\nb\r\t\x7f\u00e9\xfe"), "a\\nb\\x0D\\x09\\x7F\u00e9\\xFE");
}

}  // namespace
}  // namespace wsim
