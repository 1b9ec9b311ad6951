#!/usr/bin/env python3
"""What Wireshark calls the SPDUs that the session provider sends.

Runs a scenario that sends each of them at least once, and reads its capture with tshark: every kind has its name, none is
malformed, every checksum is good. The table of what was seen is docs/session-pdu-coverage.md, which is compared with what
this run gives.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, "tests/python")
import reported

WSIM = "tools/wsim/wsim"
SCENARIO = "tests/wireshark/session_spdus.lua"
CHECKSUMS = "tests/wireshark/cotp_checksum.lua"
DOCUMENT = "docs/session-pdu-coverage.md"
GUESSED = ["t125", "s7comm", "mms", "smb", "h1", "atn-ulcs", "pres"]
BAD = "_ws.malformed || clnp.checksum.status == 0 || wsim_cotp.bad"

# What is looked for: a name, and what the lines of the dissection must contain.
V1, V2 = "Protocol Version 1: ", "Protocol Version 2: "
RELEASED, KEPT = "Transport connection: Released", "Transport connection: Kept"
USER_DATA = "Session user data (193)"
FORMS = [
    ("CN", "both versions, connection identifier, user data",
     ["CONNECT (CN)", "Connection Identifier", V1 + "True", V2 + "True", USER_DATA]),
    ("CN", "version 1 alone", ["CONNECT (CN)", V1 + "True", V2 + "False"]),
    ("CN", "extended user data", ["CONNECT (CN)", "Session extended user data (194)"]),
    ("CN", "TSDU maximum size", ["CONNECT (CN)", "TSDU Maximum Size"]),
    ("AC", "version 2, connection identifier, user data",
     ["ACCEPT (AC)", "Called SS user Reference", V2 + "True", USER_DATA]),
    ("AC", "version 1", ["ACCEPT (AC)", V1 + "True", V2 + "False"]),
    ("RF", "by the user, with data; the transport connection is kept",
     ["REFUSE (RF)", "Rejection by called SS-user. (2)", KEPT]),
    ("RF", "by the provider: selector unknown; the transport connection is released",
     ["REFUSE (RF)", "Session Selector unknown (129)", RELEASED]),
    ("GT, DT", "a message", ["Give tokens", "DATA TRANSFER (DT)"]),
    ("GT, DT", "the first segment of a message", ["DATA TRANSFER (DT)", "beginning of SSDU: True", "end of SSDU: False"]),
    ("GT, DT", "the last segment of a message", ["DATA TRANSFER (DT)", "beginning of SSDU: False", "end of SSDU: True"]),
    ("FN", "user data; the transport connection is released", ["FINISH (FN)", RELEASED, USER_DATA]),
    ("FN", "user data; the transport connection is kept", ["FINISH (FN)", KEPT, USER_DATA]),
    ("FN", "the first segment", ["FINISH (FN)", "beginning of SSDU: True", "end of SSDU: False"]),
    ("DN", "user data", ["DISCONNECT (DN)", USER_DATA]),
    ("DN", "the last segment", ["DISCONNECT (DN)", "beginning of SSDU: False", "end of SSDU: True"]),
    ("AB", "by the user; the transport connection is released", ["ABORT (AB)", "User abort: Yes", RELEASED]),
    ("AB", "by the user; the transport connection is kept", ["ABORT (AB)", "User abort: Yes", KEPT]),
    ("AA", "an abort is accepted, the transport connection is kept", ["ABORT ACCEPT (AA)"]),
]

INTRODUCTION = """# What Wireshark calls the SPDUs of session

`tests/wireshark/session_spdus_test.py` makes this table: it runs `tests/wireshark/session_spdus.lua`, which sends every kind
of SPDU that the session provider has, captures the frames, and lets tshark name what is in them. Nothing in the capture is
malformed, and every CLNP and COTP checksum is good.

Not sent, and so not here: NF (negotiated release is not proposed), PT and a GT with tokens (kernel and duplex have none), EX
and PR (no expedited flow is in use), CDO and OA (connects with more than 10240 octets are refused). An AB that reports a
protocol error answers a peer that breaks the rules, which ours does not; `session_state_table_test` makes each of them.

| SPDU | form | frames |
|---|---|---|
"""


def tshark(path, *arguments):
    command = ["tshark", "-n", "-r", path, "-X", f"lua_script:{CHECKSUMS}"]
    for name in GUESSED:
        command += ["--disable-protocol", name]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}: {done.stderr}")
    return done.stdout


@unittest.skipUnless(shutil.which("tshark"), "tshark is not installed")
class SessionSpdusTest(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.path = os.path.join(tempfile.mkdtemp(dir=os.environ.get("TEST_TMPDIR")), "capture.pcap")
        done = subprocess.run([WSIM, "run", SCENARIO, "--provider=session", "--format=none", f"--pcap={cls.path}"],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        text = tshark(cls.path, "-V", "-O", "ses", "-Y", "ses")
        cls.frames = re.split(r"^(?=Frame \d+)", text, flags=re.MULTILINE)[1:]

    def count(self, wanted):
        return sum(all(line in frame for line in wanted) for frame in self.frames)

    def test_nothing_is_malformed_and_every_checksum_is_good(self):
        self.assertEqual(tshark(self.path, "-Y", BAD), "")

    def test_every_form_has_its_name(self):
        for name, form, wanted in FORMS:
            with self.subTest(spdu=name, form=form):
                self.assertGreater(self.count(wanted), 0)

    def test_every_frame_with_user_data_is_named(self):
        """Whatever TSDU there is, tshark knows which SPDU it holds."""
        types = tshark(self.path, "-Y", "ses", "-T", "fields", "-e", "ses.type").split()
        kinds = {int(kind) for line in types for kind in line.split(",")}
        self.assertEqual(kinds, {1, 9, 10, 12, 13, 14, 25, 26})

    def test_conversations_share_a_transport_connection(self):
        """Of ten conversations three begin on a transport connection that was there."""
        requests = tshark(self.path, "-Y", "cotp.type == 0x0e").splitlines()
        connects = tshark(self.path, "-Y", "ses.type == 13").splitlines()
        self.assertEqual(len(connects) - len(requests), 3)

    def test_the_table_is_the_one_in_the_documentation(self):
        table = INTRODUCTION
        for name, form, wanted in FORMS:
            table += f"| {name} | {form} | {self.count(wanted)} |\n"
        outputs = os.environ.get("TEST_UNDECLARED_OUTPUTS_DIR")
        if outputs:
            with open(os.path.join(outputs, "session-pdu-coverage.md"), "w") as file:
                file.write(table)
        with open(DOCUMENT) as file:
            self.assertEqual(file.read(), table, "the new table is among the outputs of this test")


if __name__ == "__main__":
    reported.main()
