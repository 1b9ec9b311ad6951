#!/usr/bin/env python3
"""The same run is the same: in two processes, and in every build that runs this test.

Two processes hash differently, so that an order that depends on a hash or an address shows. The fingerprints of all
builds (compilers, optimisation, sanitizers) are held to those in fingerprints.json; a change that is meant to alter
what happens on the wire brings new ones: `WSIM_ACCEPT_FINGERPRINTS=FILE` writes them.
"""

import glob
import json
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, "tests/python")
import reported

WSIM = "tools/wsim/wsim"
PINNED = "tests/determinism/fingerprints.json"
SCENARIOS = sorted(glob.glob("scenarios/*.lua") + glob.glob("tests/scenarios/*.lua"))
EXAMPLE = "scenarios/transaction_totals.lua"
# What fingerprints.json holds.
PINNED_SCENARIOS = [EXAMPLE, "tests/scenarios/bulk_transfer.lua"]
PINNED_PROVIDERS = ["tcp", "tp4", "session"]
LOSSY = ["--loss=0.1", "--duplicate=0.05", "--reorder=0.1", "--corrupt=0.02", "--jitter=5ms"]


def providers():
    """The names of those over which there are connections."""
    listed = subprocess.run([WSIM, "providers", "--format=json"], capture_output=True, text=True, check=True)
    return [provider["name"] for provider in json.loads(listed.stdout)
            if "XP1_CONNECTIONLESS" not in provider["flags"]]


def run(scenario, provider, seed, flags):
    """The report of one run in a process of its own, with the capture's and the trace's octets."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("TEST_TMPDIR")) as folder:
        files = [os.path.join(folder, name) for name in ("run.pcap", "run.trace")]
        done = subprocess.run(
            [WSIM, "run", scenario, f"--provider={provider}", f"--seed={seed}", "--format=json",
             f"--pcap={files[0]}", f"--trace={files[1]}", *flags], capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"{scenario} over {provider}, seed {seed}, {flags}: {done.stderr}")
        octets = []
        for path in files:
            with open(path, "rb") as file:
                octets.append(file.read())
        return json.loads(done.stdout), octets


class DeterminismTest(unittest.TestCase):

    def test_two_processes_agree_to_the_byte_and_two_seeds_differ(self):
        for scenario in SCENARIOS:
            for provider in providers():
                with self.subTest(scenario=scenario, provider=provider):
                    first, first_octets = run(scenario, provider, 7, LOSSY)
                    again, again_octets = run(scenario, provider, 7, LOSSY)
                    self.assertEqual(first, again)
                    self.assertTrue(first_octets == again_octets, "captures or traces differ")
                    other, other_octets = run(scenario, provider, 8, LOSSY)
                    self.assertNotEqual(first["fingerprint"], other["fingerprint"])
                    self.assertFalse(first_octets == other_octets, "another seed, the same run")

    def test_lua_lays_out_its_tables_the_same_in_every_process(self):
        """The length of a table with holes tells how its keys collide; so does the moment at which memory ends."""
        self.expect_one_outcome("""
            process("client", function()
              local x, all = 12345, 0
              local function random(n) x = (x * 1103515245 + 12345) % 2147483648 return (x // 65536) % n + 1 end
              for round = 1, 100 do
                local t = {}
                for i = 1, 400 do
                  if random(3) > 1 then t["k" .. random(60)] = random(2) == 1 and i or nil
                  else t[random(40)] = random(4) > 1 and i or nil end
                  all = (all * 31 + #t) % 1000000007
                end
                sleep(1)
              end
              outcome("lengths", all)
            end)""")
        self.expect_one_outcome("""
            local kept, count = {}, 0
            process("client", function()
              while true do
                count = count + 1
                kept["a" .. count] = ("x"):rep(2000 + count % 100)
                kept["a" .. count * 7 // 9] = nil
                if count % 1000 == 0 then note(count) sleep(1) end
              end
            end)""")

    def expect_one_outcome(self, text):
        with tempfile.TemporaryDirectory(dir=os.environ.get("TEST_TMPDIR")) as folder:
            name = os.path.join(folder, "scenario.lua")
            with open(name, "w") as file:
                file.write(text)
            reports = {subprocess.run([WSIM, "run", name, "--format=json", f"--trace={name}.trace"],
                                      capture_output=True, text=True, check=False).stdout for _ in range(4)}
        self.assertEqual(len(reports), 1, reports)

    def test_who_listens_makes_no_difference(self):
        for provider in providers():
            with self.subTest(provider=provider):
                watched, _ = run(EXAMPLE, provider, 3, LOSSY)
                alone = subprocess.run(
                    [WSIM, "run", EXAMPLE, f"--provider={provider}", "--seed=3", "--format=json", *LOSSY],
                    capture_output=True, text=True, check=True)
                self.assertEqual(json.loads(alone.stdout), watched)

    def test_every_build_has_the_pinned_fingerprints(self):
        seen = {}
        for scenario in PINNED_SCENARIOS:
            for provider in PINNED_PROVIDERS:
                for seed in (1, 2):
                    report, _ = run(scenario, provider, seed, LOSSY)
                    seen[f"{scenario} {provider} {seed}"] = report["fingerprint"]
        if accepted := os.environ.get("WSIM_ACCEPT_FINGERPRINTS"):
            with open(accepted, "w") as file:
                json.dump(seen, file, indent=2)
                file.write("\n")
        with open(PINNED) as file:
            self.assertEqual(seen, json.load(file))


if __name__ == "__main__":
    reported.main()
