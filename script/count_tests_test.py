#!/usr/bin/python3 -B
"""Tests of count_tests.py, on reports and test.xml files such as Bazel and GoogleTest write them."""

import contextlib
import io
import json
import pathlib
import tempfile
import unittest

import count_tests

PASSING = '<testcase name="Opens" status="run" result="completed" classname="Door" />'
FAILING = ('<testcase name="Shuts" status="run" result="completed" classname="Door">'
           '<failure message="door_test.cc:7&#x0A;Expected equality" type=""></failure></testcase>')
SKIPPED = ('<testcase name="Locks" status="run" result="skipped" classname="Door">'
           '<skipped message="door_test.cc:9&#x0A;no key here&#x0A;" /></testcase>')
DISABLED = '<testcase name="DISABLED_Rings" status="notrun" result="suppressed" classname="Door" />'
# Bazel's own form, for a process that ended without a test.xml.
CRASHED = ('<testcase name="door_test" status="run" duration="0" time="0">'
           '<error message="exited with error code 139"></error></testcase>')


def finished(name: str) -> dict:
    return {"id": {"buildFinished": {}}, "finished": {"exitCode": {"name": name}}}


def configured(label: str, kind: str) -> dict:
    return {"id": {"targetConfigured": {"label": label}}, "configured": {"targetKind": kind}}


