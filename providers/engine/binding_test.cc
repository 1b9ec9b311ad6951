#include "providers/engine/binding.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "providers/engine/testing/engine_test_base.h"

namespace engine {
namespace {

constexpr int kUse = WSAEADDRINUSE;
constexpr int kAcc = WSAEACCES;

// Winsock page: Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE, the table for one user.
TEST(BindConflict, IsTheTableOfThePage) {
  const struct {
    Claim first;
    int expected[6];  // plain *, plain S, REUSE *, REUSE S, EXCL *, EXCL S
  } kRows[] = {
      {{Sharing::kPlain, false}, {kUse, 0, kAcc, 0, kUse, 0}},
      {{Sharing::kPlain, true}, {0, kUse, 0, kAcc, kUse, kUse}},
      {{Sharing::kReuse, false}, {kUse, 0, 0, 0, kUse, 0}},
      {{Sharing::kReuse, true}, {0, kUse, 0, 0, kUse, kUse}},
      {{Sharing::kExclusive, false}, {kUse, kAcc, kAcc, kAcc, kUse, kAcc}},
      {{Sharing::kExclusive, true}, {0, kUse, 0, kAcc, kUse, kUse}},
  };
  for (const auto& row : kRows) {
    int column = 0;
    for (const Sharing sharing : {Sharing::kPlain, Sharing::kReuse, Sharing::kExclusive}) {
      for (const bool is_specific : {false, true}) {
        EXPECT_EQ(BindConflict(row.first, {sharing, is_specific}), row.expected[column])
            << "first " << static_cast<int>(row.first.sharing) << row.first.is_specific
            << ", column " << column;
        ++column;
      }
    }
  }
}

class BindingTest : public EngineTestBase {
 protected:
  BindingTest() : EngineTestBase(StreamWithRelease()) {}

