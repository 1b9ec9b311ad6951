#!/usr/bin/python3 -B
"""Holds the repository to its own rules: determinism, layering, form.

Reads the files where they stand, in the work tree, and not Bazel's copies. Each rule is one test
case of the test.xml; each breach is a line `path:line: what is wrong; what to do`.
"""

import os
import pathlib
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator

import determinism
import form
import layering
from source import Finding, Tree

Check = Callable[[], Iterator[Finding]]


def find_root() -> pathlib.Path:
    """The work tree: above this file, once the links that Bazel laid have been followed."""
    for folder in pathlib.Path(__file__).resolve().parents:
        if (folder / "WORKSPACE").exists():
            return folder
    raise SystemExit("tidy.py: no WORKSPACE above this file; run it in the work tree")


def checks(root: pathlib.Path) -> dict[str, Check | str]:
    """Each rule by its name: what it checks, or the reason why it cannot."""
    tree = Tree.read(root)
    rules = [*determinism.RULES, *layering.RULES, *form.RULES]
    named: dict[str, Check | str] = {
        rule.__name__.removeprefix("check_"): lambda rule=rule: rule(tree) for rule in rules}
    named["clang_format"] = ((lambda: form.check_clang_format(root, tree))
                             if form.has_clang_format() else "clang-format is not installed")
    return named


def run(named: dict[str, Check | str]) -> tuple[int, ElementTree.Element]:
    """Runs the checks and prints what they find: the number of findings, and the test.xml."""
    count = 0
    suites = ElementTree.Element("testsuites", name="AllTests")
    suite = ElementTree.SubElement(suites, "testsuite", name="Tidy")
    for name, check in named.items():
        case = ElementTree.SubElement(suite, "testcase", name=name, classname="Tidy")
        if isinstance(check, str):
            print(f"{name}: skipped: {check}")
            ElementTree.SubElement(case, "skipped", message=check)
            continue
        findings = [str(finding) for finding in sorted(set(check()))]
        print(f"{name}: {len(findings) or 'nothing'} found", *findings, sep="\n  ")
        if findings:
            ElementTree.SubElement(case, "failure", message="\n".join(findings))
        count += len(findings)
    return count, suites


def main() -> int:
    count, suites = run(checks(find_root()))
    if path := os.environ.get("XML_OUTPUT_FILE"):
        ElementTree.ElementTree(suites).write(path, encoding="utf-8", xml_declaration=True)
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
