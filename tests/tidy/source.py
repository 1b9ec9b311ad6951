"""The repository's files, as the rules read them."""

import dataclasses
import functools
import os
import pathlib
import re
from collections.abc import Iterator

# What C++ puts between code: comments, and literals whose contents are not code. A quote after a
# digit separates digits (1'000).
_BETWEEN_CODE = re.compile(
    r"""(?P<comment> //[^\n]* | /\*.*?\*/ )
      | R"(?P<mark>[^()\\\s]*)\(.*?\)(?P=mark)"
      | "(?:[^"\\\n]|\\.)*"
      | (?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)*'""",
    re.DOTALL | re.VERBOSE)

_TEXT_SUFFIXES = frozenset(
    [".bazel", ".bazelrc", ".bzl", ".c", ".cc", ".h", ".lua", ".md", ".py", ".sh", ".txt"])
_SKIPPED_FOLDERS = frozenset(["__pycache__", ".git"])


@dataclasses.dataclass(frozen=True, order=True)
class Finding:
    """One breach: where it is, what is wrong and what to do about it."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


@dataclasses.dataclass(frozen=True)
class Source:
    """One file. `path` is relative to the repository's root, with forward slashes."""

    path: str
    text: str

    @property
    def folder(self) -> str:
        return os.path.dirname(self.path)

    @property
    def top(self) -> str:
        """The top-level folder, "" for a file at the root."""
        return self.path.partition("/")[0] if "/" in self.path else ""

    @property
    def is_cpp(self) -> bool:
        return self.path.endswith((".c", ".cc", ".h"))

    @property
    def is_test(self) -> bool:
        return self.top == "tests" or "_test." in self.path

    @property
    def is_benchmark(self) -> bool:
        return self.top == "benchmarks" or "_benchmark." in self.path

    @functools.cached_property
    def uncommented(self) -> str:
        """The text with blanks for comments; offsets and lines stay."""
        return _BETWEEN_CODE.sub(
            lambda match: _blank(match[0]) if match["comment"] else match[0], self.text)

    @functools.cached_property
    def code(self) -> str:
        """The text with blanks for comments and for the contents of literals."""
        return _BETWEEN_CODE.sub(
            lambda match: _blank(match[0]) if match["comment"] else
            match[0][0] + _blank(match[0][1:-1]) + match[0][-1], self.text)

    def line_at(self, offset: int) -> int:
        return self.text.count("\n", 0, offset) + 1

    def found(self, pattern: re.Pattern[str], text: str, advice: str) -> Iterator[Finding]:
        """One finding for each match in `text`, which is this file's text, uncommented or code.

        `{}` in the advice stands for what matched.
        """
        for match in pattern.finditer(text):
            matched = " ".join(match[0].split())
            yield Finding(self.path, self.line_at(match.start()), advice.replace("{}", matched))


class Tree:
    """All text files of the repository, by path, in the order of their paths."""

    def __init__(self, files: dict[str, str]):
        self.sources = {path: Source(path, files[path]) for path in sorted(files)}

    @classmethod
    def read(cls, root: pathlib.Path) -> "Tree":
        """Reads what stands under `root`; links (bazel-bin and its like) are not followed."""
        files = {}
        for folder, folders, names in os.walk(root):
            folders[:] = [name for name in folders
                          if name not in _SKIPPED_FOLDERS and not os.path.islink(f"{folder}/{name}")]
            for path in (pathlib.Path(folder, name) for name in names):
                if path.is_symlink() or not _is_text(path):
                    continue
                files[path.relative_to(root).as_posix()] = path.read_text(encoding="utf-8")
        return cls(files)

    def cpp(self, *tops: str) -> Iterator[Source]:
        """The C++ files of these top-level folders; of all when none is named."""
        for source in self.sources.values():
            if source.is_cpp and (not tops or source.top in tops):
                yield source

    def program(self, *tops: str) -> Iterator[Source]:
        """The same without tests and benchmarks."""
        return (source for source in self.cpp(*tops)
                if not source.is_test and not source.is_benchmark)


def _is_text(path: pathlib.Path) -> bool:
    if path.suffix:
        return path.suffix in _TEXT_SUFFIXES
    return path.name == "WORKSPACE" or path.parent.name in ("script", ".ci")
