#!/usr/bin/env python3
"""User data of class 4 and session at their limits: what fits arrives whole, one octet more is refused, sends nothing."""

import json
import subprocess
import sys
import unittest

sys.path.insert(0, "tests/python")
import reported

WSIM = "tools/wsim/wsim"
CLASS_4 = {
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


def of_session(version, caller_max, most):
    """What comes of the conversation in one version, with so many octets of user data in a CN and in the others."""
    results = {
        "one octet more of caller data": "WSAEFAULT",
        "caller data that came": caller_max,
        "room for callee data": most,
        "all that fits of caller data, and the answer": most,
        "message that came": 200,
        "one octet more of disconnect data": "WSAEFAULT",
        "all that fits of disconnect data": "true",
        "then": "WSAEDISCON",
        "disconnect data that came": most,
        "one octet more in the answer": "WSAEFAULT",
        "all that fits in the answer": "true",
        "the end": "WSAEDISCON",
        "answer that came": most,
    }
    return {f"{version}: {what}": str(result) for what, result in results.items()}


SESSION = {
    **of_session("version 1", 512, 512),
    **of_session("version 2", 10240, 10240),
    **of_session("version 1, TSDUs of 256", 512, 56),
    **of_session("version 2, TSDUs of 256", 10240, 10240),
}


class OsiLimitsTest(unittest.TestCase):
    maxDiff = None

    def over_good_and_bad_links(self, provider, scenario, expected):
        for seed in range(1, 6):
            for link in [[], ["--loss=0.1", "--duplicate=0.1", "--reorder=0.1"]]:
                with self.subTest(seed=seed, link=link):
                    scenario_path = f"tests/osi_limits/{scenario}"
                    command = [WSIM, "run", scenario_path, f"--provider={provider}", "--format=json", f"--seed={seed}", *link]
                    done = subprocess.run(command, capture_output=True, text=True, check=False)
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertEqual(json.loads(done.stdout)["outcomes"], expected)

    def test_class_4(self):
        self.over_good_and_bad_links("tp4", "osi_limits.lua", CLASS_4)

    def test_session(self):
        self.over_good_and_bad_links("session", "session_limits.lua", SESSION)


if __name__ == "__main__":
    reported.main()
