#include "providers/inet/tcp/tcp_demultiplexer.h"

#include "gtest/gtest.h"

namespace inet {
namespace {

const Ipv4Address kUs{{10, 0, 0, 1}};
const Ipv4Address kPeer{{10, 0, 0, 2}};

// Only addresses are compared: what stands there is never looked at.
template <class T>
T& Something(int& place) {
  return reinterpret_cast<T&>(place);
}

TEST(TcpDemultiplexer, FindsAConnectionByItsWholeName) {
  TcpDemultiplexer demultiplexer;
  int one = 0;
  int two = 0;
  const FourTuple tuple{.local = {kUs, 1}, .remote = {kPeer, 2}};
  const FourTuple other{.local = {kUs, 1}, .remote = {kPeer, 3}};
  EXPECT_TRUE(demultiplexer.Add(tuple, Something<TcpConnection>(one)));
  EXPECT_FALSE(demultiplexer.Add(tuple, Something<TcpConnection>(two)));
  EXPECT_TRUE(demultiplexer.Add(other, Something<TcpConnection>(two)));
  EXPECT_EQ(demultiplexer.Find(tuple), &Something<TcpConnection>(one));
  EXPECT_EQ(demultiplexer.Find(other), &Something<TcpConnection>(two));
  demultiplexer.Remove(tuple);
  EXPECT_EQ(demultiplexer.Find(tuple), nullptr);
}

TEST(TcpDemultiplexer, KnowsWhichEndpointsAreInUse) {
  TcpDemultiplexer demultiplexer;
  int place = 0;
  const FourTuple tuple{.local = {kUs, 1}, .remote = {kPeer, 2}};
  const FourTuple other{.local = {kUs, 1}, .remote = {kPeer, 3}};
  demultiplexer.Add(tuple, Something<TcpConnection>(place));
  demultiplexer.Add(other, Something<TcpConnection>(place));
  EXPECT_TRUE(demultiplexer.IsInUse({kUs, 1}));
  EXPECT_TRUE(demultiplexer.IsInUse({Ipv4Address{}, 1})) << "any address";
  EXPECT_FALSE(demultiplexer.IsInUse({Ipv4Address{}, 2}));
  EXPECT_FALSE(demultiplexer.IsInUse({kPeer, 1}));
  demultiplexer.Remove(tuple);
  EXPECT_TRUE(demultiplexer.IsInUse({kUs, 1}));
  demultiplexer.Remove(other);
  EXPECT_FALSE(demultiplexer.IsInUse({Ipv4Address{}, 1}));
}

TEST(TcpDemultiplexer, ASpecificListenerComesFirst) {
  TcpDemultiplexer demultiplexer;
  int all = 0;
  int one = 0;
  demultiplexer.Add(Endpoint{Ipv4Address{}, 80}, Something<TcpListener>(all));
  demultiplexer.Add(Endpoint{kUs, 80}, Something<TcpListener>(one));
  EXPECT_FALSE(demultiplexer.Add(Endpoint{kUs, 80}, Something<TcpListener>(all)));
  EXPECT_EQ(demultiplexer.FindListener({kUs, 80}), &Something<TcpListener>(one));
  EXPECT_EQ(demultiplexer.FindListener({kPeer, 80}), &Something<TcpListener>(all));
  EXPECT_EQ(demultiplexer.FindListener({kUs, 81}), nullptr);
  demultiplexer.Remove(Endpoint{kUs, 80});
  EXPECT_EQ(demultiplexer.FindListener({kUs, 80}), &Something<TcpListener>(all));
}

}  // namespace
}  // namespace inet
