"""The rules of determinism: the same inputs give the same bytes, on every machine and build."""

import re
from collections.abc import Iterator

import scopes
from source import Finding, Source, Tree

# The folders whose code is part of a simulation, and the command line that drives it.
SIMULATION = ("sim", "stack", "providers")
PROGRAM = (*SIMULATION, "tools")

_CLOCK = re.compile(
    r"\b(?:system_clock|steady_clock|high_resolution_clock|gettimeofday|clock_gettime|timespec_get"
    r"|localtime\w*|gmtime\w*|absl::Now|absl::GetCurrentTimeNanos|std::time|sleep_for|nanosleep"
    r"|usleep|__rdtsc|__DATE__|__TIME__)\b|(?<![\w.>:])(?:time|clock)\s*\(\s*(?:NULL|nullptr|0)?\s*\)")
_RANDOM = re.compile(
    r"\bstd::(?:random_device|shuffle|random_shuffle|sample|\w+_distribution)\b"
    r"|\babsl::(?:Insecure)?BitGen\w*"
    r"|(?<![\w.>:])(?:std::|::)?(?:rand|srand|rand_r|[dlm]rand48|arc4random\w*|getrandom|getentropy)"
    r"\s*\(|(?<!\w)::s?random\s*\(")
_UNORDERED = re.compile(r"\bstd::unordered_\w+")
_HASH = re.compile(r"\b(?:std::hash|absl::Hash|absl::HashOf)\b")
_THREADS = re.compile(
    r"\bstd::(?:jthread|thread|async|mutex|shared_mutex|condition_variable|atomic\w*)\b"
    r"|\bpthread_create\b|\babsl::(?:Mutex|CondVar)\b")
_FLOATING = re.compile(
    r"\b(?:float|double)\b|\babsl::(?:ToDouble\w+|FDivDuration)\b"
    r"|(?<![\w.])(?:\d[\d']*\.\d*|\.\d+)(?:[eE][+-]?\d+)?[fFlL]?(?![\w.])")
_POINTER_FORMAT = re.compile(r"\b\w*(?:printf|Format)\w*\s*\([^;]*?(?<!%)(?:%%)*%[-+ #0]*\d*p")
_ORDERED_CONTAINER = re.compile(r"\b(?:std::|absl::btree_)(map|multimap|set|multiset)<")
_HASH_CONTAINER = re.compile(r"\babsl::(?:flat|node)_hash_(?:map|set)<")


def check_wall_clock(tree: Tree) -> Iterator[Finding]:
    """Time is virtual: nothing reads a clock of the machine."""
    for source in tree.cpp():
        if not source.is_benchmark:
            yield from source.found(_CLOCK, source.code,
                                    "{} reads the machine's clock; take sim::Time from the caller")


def check_randomness(tree: Tree) -> Iterator[Finding]:
    """Every choice comes from the run's DecisionSource; the standard's distributions differ by vendor."""
    for source in tree.cpp():
        yield from source.found(_RANDOM, source.code,
                                "{} differs between runs or libraries; draw from the DecisionSource")


def check_threads(tree: Tree) -> Iterator[Finding]:
    """A simulation runs on one thread of the machine."""
    for source in tree.program(*SIMULATION):
        yield from source.found(_THREADS, source.code,
                                "{} has no place inside a simulation, which stays on one OS thread")


def check_hash_order(tree: Tree) -> Iterator[Finding]:
    """The order of a hash container, and a hash itself, change from process to process."""
    for source in tree.program():
        yield from source.found(_UNORDERED, source.code,
                                "{}: its order is the library's; use absl::btree_map, or "
                                "absl::flat_hash_map for look-up alone")
    for source in tree.program(*PROGRAM):
        yield from source.found(_HASH, source.code,
                                "{} is seeded per process; write the few lines of a hash of our own")
        for name in sorted(_hash_containers(tree, source)):
            walk = re.compile(rf"\bfor\s*\([^;{{}}]*[^:]:\s*(?:this->|\w+\.|\w+->)?{name}\s*\)"
                              rf"|\b{name}\s*\.\s*c?begin\s*\(|\babsl::c_\w+\(\s*{name}\b")
            yield from source.found(walk, source.code,
                                    f"{name} is a hash container, whose order changes from run to "
                                    "run; loop over a btree_map or a vector beside it")


