#!/usr/bin/python3 -B
"""Each rule of layering, broken and kept."""

import unittest

import layering
from rule_case import RuleCase

PRIVATE = 'package(default_visibility = ["//visibility:private"])\n'


class LayeringTest(RuleCase):
    def test_includes_point_down(self):
        rule = layering.check_includes
        for path, included in (("sim/world.cc", "stack/ws2spi.h"),
                               ("stack/socket.cc", "providers/engine/engine.h"),
                               ("providers/catalog.cc", "stack/handles.h"),
                               ("providers/wire/bytes.h", "providers/inet/checksum.h"),
                               ("providers/inet/tcp/tcp.cc", "stack/ws2spi.h"),
                               ("providers/osi/tp4/tp4.cc", "providers/inet/checksum.h"),
                               ("providers/osi/tp4/tp4_test.cc", "providers/engine/engine.h"),
                               ("providers/engine/engine.cc", "providers/osi/session/session.h"),
                               ("stack/socket_test.cc", "tools/wsim/run.h"),
                               ("examples/echo.cc", "tests/network.h"),
                               ("tools/wsim/run.cc", "tests/network.h")):
            self.assert_breaks(rule, path, f'#include "{included}"')
        for path, included in (("sim/world.cc", "sim/time.h"),
                               ("stack/socket.cc", "stack/ws2spi.h"),
                               ("providers/catalog.cc", "providers/inet/tcp/tcp.h"),
                               ("providers/engine/engine.cc", "stack/ws2spi.h"),
                               ("providers/engine/engine.cc", "stack/winsock2.h"),
                               ("providers/inet/tcp/tcp.cc", "providers/transport/transport.h"),
                               ("providers/inet/tcp/tcp.cc", "absl/types/span.h"),
                               ("tests/example_test.cc", "tools/wsim/run.h")):
            self.assert_keeps(rule, path, f'#include "{included}"', f'// #include "tests/{included}"')

    def test_includes_are_written_from_the_root(self):
        files = {"sim/time.h": "", "sim/world.cc": '#include "sim/time.h"\n#include "time.h"\n'
                                                   '#include "sim/gone.h"\n#include "lua.hpp"\n'}
        self.assertEqual(self.found(layering.check_include_paths, files),
                         ["sim/world.cc:2", "sim/world.cc:3"])

    def test_a_transport_has_no_word_of_winsock(self):
        rule = layering.check_winsock_words
        self.assert_breaks(rule, "providers/osi/tp4/tp4.cc", "return WSAECONNRESET;",
                           "Notify(FD_CLOSE);", "// Becomes WSAEDISCON.")
        self.assert_keeps(rule, "providers/osi/tp4/tp4.cc", "return Reason::kReset;", "int FD = 3;")
        self.assert_keeps(rule, "providers/engine/errors.cc", "return WSAECONNRESET;")

    def test_a_target_is_open_to_whom_it_names(self):
        rule = layering.check_visibility
        open_to_all = 'cc_library(visibility = ["//visibility:public"])\n'
        self.assertEqual(self.found(rule, {"sim/BUILD.bazel": "\n"}), ["sim/BUILD.bazel:1"])
        self.assertEqual(self.found(rule, {"sim/BUILD.bazel": PRIVATE + open_to_all}),
                         ["sim/BUILD.bazel:2"])
        self.assertEqual(self.found(rule, {"sim/BUILD.bazel": PRIVATE,
                                           "third_party/BUILD.bazel": open_to_all}), [])

    def test_every_file_is_in_a_target(self):
        rule = layering.check_targets
        build = PRIVATE + 'cc_test(srcs = ["a_test.cc", "part/b_test.cc"])\n'
        files = {"sim/BUILD.bazel": build, "sim/a_test.cc": "", "sim/part/b_test.cc": ""}
        self.assertEqual(self.found(rule, files), [])
        self.assertEqual(self.found(rule, files | {"sim/b_test.cc": ""}), ["sim/b_test.cc:1"])
        self.assertEqual(self.found(rule, {"tools/a.cc": ""}), ["tools/a.cc:1"])


if __name__ == "__main__":
    unittest.main()