  // The error, or 0; `name` becomes what was bound.
  static int BindAny(BindingTable& table, std::string& name, Sharing sharing = Sharing::kPlain) {
    transport::Address address = FakeAddress(name);
    const int error = table.Bind(address, sharing);
    name = FakeAddresses().ToText(address);
    return error;
  }
  static int BindTo(BindingTable& table, std::string name, Sharing sharing = Sharing::kPlain) {
    return BindAny(table, name, sharing);
  }
};

TEST_F(BindingTest, DifferentAddressesOfAHostShareAPort) {
  Run([&] {
    BindingTable table(FakeAddresses(), transport());
    EXPECT_EQ(BindTo(table, "h1:5000"), 0);
    EXPECT_EQ(BindTo(table, "h100:5000"), 0);
    EXPECT_EQ(BindTo(table, "h1:5000"), WSAEADDRINUSE);
  });
}

TEST_F(BindingTest, AnAddressOfAnotherHostIsNotAvailable) {
  Run([&] {
    BindingTable table(FakeAddresses(), transport());
    EXPECT_EQ(BindTo(table, "h2:5000"), WSAEADDRNOTAVAIL);
  });
}

TEST_F(BindingTest, APortIsFreeAgainAfterUnbinding) {
  Run([&] {
    BindingTable table(FakeAddresses(), transport());
    EXPECT_EQ(BindTo(table, "*:5000"), 0);
    table.Unbind(FakeAddress("*:5000"), Sharing::kPlain);
    EXPECT_EQ(BindTo(table, "*:5000"), 0);
  });
}

TEST_F(BindingTest, EphemeralPortsGoUpAndSkipWhatIsBoundOrUsed) {
  Run([&] {
    BindingTable table(FakeAddresses(), transport());
    EXPECT_EQ(BindTo(table, "*:49153"), 0);
    transport().in_use = {FakeAddress("h1:49154")};
    std::string first = "*:0";
    std::string second = "*:0";
    EXPECT_EQ(BindAny(table, first), 0);
    EXPECT_EQ(BindAny(table, second), 0);
    EXPECT_EQ(first, "*:49152");
    EXPECT_EQ(second, "*:49155");
  });
}

TEST_F(BindingTest, EphemeralPortsComeRoundAndEnd) {
  Run([&] {
    BindingTable table(FakeAddresses(), transport());
    const int ports = BindingTable::kLastEphemeralPort - BindingTable::kFirstEphemeralPort + 1;
    for (int i = 0; i < ports; ++i) EXPECT_EQ(BindTo(table, "*:0"), 0);
    EXPECT_EQ(BindTo(table, "*:0"), WSAENOBUFS);
    table.Unbind(FakeAddress("*:50000"), Sharing::kPlain);
    std::string name = "*:0";
    EXPECT_EQ(BindAny(table, name), 0);
    EXPECT_EQ(name, "*:50000");
  });
}

std::string PortTowards(BindingTable& table, absl::string_view remote) {
  transport::Address address = FakeAddress("*:0");
  const int error = table.BindTowards(address, FakeAddress(std::string(remote)));
  return error == 0 ? FakeAddresses().ToText(address) : "error";
}

TEST_F(BindingTest, ConnectionsToDifferentPeersShareAPort) {
  Run([&] {
    BindingTable table(FakeAddresses(), transport());
    EXPECT_EQ(PortTowards(table, "h2:80"), "*:49152");
    EXPECT_EQ(PortTowards(table, "h2:80"), "*:49153");
    EXPECT_EQ(PortTowards(table, "h2:81"), "*:49152");
    EXPECT_EQ(PortTowards(table, "h3:80"), "*:49152");
  });
}

TEST_F(BindingTest, APortTowardsAPeerIsOneThatNothingUsesTowardsIt) {
  Run([&] {
    BindingTable table(FakeAddresses(), transport());
    EXPECT_EQ(BindTo(table, "*:49152"), 0);
    transport().in_use = {FakeAddress("*:49153")};
    transport().in_use_towards = {{FakeAddress("*:49154"), FakeAddress("h2:80")}};
    EXPECT_EQ(PortTowards(table, "h2:80"), "*:49155");
    EXPECT_EQ(PortTowards(table, "h3:80"), "*:49154");
  });
}

TEST_F(BindingTest, APortTowardsAPeerIsTakenForBindUntilTheLastLeaves) {
  Run([&] {
    BindingTable table(FakeAddresses(), transport());
    EXPECT_EQ(PortTowards(table, "h2:80"), "*:49152");
    EXPECT_EQ(PortTowards(table, "h3:80"), "*:49152");
    std::string any = "*:0";
    EXPECT_EQ(BindAny(table, any), 0);
    EXPECT_EQ(any, "*:49153");
    EXPECT_EQ(BindTo(table, "*:49152"), WSAEADDRINUSE);
    table.UnbindTowards(FakeAddress("*:49152"));
    EXPECT_EQ(BindTo(table, "*:49152"), WSAEADDRINUSE);
    table.UnbindTowards(FakeAddress("*:49152"));
    EXPECT_EQ(BindTo(table, "*:49152"), 0);
  });
}

TEST_F(BindingTest, PortsTowardsAPeerComeRoundAndEnd) {
  Run([&] {
    BindingTable table(FakeAddresses(), transport());
    const int ports = BindingTable::kLastEphemeralPort - BindingTable::kFirstEphemeralPort + 1;
    for (int i = 0; i < ports; ++i) {
      const std::string port = PortTowards(table, "h2:80");
      transport().in_use_towards = {{FakeAddress(port), FakeAddress("h2:80")}};
    }
    EXPECT_EQ(PortTowards(table, "h2:80"), "*:49152") << "which is not used any more";
    for (int port = BindingTable::kFirstEphemeralPort; port <= BindingTable::kLastEphemeralPort;
         ++port) {
      EXPECT_EQ(BindTo(table, absl::StrCat("h100:", port)), 0);
    }
    EXPECT_EQ(PortTowards(table, "h2:80"), "error");
  });
}

// Winsock page: Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE, on closing an exclusive listener.
TEST_F(BindingTest, AnExclusivePortIsNotFreeWhileItsConnectionsLast) {
  Run([&] {
    BindingTable table(FakeAddresses(), transport());
    EXPECT_EQ(BindTo(table, "*:5000", Sharing::kExclusive), 0);
    transport().in_use = {FakeAddress("h1:5000")};
    table.Unbind(FakeAddress("*:5000"), Sharing::kExclusive);
    EXPECT_EQ(BindTo(table, "*:5000"), WSAEADDRINUSE);
    transport().in_use.clear();
    EXPECT_EQ(BindTo(table, "*:5000"), 0);
  });
}

TEST_F(BindingTest, SetsockoptDecidesBeforeBind) {
  Run([&] {
    const SOCKET first = NewSocket();
    const SOCKET second = NewSocket();
    EXPECT_EQ(SetOption(first, winsock::SO_REUSEADDR, 1), 0);
    EXPECT_EQ(SetOption(second, winsock::SO_REUSEADDR, 1), 0);
    EXPECT_EQ(Bind(first, "*:5000"), 0);
    EXPECT_EQ(Bind(second, "*:5000"), 0);
    const SOCKET third = NewSocket();
    EXPECT_EQ(SetOption(third, winsock::SO_EXCLUSIVEADDRUSE, 1), 0);
    EXPECT_EQ(SetOption(third, winsock::SO_REUSEADDR, 1), WSAEINVAL);
    EXPECT_EQ(Bind(third, "*:5000"), WSAEADDRINUSE);
    EXPECT_EQ(SetOption(first, winsock::SO_EXCLUSIVEADDRUSE, 0), WSAEINVAL);  // Bound already.
  });
}

}  // namespace
}  // namespace engine
