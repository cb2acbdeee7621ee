"""What the commands of `plan` answer."""

from typing import Literal

from plantrack.model.difference import FieldChange, PartChange, What
from plantrack.model.pairing import namesakes
from plantrack.model.plan import Plan, Retired
from plantrack.model.problem import Problem
from plantrack.model.record import NamedTuple
from plantrack.model.task import Task
from plantrack.model.views.heading import Heading


class PlanTree(NamedTuple):
    """The plan as it was applied, or one area or activity of it."""

    heading: Heading
    #: The code of the area or activity that was asked for.
    code: str | None
    #: Code and last title of areas that left the plan and still have tasks.
    former: tuple[tuple[str, str], ...]
    #: What the plan says of a code that was taken out of new work.
    retired: Retired | None = None


class RevisionLine(NamedTuple):
    """A revision of the plan as it was applied."""

    revision: int
    recorded_at: str
    author: str
    file: str
    sha256: str
    git_commit: str | None
    dirty: bool | None
    reason: str | None = None


class PlanLog(NamedTuple):
    """The applied revisions of the plan, the newest first."""

    heading: Heading
    revisions: tuple[RevisionLine, ...]


class Checked(NamedTuple):
    """What a check of plan files found."""

    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    #: How many warnings there are besides, which nobody wanted to see.
    hidden: int = 0


class TaskEffect(NamedTuple):
    """What a new state of the plan does to a task."""

    task: Task
    #: The activity, else the area, that it belongs to then.
    code: str
    changes: tuple[FieldChange, ...]
    #: Fields that the plan says anew and the task keeps as its own; `code`: finished work on what is gone.
    kept: tuple[str, ...]
    #: What is gone and the task, which is open, stands on.
    blocked_by: tuple[str, ...]


class Obstacle(NamedTuple):
    """Open tasks on an area, an activity or an organisation that is gone."""

    what: What
    code: str
    tasks: tuple[Task, ...]


class Against(NamedTuple):
    """What a plan file is compared with."""

    #: An applied revision, a git revision, or nothing: the plan was never applied, or not in git then.
    kind: Literal["applied", "git", "nothing"]
    #: The number of the revision, or what git was asked for.
    name: str
    git_commit: str | None = None


class TouchedPart(NamedTuple):
    """A change of the plan, and the tasks that it touches."""

    change: PartChange
    tasks: tuple[TaskEffect, ...]


class PlanDiff(NamedTuple):
    """What is different in a plan file."""

    plan: Plan
    #: The state before; none: there was none.
    old: Plan | None
    file: str
    against: Against
    #: Whether the bytes are the same too, those of what it includes as well.
    same_document: bool
    parts: tuple[TouchedPart, ...]
    obstacles: tuple[Obstacle, ...]
    warnings: tuple[Problem, ...]

    @property
    def renamed(self) -> dict[str, str]:
        """Give codes that are gone, each with the new code that came with its title."""
        return namesakes(self.old, self.plan) if self.old else {}

    @property
    def tasks(self) -> tuple[TaskEffect, ...]:
        """Give the tasks that are touched, each once."""
        return tuple(effect for part in self.parts for effect in part.tasks)

    @property
    def differs(self) -> bool:
        """Say whether there is anything to tell; remarks and layout of the file, and the order of lists, do not count."""
        return bool(self.parts)
