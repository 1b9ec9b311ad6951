#include "sim/capture/output_file.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace sim {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string ContentOf(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A folder of the test's own.
class OutputFileTest : public ::testing::Test {
 protected:
  OutputFileTest() {
    folder_ = absl::StrCat(::testing::TempDir(), "/output_file_",
                           ::testing::UnitTest::GetInstance()->current_test_info()->name());
    mkdir(folder_.c_str(), 0777);
    for (const std::string& name : Names()) unlink(Path(name).c_str());
  }

  std::string Path(const std::string& name) const { return absl::StrCat(folder_, "/", name); }
  void Write(const std::string& name, const std::string& content) {
    std::ofstream(Path(name), std::ios::binary) << content;
  }
  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    DIR* folder = opendir(folder_.c_str());
    while (const dirent* entry = readdir(folder)) {
      if (entry->d_name[0] != '.') names.push_back(entry->d_name);
    }
    closedir(folder);
    std::sort(names.begin(), names.end());
    return names;
  }
  std::unique_ptr<OutputFile> Create(const std::string& name) {
    absl::StatusOr<std::unique_ptr<OutputFile>> file = OutputFile::Create(Path(name));
    EXPECT_TRUE(file.ok()) << file.status();
    return *std::move(file);
  }

  std::string folder_;
};

TEST_F(OutputFileTest, AppearsWhenItIsFinished) {
  auto file = Create("a");
  std::fputs("whole", file->stream());
  EXPECT_THAT(Names(), ElementsAre("a.partial1"));
  EXPECT_TRUE(file->Finish().ok());
  EXPECT_THAT(Names(), ElementsAre("a"));
  EXPECT_EQ(ContentOf(Path("a")), "whole");
}

TEST_F(OutputFileTest, LeavesNothingBehindUnfinished) {
  auto file = Create("a");
  std::fputs("half", file->stream());
  file.reset();
  EXPECT_THAT(Names(), IsEmpty());
}

TEST_F(OutputFileTest, LeavesWhatWasThereUntilItIsFinished) {
  Write("a", "old");
  auto file = Create("a");
  std::fputs("new", file->stream());
  EXPECT_EQ(ContentOf(Path("a")), "old");
  EXPECT_TRUE(file->Finish().ok());
  EXPECT_EQ(ContentOf(Path("a")), "new");
}

TEST_F(OutputFileTest, DoesNotDisturbAnotherOfTheSameName) {
  auto first = Create("a");
  auto second = Create("a");
  std::fputs("first", first->stream());
  std::fputs("second", second->stream());
  EXPECT_TRUE(second->Finish().ok());
  EXPECT_EQ(ContentOf(Path("a")), "second");
  EXPECT_TRUE(first->Finish().ok());
  EXPECT_EQ(ContentOf(Path("a")), "first");
  EXPECT_THAT(Names(), ElementsAre("a"));
}

TEST_F(OutputFileTest, FollowsALink) {
  Write("a", "old");
  ASSERT_EQ(symlink(Path("a").c_str(), Path("link").c_str()), 0);
  auto file = Create("link");
  std::fputs("new", file->stream());
  EXPECT_TRUE(file->Finish().ok());
  EXPECT_EQ(ContentOf(Path("a")), "new");
  EXPECT_THAT(Names(), ElementsAre("a", "link"));
}

TEST_F(OutputFileTest, SaysInOneLineThatThereIsNoSuchFolder) {
  const std::string path = Path("missing/a");
  EXPECT_EQ(OutputFile::Create(path).status().message(),
            absl::StrCat("cannot write ", path, ": No such file or directory"));
}

TEST_F(OutputFileTest, SaysThatItIsAFolder) {
  EXPECT_EQ(OutputFile::Create(folder_).status().message(),
            absl::StrCat("cannot write ", folder_, ": Is a directory"));
}

TEST_F(OutputFileTest, SaysThatTooManyWereLeftBehind) {
  std::vector<std::unique_ptr<OutputFile>> files;
  for (int i = 0; i < 100; ++i) files.push_back(Create("a"));
  EXPECT_EQ(OutputFile::Create(Path("a")).status().message(),
            absl::StrCat("cannot write ", Path("a"), ": remove what was left behind as ", Path("a"),
                         ".partial1 and so on"));
}

TEST_F(OutputFileTest, WritesToADeviceDirectlyAndSaysThatItIsFull) {
  absl::StatusOr<std::unique_ptr<OutputFile>> file = OutputFile::Create("/dev/full");
  ASSERT_TRUE(file.ok()) << file.status();
  std::fputs("more than it takes", (*file)->stream());
  EXPECT_EQ((*file)->Finish().message(), "cannot write /dev/full: No space left on device");
  struct stat device;
  ASSERT_EQ(stat("/dev/full", &device), 0);
  EXPECT_TRUE(S_ISCHR(device.st_mode)) << "the device is still there";
}

TEST_F(OutputFileTest, CanBeFinishedOnce) {
  auto file = Create("a");
  EXPECT_TRUE(file->Finish().ok());
  EXPECT_FALSE(file->Finish().ok());
  EXPECT_THAT(Names(), ElementsAre("a"));
}

TEST_F(OutputFileTest, KeepsTheTargetWhenItCannotTakeItsPlace) {
  auto file = Create("a");
  ASSERT_EQ(mkdir(Path("a").c_str(), 0777), 0);
  EXPECT_EQ(file->Finish().message(), absl::StrCat("cannot write ", Path("a"), ": Is a directory"));
  EXPECT_THAT(Names(), ElementsAre("a"));
  rmdir(Path("a").c_str());
}

}  // namespace
}  // namespace sim
