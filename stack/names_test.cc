#include "stack/names.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "stack/winsock2/errors.h"
#include "stack/winsock2/events.h"
#include "stack/winsock2/options.h"
#include "stack/winsock2/protocol_info.h"
#include "stack/winsock2/transfer.h"

namespace winsock {
namespace {

using ::testing::Optional;

TEST(Names, AnErrorHasTheNameOfItsConstant) {
  EXPECT_EQ(Name(WSAECONNREFUSED), "WSAECONNREFUSED");
  EXPECT_EQ(Name(6), "WSA_INVALID_HANDLE");
  EXPECT_EQ(Name(11031), "WSA_QOS_RESERVED_PETYPE");
}

TEST(Names, NoErrorIsZeroAndAnUnknownOneIsEmpty) {
  EXPECT_EQ(Name(0), "0");
  EXPECT_EQ(Name(10072), "");
  EXPECT_EQ(Name(-1), "");
}

TEST(Names, EveryErrorIsFoundByItsNumber) {
  int64_t previous = 0;
  for (const NamedNumber& error : ErrorNames()) {
    EXPECT_GT(error.number, previous) << error.name;
    EXPECT_EQ(Name(static_cast<int>(error.number)), error.name);
    previous = error.number;
  }
}

TEST(Names, EveryTableLeadsThereAndBack) {
  for (auto table : {ErrorNames(), NetworkEventNames(), ServiceFlagNames(), ProviderFlagNames(),
                     MessageFlagNames(), ShutdownNames(), ConditionNames(), SocketOptionNames(),
                     TcpOptionNames(), IpOptionNames(), Ipv6OptionNames(),
                     IsoTransportOptionNames(), IoctlNames(), SocketTypeNames()}) {
    for (const NamedNumber& entry : table) {
      EXPECT_EQ(NameIn(table, entry.number), entry.name);
      EXPECT_THAT(NumberIn(table, entry.name), Optional(entry.number));
    }
  }
}

TEST(Names, TheFirstOfTwoNamesOfOneNumberIsShown) {
  EXPECT_EQ(NameIn(AddressFamilyNames(), 7), "AF_ISO");
  EXPECT_THAT(NumberIn(AddressFamilyNames(), "AF_OSI"), Optional(int64_t{7}));
}

TEST(Names, BitsAreJoinedInAscendingOrder) {
  EXPECT_EQ(NamesOfBits(NetworkEventNames(), FD_CLOSE | FD_READ), "FD_READ+FD_CLOSE");
  EXPECT_EQ(NamesOfBits(NetworkEventNames(), 0), "0");
  EXPECT_EQ(NamesOfBits(MessageFlagNames(), MSG_PEEK | 0x40), "MSG_PEEK+0x40");
}

TEST(Names, JoinedNamesAreReadBack) {
  EXPECT_THAT(BitsOfNames(NetworkEventNames(), "FD_READ+FD_CLOSE"), Optional(0x21u));
  EXPECT_THAT(BitsOfNames(MessageFlagNames(), "0"), Optional(0u));
  EXPECT_EQ(BitsOfNames(MessageFlagNames(), "MSG_PEEK+MSG_LOUD"), std::nullopt);
  EXPECT_EQ(BitsOfNames(MessageFlagNames(), ""), std::nullopt);
}

}  // namespace
}  // namespace winsock
