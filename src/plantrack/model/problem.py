"""A mistake in a file that a person wrote: a value with a position, worded when it is shown."""

from collections.abc import Iterable
from typing import Literal

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple

Severity = Literal["error", "warning"]


class Problem(NamedTuple):
    """One problem of one file; `line` and `column` count from 1 (0: the file as a whole)."""

    file: str
    line: int
    column: int
    severity: Severity
    #: Stable, e.g. `P012`; its words are the catalogue entries `problem.P012` and `problem.P012.hint`.
    code: str
    #: What the words of the code speak of, by name.
    params: dict[str, str]
    #: The line as it stands in the file, without its end; empty when there is none.
    excerpt: str = ""
    #: Nearest valid words, best first.
    near: tuple[str, ...] = ()


def errors_first(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems in their order, what must be mended before what may be."""
    return sorted(problems, key=lambda problem: problem.severity != "error")


class ProblemsFound(Failure):
    """A file that was given has errors; `problems` has every one of them, then the warnings."""

    def __init__(self, code: str, problems: tuple[Problem, ...], /, **params: object) -> None:
        super().__init__(code, **params)
        self.problems = tuple(errors_first(problems))