class CountTests(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.folder = pathlib.Path(self._folder.name)

    def result(self, label: str, cases: str | None, status: str = "PASSED", attempt: int = 1) -> dict:
        """The event of one run of a target; `cases` None: without a test.xml."""
        outputs = [{"name": "test.log", "uri": "file:///nowhere/test.log"}]
        if cases is not None:
            path = self.folder / f"{label.strip('/').replace(':', '_')} {attempt}.xml"
            path.write_text(f'<?xml version="1.0"?><testsuites><testsuite>{cases}</testsuite></testsuites>')
            outputs.append({"name": "test.xml", "uri": path.as_uri()})
        return {"id": {"testResult": {"label": label, "run": 1, "attempt": attempt}},
                "testResult": {"status": status, "testActionOutput": outputs}}

    def count(self, *events: dict, exit_name: str = "SUCCESS") -> tuple[int, list[str]]:
        """The exit status and the lines printed over one report of these events."""
        report = self.folder / "plain.json"
        report.write_text("\n".join(map(json.dumps, [*events, finished(exit_name)])))
        return self.run_main(report)

    def run_main(self, *reports: pathlib.Path) -> tuple[int, list[str]]:
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            status = count_tests.main([str(report) for report in reports])
        return status, output.getvalue().splitlines()

    def test_counts_every_case_of_every_target(self):
        status, lines = self.count(self.result("//a:door", PASSING + PASSING),
                                   self.result("//b:door", PASSING))
        self.assertEqual((status, lines), (0, ["3 passed, 0 failed, 0 skipped"]))

    def test_names_a_failed_case_and_fails(self):
        status, lines = self.count(self.result("//a:door", PASSING + FAILING, "FAILED"),
                                   exit_name="TESTS_FAILED")
        self.assertEqual(status, 1)
        self.assertEqual(lines, ["FAILED [plain] //a:door Door.Shuts: door_test.cc:7",
                                 "1 passed, 1 failed, 0 skipped"])

    def test_gives_the_reason_of_a_skip(self):
        status, lines = self.count(self.result("//a:door", PASSING + SKIPPED + DISABLED))
        self.assertEqual(status, 0)
        self.assertEqual(lines, ["SKIPPED [plain] //a:door Door.Locks: no key here",
                                 "SKIPPED [plain] //a:door Door.DISABLED_Rings: disabled",
                                 "1 passed, 0 failed, 2 skipped"])

    def test_a_crash_is_a_failure(self):
        status, lines = self.count(self.result("//a:door", CRASHED, "FAILED"),
                                   exit_name="TESTS_FAILED")
        self.assertEqual(status, 1)
        self.assertEqual(lines[-1], "0 passed, 1 failed, 0 skipped")

    def test_a_process_that_fails_after_its_last_case_is_a_failure(self):
        status, lines = self.count(self.result("//a:door", PASSING, "FAILED"),
                                   exit_name="TESTS_FAILED")
        self.assertEqual(status, 1)
        self.assertEqual(lines, ["FAILED [plain] //a:door: FAILED after its last test case",
                                 "1 passed, 1 failed, 0 skipped"])

    def test_a_googletest_that_exits_0_before_its_end_is_a_failure(self):
        by_bazel = '<testcase name="door" status="run" duration="0" time="0"></testcase>'
        _, lines = self.count(configured("//a:door", "cc_test rule"), self.result("//a:door", by_bazel),
                              configured("//b:door", "sh_test rule"), self.result("//b:door", by_bazel))
        self.assertEqual(lines, ["FAILED [plain] //a:door: ended before GoogleTest wrote its results",
                                 "1 passed, 1 failed, 0 skipped"])

    def test_a_time_out_without_test_xml_is_a_failure(self):
        _, lines = self.count(self.result("//a:door", None, "TIMEOUT"), self.result("//b:door", PASSING))
        self.assertEqual(lines, ["FAILED [plain] //a:door: left no test.xml (TIMEOUT)",
                                 "1 passed, 1 failed, 0 skipped"])

    def test_a_test_xml_that_is_gone_or_broken_is_a_failure(self):
        gone, broken = self.result("//a:door", PASSING), self.result("//b:door", "<testcase")
        (self.folder / "a_door 1.xml").unlink()
        _, lines = self.count(gone, broken)
        self.assertEqual(lines[0], "FAILED [plain] //a:door: left no test.xml")
        self.assertRegex(lines[1], r"//b:door: unreadable test.xml: ")
        self.assertEqual(lines[2], "0 passed, 2 failed, 0 skipped")

    def test_a_target_without_cases_is_a_failure_unless_a_filter_left_them_out(self):
        _, lines = self.count(self.result("//a:door", ""))
        self.assertEqual(lines[0], "FAILED [plain] //a:door: has no test case")
        options = {"id": {"optionsParsed": {}},
                   "optionsParsed": {"explicitCmdLine": ["--test_filter=Door.*"]}}
        _, lines = self.count(options, self.result("//a:door", ""), self.result("//b:door", PASSING))
        self.assertEqual(lines, ["1 passed, 0 failed, 0 skipped"])

    def test_a_target_that_did_not_build_is_one_failure(self):
        label = {"label": "//a:door"}
        _, lines = self.count(self.result("//b:door", PASSING),
                              {"id": {"targetCompleted": label}, "completed": {}},
                              {"id": {"targetCompleted": label}, "aborted": {"reason": "UNKNOWN"}},
                              exit_name="BUILD_FAILURE")
        self.assertEqual(lines, ["FAILED [plain] //a:door: did not build",
                                 "1 passed, 1 failed, 0 skipped"])

    def test_a_pattern_that_cannot_be_loaded_is_a_failure(self):
        _, lines = self.count({"id": {"pattern": {"pattern": ["//gone/..."]}}, "aborted": {}},
                              exit_name="PARSING_FAILURE")
        self.assertEqual(lines[0], "FAILED [plain] //gone/...: did not build")

    def test_only_the_last_attempt_counts(self):
        _, lines = self.count(self.result("//a:door", FAILING, "FAILED", attempt=1),
                              self.result("//a:door", PASSING, "PASSED", attempt=2))
        self.assertEqual(lines, ["1 passed, 0 failed, 0 skipped"])

    def test_a_build_that_fails_without_naming_a_target_is_a_failure(self):
        status, lines = self.count(self.result("//a:door", PASSING), exit_name="INTERRUPTED")
        self.assertEqual((status, lines[0]), (1, "FAILED [plain] the build: INTERRUPTED"))

    def test_nothing_run_is_no_success(self):
        status, lines = self.count()
        self.assertEqual((status, lines), (1, ["0 passed, 0 failed, 0 skipped"]))

    def test_a_bazel_that_never_started_or_was_stopped_is_a_failure(self):
        cut = self.folder / "cut.json"
        cut.write_text('{"id": {"sta')
        status, lines = self.run_main(self.folder / "absent.json", cut)
        self.assertEqual(status, 1)
        self.assertEqual(lines, ["FAILED [absent] the build: Bazel did not start",
                                 "FAILED [cut] the build: Bazel was stopped while it ran",
                                 "0 passed, 2 failed, 0 skipped"])

    def test_adds_up_the_builds(self):
        reports = []
        for name in ("plain", "asan"):
            reports.append(self.folder / f"{name}.json")
            events = [self.result(f"//{name}:door", PASSING + SKIPPED), finished("SUCCESS")]
            reports[-1].write_text("\n".join(map(json.dumps, events)))
        status, lines = self.run_main(*reports)
        self.assertEqual(status, 0)
        self.assertEqual(lines[-1], "2 passed, 0 failed, 2 skipped")


if __name__ == "__main__":
    unittest.main()
