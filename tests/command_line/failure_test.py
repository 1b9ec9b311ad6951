#!/usr/bin/env python3
"""Scenarios that fail: exit 1, one line on standard error, and the report all the same."""

import os
import sys

sys.path[:0] = ["tests/python", "tests/command_line"]
import reported
from wsim_case import COMPARED, FAILED, HELD, WsimCase


class FailureTest(WsimCase):

    def failed(self, text, says):
        """The scenario fails over the default provider, in each format; the report says why."""
        name = self.write(text)
        done = self.wsim("run", name)
        self.assertEqual(done.returncode, FAILED, done.stderr)
        self.assert_one_error(done.stderr, says)
        self.assertIn("the run ", done.stdout)
        report = self.report("run", name, status=FAILED)
        self.assertFalse(report["ok"])
        for part in [says] if isinstance(says, str) else says:
            self.assertIn(part, report["failure"])
        quiet = self.wsim("run", name, "--format=none")
        self.assertEqual((quiet.returncode, quiet.stdout), (FAILED, ""))
        return report

    def test_a_check(self):
        report = self.failed("""
            process('client', function()
              check(1 == 2, 'one is two')
              outcome('goes on', true)
            end)""", "scenario.lua:3: check failed: one is two")
        self.assertEqual(report["outcomes"], {"goes on": "true"})

    def test_an_uncaught_error(self):
        self.failed("process('client', function()\n error('oops') end)", "scenario.lua:2: oops")
        self.failed("process('client', function() error('two\\nlines') end)", "two\\nlines")
        self.failed("process('client', function() assert(socket():connect('server:1')) end)",
                    "scenario.lua:1: WSAECONNREFUSED")
        self.failed("process('client', function() error({}) end)", "scenario.lua:1: ")
        self.failed("process('client', function() error() end)", "scenario.lua")

    def test_a_deadlock(self):
        report = self.failed("""
            process('server', function() local l = socket() l:bind(1) l:listen(1) l:accept() end)
            """, ["deadlock:", "server/server/1 in accept on socket 4"])
        self.assertTrue(report["failure"].startswith("deadlock:"))

    def test_an_endless_loop(self):
        self.failed("process('client', function() while true do end end)", "instruction limit")
        self.failed("process('client', function() while true do pcall(type, 1) end end)", "instruction limit")
        self.failed("process('client', function() while true do note('again') end end)", "instruction limit")

    def test_an_endless_run(self):
        self.failed("process('client', function() while true do sleep('1h') end end)", "limit: ")
        name = self.write("process('client', function() while true do sleep(1) end end)")
        done = self.wsim("run", name, "--format=none", "--max-time=1s")
        self.assertEqual(done.returncode, FAILED)
        self.assert_one_error(done.stderr, ["limit: ", "--max-time allows more"])
        done = self.wsim("run", name, "--format=none", "--max-events=100")
        self.assertEqual(done.returncode, FAILED)
        self.assert_one_error(done.stderr, ["100 events", "--max-events allows more"])

    def test_a_gibibyte(self):
        self.failed("process('client', function() local x = ('x'):rep(1 << 30) end)", "memory limit")
        self.failed("process('client', function() local x = 'x' while true do x = x .. x end end)",
                    "memory limit")

    def test_a_thing_that_no_script_can_do(self):
        for call in ("os.exit(0)", "io.write('x')", "require('os')", "debug.getinfo(1)", "load('\\27Lua')()"):
            self.failed(f"process('client', function() {call} end)", "scenario.lua:1: ")

    def test_files_are_written_whole(self):
        name = self.write("process('client', function() note('hello') error('oops') end)")
        done = self.wsim("run", name, "--format=none", "--pcap=a.pcap", "--trace=a.trace")
        self.assertEqual(done.returncode, FAILED)
        self.assertEqual(self.files(), ["a.pcap", "a.trace", name])
        self.assertEqual(os.path.getsize(self.path("a.pcap")), 24)  # no frame was sent

    def test_compare_says_over_which_provider(self):
        name = self.write("""
            process('client', function() check(provider().name ~= 'tp4', 'not over tp4') end)""")
        done = self.wsim("compare", name)
        self.assertEqual(done.returncode, FAILED)
        self.assert_one_error(done.stderr, ["over tp4: ", "not over tp4"])
        self.assertIn("check failed", done.stdout)
        report = self.report("compare", name, status=FAILED)
        self.assertEqual([report["runs"][provider]["ok"] for provider in COMPARED], [True, False, True])
        self.assertEqual(self.wsim("compare", name, "--providers=tcp,session").returncode, HELD)


if __name__ == "__main__":
    reported.main()
