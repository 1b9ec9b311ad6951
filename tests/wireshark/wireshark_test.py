#!/usr/bin/env python3
"""What Wireshark says of wsim's frames: nothing malformed, no bad checksum, every protocol called what it is.

Runs every scenario over every provider of connections with a capture, on a clean and on a lossy link, and reads the
captures with tshark. The checksum of TPDUs is judged by a post-dissector beside this file. A test of the judge itself
flips single bits of a capture and expects to be told.
"""

import collections
import glob
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, "tests/python")
import reported

WSIM = "tools/wsim/wsim"
CHECKSUMS = "tests/wireshark/cotp_checksum.lua"
SCENARIOS = sorted(glob.glob("scenarios/*.lua") + glob.glob("tests/scenarios/*.lua"))
# Here a router passes frames on: what the first link corrupted stands corrupted in the second's record, and parts of a
# TPDU that the router segmented stand beside the whole.
ROUTED = {"tests/scenarios/path_mtu.lua"}
# Two captures that the judges are tried on: short units, and long ones without padding.
SHORT, LONG = "scenarios/transaction_totals.lua", "tests/scenarios/bulk_transfer.lua"
LOSSY = ["--loss=0.05", "--duplicate=0.05", "--reorder=0.05", "--jitter=3ms"]
CORRUPT = ["--corrupt=0.02"]

# What tshark calls the layers below, and the protocol itself.
NETWORKS = {"AF_INET": "eth:ethertype:ip", "AF_INET6": "eth:ethertype:ipv6", "AF_ISO": "eth:llc:osi:clnp"}
PROTOCOLS = {"IPPROTO_TCP": "tcp", "ISOPROTO_TP4": "cotp", "36": "ses"}
# Protocols that tshark only guesses from the first octets of user data, or from a port.
GUESSED = ["t125", "s7comm", "mms", "smb", "h1", "atn-ulcs", "pres"]
OPTIONS = ["-d", "tcp.port==1-65535,data", "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE"]

BAD_STATUS = "0"  # of a field *.checksum.status
CHECKSUM_FIELDS = ["ip.checksum.status", "tcp.checksum.status", "icmp.checksum.status", "icmpv6.checksum.status",
                   "clnp.checksum.status"]
FIELDS = ["frame.protocols", "_ws.malformed", "wsim_cotp.good", "wsim_cotp.bad", *CHECKSUM_FIELDS]
Judgement = collections.namedtuple("Judgement", "protocols malformed good bad statuses")


def providers():
    """Those over which there are connections: name -> the beginning of every frame's protocols, and its own."""
    listed = subprocess.run([WSIM, "providers", "--format=json"], capture_output=True, text=True, check=True)
    return {provider["name"]: (NETWORKS[provider["address_family"]], PROTOCOLS[provider["protocol"]])
            for provider in json.loads(listed.stdout) if "XP1_CONNECTIONLESS" not in provider["flags"]}


def records(octets):
    """Places and sizes of the frames in a capture."""
    at = 24
    while at < len(octets):
        size = struct.unpack_from("<I", octets, at + 8)[0]
        yield at + 16, size
        at += 16 + size


def dt_of(octets, at):
    """The DT TPDU in the frame at that place, with the NSAPs that it goes between; None: it has none. A DT may stand
    behind TPDUs without user data, and is the last in its NSDU."""
    clnp = at + 17
    if octets[at + 12] >= 6 or octets[clnp] != 0x81:
        return None
    destination = clnp + 9
    source = destination + 1 + octets[destination]
    nsaps = bytes(octets[destination:source + 1 + octets[source]])
    tpdu = clnp + octets[clnp + 1]
    end = clnp + struct.unpack_from(">H", octets, clnp + 5)[0]
    while tpdu < end and octets[tpdu + 1] != 0xF0:
        if octets[tpdu + 1] & 0xF0 not in (0x20, 0x60, 0xC0):  # EA, AK and DC have no user data
            return None
        tpdu += 1 + octets[tpdu]
    return (nsaps, bytes(octets[tpdu:end])) if tpdu < end else None


def without_repeated_dts(octets):
    """The capture with each DT TPDU once. What is lost on the link stands in it all the same, and tshark's reassembly
    would add what was sent again a second time. A DT is the same to the octet each time, its checksum included, and
    another one of that number comes half the numbers' range later at the earliest."""
    kept = bytearray(octets[:24])
    latest = collections.deque(maxlen=64)
    for at, size in records(octets):
        dt = dt_of(octets, at)
        if dt is not None:
            if dt in latest:
                continue
            latest.append(dt)
        kept += octets[at - 16:at + size]
    return kept


