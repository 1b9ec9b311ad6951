#include "providers/inet/path_mtu.h"

#include "gtest/gtest.h"

namespace inet {
namespace {

constexpr size_t kLeast = 68;
const IpAddress kServer = Ipv4Address{{10, 0, 0, 2}};
const IpAddress kOther = Ipv4Address{{10, 0, 0, 3}};

sim::Time At(absl::Duration since_start) { return sim::Time::Zero() + since_start; }

TEST(PathMtus, RemembersWhatARouterSaid) {
  PathMtus paths(kLeast);
  EXPECT_EQ(paths.Of(kServer, At(absl::Seconds(1))), 0);
  EXPECT_TRUE(paths.Learn(kServer, 1280, 1500, At(absl::Seconds(1))));
  EXPECT_EQ(paths.Of(kServer, At(absl::Seconds(2))), 1280);
  EXPECT_EQ(paths.Of(kOther, At(absl::Seconds(2))), 0);
}

TEST(PathMtus, IsNeverWidenedByAMessage) {
  PathMtus paths(kLeast);
  EXPECT_FALSE(paths.Learn(kServer, 1500, 1500, At(absl::Seconds(1))));
  EXPECT_TRUE(paths.Learn(kServer, 1000, 1500, At(absl::Seconds(1))));
  EXPECT_FALSE(paths.Learn(kServer, 1400, 1000, At(absl::Seconds(2))));
  EXPECT_EQ(paths.Of(kServer, At(absl::Seconds(3))), 1000);
}

TEST(PathMtus, NoPathIsNarrowerThanTheLeast) {
  PathMtus paths(kLeast);
  EXPECT_TRUE(paths.Learn(kServer, 1, 1500, At(absl::Seconds(1))));
  EXPECT_EQ(paths.Of(kServer, At(absl::Seconds(1))), kLeast);
  EXPECT_FALSE(paths.Learn(kServer, 0, kLeast, At(absl::Seconds(2))));
}

TEST(PathMtus, ForgetsAfterTenMinutes) {
  PathMtus paths(kLeast);
  paths.Learn(kServer, 1280, 1500, At(absl::Seconds(1)));
  EXPECT_EQ(paths.Of(kServer, At(absl::Seconds(600))), 1280);
  EXPECT_EQ(paths.Of(kServer, At(absl::Seconds(601))), 0);
}

TEST(PathMtus, ForgetsTheOldestWhenThereAreTooMany) {
  PathMtus paths(kLeast);
  const auto address = [](size_t n) {
    return Ipv4Address{{10, 1, static_cast<uint8_t>(n >> 8), static_cast<uint8_t>(n)}};
  };
  for (size_t i = 0; i <= PathMtus::kMost; ++i) {
    paths.Learn(address(i), 1280, 1500, At(absl::Milliseconds(i)));
  }
  EXPECT_EQ(paths.Of(address(0), At(absl::Seconds(5))), 0);
  EXPECT_EQ(paths.Of(address(1), At(absl::Seconds(5))), 1280);
  EXPECT_EQ(paths.Of(address(PathMtus::kMost), At(absl::Seconds(5))), 1280);
}

TEST(PlateauBelow, IsTheNextOneOfTheTable) {
  EXPECT_EQ(PlateauBelow(1500), 1492);
  EXPECT_EQ(PlateauBelow(1492), 1006);
  EXPECT_EQ(PlateauBelow(1006), 508);
  EXPECT_EQ(PlateauBelow(296), 68);
  EXPECT_EQ(PlateauBelow(68), 68);
}

}  // namespace
}  // namespace inet
