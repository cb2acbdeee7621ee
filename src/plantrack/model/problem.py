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


class RowProblem(NamedTuple):
    """A row of a table that cannot be taken in, and why."""

    file: str
    #: Empty where a file has but one table.
    sheet: str
    #: As Excel or an editor shows it.
    row: int
    failure: Failure
    #: The field that it is about, its column (counted from 1, and in letters), the heading of that, and what stands
    #: there; all empty where it is about the whole row.
    field: str = ""
    column: int | None = None
    letters: str = ""
    heading: str = ""
    value: str = ""
    #: What is said of how such a cell is filled in: `fill.ADVICE`; empty: the failure says it.
    advice: str = ""

    @property
    def cell(self) -> str:
        """Return where it is, as every spreadsheet says it; of a whole row its number."""
        return f"{self.letters}{self.row}"


class RowsFound(Failure):
    """A table that was given has rows that cannot be taken in: all of them."""

    def __init__(self, code: str, problems: Iterable[RowProblem], /, **params: object) -> None:
        super().__init__(code, **params)
        self.problems = tuple(problems)
