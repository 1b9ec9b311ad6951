"""A test case that runs wsim in a folder of its own."""

import glob
import json
import os
import shutil
import subprocess
import tempfile
import unittest

WSIM = os.path.abspath("tools/wsim/wsim")
EXAMPLE = os.path.abspath("scenarios/transaction_totals.lua")
SCENARIOS = sorted(map(os.path.abspath, glob.glob("scenarios/*.lua")))
PROVIDERS = ["tcp", "tp4", "session", "tcp6"]
COMPARED = ["tcp", "tp4", "session"]  # unless told otherwise

HELD, FAILED, BAD_USAGE = 0, 1, 2


class WsimCase(unittest.TestCase):

    def setUp(self):
        self.folder = tempfile.mkdtemp(dir=os.environ.get("TEST_TMPDIR"))
        self.addCleanup(shutil.rmtree, self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, text, name="scenario.lua"):
        """A scenario file; returns its name, which is what errors call it."""
        with open(self.path(name), "w") as file:
            file.write(text)
        return name

    def files(self):
        """What is in the folder."""
        return sorted(os.listdir(self.folder))

    def wsim(self, *arguments, **options):
        """Runs wsim in the folder; text is what it wrote."""
        options.setdefault("stdout", subprocess.PIPE)
        return subprocess.run([WSIM, *arguments], cwd=self.folder, stderr=subprocess.PIPE, text=True,
                              timeout=600, check=False, **options)

    def refused(self, *arguments, says, **options):
        """What wsim refuses: exit status 2, one line of error that has all of `says`, no output, no file."""
        before = self.files()
        done = self.wsim(*arguments, **options)
        self.assertEqual(done.returncode, BAD_USAGE, done.stderr)
        self.assert_one_error(done.stderr, says)
        self.assertIn(done.stdout, ("", None))
        self.assertEqual(self.files(), before)

    def assert_one_error(self, text, says):
        self.assertEqual(text.count("\n"), 1, text)
        self.assertTrue(text.startswith("wsim: ") and text.endswith("\n"), text)
        for part in [says] if isinstance(says, str) else says:
            self.assertIn(part, text)

    def report(self, *arguments, status=HELD):
        """The JSON that wsim writes."""
        done = self.wsim(*arguments, "--format=json")
        self.assertEqual(done.returncode, status, done.stderr)
        return json.loads(done.stdout)
