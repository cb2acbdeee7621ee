"""What a code of problems means, shown by an example."""

from plantrack.model.problem import Problem, Severity
from plantrack.model.record import NamedTuple


class Snippet(NamedTuple):
    """The lines of a file that matter, each with its number; empty parts between them are left out."""

    file: str
    lines: tuple[tuple[int, str], ...]


class Lesson(NamedTuple):
    """A code with files that are wrong, what the check says of them, and the same files put right."""

    code: str
    severity: Severity
    #: Empty where a few lines cannot show it.
    wrong: tuple[Snippet, ...]
    problems: tuple[Problem, ...]
    right: tuple[Snippet, ...]
