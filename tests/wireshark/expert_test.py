#!/usr/bin/env python3
"""What Wireshark's expert information says of TCP: on a link that loses nothing, no warning and no error.

Each scenario runs over IPv4 and IPv6 on clean links of several kinds. What tshark takes user data for is none of its
business: the ports are decoded as data.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, "tests/python")
import reported

WSIM = "tools/wsim/wsim"
PROVIDERS = ["tcp", "tcp6"]
SCENARIOS = ["scenarios/transaction_totals.lua", "scenarios/half_close.lua", "scenarios/connect_data.lua",
             "scenarios/last_words.lua", "tests/scenarios/bulk_transfer.lua"]
# Wireshark warns of whatever is rare. These scenarios are about such things, and of nothing else it may warn.
RESETS = {"Connection reset (RST)"}
# A window that its scale rounds down to 0 leaves the peer's probes a few octets that were offered before, and
# they are taken (RFC 7323 2.4); Wireshark expects that they are not.
CLOSED_WINDOW = {"TCP Zero Window segment", "TCP window specified by the receiver is now completely full",
                 "ACKed segment that wasn't captured (common at capture start)",
                 "Previous segment(s) not captured (common at capture start)"}
RARE = {"scenarios/backlog.lua": RESETS, "scenarios/message_boundaries.lua": RESETS,
        "scenarios/refused.lua": RESETS, "scenarios/linger.lua": RESETS | CLOSED_WINDOW}
LINKS = [[], ["--latency=200ms"], ["--bandwidth=1Mbps", "--latency=1ms"], ["--mtu=1280"]]
DATA = ["-d", "tcp.port==5000,data", "-d", "tcp.port==7000,data"]
CHECKED = ["-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE"]
WARNING = "_ws.expert.severity >= 0x600000"


def warnings(path, which=WARNING):
    """The frames of a capture with expert information of a severity, and what it says."""
    done = subprocess.run(["tshark", "-n", "-r", path, *DATA, *CHECKED, "-Y", which, "-T", "fields",
                           "-e", "frame.number", "-e", "_ws.expert.message"], capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return done.stdout.splitlines()


@unittest.skipUnless(shutil.which("tshark"), "tshark is not installed")
class ExpertTest(unittest.TestCase):

    def capture(self, scenario, *flags):
        path = os.path.join(tempfile.mkdtemp(dir=os.environ.get("TEST_TMPDIR")), "capture.pcap")
        done = subprocess.run([WSIM, "run", scenario, "--format=none", f"--pcap={path}", *flags],
                              capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return path

    def test_nothing_is_wrong_on_a_clean_link(self):
        for scenario in SCENARIOS:
            for provider in PROVIDERS:
                for link in LINKS:
                    with self.subTest(scenario=scenario, provider=provider, link=link):
                        path = self.capture(scenario, f"--provider={provider}", *link)
                        self.assertEqual(warnings(path), [])

    def test_only_what_a_scenario_is_about_is_rare(self):
        for scenario, expected in RARE.items():
            for provider in PROVIDERS:
                with self.subTest(scenario=scenario, provider=provider):
                    found = warnings(self.capture(scenario, f"--provider={provider}"))
                    said = {message for line in found for message in line.split("\t")[1].split(",")}
                    self.assertEqual(said - expected, set())
                    self.assertIn("Connection reset (RST)", said)

    def test_the_judge_speaks_up(self):
        """A reset is a warning; where frames are lost there are retransmissions to note."""
        self.assertNotEqual(warnings(self.capture("scenarios/refused.lua", "--provider=tcp6")), [])
        lossy = self.capture(SCENARIOS[-1], "--provider=tcp6", "--loss=0.05")
        self.assertNotEqual(warnings(lossy, "tcp.analysis.retransmission"), [])


if __name__ == "__main__":
    reported.main()
