"""Where the mistakes of one check are gathered."""

from collections.abc import Collection

from plantrack.model.problem import Problem, Severity
from plantrack.model.text import nearest
from plantrack.planfile.parsing.codes import NEEDS_LISTS, NEEDS_WHOLE_FILE, SEVERITY
from plantrack.planfile.parsing.nodes import Node, Scalar, SourceFile, Unread

#: Nobody reads more; a file of rubbish must not fill the memory.
LIMIT = 1000
#: Longer lines are not repeated beside a problem.
LONGEST_EXCERPT = 1000
#: Longer words are cut in a message, and are near to nothing.
LONGEST_WORD = 80
#: The words that are compared to find near ones, over a whole check; a second's work.
NEAR_BUDGET = 50_000


class ProblemCollector:
    """Takes mistakes in any order and gives them by position; a value is found wrong only once."""

    def __init__(self) -> None:
        self._found: dict[Severity, dict[tuple[object, ...], Problem]] = {"error": {}, "warning": {}}
        self._faulty: set[tuple[int, int, int]] = set()
        self._in_part: set[int] = set()
        self._lists_in_part = False
        self._misspelt: set[tuple[int, int, int, str]] = set()
        self._near: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}
        self._budget = NEAR_BUDGET
        self._main: SourceFile | None = None

    @property
    def has_errors(self) -> bool:
        """Return whether the file cannot be used."""
        return bool(self._found["error"])

    @property
    def full(self) -> bool:
        """Return whether more errors need not be looked for; no warning keeps one from being found."""
        return len(self._found["error"]) > LIMIT

    @property
    def warned_enough(self) -> bool:
        """Return whether more warnings need not be looked for."""
        return len(self._found["warning"]) > LIMIT

    def read_in_part(self, source: SourceFile) -> None:
        """Say nothing of what may stand in the part of a file that was not read."""
        self._in_part.add(source.order)
        self.lists_in_part()

    def lists_in_part(self) -> None:
        """Say nothing of organisations and places that are not known."""
        self._lists_in_part = True

    def _may_be_elsewhere(self, at: Node, code: str) -> bool:
        if code in NEEDS_LISTS and self._lists_in_part:
            return True
        return code in NEEDS_WHOLE_FILE and at.source.order in self._in_part

    def distrust(self, value: Scalar) -> None:
        """Say nothing of `value`, which another mistake has spoilt."""
        self._faulty.add(_place(value))

    def is_faulty(self, value: Scalar) -> bool:
        """Return whether `value` is known to be wrong, so that nothing should be concluded from it."""
        return _place(value) in self._faulty

    def misspelt(self, mapping: Node, key: str) -> None:
        """Note that `mapping` has the key under another name, so that it is not missed."""
        self._misspelt.add((*_place(mapping), key))

    def is_misspelt(self, mapping: Node, key: str) -> bool:
        """Return whether `mapping` has the key under another name, as was reported."""
        return (*_place(mapping), key) in self._misspelt

    def add(self, at: Node, code: str, near: tuple[str, ...] = (), /, **params: str) -> None:
        """Take a mistake at `at`, unless its value is known to be wrong or could not be read."""
        self._main = self._main or at.source
        if self._may_be_elsewhere(at, code) or (isinstance(at, Scalar) and self.is_faulty(at)):
            return
        if isinstance(at, Scalar) and SEVERITY[code] == "error":
            self.distrust(at)
        found = self._found[SEVERITY[code]]
        if len(found) <= LIMIT:
            params = {name: excerpt(value) for name, value in params.items()}
            key = (*_place(at), code, *params.values())
            found.setdefault(key, _problem(at, code, params, near))

    def near(self, word: str, choices: Collection[str]) -> tuple[str, ...]:
        """Return the choices that `word` may have meant, best first, while that takes little time."""
        if len(word) > LONGEST_WORD or len(choices) > NEAR_BUDGET or self.full:
            return ()
        words = tuple(choices)
        if (word, words) not in self._near and len(words) <= self._budget:
            self._budget -= len(words)
            self._near[word, words] = nearest(word, words)
        return self._near.get((word, words), ())

    def problems(self) -> list[Problem]:
        """Return what was found, by file and position; where that is too much, errors before warnings."""
        found = {**self._found["error"], **self._found["warning"]}
        shown = sorted(list(found)[:LIMIT], key=_by_place)
        problems = [found[key] for key in shown]
        if len(found) <= LIMIT or self._main is None:
            return problems
        whole = Unread(self._main, 0, 0)
        return [_problem(whole, "P904", {"limit": str(LIMIT)}, ()), *problems]


def _place(node: Node) -> tuple[int, int, int]:
    return node.source.order, node.line, node.column


def _by_place(key: tuple[object, ...]) -> tuple[str, ...]:
    order, line, column, *rest = key
    return (f"{order:09}{line:09}{column:09}", *map(str, rest))


def _problem(at: Node, code: str, params: dict[str, str], near: tuple[str, ...]) -> Problem:
    source, line, column = at[:3]
    if line > len(source.lines):
        # libyaml finds what is missing at the end behind the last line.
        line, column = len(source.lines), len(source.lines[-1]) + 1
    excerpt = source.lines[line - 1] if line else ""
    if len(excerpt) > LONGEST_EXCERPT:
        excerpt = ""
    return Problem(source.name, line, column, SEVERITY[code], code, params, excerpt, near)


def excerpt(text: str) -> str:
    """Return a text as it may stand in a message: on one line, not without end, all of it visible."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= LONGEST_WORD else line[: LONGEST_WORD - 1] + "…"
