"""Declarations and functions of a C++ file, told apart by their braces.

No C++ parser: it knows enough to say what stands at namespace scope, in a class and in a function
in code that clang-format has laid out.
"""

import dataclasses
import enum
import re

from source import Source

_PREPROCESSOR = re.compile(r"^[ \t]*#(?:[^\n\\]|\\\n|\\.)*", re.MULTILINE)
_ACCESS = re.compile(r"^\s*(?:public|protected|private)\s*:(?!:)")
_ATTRIBUTE = re.compile(r"\[\[.*?\]\]|\balignas\s*\([^()]*\)")
_ANGLES = re.compile(r"<[^<>;]*>")
_OPERATOR = re.compile(r"\boperator\s*(?:\(\)|\[\]|[^\s\w(]+)")
_TYPE = re.compile(r"^(?:typedef\s+)?(?:class|struct|union|enum)\b")


class Scope(enum.Enum):
    NAMESPACE = enum.auto()
    CLASS = enum.auto()
    FUNCTION = enum.auto()
    OTHER = enum.auto()  # Enumerators; and an initialiser, which is part of its declaration.


@dataclasses.dataclass(frozen=True)
class Declaration:
    """What ends with a semicolon: its scope, its first line, its text up to any initialiser."""

    scope: Scope
    line: int
    text: str


@dataclasses.dataclass(frozen=True)
class Function:
    """A function with a body: its first line, and how many lines it has with its signature."""

    line: int
    lines: int
    signature: str


def simplified(text: str) -> str:
    """A declaration without access label, attributes and template arguments, on one line."""
    text = _ATTRIBUTE.sub(" ", _ACCESS.sub("", text))
    text = _OPERATOR.sub("operator", text)
    while (shorter := _ANGLES.sub("", text)) != text:
        text = shorter
    return " ".join(text.split())


def without_initialiser(text: str) -> str:
    """A simplified declaration up to the `=` or `{` that stands outside of parentheses."""
    depth = 0
    for offset, character in enumerate(text):
        if character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        elif character in "={" and not depth:
            return text[:offset].rstrip()
    return text


def _opened_scope(header: str) -> Scope:
    """What a brace after `header` opens, in a namespace or a class."""
    if not header.strip() or header.lstrip().startswith(","):
        return Scope.FUNCTION  # Behind the braces of a constructor's member initialiser.
    header = re.sub(r"^template\b\s*", "", simplified(header))
    if re.search(r"\bnamespace\b", header) or re.match(r'extern\s*" *"?$|extern "', header):
        return Scope.NAMESPACE
    if _TYPE.match(header) and not header.endswith(")"):
        return Scope.OTHER if "enum" in header.split() else Scope.CLASS
    if without_initialiser(header) == header and "(" in header:
        return Scope.FUNCTION
    return Scope.OTHER


def parse(source: Source) -> tuple[list[Declaration], list[Function]]:
    """Reads `source.code`. Declarations inside of functions are those of statements, all of them."""
    code = _PREPROCESSOR.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), source.code)
    declarations: list[Declaration] = []
    functions: list[Function] = []
    open_scopes = [(Scope.NAMESPACE, 0)]  # Each with the offset at which its header begins.
    start = 0
    for match in re.finditer(r"[{};]", code):
        scope = open_scopes[-1][0]
        header = code[start:match.start()]
        begin = match.start() - len(_ACCESS.sub("", header).lstrip())
        if match[0] == "{":
            opened = scope if scope in (Scope.FUNCTION, Scope.OTHER) else _opened_scope(header)
            open_scopes.append((opened, begin))
            if opened is Scope.OTHER:
                continue  # The declaration goes on behind the closing brace.
        elif match[0] == "}":
            if len(open_scopes) > 1:
                closed, opened_at = open_scopes.pop()
                if closed is Scope.OTHER:
                    continue
                if closed is Scope.FUNCTION and open_scopes[-1][0] is not Scope.FUNCTION:
                    functions.append(_function(source, code, opened_at, match.end()))
        elif scope is not Scope.OTHER:
            text = without_initialiser(simplified(header))
            declarations.append(Declaration(scope, source.line_at(begin), text))
        else:
            continue
        start = match.end()
    return declarations, functions


def _function(source: Source, code: str, begin: int, end: int) -> Function:
    first = source.line_at(begin)
    signature = simplified(code[begin:code.index("{", begin)])
    return Function(first, source.line_at(end) - first + 1, signature)
