#!/usr/bin/python3 -B
"""Tests of bootstrap on machines that are made of a few stand-ins for Debian's tools."""

import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

BOOTSTRAP = pathlib.Path(__file__).resolve().parent / "bootstrap"
PACKAGES = re.search(r"^packages=\(\n(.*?)^\)", BOOTSTRAP.read_text(), re.MULTILINE | re.DOTALL)[1].split()


class Bootstrap(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.bin = pathlib.Path(folder.name)
        self.calls = self.bin / "calls"
        (self.bin / "env").symlink_to(shutil.which("env"))
        self.install("id", "echo 0")

    def install(self, tool: str, script: str) -> None:
        """Puts a tool on the machine that notes how it is called."""
        path = self.bin / tool
        path.write_text(f'#!/bin/bash\necho "{tool} $*" >> {self.calls}\n{script}\n')
        path.chmod(0o755)

    def install_debian(self, *missing: str) -> None:
        """apt-get and dpkg-query of a machine that has every package but these."""
        present = "".join(f"{name}:installed " for name in PACKAGES if name not in missing)
        self.install("dpkg-query", f"printf '%s' '{present}'; exit {1 if missing else 0}")
        self.install("apt-get", 'echo "frontend $DEBIAN_FRONTEND"')

    def run_bootstrap(self) -> tuple[int, list[str], list[str]]:
        """Exit status, lines on stderr, and the calls of apt-get and sudo."""
        run = subprocess.run(["/bin/bash", BOOTSTRAP], env={"PATH": str(self.bin)}, text=True,
                             capture_output=True, check=False)
        self.assertEqual(run.stdout, "")
        calls = self.calls.read_text().splitlines() if self.calls.exists() else []
        return run.returncode, run.stderr.splitlines(), [
            call for call in calls if call.startswith(("apt-get", "sudo"))]

    def test_nothing_is_missing_nothing_is_said_or_done(self):
        self.install_debian()
        self.assertEqual(self.run_bootstrap(), (0, [], []))

    def test_what_is_missing_and_no_more_is_installed_without_a_question(self):
        self.install_debian("tshark", "g++")
        status, said, calls = self.run_bootstrap()
        self.assertEqual(status, 0)
        self.assertEqual(said[0], "script/bootstrap: installing g++ tshark")
        self.assertIn("frontend noninteractive", said)
        update, install = calls
        self.assertTrue(update.endswith(" update"), update)
        self.assertTrue(install.endswith(" install --no-install-recommends g++ tshark"), install)

    def test_a_package_that_was_removed_is_missing(self):
        self.install_debian("tshark")
        removed = "".join(f"{name}:installed " for name in PACKAGES[:-1]) + f"{PACKAGES[-1]}:config-files "
        self.install("dpkg-query", f"printf '%s' '{removed}'")
        _, said, _ = self.run_bootstrap()
        self.assertEqual(said[0], f"script/bootstrap: installing {PACKAGES[-1]}")

    def test_who_is_not_root_becomes_it_by_sudo(self):
        self.install_debian("tshark")
        self.install("id", "echo 1000")
        self.install("sudo", '"$@"')
        status, _, calls = self.run_bootstrap()
        self.assertEqual(status, 0)
        self.assertEqual([call.split()[0] for call in calls], ["sudo", "apt-get"] * 2)

    def test_neither_root_nor_sudo_is_one_line(self):
        self.install_debian("tshark")
        self.install("id", "echo 1000")
        self.assertEqual(self.run_bootstrap(), (
            1, ["script/bootstrap: run it as root, or install sudo; missing: tshark"], []))

    def test_another_system_is_one_line_that_names_the_packages(self):
        status, said, _ = self.run_bootstrap()
        self.assertEqual((status, len(said)), (1, 1))
        self.assertTrue(said[0].startswith("script/bootstrap: no apt-get: "), said)
        self.assertIn("libabsl-dev", said[0])

    def test_sources_that_cannot_be_reached_end_it(self):
        self.install_debian("tshark")
        self.install("apt-get", "exit 100")
        status, said, calls = self.run_bootstrap()
        self.assertEqual((status, len(calls)), (1, 1))
        self.assertEqual(said[-1], "script/bootstrap: apt-get update failed: "
                                   "are the package sources reachable?")


if __name__ == "__main__":
    unittest.main()
