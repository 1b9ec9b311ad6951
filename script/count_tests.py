#!/usr/bin/python3 -B
"""Counts the test cases that runs of `bazel test` ran.

    script/count_tests.py REPORT.json...

Each report is what one `bazel test --build_event_json_file=REPORT.json` wrote; its file name
without .json is the name of the build. Only test.xml files that a report names are read, so that
those of earlier runs never count. A target that crashed, timed out, did not build, or left no
readable test.xml with a test case in it is one failure more; so is a cc_test that ended before
GoogleTest wrote its test.xml, whatever its exit status (Bazel then writes one in its place).

Prints each failed and each skipped test case with its reason, and at the end one line:
N passed, N failed, N skipped. Exit status 0 when some passed and none failed, else 1.
"""

import dataclasses
import json
import pathlib
import sys
import urllib.parse
import xml.etree.ElementTree as ElementTree


@dataclasses.dataclass
class Tally:
    """What ran. Failures and skips are lines for people: who, and why."""

    passed: int = 0
    failures: list[str] = dataclasses.field(default_factory=list)
    skips: list[str] = dataclasses.field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.passed += other.passed
        self.failures += other.failures
        self.skips += other.skips


def first_line(text: str | None) -> str:
    lines = (text or "").strip().splitlines()
    return lines[0].strip() if lines else "no reason given"


def skip_reason(skipped: ElementTree.Element) -> str:
    """GoogleTest puts the place of GTEST_SKIP on the first line, and what it says after it."""
    message = skipped.get("message") or skipped.text or ""
    _, _, said = message.strip().partition("\n")
    return first_line(said or message)


def tally_xml(target: str, path: pathlib.Path, of_googletest: bool) -> Tally:
    """Counts one test.xml. Bazel's own form has no classname: all it knows is the exit status."""
    tally = Tally()
    try:
        cases = list(ElementTree.parse(path).iter("testcase"))
    except OSError:
        tally.failures.append(f"{target}: left no test.xml")
        return tally
    except ElementTree.ParseError as error:
        tally.failures.append(f"{target}: unreadable test.xml: {error}")
        return tally
    for case in cases:
        suite = case.get("classname")
        name = f"{target} {suite + '.' if suite else ''}{case.get('name')}"
        fault = case.find("failure")
        if fault is None:
            fault = case.find("error")
        skipped = case.find("skipped")
        if fault is not None:
            tally.failures.append(f"{name}: {first_line(fault.get('message') or fault.text)}")
        elif skipped is not None:
            tally.skips.append(f"{name}: {skip_reason(skipped)}")
        elif case.get("status") == "notrun":
            tally.skips.append(f"{name}: disabled")
        elif of_googletest and not suite:
            tally.failures.append(f"{target}: ended before GoogleTest wrote its results")
        else:
            tally.passed += 1
    return tally


def tally_result(target: str, result: dict, kind: str, filtered: bool) -> Tally:
    """Counts one run of a test target, and holds its status against what its test.xml says."""
    uris = [output["uri"] for output in result.get("testActionOutput", [])
            if output["name"] == "test.xml"]
    if not uris:
        return Tally(failures=[f"{target}: left no test.xml ({result.get('status')})"])
    path = pathlib.Path(urllib.parse.unquote(urllib.parse.urlparse(uris[0]).path))
    tally = tally_xml(target, path, of_googletest=kind == "cc_test rule")
    if result.get("status") not in ("PASSED", "FLAKY"):
        if not tally.failures:  # The tests had passed, and then the process failed: a leak, say.
            tally.failures.append(f"{target}: {result.get('status')} after its last test case")
    elif not filtered and not (tally.passed or tally.failures or tally.skips):
        tally.failures.append(f"{target}: has no test case")
    return tally


def label_of(event: dict) -> str | None:
    """The target or pattern that an event is about."""
    for identity in event["id"].values():
        if "label" in identity:
            return identity["label"]
        if "pattern" in identity:
            return " ".join(identity["pattern"])
    return None


def tally_events(events: list[dict]) -> Tally:
    """Counts one run of `bazel test` from its build events."""
    results: dict[tuple, dict] = {}  # The last attempt of each run and shard of each target.
    kinds: dict[str, str] = {}
    unbuilt: list[str] = []
    filtered = False
    exit_name = "did not finish"
    for event in events:
        if "testResult" in event:
            identity = event["id"]["testResult"]
            key = (identity["label"], identity.get("run", 1), identity.get("shard", 1))
            results[key] = event["testResult"]
        elif "configured" in event:
            kinds[event["id"]["targetConfigured"]["label"]] = event["configured"]["targetKind"]
        elif "aborted" in event or ("completed" in event and not event["completed"].get("success")):
            unbuilt.append(label_of(event) or "the build")
        elif "optionsParsed" in event:
            options = event["optionsParsed"].get("explicitCmdLine", [])
            filtered = any(option.startswith("--test_filter") for option in options)
        elif "finished" in event:
            exit_name = event["finished"]["exitCode"]["name"]
    tally = Tally()
    for (target, _, _), result in results.items():
        tally.add(tally_result(target, result, kinds.get(target, ""), filtered))
    tested = {target for target, _, _ in results}
    for target in sorted(set(unbuilt) - tested):
        tally.failures.append(f"{target}: did not build")
    if exit_name != "SUCCESS" and not tally.failures:
        tally.failures.append(f"the build: {exit_name}")
    return tally


def tally_report(path: pathlib.Path) -> Tally:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return tally_events([json.loads(line) for line in lines])
    except OSError:
        return Tally(failures=["the build: Bazel did not start"])
    except json.JSONDecodeError:
        return Tally(failures=["the build: Bazel was stopped while it ran"])


def main(reports: list[str]) -> int:
    total = Tally()
    for report in map(pathlib.Path, reports):
        tally = tally_report(report)
        for line in tally.skips:
            print(f"SKIPPED [{report.stem}] {line}")
        for line in tally.failures:
            print(f"FAILED [{report.stem}] {line}")
        total.add(tally)
    print(f"{total.passed} passed, {len(total.failures)} failed, {len(total.skips)} skipped")
    return 0 if total.passed and not total.failures else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
