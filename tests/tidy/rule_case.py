"""What the tests of the rules share: a small tree in, the places of the findings out."""

import unittest
from collections.abc import Callable, Iterator

from source import Finding, Tree

Rule = Callable[[Tree], Iterator[Finding]]


class RuleCase(unittest.TestCase):
    def found(self, rule: Rule, files: dict[str, str]) -> list[str]:
        """The findings of a rule in a tree of these files, as `path:line`."""
        return [f"{finding.path}:{finding.line}" for finding in sorted(set(rule(Tree(files))))]

    def assert_breaks(self, rule: Rule, path: str, *lines: str) -> None:
        """Each of the lines, alone in a file at `path`, is found."""
        for line in lines:
            with self.subTest(line):
                self.assertEqual(self.found(rule, {path: f"\n{line}\n"}), [f"{path}:2"])

    def assert_keeps(self, rule: Rule, path: str, *lines: str) -> None:
        """None of the lines, alone in a file at `path`, is found."""
        for line in lines:
            with self.subTest(line):
                self.assertEqual(self.found(rule, {path: f"\n{line}\n"}), [])
