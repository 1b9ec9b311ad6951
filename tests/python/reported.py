"""Runs the calling module's unittest cases and reports each to Bazel, skips with their reasons."""

import os
import sys
import time
import unittest
import xml.etree.ElementTree as ElementTree


class _Reported(unittest.TextTestResult):
    """Keeps what became of each case, subtests included, as elements of a test.xml."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.suite = ElementTree.Element("testsuite", name=os.environ.get("TEST_TARGET", "tests"))

    def startTest(self, test):
        super().startTest(test)
        self._began = time.monotonic()
        self._case = ElementTree.SubElement(
            self.suite, "testcase", classname=type(test).__name__, name=test._testMethodName)

    def stopTest(self, test):
        self._case.set("time", f"{time.monotonic() - self._began:.3f}")
        super().stopTest(test)

    def _note(self, kind, text):
        ElementTree.SubElement(self._case, kind, message=text)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._note("failure", str(err[1]))

    def addError(self, test, err):
        super().addError(test, err)
        self._note("failure", repr(err[1]))

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._note("failure", f"{subtest.id()}: {err[1]}")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        if not hasattr(self, "_case") or self._case.get("name") != getattr(test, "_testMethodName", None):
            self._case = ElementTree.SubElement(self.suite, "testcase", name=test.id())
        self._note("skipped", reason)


def main():
    runner = unittest.TextTestRunner(resultclass=_Reported, verbosity=2)
    result = runner.run(unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"]))
    if path := os.environ.get("XML_OUTPUT_FILE"):
        suites = ElementTree.Element("testsuites")
        suites.append(result.suite)
        for kind, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
            result.suite.set(kind, str(len(list(result.suite.iter(tag)))))
        ElementTree.ElementTree(suites).write(path, encoding="utf-8", xml_declaration=True)
    sys.exit(0 if result.wasSuccessful() else 1)
