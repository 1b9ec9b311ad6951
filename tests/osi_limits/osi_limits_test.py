#!/usr/bin/env python3
"""User data of transport class 4 at their limits: what fits arrives whole, one octet more is refused and sends nothing."""

import json
import subprocess
import sys
import unittest

sys.path.insert(0, "tests/python")
import reported

WSIM = "tools/wsim/wsim"
SCENARIO = "tests/osi_limits/osi_limits.lua"
EXPECTED = {
    "33 octets of caller data": "WSAEFAULT",
    "caller data that came": "32",
    "room for callee data": "32",
    "32 octets of caller data": "32",  # of callee data
    "17 octets of expedited data": "WSAEMSGSIZE",
    "16 octets of expedited data": "16",
    "100000 octets of data": "100000",
    "data that came": "100000",
    "expedited data that came": "16",
    "65 octets of disconnect data": "WSAEFAULT",
    "64 octets of disconnect data": "true",
    "how it ended": "WSAECONNRESET",
    "disconnect data that came": "64",
}


class OsiLimitsTest(unittest.TestCase):
    maxDiff = None

    def test_what_fits_arrives_and_nothing_else_is_sent(self):
        for seed in range(1, 6):
            for link in [[], ["--loss=0.1", "--duplicate=0.1", "--reorder=0.1"]]:
                with self.subTest(seed=seed, link=link):
                    command = [WSIM, "run", SCENARIO, "--provider=tp4", "--format=json", f"--seed={seed}", *link]
                    done = subprocess.run(command, capture_output=True, text=True, check=False)
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertEqual(json.loads(done.stdout)["outcomes"], EXPECTED)


if __name__ == "__main__":
    reported.main()
