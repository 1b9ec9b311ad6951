#!/usr/bin/env python3
"""What each command writes where nothing is wrong."""

import json
import struct
import sys

sys.path[:0] = ["tests/python", "tests/command_line"]
import reported
from wsim_case import COMPARED, EXAMPLE, HELD, PROVIDERS, WsimCase

REPORT = ["scenario", "provider", "seed", "ok", "failure", "fingerprint", "virtual_time_ns", "frames",
          "wire_bytes", "decisions", "outcomes"]
DESCRIPTION = ["name", "description", "address_family", "socket_type", "protocol", "max_message_size",
               "service_flags1", "flags", "connect_data_max", "accept_data_max", "disconnect_data_max",
               "disconnect_reply_data_max", "chain"]
LOSSY = ["--loss=0.1", "--duplicate=0.05", "--reorder=0.1", "--corrupt=0.01", "--jitter=2ms",
         "--latency=10ms", "--bandwidth=100Mbps", "--mtu=1500"]


class HelpTest(WsimCase):

    def test_every_command_shows_an_example(self):
        for command in ((), ("providers",), ("run",), ("compare",)):
            for flag in ("--help", "-h"):
                done = self.wsim(*command, flag)
                self.assertEqual((done.returncode, done.stderr), (HELD, ""))
                self.assertIn("Example:\n  wsim ", done.stdout)
                self.assertLessEqual(max(map(len, done.stdout.splitlines())), 100)

    def test_names_every_flag(self):
        run = self.wsim("run", "--help").stdout
        for flag in ("--provider", "--seed", "--format", "--pcap", "--trace", "--max-events", "--max-time"):
            self.assertIn(flag, run)
        compare = self.wsim("compare", "--help").stdout
        for flag in ("--providers", "--seed", "--format"):
            self.assertIn(flag, compare)
        for flag in LOSSY:
            self.assertIn(flag.split("=")[0], run)
            self.assertIn(flag.split("=")[0], compare)


class ProvidersTest(WsimCase):

    def test_json(self):
        done = self.wsim("providers", "--format=json")
        self.assertEqual((done.returncode, done.stderr), (HELD, ""))
        providers = json.loads(done.stdout)
        self.assertEqual([provider["name"] for provider in providers], PROVIDERS)
        for provider in providers:
            self.assertEqual(list(provider), DESCRIPTION)
            self.assertEqual(provider["chain"], [provider["name"]])
            self.assertTrue(all(flag.startswith("XP1_") for flag in provider["flags"]))
        tcp, tp4, session, tcp6 = providers
        self.assertEqual((tcp["address_family"], tcp["socket_type"], tcp["protocol"], tcp["max_message_size"]),
                         ("AF_INET", "SOCK_STREAM", "IPPROTO_TCP", None))
        self.assertEqual({**tcp6, "name": "tcp", "description": tcp["description"], "address_family": "AF_INET",
                          "chain": ["tcp"]}, tcp)
        self.assertEqual(tcp6["address_family"], "AF_INET6")
        self.assertEqual((tp4["address_family"], tp4["socket_type"]), ("AF_ISO", "SOCK_SEQPACKET"))
        self.assertEqual((tp4["connect_data_max"], tp4["accept_data_max"], tp4["disconnect_data_max"],
                          tp4["disconnect_reply_data_max"]), (32, 32, 64, 0))
        self.assertIn("XP1_GRACEFUL_CLOSE", session["flags"])
        self.assertNotIn("XP1_GRACEFUL_CLOSE", tp4["flags"])
        self.assertGreaterEqual(session["disconnect_reply_data_max"], 512)

    def test_table(self):
        done = self.wsim("providers")
        self.assertEqual(done.stdout, self.wsim("providers", "--format=table").stdout)
        self.assertEqual(done.stdout.splitlines()[0].split(), PROVIDERS)