def _hash_containers(tree: Tree, source: Source) -> set[str]:
    """The names that `source` and its own header declare as hash containers."""
    header = tree.sources.get(re.sub(r"\.\w+$", ".h", source.path))
    names = set()
    for each in {source, header} - {None}:
        for match in _HASH_CONTAINER.finditer(each.code):
            _, end = template_arguments(each.code, match.end())
            declared = re.match(r"[&\s]*(\w+)\s*[;={(),]", each.code[end:])
            if declared:
                names.add(declared[1])
    return names


def template_arguments(code: str, start: int) -> tuple[list[str], int]:
    """The arguments that begin at `start`, behind the `<`, and the offset behind their `>`."""
    arguments = [""]
    depth = 1
    for offset in range(start, len(code)):
        character = code[offset]
        depth += (character in "<([") - (character in ">)]")
        if not depth:
            return [argument.strip() for argument in arguments], offset + 1
        if character == "," and depth == 1:
            arguments.append("")
        else:
            arguments[-1] += character
    return arguments, len(code)


def check_pointers(tree: Tree) -> Iterator[Finding]:
    """No address orders anything, and none is printed."""
    for source in tree.program(*PROGRAM):
        yield from source.found(_POINTER_FORMAT, source.uncommented,
                                "%p prints an address; print an id that the run gave out")
        for match in _ORDERED_CONTAINER.finditer(source.code):
            arguments, _ = template_arguments(source.code, match.end())
            own_order = len(arguments) > (2 if "map" in match[1] else 1)
            if arguments[0].endswith("*") and not own_order:
                yield Finding(source.path, source.line_at(match.start()),
                              f"ordered by the address of {arguments[0]}; order by an id")


def check_floating_point(tree: Tree) -> Iterator[Finding]:
    """Integers only: a probability is a ratio, and a span is never scaled by a fraction."""
    for source in tree.program(*SIMULATION):
        code = re.sub(r"(?m)^\s*#\s*include.*", lambda match: " " * len(match[0]), source.code)
        yield from source.found(_FLOATING, code, "{} is floating point; use integers and ratios")


def check_mutable_state(tree: Tree) -> Iterator[Finding]:
    """What a run changes hangs from its World: no global and no static variable that can change."""
    for source in tree.program(*PROGRAM):
        declarations, _ = scopes.parse(source)
        for declaration in declarations:
            if _is_mutable_variable(declaration):
                yield Finding(source.path, declaration.line,
                              f"`{declaration.text}` outlives a run and can change; "
                              "make it const, or a member of what owns it")


def _is_mutable_variable(declaration: scopes.Declaration) -> bool:
    text = declaration.text
    words = text.split()
    if "(" in text or len(words) < 2 or "constexpr" in words or "thread_local" in words:
        return False
    if declaration.scope is not scopes.Scope.NAMESPACE and words[0] not in ("static", "inline"):
        return False
    if words[0] in ("using", "typedef", "template", "friend", "namespace", "goto", "return"):
        return False
    if re.match(r"(?:class|struct|union|enum(?: class)?) [\w:]+(?: ?: ?[\w:]+)?$", text):
        return False
    return "const" not in re.split(r"[\s*&]+", text[text.rfind("*") + 1:])


def check_thread_locals(tree: Tree) -> Iterator[Finding]:
    """One thread-local, in sim/, says which simulated thread is running; there is no other."""
    allowed = 1
    for source in tree.cpp():
        for match in re.finditer(r"\bthread_local\b", source.code):
            if source.top == "sim" and allowed:
                allowed -= 1
                continue
            yield Finding(source.path, source.line_at(match.start()),
                          "a thread_local beside the one in sim/ that names the running thread; "
                          "pass it, or hang it from the World")


RULES = (check_wall_clock, check_randomness, check_threads, check_hash_order, check_pointers,
         check_floating_point, check_mutable_state, check_thread_locals)
