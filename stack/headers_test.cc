// The layouts and numbers that programs and providers compiled elsewhere rely on.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <type_traits>

#include "gtest/gtest.h"
#include "stack/winsock2.h"
#include "stack/ws2spi.h"

namespace winsock {
namespace {

TEST(Headers, NumbersHaveTheWidthsOf64BitWindows) {
  EXPECT_EQ(sizeof(u_long), 4u);
  EXPECT_EQ(sizeof(LONG), 4u);
  EXPECT_EQ(sizeof(DWORD), 4u);
  EXPECT_EQ(sizeof(WCHAR), 2u);
  EXPECT_EQ(sizeof(SOCKET), sizeof(void*));
  EXPECT_EQ(sizeof(linger), 4u);
  EXPECT_TRUE(std::is_unsigned_v<SOCKET>);
}

TEST(Headers, StructuresHaveTheSizesOf64BitWindows) {
  EXPECT_EQ(sizeof(GUID), 16u);
  EXPECT_EQ(sizeof(WSABUF), 16u);
  EXPECT_EQ(sizeof(OVERLAPPED), 32u);
  EXPECT_EQ(sizeof(WSANETWORKEVENTS), 44u);
  EXPECT_EQ(sizeof(fd_set), 520u);
  EXPECT_EQ(sizeof(WSAPROTOCOL_INFOA), 372u);
  EXPECT_EQ(sizeof(WSAPROTOCOL_INFOW), 628u);
  EXPECT_EQ(sizeof(WSADATA), 408u);
  EXPECT_EQ(sizeof(FLOWSPEC), 32u);
  EXPECT_EQ(sizeof(QOS), 80u);
  EXPECT_EQ(sizeof(WSAPOLLFD), 16u);
}

TEST(Headers, WinsocksNumbersStandThoughTheSystemsHeadersCameFirst) {
  EXPECT_EQ(SO_REUSEADDR, 4);
  EXPECT_EQ(SOL_SOCKET, 0xFFFF);
  EXPECT_EQ(AF_INET6, 23);
  EXPECT_EQ(FIONBIO, 0x8004667Eu);
  EXPECT_EQ(MSG_WAITALL, 8);
  EXPECT_EQ(POLLIN, 0x300);
  EXPECT_EQ(INVALID_SOCKET, UINTPTR_MAX);
}

TEST(Headers, TheWriteOnlyComplementsOfOptionsAreNegative) {
  EXPECT_EQ(SO_EXCLUSIVEADDRUSE, -5);
  EXPECT_EQ(SO_DONTLINGER, -129);
}

TEST(Headers, AnIoctlSaysWhatItReadsAndWrites) {
  EXPECT_EQ(FIONBIO & IOC_INOUT, IOC_IN);
  EXPECT_EQ(FIONREAD & IOC_INOUT, IOC_OUT);
  EXPECT_EQ(SIO_ROUTING_INTERFACE_QUERY & IOC_INOUT, IOC_INOUT);
  EXPECT_EQ(SIO_FLUSH & IOC_VOID, IOC_VOID);
}

TEST(Headers, ASetTakesAHandleOnceAndFindsItAgain) {
  fd_set set;
  FD_ZERO(&set);
  FD_SET(8, &set);
  FD_SET(4, &set);
  FD_SET(8, &set);
  EXPECT_EQ(set.fd_count, 2u);
  EXPECT_TRUE(FD_ISSET(8, &set));
  FD_CLR(8, &set);
  EXPECT_EQ(set.fd_count, 1u);
  EXPECT_EQ(set.fd_array[0], 4u);
  EXPECT_FALSE(FD_ISSET(8, &set));
}

TEST(Headers, AFullSetTakesNoMore) {
  fd_set set;
  FD_ZERO(&set);
  for (SOCKET s = 4; s <= 4 * (FD_SETSIZE + 1); s += 4) FD_SET(s, &set);
  EXPECT_EQ(set.fd_count, FD_SETSIZE);
  EXPECT_FALSE(FD_ISSET(4 * (FD_SETSIZE + 1), &set));
}

TEST(Headers, TheTablesOfTheSpiAreInTheDocumentedOrder) {
  auto entry = [](size_t offset) { return offset / sizeof(void (*)()) + 1; };
  EXPECT_EQ(entry(offsetof(WSPPROC_TABLE, lpWSPAccept)), 1u);
  EXPECT_EQ(entry(offsetof(WSPPROC_TABLE, lpWSPGetQOSByName)), 16u);
  EXPECT_EQ(entry(offsetof(WSPPROC_TABLE, lpWSPSelect)), 23u);
  EXPECT_EQ(entry(offsetof(WSPPROC_TABLE, lpWSPStringToAddress)), 30u);
  EXPECT_EQ(entry(offsetof(WSPUPCALLTABLE, lpWPUCreateSocketHandle)), 4u);
  EXPECT_EQ(entry(offsetof(WSPUPCALLTABLE, lpWPUQueueApc)), 11u);
  EXPECT_EQ(entry(offsetof(WSPUPCALLTABLE, lpWPUCloseThread)), 15u);
}

}  // namespace
}  // namespace winsock
