#include "sim/slots.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace sim {
namespace {

using ::testing::ElementsAre;

struct Owner {
  std::vector<std::string> log;
  Slots<Owner> slots{*this};
};

struct Table {
  explicit Table(Owner& owner) : owner(owner) {}
  ~Table() { owner.log.push_back("table gone"); }
  Owner& owner;
  int entries = 0;
};

// Uses the table from its making to its end.
struct Session {
  explicit Session(Owner& owner) : table(owner.slots.Get<Table>()) { ++table.entries; }
  ~Session() { table.owner.log.push_back("session gone"); }
  Table& table;
};

TEST(Slots, MakesAnObjectOfATypeOnFirstUse) {
  Owner owner;
  EXPECT_EQ(owner.slots.Find<Table>(), nullptr);
  Table& table = owner.slots.Get<Table>();
  EXPECT_EQ(&owner.slots.Get<Table>(), &table);
  EXPECT_EQ(owner.slots.Find<Table>(), &table);
  EXPECT_EQ(owner.slots.Find<Session>(), nullptr);
}

TEST(Slots, WhatAnObjectUsesInItsConstructorOutlivesIt) {
  Owner owner;
  Session& session = owner.slots.Get<Session>();
  EXPECT_EQ(session.table.entries, 1);
  owner.slots.Clear();
  EXPECT_THAT(owner.log, ElementsAre("session gone", "table gone"));
  EXPECT_EQ(owner.slots.Find<Table>(), nullptr);
}

}  // namespace
}  // namespace sim
