#include "stack/handles/handle_table.h"

#include "gtest/gtest.h"
#include "stack/testing/test_world.h"

namespace winsock {
namespace {

// The tests run as a program: a process is something that only a run has.
class HandleTableTest : public testing::Test {
 protected:
  void RunAsProgram(std::function<void(HandleTable&, const sim::Process&)> body) {
    std::string failure = world_.Run(
        [&] { body(world_.world.slots().Get<HandleTable>(), sim::Thread::Current()->process()); });
    EXPECT_EQ(failure, "");
  }

  TestWorld world_;
};

TEST_F(HandleTableTest, HandlesAreAscendingMultiplesOfFour) {
  RunAsProgram([](HandleTable& handles, const sim::Process& process) {
    EXPECT_EQ(handles.AddSocket(process, 1001, 0), 4u);
    EXPECT_EQ(handles.AddEvent(process), reinterpret_cast<WSAEVENT>(8));
    EXPECT_EQ(handles.AddSocket(process, 1001, 0), 12u);
  });
}

TEST_F(HandleTableTest, ASocketRemembersItsProviderAndContext) {
  RunAsProgram([](HandleTable& handles, const sim::Process& process) {
    SOCKET s = handles.AddSocket(process, 1002, 77);
    std::optional<SocketHandle> found = handles.FindSocket(s);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->process, process.number());
    EXPECT_EQ(found->catalog_entry_id, 1002u);
    EXPECT_EQ(found->context, 77u);
  });
}

TEST_F(HandleTableTest, ASocketIsNoEventAndAnEventNoSocket) {
  RunAsProgram([](HandleTable& handles, const sim::Process& process) {
    SOCKET s = handles.AddSocket(process, 1001, 0);
    WSAEVENT event = handles.AddEvent(process);
    EXPECT_FALSE(handles.FindEvent(reinterpret_cast<WSAEVENT>(s)).has_value());
    EXPECT_FALSE(handles.FindSocket(reinterpret_cast<SOCKET>(event)).has_value());
    EXPECT_FALSE(handles.RemoveSocket(reinterpret_cast<SOCKET>(event)));
    EXPECT_FALSE(handles.RemoveEvent(reinterpret_cast<WSAEVENT>(s)));
  });
}

TEST_F(HandleTableTest, WhatIsNoHandleIsNotFound) {
  RunAsProgram([](HandleTable& handles, const sim::Process& process) {
    SOCKET s = handles.AddSocket(process, 1001, 0);
    for (SOCKET none : {SOCKET{0}, s + 1, s + 4, s + (SOCKET{1} << 32), INVALID_SOCKET}) {
      EXPECT_FALSE(handles.FindSocket(none).has_value()) << none;
    }
    EXPECT_FALSE(handles.FindEvent(WSA_INVALID_EVENT).has_value());
  });
}

TEST_F(HandleTableTest, ARemovedHandleIsGoneAndItsNumberIsNotGivenOutAgain) {
  RunAsProgram([](HandleTable& handles, const sim::Process& process) {
    SOCKET s = handles.AddSocket(process, 1001, 0);
    EXPECT_TRUE(handles.RemoveSocket(s));
    EXPECT_FALSE(handles.FindSocket(s).has_value());
    EXPECT_FALSE(handles.RemoveSocket(s));
    EXPECT_NE(handles.AddSocket(process, 1001, 0), s);
  });
}

TEST_F(HandleTableTest, ASocketCanBeTiedToAnotherProvider) {
  RunAsProgram([](HandleTable& handles, const sim::Process& process) {
    SOCKET s = handles.AddSocket(process, 1001, 77);
    EXPECT_TRUE(handles.TieSocket(s, 1005));
    EXPECT_EQ(handles.FindSocket(s)->catalog_entry_id, 1005u);
    EXPECT_EQ(handles.FindSocket(s)->context, 77u);
    EXPECT_FALSE(handles.TieSocket(s + 4, 1005));
  });
}

TEST_F(HandleTableTest, AClosedEventLastsForThoseWhoHoldIt) {
  RunAsProgram([](HandleTable& handles, const sim::Process& process) {
    WSAEVENT event = handles.AddEvent(process);
    std::shared_ptr<sim::Waitable> condition = handles.FindEvent(event)->condition;
    EXPECT_TRUE(handles.RemoveEvent(event));
    condition->Set();
    EXPECT_TRUE(condition->is_set());
  });
}

TEST_F(HandleTableTest, ThePartingProcessLosesItsOwnHandlesOnly) {
  SOCKET other = INVALID_SOCKET;
  world_.Declare("other", [&] {
    other = world_.world.slots().Get<HandleTable>().AddSocket(sim::Thread::Current()->process(),
                                                              1001, 0);
    TestWorld::Sleep(10);
  });
  RunAsProgram([&](HandleTable& handles, const sim::Process& process) {
    SOCKET s = handles.AddSocket(process, 1001, 0);
    WSAEVENT event = handles.AddEvent(process);
    handles.RemoveSocketsOf(process);
    EXPECT_FALSE(handles.FindSocket(s).has_value());
    EXPECT_TRUE(handles.FindEvent(event).has_value());
    handles.RemoveAllOf(process);
    EXPECT_FALSE(handles.FindEvent(event).has_value());
    EXPECT_TRUE(handles.FindSocket(other).has_value());
    EXPECT_NE(handles.AddSocket(process, 1001, 0), INVALID_SOCKET);
  });
}

TEST_F(HandleTableTest, AProcessHasAsManyHandlesAsItMayAndNoMore) {
  RunAsProgram([](HandleTable& handles, const sim::Process& process) {
    SOCKET first = handles.AddSocket(process, 1001, 0);
    for (size_t i = 1; i < HandleTable::kMaxPerProcess; ++i) handles.AddSocket(process, 1001, 0);
    EXPECT_EQ(handles.AddSocket(process, 1001, 0), INVALID_SOCKET);
    EXPECT_EQ(handles.AddEvent(process), WSA_INVALID_EVENT);
    handles.RemoveSocket(first);
    EXPECT_NE(handles.AddEvent(process), WSA_INVALID_EVENT);
  });
}

}  // namespace
}  // namespace winsock