def capture(folder, scenario, provider, flags=()):
    path = os.path.join(folder, "capture.pcap")
    done = subprocess.run(
        [WSIM, "run", scenario, f"--provider={provider}", "--format=none", f"--pcap={path}", *flags],
        capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{scenario} over {provider} {flags}: {done.stderr}")
    return path


def rewrite(path, change):
    with open(path, "rb") as file:
        octets = bytearray(file.read())
    octets = change(octets)
    with open(path, "wb") as file:
        file.write(octets)


def judge(path, protocol):
    """What tshark says of each frame."""
    disabled = GUESSED + ([] if protocol == "ses" else ["ses"])
    command = ["tshark", "-n", "-r", path, "-X", f"lua_script:{CHECKSUMS}", *OPTIONS, "-T", "fields", "-E", "separator=|"]
    for name in disabled:
        command += ["--disable-protocol", name]
    for name in FIELDS:
        command += ["-e", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}: {done.stderr}")
    for line in done.stdout.splitlines():
        protocols, malformed, good, bad, ip, tcp, *others = line.split("|")
        if ":icmp" in protocols:
            tcp = ""  # of the segment that the error quotes, and need not quote whole
        yield Judgement(protocols, malformed, good, bad, ",".join([ip, tcp, *others]).split(","))


def innermost(scenario, protocol):
    """The protocol to judge: not the session layer where tshark cannot put TSDUs together."""
    return "cotp" if protocol == "ses" and scenario in ROUTED else protocol


def is_bad(frame):
    return bool(frame.bad) or BAD_STATUS in frame.statuses


@unittest.skipUnless(shutil.which("tshark"), "tshark is not installed")
class WiresharkTest(unittest.TestCase):

    def setUp(self):
        self.folder = tempfile.mkdtemp(dir=os.environ.get("TEST_TMPDIR"))
        self.addCleanup(shutil.rmtree, self.folder)

    def expect_good(self, path, network, protocol):
        frames = list(judge(path, protocol))
        for number, frame in enumerate(frames, 1):
            self.assertTrue(frame.protocols.startswith(network + ":"), f"frame {number}: {frame}")
            self.assertEqual(frame.malformed, "", f"frame {number}: {frame}")
            self.assertFalse(is_bad(frame), f"frame {number}: {frame}")
        self.assertTrue(any(protocol in frame.protocols.split(":") for frame in frames), protocol)

    def test_every_scenario_on_a_clean_link(self):
        for scenario in SCENARIOS:
            for provider, (network, protocol) in providers().items():
                with self.subTest(scenario=scenario, provider=provider):
                    path = capture(self.folder, scenario, provider)
                    self.expect_good(path, network, innermost(scenario, protocol))

    def test_every_scenario_on_a_lossy_link(self):
        for seed, scenario in enumerate(SCENARIOS, 1):
            flags = LOSSY + ([] if scenario in ROUTED else CORRUPT) + [f"--seed={seed}"]
            for provider, (network, protocol) in providers().items():
                with self.subTest(scenario=scenario, provider=provider, seed=seed):
                    path = capture(self.folder, scenario, provider, flags)
                    rewrite(path, without_repeated_dts)
                    self.expect_good(path, network, innermost(scenario, protocol))

    def test_every_tpdu_has_a_checksum_that_is_judged(self):
        for provider, (network, protocol) in providers().items():
            if network == NETWORKS["AF_ISO"]:
                with self.subTest(provider=provider):
                    for frame in judge(capture(self.folder, SHORT, provider), protocol):
                        self.assertNotEqual(frame.good, "")

    def test_the_judges_see_a_flipped_bit(self):
        """The last octet of the longest frame is user data, which a checksum covers."""

        def flip(octets):
            at, size = max(records(octets), key=lambda record: record[1])
            octets[at + size - 1] ^= 0x10
            return octets

        for provider, (_, protocol) in providers().items():
            with self.subTest(provider=provider):
                path = capture(self.folder, LONG, provider)
                rewrite(path, flip)
                self.assertEqual(sum(map(is_bad, judge(path, protocol))), 1)


if __name__ == "__main__":
    reported.main()