class RunTest(WsimCase):

    def test_json(self):
        for provider in PROVIDERS:
            report = self.report("run", EXAMPLE, f"--provider={provider}", "--seed=7", *LOSSY)
            self.assertEqual(list(report), REPORT)
            self.assertEqual((report["scenario"], report["provider"], report["seed"]), (EXAMPLE, provider, 7))
            self.assertEqual((report["ok"], report["failure"]), (True, None))
            self.assertRegex(report["fingerprint"], r"\A[0-9a-f]{16}\Z")
            for number in ("virtual_time_ns", "frames", "wire_bytes", "decisions"):
                self.assertGreater(report[number], 0)
            self.assertTrue(all(isinstance(value, str) for value in report["outcomes"].values()))
            self.assertEqual(list(report["outcomes"])[:2],
                             ["(1) WSASendDisconnect(total)", "(2) how the server saw the end"])

    def test_is_over_tcp_with_seed_1_unless_told_otherwise(self):
        report = self.report("run", EXAMPLE)
        self.assertEqual((report["provider"], report["seed"]), ("tcp", 1))
        self.assertEqual(report, self.report("run", EXAMPLE, "--provider=tcp", "--seed=1"))

    def test_flags_may_stand_anywhere_and_apart_from_their_values(self):
        expected = self.report("run", EXAMPLE, "--provider=tp4", "--seed=3", "--loss=0.1")
        self.assertEqual(expected, self.report("run", "--provider", "tp4", "--loss", "0.1", EXAMPLE, "--seed", "3"))

    def test_the_largest_seed(self):
        self.assertEqual(self.report("run", EXAMPLE, "--seed=18446744073709551615")["seed"], 18446744073709551615)

    def test_link_flags_override_what_the_scenario_says(self):
        name = self.write("""
            network{hosts = {'client', 'server'}, links = {{'client', 'server', latency = '500ms'}}}
            process('client', function() socket():connect('server:1') outcome('took', now() // 1) end)""")
        self.assertEqual(self.report("run", name)["outcomes"], {"took": "1000.0"})
        self.assertEqual(self.report("run", name, "--latency=5ms")["outcomes"], {"took": "10.0"})

    def test_the_ladder_and_the_summary(self):
        done = self.wsim("run", EXAMPLE, "--provider=session")
        self.assertEqual((done.returncode, done.stderr), (HELD, ""))
        self.assertEqual(done.stdout, self.wsim("run", EXAMPLE, "--provider=session", "--format=ladder").stdout)
        lines = done.stdout.splitlines()
        self.assertEqual(lines[0].split(), ["client", "server"])
        self.assertLessEqual(max(map(len, lines)), 130)
        self.assertIn('(7) grand total, as the client read it     3, 4, 8', lines)
        self.assertIn("the run                                    held", lines)

    def test_none_is_silence(self):
        done = self.wsim("run", EXAMPLE, "--format=none")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (HELD, "", ""))

    def test_a_capture_has_a_record_for_each_frame(self):
        report = self.report("run", EXAMPLE, "--provider=tp4", "--pcap=run.pcap")
        self.assertEqual(self.files(), ["run.pcap"])
        with open(self.path("run.pcap"), "rb") as file:
            octets = file.read()
        self.assertEqual(struct.unpack("=I", octets[:4])[0], 0xA1B23C4D)  # nanoseconds
        frames, wire_bytes, at = 0, 0, 24
        while at < len(octets):
            _, _, kept, length = struct.unpack("=4I", octets[at:at + 16])
            self.assertEqual(kept, length)
            frames, wire_bytes, at = frames + 1, wire_bytes + length, at + 16 + kept
        self.assertEqual((frames, wire_bytes), (report["frames"], report["wire_bytes"]))

    def test_a_trace_has_an_object_a_line(self):
        self.report("run", EXAMPLE, "--trace=run.trace")
        with open(self.path("run.trace")) as file:
            events = [json.loads(line) for line in file]
        self.assertEqual(events[0], {"kind": "run", "hosts": ["client", "server"], "processes": ["server", "client"]})
        self.assertEqual([event["id"] for event in events[1:]], list(range(1, len(events))))
        kinds = {event["kind"] for event in events}
        self.assertLessEqual({"api call", "api return", "frame sent", "frame delivered", "step", "outcome"}, kinds)
        for event in events[1:]:
            self.assertTrue(all(cause < event["id"] for cause in event.get("causes", [])))

    def test_files_are_replaced_and_links_followed(self):
        self.write("old", "run.pcap")
        self.report("run", EXAMPLE, "--pcap=run.pcap")
        with open(self.path("run.pcap"), "rb") as file:
            self.assertNotEqual(file.read(3), b"old")
        done = self.wsim("run", EXAMPLE, "--format=none", "--trace=/dev/stdout")
        self.assertEqual(json.loads(done.stdout.splitlines()[0])["kind"], "run")


class CompareTest(WsimCase):

    def test_json(self):
        report = self.report("compare", EXAMPLE, "--seed=5")
        self.assertEqual(list(report), ["scenario", "seed", "providers", "runs"])
        self.assertEqual((report["scenario"], report["seed"], report["providers"]), (EXAMPLE, 5, COMPARED))
        self.assertEqual(list(report["runs"]), COMPARED)
        for provider in COMPARED:
            self.assertEqual(report["runs"][provider],
                             self.report("run", EXAMPLE, "--seed=5", f"--provider={provider}"))

    def test_providers_come_in_the_order_given(self):
        report = self.report("compare", EXAMPLE, "--providers=session,tcp")
        self.assertEqual(report["providers"], ["session", "tcp"])

    def test_table(self):
        done = self.wsim("compare", EXAMPLE)
        self.assertEqual((done.returncode, done.stderr), (HELD, ""))
        self.assertEqual(done.stdout, self.wsim("compare", EXAMPLE, "--format=table").stdout)
        rows = {line[:41].strip(): line[41:].split() for line in done.stdout.splitlines()}
        self.assertEqual(rows[""], [])
        self.assertEqual(rows["(2) how the server saw the end"],
                         ["recv", "returned", "0", "≠", "WSAECONNRESET", "≠", "WSAEDISCON"])
        self.assertEqual(rows["(8) the client's closesocket"], ["true", "true", "true"])
        self.assertEqual(rows["the run"], ["held", "held", "held"])
        for row in ("fingerprint", "virtual time", "frames", "bytes on the wire"):
            self.assertIn(row, rows)

    def test_one_provider_alone(self):
        done = self.wsim("compare", EXAMPLE, "--providers=tp4")
        self.assertEqual(done.returncode, HELD)
        self.assertNotIn("≠", done.stdout)


if __name__ == "__main__":
    reported.main()
