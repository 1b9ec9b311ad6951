"""The rules of layering: who may include whom, and whose words a layer may use."""

import re
from collections.abc import Iterator

from source import Finding, Source, Tree

# What a provider sees of stack/: the SPI, and the types of the API that the SPI speaks in.
_SPI = ("stack/ws2spi.h", "stack/winsock2.h")

# What a protocol stands on.
_BELOW_TRANSPORTS = ("sim/", "providers/wire/", "providers/ethernet/", "providers/transport/")

# For each folder what its files may include of ours; the longest folder that fits a file counts.
# A name that ends with a slash is a folder.
_MAY_INCLUDE = {
    "sim/": ("sim/",),
    "stack/": ("sim/", "stack/"),
    "providers/": ("sim/", "providers/", *_SPI),
    "providers/wire/": ("sim/", "providers/wire/"),
    "providers/ethernet/": ("sim/", "providers/wire/", "providers/ethernet/"),
    "providers/transport/": ("sim/", "providers/wire/", "providers/transport/"),
    "providers/inet/": (*_BELOW_TRANSPORTS, "providers/inet/"),
    "providers/osi/": (*_BELOW_TRANSPORTS, "providers/osi/"),
    "providers/engine/": ("sim/", "providers/wire/", "providers/transport/", "providers/engine/", *_SPI),
    "providers/layered/": ("sim/", "providers/layered/", *_SPI),
    "tools/": ("sim/", "stack/", "providers/", "tools/"),
    "examples/": ("sim/", "stack/", "providers/", "tools/", "examples/"),
    "benchmarks/": ("sim/", "stack/", "providers/", "tools/", "benchmarks/"),
    "tests/": ("sim/", "stack/", "providers/", "tools/", "tests/"),
}
_TOPS = frozenset(folder.partition("/")[0] for folder in _MAY_INCLUDE)

# The folders that know transports and no Winsock.
_WITHOUT_WINSOCK = ("providers/ethernet/", "providers/inet/", "providers/osi/",
                    "providers/transport/", "providers/wire/")
_WINSOCK_WORD = re.compile(r"\b(?:WSA[A-Z_]{2,}|FD_[A-Z]+)\b")

_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"', re.MULTILINE)


def check_includes(tree: Tree) -> Iterator[Finding]:
    """Dependencies point down the house, never up or sideways."""
    for source in tree.cpp():
        folder = max((each for each in _MAY_INCLUDE if source.path.startswith(each)),
                     key=len, default=None)
        if folder is None:
            continue
        allowed = _MAY_INCLUDE[folder]
        for match in _INCLUDE.finditer(source.uncommented):
            included = match[1]
            if included.partition("/")[0] not in _TOPS or "/" not in included:
                continue
            if not any(included == each or each.endswith("/") and included.startswith(each)
                       for each in allowed):
                yield Finding(source.path, source.line_at(match.start()),
                              f"{folder} may not include {included}, only {', '.join(allowed)}; "
                              "move the code to the layer that knows both")


def check_include_paths(tree: Tree) -> Iterator[Finding]:
    """An include of ours is written from the root, and is there."""
    for source in tree.cpp():
        for match in _INCLUDE.finditer(source.uncommented):
            included = match[1]
            line = source.line_at(match.start())
            if f"{source.folder}/{included}" in tree.sources and source.folder:
                yield Finding(source.path, line,
                              f'write "{source.folder}/{included}", from the root')
            elif included.partition("/")[0] in _TOPS and included not in tree.sources:
                yield Finding(source.path, line, f"there is no {included}")


def check_winsock_words(tree: Tree) -> Iterator[Finding]:
    """A transport gives its own standard's reasons; the engine alone turns them into WSA codes."""
    for source in tree.cpp("providers"):
        if source.path.startswith(_WITHOUT_WINSOCK):
            yield from source.found(_WINSOCK_WORD, source.text,
                                    "{} is Winsock's word; say it in the transport service's terms")


def check_visibility(tree: Tree) -> Iterator[Finding]:
    """A target is private unless it says who may use it, and never open to all."""
    private = 'package(default_visibility = ["//visibility:private"])'
    public = re.compile(r"//visibility:public")
    for source in tree.sources.values():
        if not source.path.endswith("/BUILD.bazel") or source.top == "third_party":
            continue
        if private not in source.text:
            yield Finding(source.path, 1, f"begin with {private}")
        yield from source.found(public, source.text, "{} opens a target to every layer; name who may use it")


def check_targets(tree: Tree) -> Iterator[Finding]:
    """Each C++ file stands in a target, else it is not built and its tests do not run."""
    for source in tree.cpp():
        package = _package_of(tree, source)
        if package is None:
            yield Finding(source.path, 1, "stands under no BUILD.bazel; give it a target")
            continue
        name = source.path[len(package.folder) + 1:]
        if f'"{name}"' not in package.text and "glob(" not in package.text:
            yield Finding(source.path, 1, f"is in no target of {package.path}; it is never built")


def _package_of(tree: Tree, source: Source) -> Source | None:
    """The BUILD.bazel nearest above a file."""
    folder = source.folder
    while folder:
        if build := tree.sources.get(f"{folder}/BUILD.bazel"):
            return build
        folder = folder.rpartition("/")[0]
    return None


RULES = (check_includes, check_include_paths, check_winsock_words, check_visibility, check_targets)
