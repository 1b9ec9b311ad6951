#!/usr/bin/env python3
"""Everything that is exit 2: one line on standard error, nothing on standard output, no file left half-written."""

import os
import resource
import subprocess
import sys

sys.path[:0] = ["tests/python", "tests/command_line"]
import reported
from wsim_case import BAD_USAGE, EXAMPLE, FAILED, HELD, SCENARIOS, WSIM, WsimCase

SIMPLE = "process('client', function() sleep('1ms') end)\n"


class UsageTest(WsimCase):

    def test_what_is_no_command(self):
        self.refused(says=["no command is given", "wsim --help"])
        self.refused("frobnicate", says=['"frobnicate"', "providers, run, compare"])
        for later in ("explore", "replay"):
            self.refused(later, EXAMPLE, says=[f'"{later}"', "providers, run, compare"])

    def test_what_is_no_flag(self):
        for command in ("run", "compare"):
            self.refused(command, EXAMPLE, "--frobnicate", says="--frobnicate")
        self.refused("run", EXAMPLE, "--html=page.html", says=["wsim run does not know --html=page.html", "wsim run --help"])
        self.refused("run", EXAMPLE, "--jobs=2", says="--jobs")
        self.refused("compare", EXAMPLE, "--provider=tcp", says="--provider")
        self.refused("compare", EXAMPLE, "--pcap=a.pcap", says="--pcap")
        self.refused("providers", "--seed=1", says="--seed")
        self.refused("--version", says="--help")

    def test_arguments_too_many_or_too_few(self):
        for command in ("run", "compare"):
            self.refused(command, says=["SCENARIO.lua is required", f"wsim {command} --help"])
            self.refused(command, EXAMPLE, EXAMPLE, says=EXAMPLE)
        self.refused("providers", "tcp", says="tcp")
        self.refused("run", EXAMPLE, "--seed=1", "--seed=2", says="--seed is given more than once")

    def test_a_flag_without_its_value(self):
        self.refused("run", EXAMPLE, "--pcap=", "--format=none", says="--pcap=")
        self.refused("run", EXAMPLE, "--loss=", says="--loss=")
        self.refused("run", EXAMPLE, "--seed", says="--seed has no value")

    def test_values_out_of_range(self):
        for flag in ("--loss", "--duplicate", "--reorder", "--corrupt"):
            for value in ("7", "abc", "-0.1", "1.0000001", "50%"):
                self.refused("run", EXAMPLE, f"{flag}={value}", says=[flag, value])
        for flag in ("--latency", "--jitter"):
            for value in ("10", "fast", "-1ms", "25h", "1ms2"):
                self.refused("run", EXAMPLE, f"{flag}={value}", says=flag)
        for value in ("0bps", "100", "fast", "2000Gbps"):
            self.refused("run", EXAMPLE, f"--bandwidth={value}", says=["--bandwidth", value])
        for value in ("3", "67", "65536", "1500.5", "big", "-1500"):
            self.refused("run", EXAMPLE, f"--mtu={value}", says=["--mtu", value])
        for value in ("-1", "1.5", "0x10", "18446744073709551616", "one"):
            self.refused("run", EXAMPLE, f"--seed={value}", says=["--seed", value])
            self.refused("compare", EXAMPLE, f"--seed={value}", says=["--seed", value])
        self.refused("run", EXAMPLE, "--seed", "-1", says=["--seed", "-1"])
        self.refused("run", EXAMPLE, "--max-events=0", says="--max-events")
        self.refused("run", EXAMPLE, "--max-time=soon", says="--max-time")

    def test_what_is_no_format(self):
        self.refused("run", EXAMPLE, "--format=xml", says=["--format", "xml"])
        self.refused("run", EXAMPLE, "--format=table", says=["--format", "table"])
        self.refused("compare", EXAMPLE, "--format=ladder", says=["--format", "ladder"])
        self.refused("providers", "--format=text", says=["--format", "text"])

    def test_what_is_no_provider(self):
        there_are = ["there are tcp, tp4, session and tcp6"]
        self.refused("run", EXAMPLE, "--provider=netbios", says=['"netbios"', *there_are])
        self.refused("run", EXAMPLE, "--provider=TCP", says=['"TCP"', *there_are])
        self.refused("compare", EXAMPLE, "--providers=tcp,netbios", says=['"netbios"', *there_are])
        self.refused("compare", EXAMPLE, "--providers=tcp,", says=there_are)
        self.refused("compare", EXAMPLE, "--providers=tcp,tp4,tcp", says=['"tcp"', "twice"])


