#include "providers/osi/session/session_options.h"

#include <string>

#include "gtest/gtest.h"
#include "providers/osi/session/spdu_test_support.h"

namespace osi {
namespace {

using transport::OptionStatus;

std::vector<uint8_t> Int(int32_t number) {
  const auto* octets = reinterpret_cast<const uint8_t*>(&number);
  return {octets, octets + sizeof(number)};
}

TEST(SessionOptions, WhatIsSetIsReadBack) {
  struct Row {
    int name;
    std::vector<uint8_t> value;
  };
  for (const Row& row :
       {Row{SO_SESSION_VERSIONS, Int(1)}, Row{SO_SESSION_VERSIONS, Int(2)},
        Row{SO_SESSION_TSDU_MAXIMUM_SEND, Int(256)},
        Row{SO_SESSION_TSDU_MAXIMUM_RECEIVE, Int(65535)}, Row{SO_SESSION_TSDU_MAXIMUM_SEND, Int(0)},
        Row{SO_SESSION_KEEP_TRANSPORT, Int(1)},
        Row{SO_SESSION_USER_REFERENCE, Text(std::string(64, 'u'))},
        Row{SO_SESSION_COMMON_REFERENCE, Text("240101120000Z")},
        Row{SO_SESSION_ADDITIONAL_REFERENCE, Text("1234")}}) {
    SessionOptions options;
    EXPECT_EQ(options.Set(row.name, row.value), OptionStatus::kDone) << row.name;
    std::vector<uint8_t> value;
    EXPECT_EQ(options.Get(row.name, value), OptionStatus::kDone) << row.name;
    EXPECT_EQ(value, row.value) << row.name;
  }
}

TEST(SessionOptions, BothVersionsAndNoLimitsAreTheDefault) {
  SessionOptions options;
  std::vector<uint8_t> value;
  options.Get(SO_SESSION_VERSIONS, value);
  EXPECT_EQ(value, Int(3));
  options.Get(SO_SESSION_TSDU_MAXIMUM_SEND, value);
  EXPECT_EQ(value, Int(0));
  options.Get(SO_SESSION_KEEP_TRANSPORT, value);
  EXPECT_EQ(value, Int(0));
}

TEST(SessionOptions, ValuesOutOfRangeAreRefusedAndChangeNothing) {
  struct Row {
    int name;
    std::vector<uint8_t> value;
    OptionStatus answer;
  };
  for (const Row& row :
       {Row{SO_SESSION_VERSIONS, Int(0), OptionStatus::kInvalidValue},
        Row{SO_SESSION_VERSIONS, Int(4), OptionStatus::kInvalidValue},
        Row{SO_SESSION_VERSIONS, {1, 0}, OptionStatus::kTooShort},
        Row{SO_SESSION_TSDU_MAXIMUM_SEND, Int(255), OptionStatus::kInvalidValue},
        Row{SO_SESSION_TSDU_MAXIMUM_RECEIVE, Int(65536), OptionStatus::kInvalidValue},
        Row{SO_SESSION_TSDU_MAXIMUM_RECEIVE, Int(-1), OptionStatus::kInvalidValue},
        Row{SO_SESSION_TSDU_MAXIMUM_RECEIVE, {}, OptionStatus::kTooShort},
        Row{SO_SESSION_KEEP_TRANSPORT, {1}, OptionStatus::kTooShort},
        Row{SO_SESSION_USER_REFERENCE, Text(std::string(65, 'u')), OptionStatus::kInvalidValue},
        Row{SO_SESSION_COMMON_REFERENCE, Text(std::string(65, 'u')), OptionStatus::kInvalidValue},
        Row{SO_SESSION_ADDITIONAL_REFERENCE, Text("12345"), OptionStatus::kInvalidValue},
        Row{SO_SESSION_PEER_USER_REFERENCE, Text("x"), OptionStatus::kReadOnly},
        Row{SO_SESSION_PEER_COMMON_REFERENCE, Text("x"), OptionStatus::kReadOnly},
        Row{SO_SESSION_PEER_ADDITIONAL_REFERENCE, Text("x"), OptionStatus::kReadOnly},
        Row{99, Int(1), OptionStatus::kUnknown}}) {
    SessionOptions options;
    EXPECT_EQ(options.Set(row.name, row.value), row.answer) << row.name;
    EXPECT_EQ(options.versions, kSessionVersion1 | kSessionVersion2);
    EXPECT_EQ(options.identifier, ConnectionIdentifier());
  }
}

TEST(SessionOptions, EachHasItsName) {
  SessionOptions options;
  std::vector<uint8_t> value;
  int last = 0;
  for (const SessionOptionName& option : SessionOptionNames()) {
    EXPECT_GT(option.number, last);
    last = option.number;
    EXPECT_EQ(options.Get(option.number, value), OptionStatus::kDone) << option.name;
  }
  EXPECT_EQ(options.Get(last + 1, value), OptionStatus::kUnknown);
}

TEST(SessionOptions, LesserLimitTakesNoneForNoLimit) {
  EXPECT_EQ(LesserLimit(0, 0), 0);
  EXPECT_EQ(LesserLimit(0, 300), 300);
  EXPECT_EQ(LesserLimit(300, 0), 300);
  EXPECT_EQ(LesserLimit(300, 400), 300);
}

}  // namespace
}  // namespace osi
