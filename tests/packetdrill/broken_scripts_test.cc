// Whatever becomes of a script, it is refused in one line that names file and line, or runs to an
// end: cut off anywhere, without any of its lines, with octets changed, lines doubled and swapped.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "sim/stack_pool.h"
#include "tools/packetdrill/run.h"

namespace wsim::packetdrill {
namespace {

constexpr const char* kFolder = "tests/packetdrill";

std::vector<std::string> Texts() {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kFolder)) {
    if (entry.path().extension() == ".pkt") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  for (const std::string& path : paths) {
    std::ifstream file(path);
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return texts;
}

class BrokenScripts : public ::testing::Test {
 protected:
  // What is told of the text is in order. Whether it passes.
  bool Run(const std::string& text) {
    const absl::StatusOr<Result> result = RunText(text, "a.pkt", {.stacks = &stacks_});
    if (!result.ok()) {
      const std::string message(result.status().message());
      EXPECT_TRUE(absl::StartsWith(message, "a.pkt:")) << message;
      EXPECT_FALSE(absl::StrContains(message, '\n')) << message;
      return false;
    }
    const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
    EXPECT_GE(result->line, 0);
    EXPECT_LE(result->line, lines);
    const bool passes = result->verdict == Verdict::kPassed;
    EXPECT_EQ(result->what.empty(), passes) << result->what;
    EXPECT_FALSE(absl::StrContains(result->what, "internal")) << result->what;
    return passes;
  }

  const std::vector<std::string> texts_ = Texts();
  sim::StackPool stacks_;
};

TEST_F(BrokenScripts, MayEndBehindAnyLine) {
  for (size_t i = 0; i < texts_.size(); i += 3) {
    const std::string& text = texts_[i];
    for (size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', end + 1)) {
      Run(text.substr(0, end));
    }
  }
}

TEST_F(BrokenScripts, MayEndBehindAnyOctet) {
  for (size_t i = 0; i < texts_.size(); i += 16) {
    for (size_t size = 0; size < texts_[i].size(); ++size) Run(texts_[i].substr(0, size));
  }
}

TEST_F(BrokenScripts, MayLackAnyLine) {
  for (size_t i = 0; i < texts_.size(); i += 8) {
    const std::vector<std::string> lines = absl::StrSplit(texts_[i], '\n');
    for (size_t without = 0; without < lines.size(); ++without) {
      std::vector<std::string> rest = lines;
      rest.erase(rest.begin() + static_cast<ptrdiff_t>(without));
      Run(absl::StrJoin(rest, "\n"));
    }
  }
}

// Numbers that are always the same: Lehmer's generator.
class Numbers {
 public:
  size_t Below(size_t limit) {
    state_ = state_ * 48271 % 0x7FFFFFFF;
    return static_cast<size_t>(state_) % limit;
  }

 private:
  uint64_t state_ = 20260101;
};

std::string Mutated(const std::string& text, Numbers& numbers) {
  static constexpr const char* kPieces[] = {"(",
                                            ")",
                                            "<",
                                            ">",
                                            "`",
                                            "\"",
                                            "%{",
                                            "}%",
                                            "...",
                                            "~",
                                            "/*",
                                            "#",
                                            "-1",
                                            "4294967295",
                                            "0x",
                                            "99999999999999999999",
                                            "\xFF",
                                            "+1000 ",
                                            "close(4) = 0",
                                            "+0 < R 1:1(0) win 0",
                                            "wscale 255,",
                                            "mss 0,",
                                            "sack 1:2",
                                            "1:2(1)",
                                            "\n* > . 1:1(0) ack 1\n",
                                            "{",
                                            "]",
                                            "|",
                                            "!",
                                            "ack "};
  std::string changed = text;
  const size_t place = numbers.Below(changed.size());
  switch (numbers.Below(5)) {
    case 0:
      changed[place] = static_cast<char>(numbers.Below(256));
      break;
    case 1:
      changed.erase(place, 1 + numbers.Below(8));
      break;
    case 2:
      changed.insert(place, kPieces[numbers.Below(std::size(kPieces))]);
      break;
    case 3:
      changed.insert(place, changed.substr(numbers.Below(changed.size()), numbers.Below(40)));
      break;
    default: {
      std::vector<std::string> lines = absl::StrSplit(changed, '\n');
      std::swap(lines[numbers.Below(lines.size())], lines[numbers.Below(lines.size())]);
      changed = absl::StrJoin(lines, "\n");
    }
  }
  return changed;
}

TEST_F(BrokenScripts, MayBeChangedAnyhow) {
  Numbers numbers;
  for (int i = 0; i < 1000; ++i) {
    std::string text = texts_[numbers.Below(texts_.size())];
    for (size_t changes = 1 + numbers.Below(3); changes > 0; --changes) {
      text = Mutated(text, numbers);
    }
    Run(text);
  }
}

// What a script says is held against what happens: each of its packets, one number larger, fails.
TEST_F(BrokenScripts, DoNotPassWithAnotherAcknowledgmentNumber) {
  for (const std::string& text : texts_) {
    const size_t expected = text.rfind("\n+0 > . 1:1(0) ack 1");
    if (expected == std::string::npos || absl::StrContains(text, "non_fatal")) continue;
    std::string changed = text;
    changed.replace(expected, 20, "\n+0 > . 1:1(0) ack 7");
    EXPECT_FALSE(Run(changed)) << changed;
  }
}

}  // namespace
}  // namespace wsim::packetdrill