class ScenarioTest(WsimCase):
    """Scenarios that cannot be read, or with which something is wrong before time 0."""

    def wrong(self, text, says):
        name = self.write(text)
        self.refused("run", name, says=says)
        self.refused("compare", name, says=says)
        self.refused("run", name, "--format=json", "--pcap=a.pcap", "--trace=a.trace", says=says)

    def test_files_that_cannot_be_read(self):
        self.refused("run", "missing.lua", says="missing.lua: No such file or directory")
        self.refused("compare", "missing.lua", says="missing.lua: No such file or directory")
        self.refused("run", ".", says="Is a directory")
        self.refused("run", "", says="No such file")
        self.refused("run", "two\nlines.lua", says="two\\nlines.lua")
        self.refused("run", "/dev/zero", says="larger than")
        if os.geteuid() != 0:
            name = self.write(SIMPLE)
            os.chmod(self.path(name), 0)
            self.refused("run", name, says="Permission denied")

    def test_syntax(self):
        self.wrong("x =\n", ["scenario.lua:2: ", "<eof>"])
        self.wrong("process('client',, 5)", "scenario.lua:1: ")
        self.wrong("\n\nlocal 5 = x\n", "scenario.lua:3: ")
        self.wrong("\x1bLua binary", "scenario.lua: ")
        self.wrong("\xff\xfe\x00", "scenario.lua:1: ")

    def ends_well(self, text):
        """What is left of a good scenario is refused, or runs to some end."""
        name = self.write(text)
        done = self.wsim("run", name, "--format=none", "--pcap=a.pcap")
        self.assertIn(done.returncode, (HELD, FAILED, BAD_USAGE), done.stderr)
        if done.returncode == HELD:
            self.assertEqual(done.stderr, "")
        else:
            self.assert_one_error(done.stderr, "scenario.lua")
        self.assertEqual(self.files(), [name] if done.returncode == BAD_USAGE else ["a.pcap", name])
        for left in set(self.files()) - {name}:
            os.remove(self.path(left))

    def test_every_scenario_cut_at_every_line(self):
        for path in SCENARIOS:
            with open(path) as file:
                lines = file.readlines()
            for end in range(len(lines)):
                with self.subTest(scenario=path, end=end):
                    self.ends_well("".join(lines[:end]))

    def test_a_scenario_cut_anywhere(self):
        with open(EXAMPLE) as file:
            text = file.read()
        for end in range(0, len(text), 23):
            with self.subTest(end=end):
                self.ends_well(text[:end])

    def test_errors_while_loading(self):
        self.wrong("\nerror('oops')", "scenario.lua:2: oops")
        self.wrong("error('two\\nlines')", "scenario.lua:1: two\\nlines")
        self.wrong("error({})", "scenario.lua:1: ")
        self.wrong("local x = nil + 1", "scenario.lua:1: ")
        self.wrong("socket()", "scenario.lua:1: ")
        self.wrong("os.exit(0)", "scenario.lua:1: ")
        self.wrong("check(false, 'before time 0')", "scenario.lua:1: check failed: before time 0")

    def test_limits_while_loading(self):
        for text, says in (("while true do end", ["scenario.lua:1: ", "instruction limit"]),
                           ("while true do pcall(type, 1) end", ["scenario.lua:1: ", "instruction limit"]),
                           ("x = ('x'):rep(1 << 30)", ["scenario.lua:1: ", "memory limit"]),
                           ("x = 'x' while true do x = x .. x end", ["scenario.lua", "memory limit"]),
                           ("local function f() return f() end f()", "instruction limit"),
                           ("local function f() return 1 + f() end f()", "scenario.lua:1: ")):
            self.refused("run", self.write(text), "--pcap=a.pcap", says=says)

    def test_networks(self):
        self.wrong("network{}", "scenario.lua:1: ")
        self.wrong("network{hosts = {'a', 'a'}}", "scenario.lua:1: ")
        self.wrong("network{hosts = {'a', 'b'}, links = {{'a', 'c'}}}", "scenario.lua:1: ")
        self.wrong("network{hosts = {'a', 'b'}, links = {{'a', 'b', loss = 7}}}", "link: loss")
        self.wrong("process('nobody', print)", 'no host named "nobody"')


