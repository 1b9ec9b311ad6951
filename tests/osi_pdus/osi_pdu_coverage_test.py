#!/usr/bin/env python3
"""Every kind of PDU that CLNP and transport class 4 send, as Wireshark sees it.

osi_pdu_capture makes four captures; tshark must name each kind in each of them where it belongs, find nothing malformed
and every checksum right. The table of that is docs/osi-pdu-coverage.md. `osi_pdu_coverage_test.py --update`, from the
repository's root with OSI_PDU_CAPTURE naming the binary, writes it anew.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, "tests/python")
import reported

CAPTURE = os.environ.get("OSI_PDU_CAPTURE", "tests/osi_pdus/osi_pdu_capture")
CHECKSUMS = "tests/wireshark/cotp_checksum.lua"
TABLE = "docs/osi-pdu-coverage.md"
# What tshark would guess from the first octets of user data that mean nothing to it.
GUESSED = ["ses", "t125", "s7comm", "mms", "smb", "h1", "atn-ulcs", "pres"]
FIELDS = ["clnp.type", "clnp.checksum.status", "cotp.type", "wsim_cotp.good", "wsim_cotp.bad", "_ws.malformed"]

COLUMNS = ["normal-checksum", "normal-none", "extended-checksum", "extended-none"]
TPDUS = {0x0E: "CR", 0x0D: "CC", 0x08: "DR", 0x0C: "DC", 0x0F: "DT", 0x01: "ED", 0x06: "AK", 0x02: "EA", 0x07: "ER"}
CLNP_ERROR_REPORT, CLNP_TYPE, CLNP_MORE_SEGMENTS = 0x01, 0x1F, 0x40

INTRODUCTION = """# The PDUs of CLNP and transport class 4, as Wireshark sees them

`tests/osi_pdus` makes four conversations over a router, in which each kind of PDU that wsim sends stands at least once,
and has tshark read the captures: nothing is malformed, no checksum is wrong. It makes this table from what tshark says,
and compares. "named" means that tshark calls at least one PDU what it is; the checksum of TPDUs is judged by
`tests/wireshark/cotp_checksum.lua`, as tshark's own verdict sums too little.

| PDU | normal formats | normal formats, no checksum | extended formats | extended formats, no checksum |
|---|---|---|---|---|
"""
END = """
A CR always has a checksum, and so have the CC that answers it and a DR or ER of no connection (ISO 8073 13.2.3.1). RJ is
not in the table: it belongs to classes 1 and 3, and a class 4 entity never sends one. An ER TPDU is sent without the
TPDU that it is about, which is optional in class 4 (13.12.4).
"""


def tshark(path):
    command = ["tshark", "-n", "-r", path, "-X", f"lua_script:{CHECKSUMS}", "-o", "cotp.reassemble:FALSE", "-T", "fields"]
    for name in GUESSED:
        command += ["--disable-protocol", name]
    for field in FIELDS:
        command += ["-e", field]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [dict(zip(FIELDS, line.split("\t"))) for line in done.stdout.splitlines()]


def numbers(text):
    return [int(part, 0) for part in text.split(",") if part]


def seen_in(path):
    """What tshark names in a capture: from the PDU to how good its checksum is said to be."""
    seen = {}
    for frame in tshark(path):
        if frame["_ws.malformed"] or frame["wsim_cotp.bad"]:
            raise AssertionError(f"{path}: {frame}")
        if set(numbers(frame["clnp.checksum.status"])) != {1}:
            raise AssertionError(f"{path}: CLNP header checksum: {frame}")
        clnp = numbers(frame["clnp.type"])[0]
        if clnp & CLNP_TYPE == CLNP_ERROR_REPORT:
            seen["CLNP ER"] = "named, header checksum good"
            continue  # the TPDU in it is quoted, not sent
        seen["CLNP DT, a segment" if clnp & CLNP_MORE_SEGMENTS else "CLNP DT"] = "named, header checksum good"
        kinds = [TPDUS[kind] for kind in numbers(frame["cotp.type"])]
        good = sum(numbers(frame["wsim_cotp.good"]))
        for kind in kinds:
            text = "named, checksum good" if good == len(kinds) else "named"
            # One with a checksum says more than one without.
            seen[kind] = max(seen.get(kind, ""), text)
        if len(kinds) > 1:
            seen[f"{' + '.join(kinds)} in one NSDU"] = "named"
    return seen


def table():
    with tempfile.TemporaryDirectory(dir=os.environ.get("TEST_TMPDIR")) as folder:
        subprocess.run([CAPTURE, folder], check=True)
        columns = [seen_in(os.path.join(folder, f"{name}.pcap")) for name in COLUMNS]
    rows = ["CLNP DT", "CLNP DT, a segment", "CLNP ER", *TPDUS.values(), "AK + DT in one NSDU"]
    lines = [f"| {row} | {' | '.join(column.get(row, 'NOT SEEN') for column in columns)} |" for row in rows]
    return INTRODUCTION + "\n".join(lines) + "\n" + END


@unittest.skipUnless(shutil.which("tshark"), "tshark is not installed")
class OsiPduCoverageTest(unittest.TestCase):
    maxDiff = None

    def test_tshark_names_every_pdu(self):
        made = table()
        self.assertNotIn("NOT SEEN", made)
        with open(TABLE, encoding="utf-8") as file:
            self.assertEqual(file.read(), made)


if __name__ == "__main__":
    if sys.argv[1:] == ["--update"]:
        with open(TABLE, "w", encoding="utf-8") as written:
            written.write(table())
    else:
        reported.main()
