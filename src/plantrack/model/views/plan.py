"""What the commands of `plan` answer."""

from plantrack.model.problem import Problem
from plantrack.model.record import NamedTuple
from plantrack.model.views.heading import Heading


class PlanTree(NamedTuple):
    """The plan as it was applied, or one area or activity of it."""

    heading: Heading
    #: The code of the area or activity that was asked for.
    code: str | None
    #: Code and last title of areas that left the plan and still have tasks.
    former: tuple[tuple[str, str], ...]


class RevisionLine(NamedTuple):
    """A revision of the plan as it was applied."""

    revision: int
    recorded_at: str
    author: str
    file: str
    sha256: str
    git_commit: str | None
    dirty: bool | None


class PlanLog(NamedTuple):
    """The applied revisions of the plan, the newest first."""

    heading: Heading
    revisions: tuple[RevisionLine, ...]


class Checked(NamedTuple):
    """What a check of plan files found."""

    files: tuple[str, ...]
    problems: tuple[Problem, ...]
