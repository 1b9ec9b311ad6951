"""The rules of form: what every file and every folder has, and how long it may be."""

import pathlib
import re
import shutil
import subprocess
from collections.abc import Iterator

import scopes
from source import Finding, Tree

_SOURCE_SUFFIXES = (".c", ".cc", ".h", ".lua", ".py")
_MOST_FILE_LINES = 600
_MOST_FUNCTION_LINES = 60
_MOST_README_LINES = 40
# The front page and the list of the documents, which are read whole and not in passing.
_LONG_READMES = ("README.md", "docs/README.md")

# Written apart, so that this file does not find itself.
_LEFT_BEHIND = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")
_LAYOUT = re.compile(r"[ \t]+$|\t", re.MULTILINE)


def check_readmes(tree: Tree) -> Iterator[Finding]:
    """A README.md in each folder that holds sources, and in those above it."""
    folders = set()
    for source in tree.sources.values():
        if source.path.endswith(_SOURCE_SUFFIXES) and "testdata" not in source.path.split("/"):
            folder = source.folder
            while folder:
                folders.add(folder)
                folder = folder.rpartition("/")[0]
    for folder in sorted(folders):
        if f"{folder}/README.md" not in tree.sources:
            yield Finding(f"{folder}/README.md", 1,
                          "is missing: say the folder's one job, its files, what always holds, what "
                          "it may depend on, what is left out")
    for source in tree.sources.values():
        lines = source.text.count("\n")
        if (source.path.endswith("/README.md") and source.path not in _LONG_READMES
                and lines > _MOST_README_LINES):
            yield Finding(source.path, lines,
                          f"a folder's README has at most {_MOST_README_LINES} lines; docs/ has room")


def check_lengths(tree: Tree) -> Iterator[Finding]:
    """Short files and short functions, each with one idea in it."""
    for source in tree.sources.values():
        lines = source.text.count("\n")
        if lines > _MOST_FILE_LINES and not source.path.endswith((".md", ".txt")):
            yield Finding(source.path, lines,
                          f"more than {_MOST_FILE_LINES} lines; which two things is it? part them")
    for source in tree.program():
        _, functions = scopes.parse(source)
        for function in functions:
            if function.lines > _MOST_FUNCTION_LINES:
                yield Finding(source.path, function.line,
                              f"`{function.signature}` has {function.lines} lines, more than "
                              f"{_MOST_FUNCTION_LINES}; name its parts")


def check_include_guards(tree: Tree) -> Iterator[Finding]:
    """A header's guard is its path: providers/wire/bytes.h has PROVIDERS_WIRE_BYTES_H_."""
    for source in tree.cpp():
        if not source.path.endswith(".h"):
            continue
        guard = re.sub(r"[^A-Z0-9]", "_", source.path.upper()) + "_"
        opening = re.search(r"^#ifndef (\w+)\n#define (\w+)$", source.uncommented, re.MULTILINE)
        if not opening or opening.groups() != (guard, guard):
            line = source.line_at(opening.start()) if opening else 1
            yield Finding(source.path, line, f"open the header with #ifndef and #define {guard}")
        elif not source.text.endswith(f"#endif  // {guard}\n"):
            yield Finding(source.path, source.text.count("\n"), f"end with #endif  // {guard}")


def check_left_behind(tree: Tree) -> Iterator[Finding]:
    """What is not done is not in the code."""
    for source in tree.sources.values():
        yield from source.found(_LEFT_BEHIND, source.text, "{}: do it now, or leave it out")


def check_layout(tree: Tree) -> Iterator[Finding]:
    """No tabs, no blanks at the end of a line, and one end of line at the end of a file."""
    for source in tree.sources.values():
        yield from source.found(_LAYOUT, source.text, "a tab, or blanks at the end of the line")
        if source.text and (not source.text.endswith("\n") or source.text.endswith("\n\n")):
            yield Finding(source.path, source.text.count("\n") + 1, "end with one end of line")


def check_packages(tree: Tree) -> Iterator[Finding]:
    """third_party/README.md gives the reason for each package that script/bootstrap installs."""
    bootstrap = tree.sources["script/bootstrap"]
    explained = tree.sources["third_party/README.md"].text
    packages = re.search(r"^packages=\(\n(.*?)^\)", bootstrap.text, re.MULTILINE | re.DOTALL)
    for match in re.finditer(r"\S+", packages[1]):
        if f"`{match[0]}`" not in explained:
            yield Finding(bootstrap.path, bootstrap.line_at(packages.start(1) + match.start()),
                          f"say in third_party/README.md what `{match[0]}` is for")


def check_clang_format(root: pathlib.Path, tree: Tree) -> Iterator[Finding]:
    """clang-format would change nothing. The caller sees to it that clang-format is there."""
    paths = [source.path for source in tree.cpp()]
    if not paths:
        return
    run = subprocess.run(["clang-format", "--dry-run", "--ferror-limit=1", *paths],
                         cwd=root, capture_output=True, text=True, check=False)
    for line in run.stderr.splitlines():
        if match := re.match(r"(.+?):(\d+):\d+: (?:warning|error): ", line):
            yield Finding(match[1], int(match[2]), f"run clang-format -i {match[1]}")
    if run.returncode:
        yield Finding(".clang-format", 1, f"clang-format failed: {run.stderr.strip()}")


def has_clang_format() -> bool:
    return shutil.which("clang-format") is not None


RULES = (check_readmes, check_lengths, check_include_guards, check_left_behind, check_layout,
         check_packages)