class OutputTest(WsimCase):
    """Files and devices that cannot be written to."""

    def setUp(self):
        super().setUp()
        self.write(SIMPLE)
        self.run_quietly = ("run", "scenario.lua", "--format=none")

    def test_files_that_cannot_be_written(self):
        for flag in ("--pcap", "--trace"):
            for target, why in (("missing/folder/file", "No such file or directory"),
                                (self.folder, "Is a directory"), ("scenario.lua/file", "Not a directory"),
                                ("x" * 300, "File name too long"), ("/dev/full", "No space left")):
                self.refused(*self.run_quietly, f"{flag}={target}", says=["cannot write", why])

    def test_one_file_for_two(self):
        self.refused(*self.run_quietly, "--pcap=same", "--trace=same", says=["--pcap", "--trace", "same"])

    def test_what_was_there_stays_where_the_run_does_not_begin(self):
        self.write("precious", "old.pcap")
        self.write("error('oops')")
        self.refused(*self.run_quietly, "--pcap=old.pcap", "--trace=new.trace", says="oops")
        with open(self.path("old.pcap")) as file:
            self.assertEqual(file.read(), "precious")

    def test_what_was_there_stays_where_the_device_is_full(self):
        self.write("precious", "old.pcap")
        done = self.wsim(*self.run_quietly, "--pcap=old.pcap", "--trace=/dev/full")
        self.assertEqual(done.returncode, BAD_USAGE)
        self.assert_one_error(done.stderr, "No space left")
        self.assertEqual(self.files(), ["old.pcap", "scenario.lua"])

    def test_a_file_system_without_room(self):
        """The limit of a file's size stands for a full disk: no write beyond it succeeds."""
        self.write("""
            process('server', function()
              local l = socket() l:bind(5000) l:listen(1) local s = l:accept()
              while s:recv() do end
            end)
            process('client', function()
              sleep('1ms') local s = socket() s:connect('server:5000') s:send(('x'):rep(100000)) s:closesocket()
            end)""")

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (10000, 10000))

        for flag in ("--pcap", "--trace"):
            self.refused(*self.run_quietly, f"{flag}=big", says=["cannot write big", "File too large"],
                         preexec_fn=limit)

    def test_standard_output(self):
        with open("/dev/full", "w") as full:
            for arguments in (("providers",), ("providers", "--format=json"), ("run", "scenario.lua"),
                              ("run", "scenario.lua", "--format=json"), ("compare", "scenario.lua"),
                              ("compare", "scenario.lua", "--format=json"),
                              ("run", "scenario.lua", "--pcap=a.pcap")):
                self.refused(*arguments, says=["standard output", "No space left"], stdout=full)

    def test_standard_output_that_is_closed(self):
        done = subprocess.run(["sh", "-c", f'exec "{WSIM}" run scenario.lua >&-'], cwd=self.folder,
                              stderr=subprocess.PIPE, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, BAD_USAGE)
        self.assert_one_error(done.stderr, "standard output")


if __name__ == "__main__":
    reported.main()
