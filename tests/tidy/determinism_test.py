#!/usr/bin/python3 -B
"""Each rule of determinism, broken and kept."""

import unittest

import determinism
from rule_case import RuleCase


class DeterminismTest(RuleCase):
    def test_the_clock_of_the_machine(self):
        rule = determinism.check_wall_clock
        self.assert_breaks(rule, "tools/wsim/main.cc",
                           "auto t = std::chrono::steady_clock::now();", "Start(absl::Now());",
                           "long t = time(nullptr);", "long t = time(0);", "auto t = clock();",
                           "gettimeofday(&now, nullptr);", "const char* built = __DATE__;")
        self.assert_keeps(rule, "sim/clock.cc", "Time now = world.clock();", "timer.time();",
                          "// absl::Now() is the machine's clock.", 'Say("steady_clock");',
                          "absl::Duration run_time(Time end);")
        self.assert_keeps(rule, "benchmarks/queue_benchmark.cc", "auto t = steady_clock::now();")

    def test_randomness(self):
        rule = determinism.check_randomness
        self.assert_breaks(rule, "sim/link.cc", "int n = rand();", "int n = std::rand();",
                           "int n = ::random();", "std::random_device seed;", "absl::BitGen bits;",
                           "std::shuffle(all.begin(), all.end(), bits);",
                           "std::uniform_int_distribution<int> die(1, 6);")
        self.assert_keeps(rule, "sim/link_test.cc", "std::mt19937 random(7);", "int n = random();",
                          "Draw(operand());", "source.rand();", "// Never std::shuffle.")

    def test_threads_of_the_machine(self):
        rule = determinism.check_threads
        self.assert_breaks(rule, "sim/world.cc", "std::mutex lock;", "std::atomic<int> count;",
                           "std::thread worker(Run);")
        self.assert_keeps(rule, "sim/world.cc", "sim::Thread thread;", "std::this_thread_of_ours;")
        self.assert_keeps(rule, "sim/world_test.cc", "std::thread side_by_side(Run);")

    def test_containers_without_an_order(self):
        rule = determinism.check_hash_order
        self.assert_breaks(rule, "stack/handles.h", "std::unordered_map<int, int> handles;",
                           "size_t h = absl::HashOf(key);", "std::hash<int> hash;")
        self.assert_keeps(rule, "stack/handles.h", "absl::flat_hash_map<int, int> handles_;",
                          "H AbslHashValue(H h, const Key& key);")

    def test_a_loop_over_a_hash_container(self):
        rule = determinism.check_hash_order
        table = "absl::flat_hash_map<Key, std::vector<int>> table_;\n"
        for loop in ("for (const auto& [key, value] : table_) {", "auto it = table_.begin();",
                     "for (auto& entry : this->table_) {", "absl::c_for_each(table_, Print);"):
            with self.subTest(loop):
                self.assertEqual(self.found(rule, {"sim/a.h": table, "sim/a.cc": loop + "\n"}),
                                 ["sim/a.cc:1"])
                self.assertEqual(self.found(rule, {"sim/a.h": table, "sim/b.cc": loop + "\n"}), [])
        look_up = "auto it = table_.find(key);\nfor (int n : numbers_) Use(table_[n]);\n"
        self.assertEqual(self.found(rule, {"sim/a.cc": table + look_up}), [])

    def test_addresses_that_order_or_are_printed(self):
        rule = determinism.check_pointers
        self.assert_breaks(rule, "sim/queue.cc", "std::map<Host*, int> hosts;",
                           "absl::btree_set<const Thread*> waiting;", 'printf("%d %p", n, host);',
                           'absl::StrFormat("%16p", host);')
        self.assert_keeps(rule, "sim/queue.cc", "std::map<int, Host*> hosts;",
                          "absl::btree_set<Thread*, ById> waiting;", 'Reject("%p is refused");',
                          'printf("%d%%port", n);')

    def test_floating_point(self):
        rule = determinism.check_floating_point
        self.assert_breaks(rule, "providers/inet/tcp/rto.cc", "double srtt = 0;", "float f;",
                           "Scale(rtt, 0.125);", "absl::ToDoubleSeconds(rtt);", "auto x = 1.5f;")
        self.assert_keeps(rule, "providers/inet/tcp/rto.cc", "int srtt = 1;", 'Version("1.5");',
                          "// Round to 0.5.", "int64_t n = 1'000'000;", "#include \"double.h\"",
                          "DoubleEnded double_ended;")
        self.assert_keeps(rule, "tools/wsim/format.cc", "double ms = 0.5;")

    def test_state_that_outlives_a_run(self):
        rule = determinism.check_mutable_state
        self.assert_breaks(rule, "stack/catalog.cc", "int count = 0;", "static Catalog catalog{};",
                           "Catalog* instance;", "const char* name = nullptr;",
                           "extern int shared;", "inline std::vector<int> all;",
                           "class A { static int count_; };", "void F() { static int calls = 0; }",
                           "namespace a::b { std::map<int, int> table; }", 'extern "C" { int c; }',
                           "static constinit int warm = 1;")
        self.assert_keeps(rule, "stack/catalog.cc", "constexpr int kMost = 5;", "int Count(int from = 0);",
                          "const char* const kName = nullptr;", "static const std::vector<A*> kAll = F();",
                          "struct A { int count = 0; };", "class B;", "enum class C : int { kOne };",
                          "void F() { int calls = 0; static const int kNone = 0; }",
                          "using Table = std::map<int, int>;", "struct D { static int Count(); };",
                          "bool operator==(const A& a, const A& b) = default;",
                          "namespace { constexpr int kTable[] = {1, 2}; }",
                          "class E { public: static constexpr int kMost = 3; int count_ = 0; };")
        self.assert_keeps(rule, "stack/catalog_test.cc", "int calls = 0;")

    def test_the_one_thread_local(self):
        rule = determinism.check_thread_locals
        current = "thread_local Thread* current = nullptr;\n"
        self.assertEqual(self.found(rule, {"sim/thread.cc": current}), [])
        self.assertEqual(self.found(rule, {"sim/thread.cc": current + current}), ["sim/thread.cc:2"])
        self.assertEqual(self.found(rule, {"stack/error.cc": current}), ["stack/error.cc:1"])


if __name__ == "__main__":
    unittest.main()
