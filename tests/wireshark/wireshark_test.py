#!/usr/bin/env python3
"""What Wireshark says of wsim's frames: nothing malformed, no bad checksum, every protocol called what it is.

Runs each scenario over each provider with a capture, on a clean and on a lossy link, and reads the captures with
tshark. The checksum of TPDUs is judged by a post-dissector beside this file. A test of the judge itself flips single
bits of a capture and expects to be told.
"""

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
SCENARIOS = ["scenarios/transaction_totals.lua", "tests/scenarios/bulk_transfer.lua"]
LOSSY = ["--loss=0.05", "--duplicate=0.05", "--reorder=0.05", "--jitter=3ms"]

# Protocols that tshark only guesses from the first octets of user data that mean nothing to it.
GUESSED = ["t125", "s7comm", "mms", "smb", "h1", "atn-ulcs", "pres"]
# What every frame of a run over the provider is, and what at least one of them is.
EXPECTED = {
    "tcp": ("eth:ethertype:ip:tcp", "tcp"),
    "tp4": ("eth:llc:osi:clnp", "cotp"),
    "session": ("eth:llc:osi:clnp", "ses"),
    "tcp6": ("eth:ethertype:ipv6:tcp", "tcp"),
}
CHECKED = ["-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE"]
BAD = "ip.checksum.status == 0 || tcp.checksum.status == 0 || clnp.checksum.status == 0 || wsim_cotp.bad"


def capture(folder, scenario, provider, flags=()):
    path = os.path.join(folder, "capture.pcap")
    done = subprocess.run(
        [WSIM, "run", scenario, f"--provider={provider}", "--format=none", f"--pcap={path}", *flags],
        capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"{scenario} over {provider} {flags}: {done.stderr}")
    return path


def tshark(path, provider, *arguments, reassemble=True):
    disabled = GUESSED + ([] if provider == "session" else ["ses"])
    command = ["tshark", "-n", "-r", path, "-X", f"lua_script:{CHECKSUMS}", *CHECKED]
    for name in disabled:
        command += ["--disable-protocol", name]
    # Its reassembly adds a repeated DT twice, so where frames are lost each DT is looked at for itself.
    command += ["-o", f"cotp.reassemble:{'TRUE' if reassemble else 'FALSE'}"]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}: {done.stderr}")
    return done.stdout.splitlines()


@unittest.skipUnless(shutil.which("tshark"), "tshark is not installed")
class WiresharkTest(unittest.TestCase):

    def setUp(self):
        self.folder = tempfile.mkdtemp(dir=os.environ.get("TEST_TMPDIR"))

    def expect_clean(self, path, provider, reassemble):
        malformed = tshark(path, provider, "-Y", "_ws.malformed", reassemble=reassemble)
        self.assertEqual(malformed, [])
        self.assertEqual(tshark(path, provider, "-Y", BAD, reassemble=reassemble), [])

    def expect_protocols(self, path, provider):
        each, some = EXPECTED[provider]
        stacks = tshark(path, provider, "-T", "fields", "-e", "frame.protocols")
        self.assertTrue(stacks)
        for stack in stacks:
            self.assertTrue(stack.startswith(each), stack)
        self.assertTrue(any(some in stack.split(":") for stack in stacks), stacks[:5])

    def test_clean_links(self):
        for scenario in SCENARIOS:
            for provider in EXPECTED:
                with self.subTest(scenario=scenario, provider=provider):
                    path = capture(self.folder, scenario, provider)
                    self.expect_clean(path, provider, reassemble=True)
                    self.expect_protocols(path, provider)

    def test_lossy_links(self):
        for provider in EXPECTED:
            for seed in range(1, 4):
                with self.subTest(provider=provider, seed=seed):
                    path = capture(self.folder, SCENARIOS[0], provider, [*LOSSY, f"--seed={seed}"])
                    self.expect_clean(path, provider, reassemble=False)
                    self.expect_protocols(path, provider)

    def test_every_tpdu_has_a_checksum_that_is_judged(self):
        for provider in ["tp4", "session"]:
            with self.subTest(provider=provider):
                path = capture(self.folder, SCENARIOS[0], provider)
                frames = len(tshark(path, provider))
                self.assertEqual(len(tshark(path, provider, "-Y", "wsim_cotp.good")), frames)

    def test_the_judges_see_a_flipped_bit(self):
        """The last octet of each frame that is not padding belongs to a checksummed unit."""
        for provider in EXPECTED:
            with self.subTest(provider=provider):
                path = capture(self.folder, SCENARIOS[1], provider)
                with open(path, "rb") as file:
                    octets = bytearray(file.read())
                # The longest frame has user data and no padding.
                at, longest = 24, (0, 0)
                while at < len(octets):
                    size = struct.unpack_from("<I", octets, at + 8)[0]
                    longest = max(longest, (size, at + 16))
                    at += 16 + size
                octets[sum(longest) - 1] ^= 0x10
                with open(path, "wb") as file:
                    file.write(octets)
                self.assertEqual(len(tshark(path, provider, "-Y", BAD)), 1)


if __name__ == "__main__":
    reported.main()
