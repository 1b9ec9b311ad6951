// A test that is a program over the fake provider.
#ifndef STACK_TESTING_PROGRAM_TEST_H_
#define STACK_TESTING_PROGRAM_TEST_H_

#include <functional>
#include <utility>

#include "gtest/gtest.h"
#include "stack/install.h"
#include "stack/testing/fake_provider.h"
#include "stack/testing/test_world.h"
#include "stack/winsock2.h"

namespace winsock {

// The catalog begins with the fake's protocol, as entry 1001.
class ProgramTest : public testing::Test {
 protected:
  explicit ProgramTest(const WSAPROTOCOL_INFOW& protocol = FakeProtocol()) { Install(protocol); }

  // Another entry of the fake's; returns its id.
  DWORD Install(const WSAPROTOCOL_INFOW& info) {
    return InstallProvider(world_.world, info, FakeProvider::Startup).value();
  }
  FakeProvider& provider() { return world_.world.slots().Get<FakeProvider>(); }

  // For the process that runs.
  static int Start(WORD version = MAKEWORD(2, 2)) {
    WSADATA data;
    return WSAStartup(version, &data);
  }

  // Runs the world with `main` as one more process; nothing of the run may fail.
  void Run(std::function<void()> main) { EXPECT_EQ(world_.Run(std::move(main)), ""); }
  // The same after WSAStartup.
  void RunStarted(std::function<void()> main) {
    Run([&] {
      ASSERT_EQ(Start(), 0);
      main();
    });
  }
  // The same with a socket, which is handle 4; what the provider was asked so far is forgotten.
  void RunWithSocket(std::function<void(SOCKET)> main) {
    RunStarted([&] {
      SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
      provider().calls.clear();
      main(s);
    });
  }

  TestWorld world_;
};

}  // namespace winsock

#endif  // STACK_TESTING_PROGRAM_TEST_H_
