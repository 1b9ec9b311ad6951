// What a deadlock says of each thread: its call, and what it waits for.
#include <string>

#include "gtest/gtest.h"
#include "tools/scenario/scenario_testing.h"

namespace wsim {
namespace {

class Deadlock : public OverEachProvider {};

TEST_P(Deadlock, NamesWhatEachThreadWaitsFor) {
  EXPECT_EQ(Run(R"(
    process("server", function()
      local listener = assert(socket())
      assert(listener:bind(5000))
      assert(listener:listen(1))
      thread(function() select{read = {listener}, except = {listener}} end)
      thread(function() select{read = {listener, assert(socket())}} end)
      listener:accept()
    end)
    process("client", function()
      local one, two = WSACreateEvent(), WSACreateEvent()
      thread(function() WSAWaitForMultipleEvents({one, two}, {all = true}) end)
      thread(function() WSAWaitForMultipleEvents({one, two}) end)
      WSAWaitForMultipleEvents({two})
    end))"),
            "\nfailure: deadlock: nothing happens after 0: "
            "client/client/2 in WSAWaitForMultipleEvents on event 12; "
            "client/client/5 in WSAWaitForMultipleEvents on all of the events 8, 12; "
            "client/client/6 in WSAWaitForMultipleEvents on one of the events 8, 12; "
            "server/server/1 in accept on socket 4; "
            "server/server/3 in select on socket 4; "
            "server/server/4 in select on one of the sockets 4, 16\n");
}

INSTANTIATE_TEST_SUITE_P(Over, Deadlock, testing::ValuesIn(ConnectionProviders()), ProviderOf);

}  // namespace
}  // namespace wsim
