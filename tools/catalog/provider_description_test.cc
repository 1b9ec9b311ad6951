#include "tools/catalog/provider_description.h"

#include "gtest/gtest.h"

namespace wsim {
namespace {

ProviderEntry Stream() {
  ProviderEntry entry;
  entry.registration.name = "stream";
  entry.registration.description = "octets, one after another";
  entry.registration.address_family = winsock::AF_INET;
  entry.registration.socket_type = winsock::SOCK_STREAM;
  entry.registration.protocol = winsock::IPPROTO_TCP;
  entry.info.dwServiceFlags1 = winsock::XP1_GUARANTEED_DELIVERY | winsock::XP1_GRACEFUL_CLOSE;
  return entry;
}

ProviderEntry Messages() {
  ProviderEntry entry;
  entry.registration.name = "messages";
  entry.registration.address_family = winsock::AF_ISO;
  entry.registration.socket_type = winsock::SOCK_SEQPACKET;
  entry.registration.protocol = 4711;
  entry.registration.capabilities = {.message_oriented = true,
                                     .connect_data_max = 32,
                                     .accept_data_max = 31,
                                     .disconnect_data_max = 64,
                                     .disconnect_reply_data_max = 63};
  entry.info.dwMessageSize = 0xFFFFFFFF;
  return entry;
}

TEST(ProviderDescription, NamesWhatSocketTakes) {
  const ProviderDescription description = Describe(Stream());
  EXPECT_EQ(description.name, "stream");
  EXPECT_EQ(description.description, "octets, one after another");
  EXPECT_EQ(description.address_family, "AF_INET");
  EXPECT_EQ(description.socket_type, "SOCK_STREAM");
  EXPECT_EQ(description.protocol, "IPPROTO_TCP");
}

TEST(ProviderDescription, LeavesAProtocolWithoutANameANumber) {
  const ProviderDescription description = Describe(Messages());
  EXPECT_EQ(description.socket_type, "SOCK_SEQPACKET");
  EXPECT_EQ(description.protocol, "4711");
}

TEST(ProviderDescription, NamesFlagsInTheOrderOfTheirBits) {
  const ProviderDescription description = Describe(Stream());
  EXPECT_EQ(description.service_flags1, 0x22u);
  EXPECT_EQ(description.flags,
            (std::vector<std::string>{"XP1_GUARANTEED_DELIVERY", "XP1_GRACEFUL_CLOSE"}));
}

TEST(ProviderDescription, HasNoMessageSizeForAStream) {
  EXPECT_EQ(Describe(Stream()).max_message_size, std::nullopt);
  EXPECT_EQ(Describe(Messages()).max_message_size, 0xFFFFFFFF);
}

TEST(ProviderDescription, GivesEachLimitAndZeroWhereThereIsNone) {
  const ProviderDescription messages = Describe(Messages());
  EXPECT_EQ(messages.connect_data_max, 32);
  EXPECT_EQ(messages.accept_data_max, 31);
  EXPECT_EQ(messages.disconnect_data_max, 64);
  EXPECT_EQ(messages.disconnect_reply_data_max, 63);
  const ProviderDescription stream = Describe(Stream());
  EXPECT_EQ(stream.connect_data_max + stream.accept_data_max + stream.disconnect_data_max +
                stream.disconnect_reply_data_max,
            0);
}

TEST(ProviderDescription, OfABaseProviderIsAChainOfItself) {
  EXPECT_EQ(Describe(Stream()).chain, std::vector<std::string>{"stream"});
}

}  // namespace
}  // namespace wsim
