#include "providers/osi/tp4/reference_table.h"

#include "gtest/gtest.h"
#include "providers/osi/clnp/clnp_layer.h"
#include "providers/osi/tp4/connection_table.h"
#include "providers/osi/tp4/tp4_connection.h"
#include "sim/decision/zero_source.h"
#include "sim/host.h"
#include "sim/net/network.h"

namespace osi {
namespace {

// A world with one host, and a connection for the references to stand for.
class ReferenceTableTest : public ::testing::Test {
 protected:
  sim::ZeroSource decisions_;
  sim::World world_{decisions_};
  sim::Host& host_ = **world_.network().AddHost("host");
};

TEST_F(ReferenceTableTest, GivesOutOneAfterTheOtherAndNoneThatIsFrozen) {
  host_.DeclareProcess("test", [this] {
    TpduExchange exchange(world_, host_.boot()->slots().Get<ClnpLayer>());
    ConnectionTable connections(world_, 1, exchange);
    Tp4Connection& connection = connections.Make({}, {});
    ReferenceTable table(/*boot_number=*/1);
    EXPECT_EQ(table.Take(connection), 1);
    EXPECT_EQ(table.Take(connection), 2);
    EXPECT_EQ(table.Find(2), &connection);
    table.Freeze(2);
    EXPECT_EQ(table.Find(2), nullptr);
    for (int i = 3; i < 65536; ++i) EXPECT_EQ(table.Take(connection), i);
    EXPECT_EQ(table.Take(connection), 0);  // all are taken, and 0 is none
    table.Thaw(2);
    EXPECT_EQ(table.Take(connection), 2);
  });
  EXPECT_EQ(world_.Run().failure, "");
}

TEST_F(ReferenceTableTest, AnotherBootStartsElsewhere) {
  host_.DeclareProcess("test", [this] {
    TpduExchange exchange(world_, host_.boot()->slots().Get<ClnpLayer>());
    ConnectionTable connections(world_, 1, exchange);
    Tp4Connection& connection = connections.Make({}, {});
    EXPECT_EQ(ReferenceTable(2).Take(connection), 4097);
    EXPECT_EQ(ReferenceTable(17).Take(connection), 1);  // after 16 boots the first is long ago
  });
  EXPECT_EQ(world_.Run().failure, "");
}

}  // namespace
}  // namespace osi
