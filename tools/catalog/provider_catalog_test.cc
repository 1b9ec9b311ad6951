#include "tools/catalog/provider_catalog.h"

#include <set>

#include "gtest/gtest.h"
#include "sim/decision/zero_source.h"
#include "tools/catalog/provider_description.h"

namespace wsim {
namespace {

TEST(ProviderCatalog, HasTheProvidersInTheirOrder) {
  std::vector<std::string> names;
  for (const ProviderEntry& entry : Providers()) names.push_back(entry.registration.name);
  EXPECT_EQ(names, (std::vector<std::string>{"tcp", "tp4", "session", "tcp6"}));
  EXPECT_EQ(ProviderNames(), "tcp, tp4, session and tcp6");
}

TEST(ProviderCatalog, FindsAnEntryByItsExactName) {
  ASSERT_NE(FindProvider("tp4"), nullptr);
  EXPECT_EQ(FindProvider("tp4")->registration.name, "tp4");
  EXPECT_EQ(FindProvider("TP4"), nullptr);
  EXPECT_EQ(FindProvider(""), nullptr);
}

TEST(ProviderCatalog, SaysWhatEachProtocolCarriesWhenAConnectionEnds) {
  const ProviderDescription tcp = Describe(*FindProvider("tcp"));
  EXPECT_EQ(tcp.disconnect_data_max, 0);
  const ProviderDescription tp4 = Describe(*FindProvider("tp4"));
  EXPECT_EQ(tp4.connect_data_max, 32);
  EXPECT_EQ(tp4.accept_data_max, 32);
  EXPECT_EQ(tp4.disconnect_data_max, 64);
  EXPECT_EQ(tp4.disconnect_reply_data_max, 0);
  const ProviderDescription session = Describe(*FindProvider("session"));
  EXPECT_GE(session.disconnect_data_max, 512);
  EXPECT_EQ(session.disconnect_reply_data_max, session.disconnect_data_max);
}

TEST(ProviderCatalog, GivesEachEntryTheSameNumberInEveryWorld) {
  std::set<winsock::DWORD> numbers;
  for (const ProviderEntry& entry : Providers()) numbers.insert(entry.info.dwCatalogEntryId);
  EXPECT_EQ(numbers.size(), Providers().size());
  sim::ZeroSource decisions;
  sim::World world(decisions);
  EXPECT_TRUE(InstallProviders(world).ok()) << "each must get the number that its info says";
}

}  // namespace
}  // namespace wsim
