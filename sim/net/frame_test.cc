#include "sim/net/frame.h"

#include <cstring>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace sim {
namespace {

using Octets = std::vector<uint8_t>;

Octets OctetsOf(const FramePtr& frame) { return {frame->octets().begin(), frame->octets().end()}; }

TEST(Frame, GrowsAtBothEnds) {
  FramePtr frame = Frame::Create(4, 3);
  EXPECT_EQ(frame->size(), 0u);
  std::memcpy(frame->Append(2), "cd", 2);
  std::memcpy(frame->Prepend(2), "ab", 2);
  std::memcpy(frame->Append(2), "ef", 2);
  std::memcpy(frame->Prepend(1), "_", 1);
  EXPECT_EQ(OctetsOf(frame), (Octets{'_', 'a', 'b', 'c', 'd', 'e', 'f'}));
}

TEST(Frame, HasRoomForTheHeadersOfEveryProtocol) {
  FramePtr frame = Frame::Create(0);
  std::memset(frame->Prepend(Frame::kHeadroom), 7, Frame::kHeadroom);
  EXPECT_EQ(OctetsOf(frame), Octets(Frame::kHeadroom, 7));
}

TEST(Frame, IsSharedByReference) {
  FramePtr frame = Frame::Copy(Octets{1, 2, 3});
  const FramePtr other = frame;
  EXPECT_EQ(&*other, &*frame);
  EXPECT_EQ(other->octets().data(), frame->octets().data());
  frame = FramePtr();
  EXPECT_FALSE(frame);
  EXPECT_EQ(OctetsOf(other), (Octets{1, 2, 3})) << "it lives as long as anybody refers to it";
}

TEST(Frame, IsWritableAgainWhenNobodyElseRefersToIt) {
  FramePtr frame = Frame::Copy(Octets{1, 2, 3});
  { const FramePtr other = frame; }
  frame->writable()[1] = 9;
  EXPECT_EQ(OctetsOf(frame), (Octets{1, 9, 3}));
}

TEST(Frame, IsMovedWithoutBeingShared) {
  FramePtr frame = Frame::Copy(Octets{1});
  FramePtr moved = std::move(frame);
  EXPECT_FALSE(frame);
  moved->writable()[0] = 2;
  EXPECT_EQ(OctetsOf(moved), Octets{2});
}

TEST(Frame, IsCopiedWithRoomForHeaders) {
  const FramePtr frame = Frame::Copy(Octets{1, 2, 3});
  FramePtr copy = Frame::Copy(frame->octets());
  *copy->Prepend(1) = 0;
  EXPECT_EQ(OctetsOf(copy), (Octets{0, 1, 2, 3}));
  EXPECT_EQ(OctetsOf(frame), (Octets{1, 2, 3}));
  EXPECT_EQ(Frame::Copy({})->size(), 0u);
}

TEST(FrameDeath, IsNotWrittenToWhileItIsShared) {
  FramePtr frame = Frame::Create(4);
  const FramePtr other = frame;
  EXPECT_DEATH(frame->Append(1), "shared");
  EXPECT_DEATH(frame->Prepend(1), "shared");
  EXPECT_DEATH(frame->writable(), "shared");
}

TEST(FrameDeath, DoesNotGrowBeyondItsRoom) {
  FramePtr frame = Frame::Create(Frame::kMinSize + 4, 3);
  EXPECT_DEATH(frame->Append(Frame::kMinSize + 5), "65 octets behind");
  EXPECT_DEATH(frame->Prepend(4), "4 octets in front");
}

}  // namespace
}  // namespace sim
